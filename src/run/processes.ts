import { readFileSync } from 'node:fs';
import type { Processes } from './lock.ts';

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

export const systemProcesses: Processes = {
  pid: process.pid,
  identityOf: identityIn({
    probe: (pid) => process.kill(pid, 0),
    readText: (path) => readFileSync(path, 'utf8'),
  }),
};
