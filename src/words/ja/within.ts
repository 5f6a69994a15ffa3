import type { WithinWords } from '../problem-words.ts';
import { unreadNames } from './run-problems.ts';

export const within: WithinWords = {
  unread: (about, message) => `${unreadNames(about)}を読み取れなかったため、何も削除しません: ${message}`,
};
