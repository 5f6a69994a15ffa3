import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type ProblemError, problemError } from '../problems/index.ts';
import { type StateFiles, stateFolderUnwritable } from './files.ts';

/** What the machine knows of its processes, passed in. */
export interface Processes {
  readonly pid: number;
  /** Something that differs between two processes that had the same pid (start time, boot); null when it is gone. */
  readonly identityOf: (pid: number) => string | null;
  /** How those are heard of whose pids say nothing here. Without it all are of one place. */
  readonly pulse?: Pulse;
}

/** Who holds a lock lets it be seen from where his pid is nobody's, or somebody else's: another container, another machine. */
export interface Pulse {
  /** Where a pid is what it is here: a machine since it was started, a container of it. */
  readonly place: string;
  /** How a place stands to this one: the same, this machine before it was started anew, or one whose processes nobody here knows. */
  readonly relationTo: (place: string) => 'here' | 'ended' | 'elsewhere';
  /** Calls `beat` every `everyMs` milliseconds until it is stopped. */
  readonly keep: (beat: () => void) => () => void;
  readonly everyMs: number;
  /** Whether what `look` sees changes in the time of several beats; null: it has gone. */
  readonly isHeard: (look: () => Promise<number | null>) => Promise<boolean>;
}

/** Who works under a lock. */
export interface Holder {
  readonly pid: number;
  readonly identity: string;
  /** Where that is who it is; earlier versions did not write it. */
  readonly place?: string;
  /** What it does there: the id of a run on an organization, the kind of work on the sandbox. */
  readonly work: string;
  readonly startedAt: string;
}

export interface HeldLock {
  readonly release: () => Promise<void>;
  /** Resolves with who has it now: whoever slept for long, or was not heard, may have lost it; null while it is held. */
  readonly lostTo: () => Promise<Holder | null>;
}

export type LockAttempt =
  | ({ readonly state: 'taken' } & HeldLock)
  | { readonly state: 'held'; readonly holder: Holder };

const lockFile = (name: string): string => `locks/${name}.json`;
const attemptsMax = 5;
/** On a file system without hard links a lock is seen empty while it is written; so long it is given, in milliseconds. */
const tornMs = 100;

/**
 * Takes a lock by name, or says who has it. A lock whose process is gone is stale and taken over, also when whoever was
 * taking it over is gone too. @throws ProblemError `StateFolderUnwritable`
 */
export async function takeLock(
  files: StateFiles,
  processes: Processes,
  clock: Clock,
  name: string,
  work: string,
): Promise<LockAttempt> {
  const file = lockFile(name);
  const holder: Holder = {
    pid: processes.pid,
    identity: processes.identityOf(processes.pid) ?? '',
    ...(processes.pulse === undefined ? {} : { place: processes.pulse.place }),
    work,
    startedAt: new Date(clock.nowMs()).toISOString(),
  };
  const own = JSON.stringify(holder);
  const unusable = (error: unknown): never => {
    throw stateFolderUnwritable(files.folder, error);
  };
  // After a power cut its process is gone, and a lock that holds nothing belongs to nobody.
  const create = (path: string): Promise<boolean> => files.create(path, own, 'passing').catch(unusable);
  const readSettled = async (path: string): Promise<string | null> => {
    const text = await files.read(path).catch(unusable);
    if (text === null || parseHolder(text) !== null) return text;
    await clock.sleep(tornMs);
    return files.read(path);
  };

  /** Of those who meet the same stale lock at once, one may take it away: a second would take away the first one's. */
  const claim = async (stale: string): Promise<'ours' | 'over' | Holder> => {
    const key = createHash('sha256').update(stale).digest('hex').slice(0, 16);
    for (let turn = 1; ; turn += 1) {
      const path = `locks/${name}.after-${key}-${turn}.json`;
      if (await create(path)) return 'ours';
      const text = await readSettled(path);
      if (text === null) return 'over'; // somebody has taken the lock and swept up
      if (text === own) return 'ours';
      const claimant = parseHolder(text);
      if (claimant !== null && (await isAlive(claimant, processes, files, path))) return claimant;
    }
  };

  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    // Read first: whoever waits for a lock asks often, and a look writes nothing.
    const current = await readSettled(file);
    if (current === null) {
      if (!(await create(file))) continue;
      await sweep(files, name).catch(unusable);
      const { pulse } = processes;
      let lost: Holder | null = null;
      let beatenMs = clock.monotonicMs();
      const beat = async (): Promise<void> => {
        const text = await files.read(file);
        beatenMs = clock.monotonicMs();
        if (text === own) await files.touch(file, clock.nowMs());
        else if (text !== null) lost = parseHolder(text);
      };
      const stop = pulse?.keep(() => void beat().catch(() => {}));
      return {
        state: 'taken',
        // What was done under it is told whatever the disk says by now: a lock that stays is stale when its process is gone.
        release: async () => {
          stop?.();
          const text = await files.read(file).catch(() => null);
          if (text === own) await files.remove(file).catch(() => {});
        },
        lostTo: async () => {
          // After a sleep the next beat may come too late.
          if (pulse !== undefined && clock.monotonicMs() - beatenMs > 2 * pulse.everyMs) await beat().catch(() => {});
          return lost;
        },
      };
    }
    const other = parseHolder(current);
    if (other !== null && (await isAlive(other, processes, files, file))) return { state: 'held', holder: other };
    const claimed = await claim(current);
    if (typeof claimed === 'object') return { state: 'held', holder: claimed };
    // Whoever claimed before us may have been done in the meantime: then this is another lock by now.
    if (claimed === 'ours' && (await files.read(file)) === current) await files.remove(file);
  }
  throw stateFolderUnwritable(files.folder, problemError('UnusableFile', { why: { is: 'stuck-lock', file } }));
}

/** Claims are over once the lock is taken: whoever still holds one finds another lock than it claimed. */
async function sweep(files: StateFiles, name: string): Promise<void> {
  for (const other of await files.list('locks')) {
    if (other.startsWith(`${name}.after-`)) await files.remove(`locks/${other}`);
  }
}

/** An organization that one run has for itself. */
export interface LockedOrganization {
  readonly release: () => Promise<void>;
  /** @throws ProblemError `RunInProgress` where another run has it by now. */
  readonly requireHeld: () => Promise<void>;
}

/**
 * Takes the organization for one run. @throws ProblemError `RunInProgress` naming the holder, `StateFolderUnwritable`.
 */
export async function lockOrganization(
  files: StateFiles,
  processes: Processes,
  clock: Clock,
  organizationId: string,
  runId: string,
): Promise<LockedOrganization> {
  const attempt = await takeLock(files, processes, clock, organizationId, runId);
  const inProgress = ({ work, pid, startedAt }: Holder): ProblemError =>
    problemError('RunInProgress', { runId: work, organizationId, pid, since: startedAt });
  if (attempt.state !== 'taken') throw inProgress(attempt.holder);
  const { release, lostTo } = attempt;
  const requireHeld = async (): Promise<void> => {
    const holder = await lostTo();
    if (holder !== null) throw inProgress(holder);
  };
  return { release, requireHeld };
}

/** Whether this run holds the organization now. Only of the one that the lock names is it found out whether it is alive. */
export async function isHeldBy(
  files: StateFiles,
  processes: Processes,
  organizationId: string,
  runId: string,
): Promise<boolean> {
  const file = lockFile(organizationId);
  const holder = parseHolder((await files.read(file).catch(() => null)) ?? '');
  return holder?.work === runId && isAlive(holder, processes, files, file);
}

/** null for a lock that a crash cut off, or that rootctl could not have written: it belongs to nobody. */
function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    const { pid, identity, place = '', work, startedAt }: Partial<Holder> = Object(value);
    const words = [identity, place, work, startedAt];
    const isHolder = Number.isSafeInteger(pid) && words.every((word) => typeof word === 'string');
    return isHolder ? (value as Holder) : null;
  } catch {
    return null;
  }
}

/** @param file the lock that it holds. */
async function isAlive(
  { pid, identity, place }: Holder,
  { identityOf, pulse }: Processes,
  files: StateFiles,
  file: string,
): Promise<boolean> {
  const isThere = (): boolean => identityOf(pid) === identity;
  if (pulse === undefined || place === undefined) return isThere();
  const relation = pulse.relationTo(place);
  if (relation !== 'elsewhere') return relation === 'here' && isThere();
  return pulse.isHeard(() => files.touchedAt(file).catch(() => null));
}
