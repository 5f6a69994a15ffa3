import type { WithinWords } from '../problem-words.ts';
import { unreadNames } from './run-problems.ts';

export const within: WithinWords = {
  unread: (about, message) => `could not read ${unreadNames(about)}, so nothing is deleted: ${message}`,
};
