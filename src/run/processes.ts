import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
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

/** How an operating system says where a process is. */
export interface Whereabouts extends Pick<ProcessTable, 'readText'> {
  readonly readLink: (path: string) => string;
  readonly hostname: () => string;
}

/**
 * A container has pids of its own (pid_namespaces(7)), and so has another machine with the same folder, or this one before
 * it was started anew: `MACHINE BOOT NAMESPACE` on Linux, where the system tells nothing the name of the host.
 */
export function placeIn({ readText, readLink, hostname }: Whereabouts): string {
  try {
    const boot = readText('/proc/sys/kernel/random/boot_id').trim();
    const namespace = readLink('/proc/self/ns/pid');
    return `${machineIn(readText)} ${boot} ${namespace}`;
  } catch {
    return hostname();
  }
}

/** machine-id(5); `-` where there is none, as in many containers. */
function machineIn(readText: ProcessTable['readText']): string {
  try {
    return readText('/etc/machine-id').trim() || '-';
  } catch {
    return '-';
  }
}

/** Of the namespace that a Linux starts with: the same number on each (`PROC_PID_INIT_INO` in proc_ns.h). */
const firstNamespace = 'pid:[4026531836]';

/** A machine that was started anew has ended all that ran on it; of a container that is not known. */
export function relationBetween(place: string, here: string): 'here' | 'ended' | 'elsewhere' {
  if (place === here) return 'here';
  const [[machine, , namespace], [ownMachine, , ownNamespace]] = [place.split(' '), here.split(' ')];
  const isThisMachine = machine !== '-' && machine === ownMachine;
  return isThisMachine && namespace === firstNamespace && ownNamespace === firstNamespace ? 'ended' : 'elsewhere';
}

/** How often a lock is touched, how often it is looked at, and for how long, in milliseconds: a machine may be busy, a disk far. */
const [beatMs, lookMs, patienceMs] = [1_000, 250, 6_000];

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

const placeHere = (): string => placeIn({ readText, readLink: (path) => readlinkSync(path), hostname });

export const systemProcesses: Processes = {
  pid: process.pid,
  identityOf: identityIn({ probe: (pid) => process.kill(pid, 0), readText }),
  pulse: {
    // Looked up when a lock is: most commands take none.
    get place() {
      return placeHere();
    },
    relationTo: (other) => relationBetween(other, placeHere()),
    keep: (beat) => repeatedly(beatMs, beat),
    everyMs: beatMs,
    isHeard: isHeardBy(systemClock.sleep),
  },
};
