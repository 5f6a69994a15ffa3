import type { WithinWords } from '../problem-words.ts';
import { unreadNames } from './run-problems.ts';

export const within: WithinWords = {
  account: ([name = ''], message) => `${name}: ${message}`,
  unread: (about, message) => `could not read ${unreadNames(about)}, so nothing is deleted: ${message}`,
  'passed-over': (_, message, hint) => `${message}; ${hint}`,
  'shown-anyway': (_, message) => `${message}: it is shown, like every account whose OU is unknown`,
  'taken-as-name': (_, message) => `${message}; it is treated as an account name only`,
  setting: ([name = ''], message) => `${name}: ${message}`,
};
