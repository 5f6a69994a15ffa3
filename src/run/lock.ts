import type { Clock } from '../clock.ts';
import type { StateFiles } from './files.ts';

/** What the machine knows of its processes, passed in. */
export interface Processes {
  readonly pid: number;
  /** Something that differs between two processes that had the same pid (start time, boot); null when it is gone. */
  readonly identityOf: (pid: number) => string | null;
}

/** Somebody else is deleting in this organization right now. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly code = 'RunInProgress';
  readonly hint: string;

  constructor(holder: Holder, organizationId: string) {
    super(
      `run ${holder.runId} is working on organization ${organizationId} (pid ${holder.pid}, since ${holder.startedAt})`,
    );
    this.hint = `wait for it, or watch it: rootctl runs show ${holder.runId}`;
  }
}

/** The state folder cannot be written: without a journal nothing may be deleted. */
export class StateFolderError extends Error {
  override readonly name = 'StateFolderError';
  readonly code = 'StateFolderUnwritable';
  readonly hint = 'make room or give rights in the state folder, or choose another with XDG_STATE_HOME';

  constructor(folder: string, cause: unknown) {
    super(`the state folder ${folder} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

interface Holder {
  readonly pid: number;
  readonly identity: string;
  readonly runId: string;
  readonly startedAt: string;
}

const lockName = (organizationId: string): string => `locks/${organizationId}.json`;

/**
 * Takes the organization for one run. A lock whose process is gone is stale and taken over.
 * @returns how to release it. @throws LockedError naming the holder; StateFolderError.
 */
export async function lockOrganization(
  files: StateFiles,
  processes: Processes,
  clock: Clock,
  organizationId: string,
  runId: string,
): Promise<() => Promise<void>> {
  const name = lockName(organizationId);
  const holder: Holder = {
    pid: processes.pid,
    identity: processes.identityOf(processes.pid) ?? '',
    runId,
    startedAt: new Date(clock.nowMs()).toISOString(),
  };
  let takeover: string | null = null;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const isTaken = await files.create(name, JSON.stringify(holder)).catch((error: unknown) => {
      throw new StateFolderError(files.folder, error);
    });
    if (isTaken) {
      return async () => {
        await files.remove(name);
        if (takeover !== null) await files.remove(takeover);
      };
    }
    const current = await readHolder(files, organizationId);
    if (current !== null && isAlive(current, processes)) throw new LockedError(current, organizationId);
    if (current === null) {
      await files.remove(name);
      continue;
    }
    // Of those who meet the same stale lock at once, one may take it away: a second would take away the first one's.
    const claim = `locks/${organizationId}.after-${`${current.runId}-${current.pid}-${current.startedAt}`.replace(/\W+/gu, '-')}.json`;
    if (takeover === null && (await files.create(claim, JSON.stringify(holder)))) {
      takeover = claim;
      await files.remove(name);
    }
  }
  throw new StateFolderError(files.folder, new Error(`the lock ${name} cannot be taken: look at it, and remove it`));
}

/** The run that holds the organization now; null when none does or the lock is stale. */
export async function runHolding(
  files: StateFiles,
  processes: Processes,
  organizationId: string,
): Promise<string | null> {
  const holder = await readHolder(files, organizationId);
  return holder !== null && isAlive(holder, processes) ? holder.runId : null;
}

async function readHolder(files: StateFiles, organizationId: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse((await files.read(lockName(organizationId))) ?? 'null');
    return typeof value === 'object' && value !== null && 'pid' in value ? (value as Holder) : null;
  } catch {
    return null; // a lock cut off by a crash belongs to nobody
  }
}

const isAlive = (holder: Holder, processes: Processes): boolean => {
  const identity = processes.identityOf(holder.pid);
  return identity !== null && identity === holder.identity;
};
