import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { count, number } = grammar;

/** How many accounts fail a control, and of how many a verdict is open. */
interface Totals {
  readonly accounts: number;
  readonly failing: number;
  readonly open: number;
}

/** What was read, and what the controls say of it. In Markdown, what is filled in is escaped already. */
export const report = {
  /** The verdict. `isComplete`: the reading tells of every account of its selection. */
  total: ({ accounts, failing, open }: Totals, isComplete: boolean) => {
    if (accounts === 0) return 'No account was checked.';
    const of = `${shared.accounts(accounts)}${isComplete ? '' : ' listed so far'}`;
    const unread = open === 0 ? '' : `; ${number(open)} could not be read completely`;
    if (failing === 0 && open === 0)
      return isComplete ? `✔ No control fails in ${of}.` : `No control fails in the ${of}.`;
    return `${number(failing)} of ${of} ${failing === 1 || accounts === 1 ? 'fails' : 'fail'} a control${unread}.`;
  },
  organization: (title: string, verdict: string, reason: string) => `${title}: ${verdict} (${reason}).`,
  titles: {
    control: 'CONTROL',
    asks: 'REQUIREMENT',
    passed: 'PASSED',
    failed: 'FAILED',
    unknown: 'UNKNOWN',
    'not-applicable': 'N/A',
    'not-assessed': 'NOT ASSESSED',
  },
  readings: (readings: number, from: string, to: string) =>
    readings === 1 ? `Read at ${to}.` : `${number(readings)} readings, from ${from} to ${to}.`,
  cutShort: (readings: number) =>
    `${count(readings, { one: 'reading was cut short: it cannot', other: 'readings were cut short: they cannot' })} show that an account is clean.`,
  run: (id: string, startedAt: string, outcomes: string) => `Run ${id}, started ${startedAt}: ${outcomes}.`,
  nothingDone: 'no account was touched',
  failing: (account: string, subjects: readonly string[]) => `${account}: ${subjects.join(', ')}`,
  failingTitle: 'Failing:',
  more: (accounts: number, command: string) => `… and ${shared.accounts(accounts)} more: ${command}`,
  cameBack: (account: string, times: readonly string[]) =>
    `⚠ ${account}: credentials came back, seen ${times.join(', ')}`,
  markdown: {
    heading: '## Root credentials: attestation',
    about: (organization: string, readings: string) => `Organization ${organization}. ${readings}`,
    controls: '### Controls',
    columns: {
      control: 'Control',
      asks: 'Requirement',
      passed: 'Passed',
      failed: 'Failed',
      unknown: 'Unknown',
      'not-applicable': 'N/A',
      'not-assessed': 'Not assessed',
      source: 'Source',
    },
    accounts: '### Accounts that fail, or could not be read',
    accountColumns: ['Account', 'Name', 'Verdict', 'Controls', 'Why'] as readonly string[],
    notListed: (accounts: number) => `${shared.accounts(accounts)} more: see the JSON or CSV form.`,
    history: '### Over the period',
    historyColumns: ['Account', 'Name', 'Without root credentials since', 'Came back'] as readonly string[],
    mappings: '### The same in other standards',
    mappingColumns: ['Standard', 'Subject', 'Ids', 'Mapped by'] as readonly string[],
    anySubject: 'root credentials as a whole',
    disagreements: '### Where scanners disagree',
  },
};
