import type { WithinWords } from '../problem-words.ts';
import { unreadNames } from './run-problems.ts';

export const within: WithinWords = {
  account: ([name = ''], message) => `${name}: ${message}`,
  unread: (about, message) => `could not read ${unreadNames(about)}, so nothing is deleted: ${message}`,
  'passed-over': (_, message, hint) => `${message}; ${hint}`,
  'shown-anyway': (_, message) => `${message}: it is shown, like all whose place is not known`,
  'taken-as-name': (_, message) => `${message}; it is taken as the name of accounts alone`,
  setting: ([name = ''], message) => `${name}: ${message}`,
};
