import { drive, virtualClock } from '../harness/clock.ts';
import { memoryDisk } from '../harness/disk.ts';
import {
  type Behaviour,
  createSandbox,
  type Fault,
  type RequestRecord,
  type Sandbox,
  type SandboxRequest,
} from '../src/sandbox/index.ts';
import { createChance } from './chance.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { withoutJoinTimes } from './newcomers.ts';
import { type Finished, type Machine, type Mishap, runProcess } from './process.ts';
import { isSpoiltKind } from './reads.ts';
import type { Story } from './scenario.ts';

/** A process that has ended, with what AWS saw of it. */
export interface Episode extends Finished {
  readonly requests: readonly RequestRecord[];
  readonly isFaulty: boolean;
  readonly mishap: Mishap | null;
  readonly listing: ReturnType<Evidence['listing']>;
  /** Why the command line must be refused before any account is addressed; null: it need not. */
  readonly refusal: string | null;
}

/** What a command meets beside what the story holds for all. */
export interface Circumstances {
  readonly mishap?: Mishap | null;
  readonly refusal?: string | null;
}

/** Told to stop before its work was done, by a signal or by `--timeout`. */
export const wasStopped = ({ signalCount, argv }: Episode): boolean => signalCount > 0 || argv.includes('--timeout');

/** One simulated world: a sandbox, a machine to run commands on, and the watchers. */
export interface Bench {
  readonly story: Story;
  readonly sandbox: Sandbox;
  readonly machine: Machine;
  readonly ledger: Ledger;
  /** The true time at the beginning. */
  readonly startMs: number;
  readonly evidence: Evidence;
  readonly episodes: readonly Episode[];
  readonly run: (argv: readonly string[], circumstances?: Circumstances) => Promise<Episode>;
  /** Lets true time go by while no command runs. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** From now on nothing fails, and what is still inconsistent has time to settle. */
  readonly calmDown: () => Promise<void>;
}

const startMs = Date.parse('2026-06-01T12:00:00Z');
const settlingMs = 600_000;

export function createBench(story: Story): Bench {
  const clock = virtualClock({ startMs, moves: 'by-hand' });
  const sandbox = createSandbox(
    { ...story.scenario, behaviour: story.behaviour },
    { clock, recordRequests: true, onChange: () => ledger.observe() },
  );
  const ledger = createLedger(sandbox, clock.nowMs);
  const credentials = sandbox.credentials().management;
  const evidence = createEvidence(credentials.secretAccessKey, (answer) => {
    const number = Number.parseInt(answer.headers['x-amzn-requestid']?.slice(-12) ?? '', 16);
    return isSpoiltKind(sandbox.requests.find((record) => record.number === number)?.outcome ?? '');
  });
  const episodes: Episode[] = [];
  let isFaulty = Object.keys(story.behaviour).length > 0;
  let isMixedUp = false;
  const machine: Machine = {
    clock,
    disk: memoryDisk(),
    aheadMs: story.unknowns.clock.aheadMs,
    papers: new Map(story.selection.files),
    handle: (request, signal) => {
      for (const { atRequest, byMs } of story.unknowns.clock.steps) {
        if (sandbox.requests.length === atRequest - 1) machine.aheadMs += byMs;
      }
      endListing(request);
      if (story.mixedUp !== null && isFaulty && !isMixedUp && Buffer.from(request.body).includes(story.mixedUp)) {
        isMixedUp = true;
        sandbox.setBehaviour(withFault(story.behaviour, { kind: 'wrong-account', rate: 0.5 }));
      }
      return untold(request, sandbox.handle(request, signal));
    },
    credentials,
    region: sandbox.region,
    flushMs: story.flushMs,
    random: createChance(story.seed + 1).random,
    runningPid: 4_000,
  };
  const untold = async ({ headers }: SandboxRequest, answering: ReturnType<Sandbox['handle']>) => {
    const answer = await answering;
    const { untoldJoinTimes } = story;
    if (untoldJoinTimes.size === 0 || !headers['x-amz-target']?.endsWith('.ListAccounts')) return answer;
    return { ...answer, body: withoutJoinTimes(answer.body, untoldJoinTimes) };
  };
  let pagesAsked = 0;
  /** From the page on that the story says, the listing of the accounts fails. */
  const endListing = ({ headers }: SandboxRequest): void => {
    const { listingEnd } = story.unknowns;
    if (listingEnd === null || !isFaulty || !headers['x-amz-target']?.endsWith('.ListAccounts')) return;
    pagesAsked += 1;
    if (pagesAsked !== listingEnd.afterPages + 1) return;
    sandbox.setBehaviour(withFault(story.behaviour, { kind: listingEnd.kind, rate: 1, operation: 'ListAccounts' }));
  };
  const accountCount = story.scenario.accounts.length;
  const bounds = { requestsMax: 3_000 + 1_500 * accountCount, durationMaxMs: (10 + accountCount) * 2_400_000 };
  const pass = async (durationMs: number): Promise<void> => {
    if (durationMs <= 0) return;
    await drive(clock, clock.sleep(durationMs), { isAbandoned: () => false, durationMaxMs: 2 * durationMs });
  };
  return {
    story,
    sandbox,
    machine,
    ledger,
    startMs,
    evidence,
    episodes,
    run: async (argv, { mishap = null, refusal = null } = {}) => {
      const before = sandbox.requests.length;
      evidence.begin();
      const finished = await runProcess(machine, argv, mishap, evidence, bounds);
      const episode = {
        ...finished,
        requests: sandbox.requests.slice(before),
        isFaulty,
        mishap,
        refusal,
        listing: evidence.listing(),
      };
      episodes.push(episode);
      return episode;
    },
    pass,
    calmDown: async () => {
      isFaulty = false;
      sandbox.setBehaviour({});
      await pass(settlingMs);
    },
  };
}

const withFault = (behaviour: Behaviour, fault: Fault): Behaviour => ({
  ...behaviour,
  faults: [...(behaviour.faults ?? []), fault],
});
