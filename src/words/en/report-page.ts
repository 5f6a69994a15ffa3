import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { count, number } = grammar;

interface Looked {
  readonly present: number;
  readonly unknown: number;
  readonly looked: number;
}
type Whose = 'all' | 'some';

const one = (whose: Whose): string => `${whose === 'some' ? 'selected' : 'member'} account`;
const member = (value: number, whose: Whose): string => {
  const which = whose === 'some' ? 'selected' : 'member';
  return count(value, { one: `${which} account`, other: `${which} accounts` });
};
const holds = (present: number): string => (present === 1 ? 'holds' : 'hold');

/** The HTML report. What its script says stands in `script`, with `{…}` to be filled in. */
export const reportPage = {
  locale: 'en-GB',
  title: (organization: string) => `Root credentials in ${organization}`,
  name: 'Root credentials report',
  simulated: 'Simulated: this organization is a sandbox, nothing here is on AWS.',
  skip: 'Skip to the accounts',
  contents: 'Contents',
  print: 'Print',
  /** The first sentence of the page, after a word that answers it. */
  question: 'Are the root credentials gone?',
  answers: { good: 'Yes.', bad: 'No.', open: 'Not known.' },
  verdict: {
    clean: (looked: number, whose: Whose) =>
      looked === 1
        ? `The one ${one(whose)} is free of root credentials.`
        : `All ${member(looked, whose)} are free of root credentials.`,
    present: ({ present, looked }: Looked, whose: Whose) =>
      `${number(present)} of ${member(looked, whose)} ${holds(looked === 1 ? 1 : present)} root credentials.`,
    presentAndUnknown: ({ present, unknown, looked }: Looked, whose: Whose) =>
      `At least ${number(present)} of ${member(looked, whose)} ${holds(present)} root credentials: ${number(unknown)} could not be read.`,
    unknown: ({ unknown, looked }: Looked, whose: Whose) => {
      if (looked === 1) return `The one ${one(whose)} could not be read.`;
      return unknown === looked
        ? `None of the ${member(looked, whose)} could be read.`
        : `${number(unknown)} of ${member(looked, whose)} could not be read; the others are free of root credentials.`;
    },
    cutShort: (looked: number, whose: Whose) =>
      looked === 0
        ? 'The reading was cut short before any account was read.'
        : `The reading was cut short: the ${member(looked, whose)} that ${looked === 1 ? 'was' : 'were'} read ${looked === 1 ? 'is' : 'are'} free of root credentials, and nothing is said of the others.`,
    presentSoFar: ({ present, looked }: Looked, whose: Whose) =>
      `At least ${number(present)} of the ${member(looked, whose)} that ${looked === 1 ? 'was' : 'were'} looked at ${holds(present)} root credentials: the reading was cut short.`,
    unknownSoFar: ({ unknown, looked }: Looked, whose: Whose) =>
      `The reading was cut short, and ${number(unknown)} of the ${member(looked, whose)} that ${looked === 1 ? 'was' : 'were'} looked at could not be read.`,
    nobody: 'No account was checked.',
  },
  facts: {
    organization: 'Organization',
    readAt: 'Read',
    completeness: 'Reading',
    complete: 'complete',
    cutShort: 'cut short: it says nothing about the organization as a whole',
    managementAccount: 'Root user of the management account',
    access: 'Centralized root access',
    readBy: 'Read by',
    version: (version: string) => `rootctl ${version}`,
    trustedAccess: (isOn: string) => `trusted access ${isOn}`,
    notRead: 'unknown: not read',
  },
  totals: { heading: 'Totals', all: 'All accounts', share: (share: string) => `${share} of all` },
  of: (value: number, status: string) => `${number(value)} ${status}`,
  kinds: {
    heading: 'Credentials left',
    columns: { kind: 'Credential', count: 'Number', accounts: 'Accounts' },
    none: 'None were found.',
    passwordsWithoutMfa: (accounts: number) =>
      `${shared.accounts(accounts)} ${accounts === 1 ? 'has' : 'have'} a root password without MFA.`,
  },
  units: {
    heading: 'By organizational unit',
    intro: 'Each bar is one OU, divided by the state of its accounts. Those with root credentials come first.',
    column: 'OU',
    accounts: 'Accounts',
    noUnit: 'No OU known',
    more: (units: number) => `${count(units, { one: 'more OU', other: 'more OUs' })}`,
  },
  lastUse: {
    heading: 'Last use of root',
    intro: 'Accounts that hold root credentials, by the month in which their root was last used (UTC).',
    chart: (accounts: number, latest: string) =>
      `Bars by month: ${shared.accounts(accounts)} in all, the latest use in ${latest}. The same numbers are in the table below.`,
    earlier: 'Earlier',
    notUsed: 'Never or not known',
    notKnown: 'not known',
    table: 'The same as a table',
    month: 'Month',
    none: 'No account that was read holds root credentials, so no use of them is left to show.',
  },
  newcomers: {
    heading: 'Newcomers',
    intro: (days: number) =>
      `Accounts that joined within ${days} days before the reading. Invited ones bring the root credentials that they had; they come first.`,
    none: (days: number) => `No account joined within ${days} days before the reading.`,
    methods: { INVITED: 'invited', CREATED: 'created' },
    more: (accounts: number) => `and ${shared.accounts(accounts)} more: sort the accounts by when they joined.`,
  },
  accounts: {
    heading: 'Accounts',
    caption: 'Accounts and their root credentials',
    search: 'Search name, id, email, OU, key id',
    status: 'Root credentials',
    unit: 'OU',
    reset: 'Show all',
    previous: 'Previous',
    next: 'Next',
    pages: 'Pages of accounts',
    withoutScript: (shown: number, all: number) =>
      `Without JavaScript the first ${number(shown)} of ${shared.accounts(all)} are shown here; rootctl writes all of them with -o csv.`,
    passwordWithoutMfa: 'password without MFA',
  },
  credential: {
    created: (at: string) => `created ${at}`,
    lastUsed: (at: string) => `last used ${at}`,
    usedBy: (at: string, where: string) => `last used ${at} (${where})`,
    neverUsed: 'never used',
    unreadable: 'could not be read',
    neverUsedShort: 'never',
    notKnown: 'not known',
  },
  controls: {
    heading: 'Controls',
    intro:
      'The result of each control, over all accounts. An account that could not be read passes nothing; what rootctl does not read is not assessed.',
    columns: { control: 'Control', asks: 'Requirement' },
    readFrom: (sources: string) => `Numbers from ${sources}.`,
    managementToo: (id: string) =>
      `The management account, ${id}, is assessed too, though it is not among the accounts listed.`,
    organizationWide: 'organization-wide',
    show: (count: string, verdict: string, control: string) => `${count} accounts: ${verdict}, ${control}`,
    caption: (framework: string) => `Controls of ${framework}`,
    mappings: 'The same in other standards',
    mapping: { by: 'Mapped by', standard: 'Standard', subject: 'Subject', ids: 'Controls' },
    everySubject: 'every control',
    disagreements: 'Where scanners disagree',
    tags: { cis: 'CIS', 'security-hub': 'Security Hub', 'aws-config': 'Config', rootctl: 'rootctl' },
  },
  changes: {
    heading: 'What changed',
    intro: (since: string) => `Since the first reading, ${since}.`,
    none: 'Nothing changed.',
  },
  period: {
    heading: 'Over time',
    intro: (from: string, to: string, readings: number) =>
      `${count(readings, { one: 'reading', other: 'readings' })} from ${from} to ${to}.`,
    readings: 'Readings',
    at: 'Read at',
    notComplete: 'cut short',
    clean: 'When accounts became clean',
    since: 'Clean since',
    cameBack: 'Root credentials that came back',
    none: 'None came back.',
    nobodyClean: 'No account became clean in this period.',
    more: (accounts: number) => `and ${shared.accounts(accounts)} more: each account below says when it became clean.`,
    cleanSince: (at: string) => `clean since the reading of ${at}`,
    cameBackAt: (at: string) => `root credentials were there again at the reading of ${at}`,
  },
  run: {
    heading: 'What the run removed',
    intro: (id: string) => `Run ${id}`,
    started: 'Started',
    ended: 'Ended',
    notEnded: 'not ended',
    state: 'State',
    sum: (credentials: number, accounts: number) =>
      `${count(credentials, { one: 'root credential', other: 'root credentials' })} deleted in ${shared.accounts(accounts)}.`,
    columns: {
      account: 'Account',
      credential: 'Credential',
      result: 'Result',
      at: 'At (UTC)',
      request: 'AWS request id',
    },
    caption: 'Deletions with the time and request id by which CloudTrail knows them',
    before: (credentials: string) => `before: ${credentials}`,
    more: (actions: number) => `${number(actions)} more rows are in rootctl runs show.`,
    nothing: 'The run deleted nothing.',
  },
  about: {
    heading: 'How to read this',
    lines: [
      'Present: at least one root credential was seen. Absent: AWS said that there is none. Unknown: it could not be read, and nothing is guessed. Skipped: not looked at, for the reason given.',
      'All times are UTC. This page is one file: it loads nothing, sends nothing, and keeps nothing.',
    ] as readonly string[],
  },
  script: {
    columns: {
      account: 'Account',
      unit: 'OU',
      root: 'Root',
      credentials: 'Credentials',
      lastUsed: 'Last used',
      joined: 'Joined',
    },
    shown: '{shown} of {all} accounts',
    shownAll: '{all} accounts',
    range: '{from}–{to} of {all}',
    none: 'No account matches.',
    anyUnit: 'Every OU',
    withControl: '{control}: {verdict}',
    theme: { dark: 'Dark', light: 'Light' },
    printed: 'The first {printed} of {all} accounts are printed; rootctl writes all of them with -o csv.',
    detail: {
      id: 'Account id',
      email: 'Root email',
      unit: 'OU',
      state: 'State at AWS',
      joined: 'Joined',
      why: 'Why',
      hint: 'What to do',
      credentials: 'Root credentials',
      noCredentials: 'None.',
      controls: 'Controls',
      history: 'Over time',
    },
  },
};
