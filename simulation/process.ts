import { type Driven, drive, setAhead, type VirtualClock } from '../harness/clock.ts';
import { type MemoryDisk, openDisk } from '../harness/disk.ts';
import { connectionTo, createWorld } from '../harness/world.ts';
import { runProgram } from '../src/cli/program.ts';
import type { Connection, StopSignal } from '../src/process/world.ts';
import type { Random } from '../src/random.ts';
import type { SandboxRequest, SandboxResponse } from '../src/sandbox/index.ts';

/** What befalls one process; numbers count its own requests or journal writes from 1. */
export type Mishap =
  | { readonly kind: 'killed-at-write'; readonly write: number; readonly how: 'die-before' | 'die-torn' | 'die-after' }
  | {
      readonly kind: 'killed-at-request';
      readonly request: number;
      readonly when: 'before' | 'after-sending' | 'answered';
    }
  | { readonly kind: 'signals'; readonly requests: readonly number[]; readonly signal: StopSignal }
  | { readonly kind: 'full-disk'; readonly freeBytes: number };

/** What the outside sees of a process while it runs. */
export interface ProcessWatch {
  /** A request is about to leave the process. */
  readonly onRequest: (request: SandboxRequest) => void;
  readonly onAnswer: (request: SandboxRequest, answer: SandboxResponse) => void;
  readonly onDurable: (name: string, text: string) => void;
}

export interface Machine {
  /** The true time, AWS's; what the machine says is `aheadMs` more. */
  readonly clock: VirtualClock;
  aheadMs: number;
  readonly disk: MemoryDisk;
  /** Files of the working folder: the configuration, plans. */
  readonly papers: Map<string, string>;
  readonly handle: (request: SandboxRequest, signal?: AbortSignal) => Promise<SandboxResponse>;
  readonly credentials: Connection['credentials'];
  readonly region: string;
  /** Milliseconds that a flush to the disk takes. */
  readonly flushMs: number;
  readonly random: Random;
  /** The pid of the process that runs now; every other one is gone. */
  runningPid: number;
}

export interface Finished {
  readonly argv: readonly string[];
  /** null: killed. */
  readonly exitCode: number | null;
  readonly end: Driven<number>['end'] | 'flood';
  readonly stdout: string;
  readonly stderr: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly requestCount: number;
  readonly writeCount: number;
  /** Signals that the program heard. */
  readonly signalCount: number;
}

export interface Bounds {
  readonly requestsMax: number;
  readonly durationMaxMs: number;
}

const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** Runs one command line in a process of its own, until it ends, is killed, or turns out never to end. */
export async function runProcess(
  machine: Machine,
  argv: readonly string[],
  mishap: Mishap | null,
  watch: ProcessWatch,
  bounds: Bounds,
): Promise<Finished> {
  const { clock, disk } = machine;
  machine.runningPid += 1;
  const pid = machine.runningPid;
  let [requestCount, writeCount] = [0, 0];
  let isDead = false;
  let exitCode: number | null = null;
  let signalCount = 0;
  const startedMs = clock.nowMs();
  const die = (): void => {
    isDead = true;
  };
  disk.freeBytes = mishap?.kind === 'full-disk' ? mishap.freeBytes : Number.POSITIVE_INFINITY;

  const signalIfDue = (): void => {
    if (mishap?.kind !== 'signals') return;
    for (const due of mishap.requests) {
      if (due === requestCount && world.signal(mishap.signal)) signalCount += 1;
    }
  };
  const send = async (request: SandboxRequest, signal?: AbortSignal): Promise<SandboxResponse> => {
    if (isDead) return never();
    requestCount += 1;
    if (requestCount > bounds.requestsMax) {
      die();
      return never();
    }
    signalIfDue();
    const fate = mishap?.kind === 'killed-at-request' && mishap.request === requestCount ? mishap.when : null;
    if (fate === 'before') {
      die();
      return never();
    }
    watch.onRequest(request);
    const answering = machine.handle(request, signal);
    if (fate === 'after-sending') {
      die();
      answering.catch(() => {}); // AWS goes on with what it was sent; nobody is there to hear
      return never();
    }
    const settled = await answering.then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if (fate === 'answered') die();
    if (isDead) return never();
    if ('error' in settled) throw settled.error;
    watch.onAnswer(request, settled.answer);
    return settled.answer;
  };
  const world = createWorld({
    isDead: () => isDead,
    clock: setAhead(clock, () => machine.aheadMs),
    random: machine.random,
    papers: machine.papers,
    state: openDisk(disk, {
      beforeAppend: () => {
        writeCount += 1;
        return mishap?.kind === 'killed-at-write' && mishap.write === writeCount ? mishap.how : 'write';
      },
      onDurable: watch.onDurable,
      isDead: () => isDead,
      die,
      flush: () => (machine.flushMs === 0 ? Promise.resolve() : clock.sleep(machine.flushMs)),
    }),
    processes: { pid, identityOf: (other) => (other === machine.runningPid ? `boot:${other}` : null) },
    connection: connectionTo({ handle: send }, machine.credentials, machine.region),
    exitNow: (code) => {
      exitCode = code;
      die();
    },
  });
  const driven = await drive(clock, runProgram(argv, world), {
    isAbandoned: () => isDead,
    durationMaxMs: bounds.durationMaxMs,
  });
  die(); // whatever was left running can do nothing more
  return {
    argv,
    exitCode: driven.end === 'done' ? driven.value : exitCode,
    end: requestCount > bounds.requestsMax ? 'flood' : driven.end,
    ...world.written,
    startedMs,
    endedMs: clock.nowMs(),
    requestCount,
    writeCount,
    signalCount,
  };
}
