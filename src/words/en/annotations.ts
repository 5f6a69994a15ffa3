import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { list } = grammar;

/** @param named the first of them; @param more how many are not named. */
const those = (named: readonly string[], more: number): string =>
  list(more === 0 ? named : [...named, `${grammar.number(more)} more`]);

/** What GitHub Actions shows beside a run, and a terminal or a log beside a result that is data. */
export const annotations = {
  failOnUnknown: (given: string, offered: readonly string[]) =>
    `the input fail-on is ${JSON.stringify(given)}; it must be one of: ${offered.join(', ')}`,
  present: (accounts: number, named: readonly string[], more: number) =>
    `root credentials in ${shared.accounts(accounts)}: ${those(named, more)}`,
  /** Against a baseline. */
  appeared: (accounts: number, named: readonly string[], more: number) =>
    `new root credentials in ${shared.accounts(accounts)}: ${those(named, more)}`,
  unknown: (accounts: number, named: readonly string[], more: number) =>
    `root credentials could not be read in ${shared.accounts(accounts)}: ${those(named, more)}`,
  undeleted: (accounts: number, named: readonly string[], more: number) =>
    `root credentials were not all deleted and seen gone in ${shared.accounts(accounts)}: ${those(named, more)}`,
  unplanned: (accounts: number, named: readonly string[], more: number) =>
    `no deletion can be planned in ${shared.accounts(accounts)}: ${those(named, more)}`,
  /** Some of it would be deleted nonetheless. */
  changed: (accounts: number, named: readonly string[], more: number) =>
    `changed since the plan was made: ${shared.accounts(accounts)}: ${those(named, more)}`,
  summaryCut: 'The result is longer than a summary may be; the files hold all of it.',
};
