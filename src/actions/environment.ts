import type { Aws } from '../aws/clients.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Settling } from '../root/session.ts';
import type { StateFiles } from '../run/files.ts';
import type { EntryOf } from '../run/journal.ts';
import type { Processes } from '../run/lock.ts';
import type { Report } from './events.ts';
import type { Ask } from './questions.ts';

/** Everything that an action may need of the world; each names, by `Pick`, only what it uses. */
export interface Environment {
  readonly aws: Aws;
  /** AWS's time of day, and waits that nobody's setting of a clock disturbs. */
  readonly clock: Clock;
  /** Whether AWS has told its time: else it is this machine's, and no age may be decided by it. */
  readonly isTimeKnown: () => boolean;
  readonly random: Random;
  /** `stopping`: nothing new is begun. `aborting`: what is in flight is given up. */
  readonly stops: { readonly stopping: AbortSignal; readonly aborting: AbortSignal };
  /** Accounts in flight. */
  readonly concurrency: number;
  readonly settling: Settling;
  /** Journals, locks and backups. */
  readonly state: StateFiles;
  readonly processes: Processes;
  /** Accounts that are never touched: `protect:` of the configuration. */
  readonly protections: readonly string[];
  readonly product: { readonly version: string; readonly isSimulated: boolean };
  /** The sentences of a problem, for journals. */
  readonly entryOf: EntryOf;
  readonly report: Report;
  readonly ask: Ask;
}
