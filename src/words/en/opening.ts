import { grammar } from './grammar.ts';

const { count, number } = grammar;

const onOff = (isOn: boolean | null): string => (isOn === null ? 'unknown' : isOn ? 'on' : 'off');

/** What stands first in what people read: where it is from, and what it does not tell. */
export const opening = {
  simulated: 'sandbox: this organization is simulated; nothing here exists on AWS',
  managementAccount: (id: string) => `management account ${id}`,
  calledFrom: (id: string) => `called from delegated administrator ${id}`,
  trustedAccessOff: 'trusted access off',
  /** A switch that the caller may not read is never guessed. */
  onOff,
  rootCredentialsManagement: (isOn: boolean | null) => `root credentials management ${onOff(isOn)}`,
  rootSessions: (isOn: boolean | null) => `root sessions ${onOff(isOn)}`,
  notComplete: (what: string) => `Incomplete: ${what}.`,
  missing: {
    /** `isListed`: that these are all accounts is known. */
    accounts: (missing: number, accounts: number, done: 'read' | 'dealt-with', isListed: boolean): string => {
      const were = `${missing === 1 ? 'was' : 'were'} not ${done === 'read' ? 'read' : 'processed'}`;
      const all = count(accounts, { one: 'account', other: 'accounts' });
      if (isListed) return `${number(missing)} of ${all} ${were}`;
      return missing === 0
        ? `the list of accounts ended early; there are at least ${number(accounts)}`
        : `${number(missing)} of at least ${all} ${were}`;
    },
    checks: 'not every account could be checked',
    journal: 'the journal of this run is not intact',
    'end-of-run': 'the run has not ended',
    'rest-of-run': 'the run was stopped early',
    journals: 'some of a journal cannot be read: an open recovery may be missing',
    rest: 'it was stopped half-way',
  },
};
