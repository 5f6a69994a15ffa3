import { type Behaviour, createSandbox, type RequestRecord, type Sandbox } from '../src/sandbox/index.ts';
import { createChance } from './chance.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createDisk } from './memory-files.ts';
import { type Finished, type Machine, type Mishap, runProcess } from './process.ts';
import type { Story } from './scenario.ts';
import { createVirtualClock, drive } from './virtual-clock.ts';

/** A process that has ended, with what AWS saw of it. */
export interface Episode extends Finished {
  readonly requests: readonly RequestRecord[];
  readonly isFaulty: boolean;
  readonly mishap: Mishap | null;
}

/** Told to stop before its work was done, by a signal or by `--timeout`. */
export const wasStopped = ({ signalCount, argv }: Episode): boolean => signalCount > 0 || argv.includes('--timeout');

/** One simulated world: a sandbox, a machine to run commands on, and the watchers. */
export interface Bench {
  readonly story: Story;
  readonly sandbox: Sandbox;
  readonly machine: Machine;
  readonly ledger: Ledger;
  readonly evidence: Evidence;
  readonly episodes: readonly Episode[];
  readonly run: (argv: readonly string[], mishap?: Mishap | null) => Promise<Episode>;
  /** From now on nothing fails, and what is still inconsistent has time to settle. */
  readonly calmDown: () => Promise<void>;
}

const startMs = Date.parse('2026-06-01T12:00:00Z');
const settlingMs = 600_000;

export function createBench(story: Story): Bench {
  const clock = createVirtualClock(startMs);
  const sandbox = createSandbox(
    { ...story.scenario, behaviour: story.behaviour },
    { clock, recordRequests: true, onChange: () => ledger.observe() },
  );
  const ledger = createLedger(sandbox, clock.nowMs);
  const credentials = sandbox.credentials().management;
  const evidence = createEvidence(credentials.secretAccessKey);
  const episodes: Episode[] = [];
  let isFaulty = Object.keys(story.behaviour).length > 0;
  let isMixedUp = false;
  const machine: Machine = {
    clock,
    disk: createDisk(),
    papers: new Map(story.selection.config === null ? [] : [['.rootctl.yaml', story.selection.config]]),
    handle: (request, signal) => {
      if (
        story.isMixedUp &&
        isFaulty &&
        !isMixedUp &&
        Buffer.from(request.body).includes('IAMDeleteRootUserCredentials')
      ) {
        isMixedUp = true;
        sandbox.setBehaviour(mixedUp(story.behaviour));
      }
      return sandbox.handle(request, signal);
    },
    credentials,
    region: sandbox.region,
    flushMs: story.flushMs,
    random: createChance(story.seed + 1).random,
    runningPid: 4_000,
  };
  const accountCount = story.scenario.accounts.length;
  const bounds = { requestsMax: 3_000 + 1_500 * accountCount, durationMaxMs: (10 + accountCount) * 2_400_000 };
  return {
    story,
    sandbox,
    machine,
    ledger,
    evidence,
    episodes,
    run: async (argv, mishap = null) => {
      const before = sandbox.requests.length;
      evidence.begin();
      const finished = await runProcess(machine, argv, mishap, evidence, bounds);
      const episode = { ...finished, requests: sandbox.requests.slice(before), isFaulty, mishap };
      episodes.push(episode);
      return episode;
    },
    calmDown: async () => {
      isFaulty = false;
      sandbox.setBehaviour({});
      await drive(clock, clock.sleep(settlingMs), { isAbandoned: () => false, durationMaxMs: 2 * settlingMs });
    },
  };
}

const mixedUp = (behaviour: Behaviour): Behaviour => ({
  ...behaviour,
  faults: [...(behaviour.faults ?? []), { kind: 'wrong-account', rate: 0.5 }],
});
