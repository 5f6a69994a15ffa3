import type { AccountStatus, StatusChange } from '../../documents/index.ts';
import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { count, list, number } = grammar;

/** Whether all member accounts are meant, or a selection of them. */
type Whose = 'all' | 'some';
const which = (whose: Whose): string => (whose === 'some' ? 'selected' : 'member');

const readIn = (took: string | null): string => (took === null ? '' : ` (read in ${took})`);

/** @param names of the accounts, as far as they are few enough to be named. */
const who = (accounts: number, names: readonly string[]): string =>
  names.length === 0 ? shared.accounts(accounts) : list(names);

const newcomer = {
  present: 'is new, and has root credentials',
  absent: 'is new, and has none',
  unknown: 'is new, and could not be read',
  skipped: 'is new, and was not checked',
} satisfies Record<AccountStatus['status'], string> as Readonly<Record<AccountStatus['status'], string>>;

type JoinedMethod = NonNullable<AccountStatus['joinedMethod']>;

type Known = Exclude<StatusChange['change'], 'new'>;
const changes = {
  appeared: 'has root credentials now',
  'was-unknown': 'was unknown, and has root credentials',
  gone: 'no longer has root credentials',
  changed: 'changed',
  unreadable: 'could be read before, but not now',
  left: 'is no longer in the organization',
} satisfies Record<Known, string> as Readonly<Record<Known, string>>;

/** The root credentials of accounts, as they are shown. */
export const status = {
  titles: {
    account: 'ACCOUNT',
    name: 'NAME',
    email: 'EMAIL',
    unit: 'OU',
    joined: 'JOINED',
    state: 'STATE',
    root: 'ROOT',
    lastUsed: 'LAST USED',
    reason: 'WHY',
  },
  /** The root of the organization, and accounts whose place in it is not known, in a tree. */
  root: 'Root',
  placeless: 'OU unknown',
  counted: (count: string, state: string) => `${count} ${state}`,
  notShown: (accounts: number) => `${shared.accounts(accounts)} not shown (--state).`,
  states: {
    present: 'present',
    absent: 'absent',
    unknown: 'unknown',
    skipped: 'skipped',
  } satisfies Record<AccountStatus['status'], string> as Readonly<Record<AccountStatus['status'], string>>,
  /** What a column says of a kind of which an account has one or none. */
  held: 'yes',
  withoutMfa: (held: string) => `${held}, no MFA`,
  unread: 'could not be read',
  skipped: 'skipped',
  /** Of a kind that AWS only counts. */
  holds: (kind: string, isHeld: boolean): string => (isHeld ? kind : `no ${kind}`),
  /** @param holds null: its own root user was not read. */
  managementAccount: (account: string, holds: readonly string[] | null) =>
    `${account} (${holds === null ? 'root credentials unknown' : holds.join(', ')})`,
  lastUsed: {
    never: 'never',
    /** `by`: the credential; `where`: service and region. */
    long: (ago: string, by: string, where: string) => `${ago} ${by}${where === '' ? '' : ` (${where})`}`,
    short: (ago: string, by: string) => `${ago}, ${by}`,
  },
  clean: (looked: number, whose: Whose, took: string | null) =>
    looked === 1
      ? `The ${which(whose)} account is free of root credentials${readIn(took)}.`
      : `All ${number(looked)} ${which(whose)} accounts are free of root credentials${readIn(took)}.`,
  /** Of a reading that was cut short. */
  cleanSoFar: (looked: number, whose: Whose, took: string | null) => {
    if (looked === 0) return `No account was checked${readIn(took)}.`;
    return looked === 1
      ? `The one ${which(whose)} account that was read holds no root credentials${readIn(took)}.`
      : `None of the ${number(looked)} ${which(whose)} accounts that were read holds root credentials${readIn(took)}.`;
  },
  notLookedAt: (phrases: readonly string[]) => `Not checked: ${phrases.join(', ')}.`,
  skippedFor: (accounts: number, names: readonly string[], reason: string) => `${who(accounts, names)} (${reason})`,
  nobodyLookedAt: 'No account was checked.',
  total: (
    { present, unknown, looked }: { readonly present: number; readonly unknown: number; readonly looked: number },
    whose: Whose,
    isComplete: boolean,
    took: string | null,
  ) => {
    const accounts = count(looked, { one: `${which(whose)} account`, other: `${which(whose)} accounts` });
    const hold = present === 1 || looked === 1 ? 'holds' : 'hold';
    const unread = unknown === 0 ? '' : `, ${number(unknown)} could not be read`;
    return `${number(present)} of ${accounts}${isComplete ? '' : ' checked so far'} ${hold} root credentials${unread}${readIn(took)}.`;
  },
  savedAt: (readings: number, at: string, ago: string) =>
    readings === 1
      ? `As it was read at ${at}, ${ago}.`
      : `As it was read in ${readings} readings, the first at ${at}, ${ago}.`,
  joinedAgo: (account: string, ago: string) => `${account} (joined ${ago})`,
  /** @param names of the first of them. */
  invited: (accounts: number, names: readonly string[]) => {
    const more = accounts - names.length;
    const named = list(more > 0 ? [...names, `${number(more)} more`] : names);
    const hold = accounts === 1 ? 'account still holds' : 'accounts still hold';
    return `⚠ ${number(accounts)} invited ${hold} root credentials: ${named}.`;
  },
  joinedBy: { INVITED: 'invited', CREATED: 'created' } satisfies Record<JoinedMethod, string> as Readonly<
    Record<JoinedMethod, string>
  >,
  passwordsWithoutMfa: (accounts: number, names: readonly string[]) =>
    `⚠ ${who(accounts, names)} ${accounts === 1 ? 'has' : 'have'} a root password without MFA.`,
  managementFaults: (faults: readonly string[]) =>
    `⚠ The root user of the management account has ${list(faults)}: sign in as that root user to fix this.`,
  changes: {
    since: 'Since the baseline:',
    none: 'Nothing changed since the baseline.',
    noneSeen: 'What could be read has not changed since the baseline.',
    of: (account: string, { change, after }: Pick<StatusChange, 'change' | 'after'>, details: readonly string[]) =>
      `${account} ${change === 'new' ? newcomer[after ?? 'skipped'] : changes[change]}${details.length === 0 ? '' : `: ${details.join(', ')}`}`,
    newAndClean: (accounts: number) =>
      `${count(accounts, { one: 'account', other: 'accounts' })} ${accounts === 1 ? 'is new, and has' : 'are new, and have'} none`,
    kindUnread: (kind: string) => `${kind} unknown`,
    /** A credential that is another one of its id. */
    createdAt: (credential: string, createdAt: string) => `${credential} (created ${createdAt})`,
  },
  next: {
    first: (step: string) => `next: ${step}`,
    readAgain: (command: string) => `next: read again: ${command}`,
    seeWhy: (accounts: number, names: readonly string[], command: string) =>
      `see why ${who(accounts, names)} could not be read: ${command}`,
  },
};
