import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { count, list, number } = grammar;
const rootCredentials = (value: number): string => count(value, { one: 'root credential', other: 'root credentials' });
const inAccounts = (credentials: number, accounts: number): string =>
  `${rootCredentials(credentials)} in ${shared.accounts(accounts)}`;

/** Plans of deletions, and what became of them. */
export const removal = {
  run: (runId: string) => `run ${runId}`,
  journal: (path: string) => `journal ${path}`,
  next: (command: string) => `next: ${command}`,
  evidence: (command: string) => `evidence: ${command}`,
  runAgain: (command: string) => `run again: ${command}`,
  verdicts: {
    planned: 'would be deleted',
    verified: 'verified',
    'some-gone-before': 'verified, some were already gone',
  },
  skipped: 'skipped',
  notTouched: (reasons: string) => `not touched: ${reasons}`,
  deleted: (credentials: string) => `${credentials} deleted`,
  notDeleted: (credential: string) => `${credential} not deleted`,
  perhapsDeleted: (credential: string) => `${credential} may or may not be deleted`,
  kept: (credentials: string) => `${credentials} kept`,
  stillSeen: 'still there when read again',
  /** Of a large result: what befell several accounts alike. */
  alike: (accounts: number, outcome: string) => `${shared.accounts(accounts)} ${outcome}`,
  seenGone: (credentials: number) =>
    `${count(credentials, { one: 'credential', other: 'credentials' })} deleted, confirmed gone`,
  sum: {
    /** `seen`: whether all of them were seen gone, or each that was looked at. */
    deleted: (credentials: number, accounts: number, seen: 'all' | 'each' | null) =>
      `${rootCredentials(credentials)} deleted in ${shared.accounts(accounts)}${seen === null ? '' : `, ${seen} confirmed gone`}.`,
    wouldGo: (credentials: number, accounts: number) =>
      `${inAccounts(credentials, accounts)} would be deleted. Nothing was changed.`,
    /** `names`: empty where there are too many. */
    left: (accounts: number, names: readonly string[]) =>
      `${shared.accounts(accounts)} not completed${names.length === 0 ? '' : `: ${list(names)}`}.`,
    absent: (accounts: number) => `${shared.accounts(accounts)} had none.`,
    notTried: (accounts: number) => `${shared.accounts(accounts)} not started.`,
    notLookedAt: (who: string) => `Not checked: ${who}.`,
    nothing: 'Nothing was deleted.',
    unsure: 'Nothing was confirmed gone.',
    nobody: 'No account was checked, and nothing was deleted.',
    clean: 'Nothing to delete: no root credentials were found.',
    noneOfTheseKinds: 'Nothing to delete: none of the credentials that --only names were found.',
  },
  plan: {
    titles: {
      account: 'ACCOUNT',
      name: 'NAME',
      unit: 'OU',
      willGo: 'TO DELETE',
      lastUsed: 'LAST USED',
      warnings: 'WARNINGS',
    },
    inUse: '⚠ in use',
    /** Warnings in a word, beside `noMfa` and `lastUseUnknown`. */
    marks: { inUse: 'in use', mfaOnly: 'MFA only' },
    warning: (text: string) => `⚠ ${text}`,
    lastUsed: (ago: string) => `last used ${ago}`,
    used: (ago: string) => `used ${ago}`,
    usedBy: (use: string, service: string | null, region: string | null) =>
      `${use}${service === null ? '' : ` by ${service}`}${region === null ? '' : ` in ${region}`}`,
    lastUseUnknown: 'last use unknown',
    neverUsed: 'never used',
    since: (day: string) => `since ${day}`,
    noMfa: 'no MFA',
    devices: { virtual: 'virtual', fido: 'security key', hardware: 'hardware token' },
    status: (status: string) => status.toLowerCase(),
    nothing: 'The plan deletes nothing.',
    alreadyGone: (credentials: number) =>
      `${rootCredentials(credentials)} of the plan ${credentials === 1 ? 'is' : 'are'} already gone.`,
    willGo: (credentials: number, accounts: number) =>
      `${inAccounts(credentials, accounts)} will be deleted. This cannot be undone.`,
    wouldGo: (credentials: number, accounts: number) =>
      `${inAccounts(credentials, accounts)} would be deleted. This is a dry run: nothing was changed.`,
    keysInUse: (keys: number) =>
      `⚠ ${
        keys === 1
          ? '1 access key was used within the last day: whatever uses it'
          : `${number(keys)} access keys were used within the last day: whatever uses them`
      } will stop working. --unused-for 90d skips such accounts.`,
    usesUnknown: (accounts: number) => `⚠ In ${shared.accounts(accounts)} the last use could not be read.`,
    passwordsWithoutMfa: (accounts: number) =>
      `⚠ ${shared.accounts(accounts)} ${accounts === 1 ? 'has' : 'have'} a password without MFA.`,
    mfaOnly: (accounts: number) =>
      `⚠ In ${shared.accounts(accounts)} only MFA devices are left: nobody can sign in with them.`,
    alarms: '⚠ Alarms on root user activity will fire for each account: tell the people who watch them.',
  },
};
