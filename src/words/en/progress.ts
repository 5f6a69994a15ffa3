import { grammar } from './grammar.ts';
import { shared } from './shared.ts';

const { number } = grammar;

/** What is going on. */
export const progress = {
  working: {
    organization: 'reading the organization',
    'unit-names': 'reading the names of the organizational units',
  },
  /** `812 / 2,140 accounts read · 96 accounts/s · throttled: backing off · about 14 s left` */
  accounts: {
    read: (finished: number, listed: number) => `${number(finished)} / ${number(listed)} accounts read`,
    done: (finished: number, listed: number) => `${number(finished)} / ${number(listed)} accounts done`,
    judged: (finished: number, listed: number) =>
      `${number(finished)} / ${number(listed)} accounts: reading service control policies`,
  },
  rate: (perSecond: string) => `${perSecond} accounts/s`,
  heldBack: 'throttled by AWS: slowing down',
  left: (seconds: number) => `about ${seconds} s left`,
};

/** What a first signal changes. */
export const stopping = {
  /** Before the accounts are read, or where a command has no parts. */
  working: 'Stopping: what is in progress will finish. Press again to stop at once.',
  'reading-for-status': (_left: number) => 'Stopping: reads in progress will finish. Press again to stop at once.',
  'reading-for-plan': (_left: number) => 'Stopping before anything is deleted. Press again to stop at once.',
  /** @param left accounts that will not be started. */
  deleting: (left: number) =>
    `Stopping: accounts in progress will finish${left > 0 ? `, about ${left} will not be started` : ''}. Press again to stop at once.`,
};

export const notes = {
  'waiting-for-root-sessions': () =>
    'AWS refuses root sessions, as it may just after rootctl enable: trying again for a few seconds',
  'policy-is-so-already': () => 'The policy is already like this: nothing was changed.',
  'waiting-for-sandbox': (pid: number, since: string) =>
    `waiting for another command that uses the sandbox to end (pid ${pid}, since ${since})`,
  'default-region': (region: string) => `no region is configured: using ${region} for STS`,
  resuming: ({ runId, settled, left }: Readonly<{ runId: string; settled: number; left: number }>) =>
    `Run ${runId}: ${shared.accounts(settled)} done, ${number(left)} left.`,
};

/** The lines that stand on stderr beside a document. */
export const lines = {
  /** What an error and its cure begin with. */
  labels: { error: 'error:', hint: 'hint:' },
  warning: (text: string) => `warning: ${text}`,
  error: (text: string, code: string) => `error: ${text} (${code})`,
  hint: (text: string) => `hint: ${text}`,
  saved: { policy: (path: string) => `The old policy is saved in ${path}` },
};
