import { grammar } from './grammar.ts';

const { count } = grammar;

/**
 * Code scanning compares what it is told with what it was told before: SARIF is in English, whatever language people
 * read in. `cause` begins with what parts it from the sentence, or is empty.
 */
export const sarif = {
  help: 'Member accounts need no root credentials: rootctl delete removes them.',
  rule: (credential: string) => `Root ${credential}`,
  withoutDetails: 'Root credentials whose details could not be read',
  unread: 'Root credentials could not be read',
  holds: (account: string, credentials: number, one: string, many: string) =>
    `${account} holds ${count(credentials, { one: `root ${one}`, other: `root ${many}` })}`,
  holdsUnread: (account: string, cause: string) =>
    `${account} holds root credentials, details could not be read${cause}`,
  notRead: (account: string, cause: string) => `The root credentials of ${account} could not be read${cause}`,
};
