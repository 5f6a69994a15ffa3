import type { WithinWords } from '../problem-words.ts';
import { unreadNames } from './run-problems.ts';

export const within: WithinWords = {
  account: ([name = ''], message) => `${name}: ${message}`,
  unread: (about, message) => `${unreadNames(about)}を読み取れなかったため、何も削除しません: ${message}`,
  'passed-over': (_, message, hint) => `${message}。${hint}`,
  'shown-anyway': (_, message) => `${message}。OU が不明な他のアカウントと同様に表示します`,
  'taken-as-name': (_, message) => `${message}。アカウント名としてのみ扱います`,
  setting: ([name = ''], message) => `${name}: ${message}`,
};
