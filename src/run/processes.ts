import { readFileSync, readlinkSync } from 'node:fs';
import { repeatedly, systemClock } from '../clock.ts';
import type { Processes, Pulse } from './lock.ts';

/** How an operating system is asked about a process. */
export interface ProcessTable {
  /** Sends nothing; throws where a signal could not be sent. */
  readonly probe: (pid: number) => void;
  readonly readText: (path: string) => string;
}

/** A process's start time in clock ticks since boot, with the boot's id, where the system tells (Linux, proc(5)). */
export const identityIn =
  ({ probe, readText }: ProcessTable): Processes['identityOf'] =>
  (pid) => {
    try {
      probe(pid);
    } catch (error) {
      const { code }: { readonly code?: unknown } = Object(error);
      // EPERM: it is alive and somebody else's.
      if (code !== 'EPERM') return null;
    }
    try {
      const stat = readText(`/proc/${pid}/stat`);
      // The name of the program stands in brackets before, and may hold both brackets and spaces.
      const sinceState = stat.slice(stat.lastIndexOf(') ')).split(' ').slice(1);
      return `${readText('/proc/sys/kernel/random/boot_id').trim()}:${sinceState[19]}`;
    } catch {
      return 'alive';
    }
  };

/**
 * A container has pids of its own (pid_namespaces(7)), and so has another machine with the same folder, or this one before
 * it was started anew. Empty where the system does not tell.
 */
export function placeIn({
  readText,
  readLink,
}: Pick<ProcessTable, 'readText'> & { readonly readLink: (path: string) => string }): string {
  try {
    return `${readText('/proc/sys/kernel/random/boot_id').trim()} ${readLink('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/** How often a lock is touched, how often it is looked at, and for how long, in milliseconds: a machine may be busy, a disk far. */
const [beatMs, lookMs, patienceMs] = [2_000, 500, 10_000];

/** @param sleep waits so many milliseconds. */
export const isHeardBy =
  (sleep: (ms: number) => Promise<void>): Pulse['isHeard'] =>
  async (look) => {
    const before = await look();
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
      await sleep(lookMs);
      const now = await look();
      if (now === null) return false;
      if (now !== before) return true;
    }
    return false;
  };

const readText = (path: string): string => readFileSync(path, 'utf8');

export const systemProcesses: Processes = {
  pid: process.pid,
  identityOf: identityIn({ probe: (pid) => process.kill(pid, 0), readText }),
  pulse: {
    // Read when a lock is: most commands take none.
    get place() {
      return placeIn({ readText, readLink: (path) => readlinkSync(path) });
    },
    keep: (beat) => repeatedly(beatMs, beat),
    isHeard: isHeardBy(systemClock.sleep),
  },
};
