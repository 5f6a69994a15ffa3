import type { WithinWords } from '../problem-words.ts';

export const within: WithinWords = {
  unread: (about, message) => `could not read ${about.join(', ')}, so nothing is deleted: ${message}`,
};
