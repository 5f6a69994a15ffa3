import type { AccountStatus } from '../documents/index.ts';
import type { Problem } from '../problems/index.ts';

/** What an action tells while it works. Data only: a program counts them, the command line words them. */
export type ActionEvent =
  /** A short piece of work that is waited for. */
  | { readonly event: 'working'; readonly on: Work }
  /** What is going on, for whoever wants to stop it: what goes on after a signal, and what does not. */
  | { readonly event: 'phase'; readonly phase: Phase }
  /** Of the accounts: so many are known by now, so many are read, done, or judged by their policies. */
  | { readonly event: 'accounts'; readonly what: Counted; readonly listed: number; readonly finished: number }
  /** Of the accounts that were selected: whether those of the document are all, and why not. */
  | { readonly event: 'listing'; readonly state: 'ended' | 'stopped' }
  | { readonly event: 'listing'; readonly state: 'failed'; readonly problem: Problem }
  /** All accounts of the organization, whatever was selected of them. Told when AWS has listed them to the end. */
  | {
      readonly event: 'organization';
      readonly organizationId: string;
      readonly accounts: readonly { readonly id: string; readonly name: string; readonly path: string | null }[];
    }
  /** Names of OUs that were read. */
  | { readonly event: 'unit-names'; readonly units: readonly { readonly id: string; readonly name: string }[] }
  /** `status`: all that became known of one account, as its document will have it. In the order in which they end. */
  | { readonly event: 'account-status'; readonly account: AccountStatus }
  /** What is changed was saved there first. */
  | { readonly event: 'saved'; readonly what: 'policy'; readonly path: string }
  /** From here on a journal tells what is done. */
  | { readonly event: 'run-begun'; readonly runId: string; readonly journalPath: string }
  /** `problem`: what ended the run before its time, or why its end could not be recorded. The document tells what was done. */
  | {
      readonly event: 'run-ended';
      readonly runId: string;
      readonly state: 'finished' | 'interrupted';
      readonly problem: Problem | null;
    }
  /** AWS throttles: the rate was lowered. */
  | { readonly event: 'held-back' }
  /** Something that does not end the action, told beside its document. */
  | { readonly event: 'problem'; readonly weight: 'warning' | 'error'; readonly problem: Problem }
  /** Something worth knowing that is no problem. `--quiet` leaves it out. */
  | { readonly event: 'note'; readonly note: Note };

export type Counted = 'read' | 'done' | 'judged';
export type Work = 'organization' | 'unit-names';
export type Phase = 'reading-for-status' | 'reading-for-plan' | 'deleting' | 'asking';

/** Things worth knowing. Each has its sentence in `words`. */
export type Note =
  /** Right after `enable` AWS refuses root sessions for a moment: they are tried again. */
  | { readonly note: 'waiting-for-root-sessions' }
  /** The policy to be put is the one that is there: nothing was changed. */
  | { readonly note: 'policy-is-so-already' }
  /** Another command works on the saved simulated organization. */
  | { readonly note: 'waiting-for-sandbox'; readonly pid: number; readonly startedAt: string }
  /** Nobody said where root sessions are opened. */
  | { readonly note: 'default-region'; readonly region: string }
  /** Of a run that is gone on with: accounts that are done, and that are left. */
  | { readonly note: 'resuming'; readonly runId: string; readonly settled: number; readonly left: number };

export type Report = (event: ActionEvent) => void;

/** Counts accounts for whoever is told. @param listed as many as are known beforehand. */
export function counted(report: Report, what: Counted, listed = 0) {
  let known = listed;
  let finished = 0;
  return {
    onListed: (count: number): void => {
      known = count;
    },
    onReading: (): void => {
      finished += 1;
      report({ event: 'accounts', what, listed: known, finished });
    },
  };
}
