import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { count, number } = grammar;

/** Pages for a job's summary or a ticket. What is filled in is escaped already. */
export const markdown = {
  simulated: '**Simulated:** this organization is a sandbox; nothing here exists on AWS.',
  status: {
    heading: '## Root credentials',
    clean: (looked: number) => `✔ ${shared.accounts(looked)} checked: free of root credentials.`,
    total: (
      { present, unknown, looked }: { readonly present: number; readonly unknown: number; readonly looked: number },
      isComplete: boolean,
    ) => {
      const hold = present === 1 || looked === 1 ? 'holds' : 'hold';
      const unread = unknown === 0 ? '' : `, ${number(unknown)} could not be read`;
      return `${number(present)} of ${shared.accounts(looked)}${isComplete ? '' : ' checked so far'} ${hold} root credentials${unread}.`;
    },
    source: (organization: string, switches: readonly string[], readAt: string) =>
      `Organization ${organization}, ${switches.join(', ')}. Read at ${readAt}.`,
    columns: { account: 'Account', name: 'Name', unit: 'OU', joined: 'Joined', root: 'Root', lastUsed: 'Last used' },
    changesNotListed: (changes: number) =>
      `Not listed: ${count(changes, { one: 'more change', other: 'more changes' })}.`,
    notListed: (absent: number) => `Not listed: ${shared.accounts(absent)} without root credentials.`,
  },
  delete: {
    heading: (isDryRun: boolean): string =>
      isDryRun ? '## Root credentials that would be deleted' : '## Deletion of root credentials',
    total: (accounts: number, outcomes: readonly string[]) =>
      `${shared.accounts(accounts)}: ${outcomes.join(', ') || 'nothing to do'}.`,
    run: (runId: string, endedAt: string) => `Run ${runId}, ended ${endedAt}.`,
    columns: ['Account', 'Name', 'Outcome', 'Credentials', 'What to do'] as readonly string[],
    unitColumns: ['OU', 'Accounts', 'Credentials deleted, confirmed gone'] as readonly string[],
  },
  plan: {
    heading: '## Plan to delete root credentials',
    source: (organization: string, madeAt: string) => `Organization ${organization}. Made at ${madeAt}.`,
    columns: ['Account', 'Name', 'OU', 'Credential', 'Id', 'Details'] as readonly string[],
  },
  switching: {
    heading: '## Centralized root access',
    organization: (organization: string) => `Organization ${organization}.`,
  },
  recover: {
    heading: (isDryRun: boolean): string =>
      isDryRun ? '## Password recovery that would be allowed' : '## Password recovery',
    columns: ['Account', 'Name', 'Email', 'Outcome', 'Why'] as readonly string[],
  },
  unlock: {
    heading: '## Resource policy',
    holders: { s3: 'Bucket', sqs: 'Queue' },
    columns: ['Statement', 'Sid', 'Locks', 'Why'] as readonly string[],
    locks: { yes: 'yes', no: 'no', unsure: 'perhaps' },
    policy: '### The policy as it was found',
  },
  runs: {
    heading: '## Runs',
    columns: ['Run', 'Command', 'State', 'Started', 'Ended', 'Accounts', 'Journal'] as readonly string[],
  },
  doctor: {
    heading: '## Doctor',
    columns: ['Result', 'Check', 'Finding', 'What to do'] as readonly string[],
    results: { ok: 'ok', warn: 'warning', fail: 'fail', unknown: 'unknown' },
  },
  sandbox: { heading: '## Simulated organization' },
  run: {
    heading: (runId: string) => `## Run ${runId}`,
    facts: {
      command: 'Command',
      organization: 'Organization',
      started: 'Started',
      ended: 'Ended',
      state: 'State',
      accounts: 'Accounts',
      journal: 'Journal',
    },
    unknown: 'unknown',
    notEnded: 'not ended',
    accounts: '### Accounts',
    accountColumns: ['Account', 'Name', 'Outcome', 'Credentials'] as readonly string[],
    events: '### Events',
    eventColumns: ['At', 'Event', 'Account', 'Credential', 'Request', 'Session key', 'Detail'] as readonly string[],
    cloudTrail: '### Query for the same events in CloudTrail',
  },
};
