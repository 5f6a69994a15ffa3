import { loadSharedConfigFiles } from '@smithy/core/config';
import { type Bench, createBench, type Episode } from './bench.ts';
import { compareWithFirst, misspell, type Run, readFirst, strayEndpoint } from './chapters.ts';
import { checkEnd, checkEpisode, checkFinalStatus, type Violation } from './invariants.ts';
import { holdingKey } from './ledger.ts';
import { isSpoiltKind } from './reads.ts';
import { type Story, storyOf } from './scenario.ts';
import { departureMs } from './unknowns.ts';

// The SDK reads its configuration files once a process. Before the first run, because Node 26 does not list disk work, and
// the virtual clock could not wait for it.
await loadSharedConfigFiles();

export interface Report {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** What was done, a line a command. */
  readonly log: readonly string[];
  readonly requestCount: number;
  readonly virtualMs: number;
  readonly tally: Tally;
  readonly bench: Bench;
}

/** What came about, so that a simulation in which nothing happens is noticed. */
export interface Tally {
  readonly commands: number;
  readonly deletions: number;
  readonly killed: number;
  readonly interrupted: number;
  readonly failed: number;
  readonly resumed: number;
  /** Documents that say themselves that they tell of a part. */
  readonly incomplete: number;
  readonly refused: number;
  readonly spoilt: number;
  /** Commands that ran while this machine's clock was wrong by more than five minutes. */
  readonly misclocked: number;
}

/** Lives one seed through and says what was broken. */
export async function simulate(seed: number): Promise<Report> {
  const story = storyOf(seed);
  const bench = createBench(story);
  const violations: Violation[] = [];
  try {
    await live(bench, violations);
    if (story.isComparable && violations.length === 0) await compare(story, bench, violations);
  } catch (error) {
    violations.push({
      invariant: 7,
      text: `the program threw: ${error instanceof Error ? error.stack : String(error)}`,
    });
  }
  const { clock } = bench.machine;
  return {
    seed,
    violations,
    log: bench.episodes.map(describe),
    requestCount: bench.sandbox.requests.length,
    tally: tallyOf(bench),
    virtualMs: clock.nowMs() - bench.startMs,
    bench,
  };
}

function tallyOf({ episodes, ledger, sandbox }: Bench): Tally {
  const count = (fits: (episode: Episode) => boolean): number => episodes.filter(fits).length;
  return {
    commands: episodes.length,
    deletions: ledger.effects.length,
    killed: count(({ exitCode }) => exitCode === null),
    interrupted: count(({ exitCode }) => exitCode === 130 || exitCode === 143),
    failed: count(({ exitCode }) => exitCode === 1),
    resumed: count(({ argv }) => argv[1] === 'resume'),
    incomplete: count(({ stdout }) => stdout.includes('"complete": false')),
    refused: count(({ exitCode }) => exitCode === 64),
    spoilt: sandbox.requests.filter(({ outcome }) => isSpoiltKind(outcome)).length,
    misclocked: count(({ stderr }) => stderr.includes("this machine's clock is")),
  };
}

/** enable → status → delete → resume as often as needed → status --check. */
async function live(bench: Bench, violations: Violation[]): Promise<void> {
  const { story } = bench;
  const { unknowns } = story;
  const run: Run = async (argv, circumstances) => {
    const episode = await bench.run([...argv, ...story.globals], circumstances);
    violations.push(...checkEpisode(bench, episode));
    return episode;
  };
  if (!story.isEnabledBefore) {
    const enabled = await run(['enable', '-o', 'json']);
    if (enabled.exitCode !== 0) {
      await bench.calmDown();
      await run(['enable', '-o', 'json']);
    }
  }
  if (unknowns.hasStrayEndpoint) await strayEndpoint(bench, run);
  if (story.isStatusFirst) await readFirst(bench, run);
  violations.push(...(await misspell(bench, run)));
  await removeAll(bench, run, story);
  violations.push(...checkEnd(bench));
  if (story.seed % 4 === 0) violations.push(...(await repeat(bench, run)));
  await bench.calmDown();
  violations.push(...(await compareWithFirst(bench, run)));
  violations.push(...checkFinalStatus(bench, await run(['status', '--all', '--check', '-o', 'json'])));
}

async function removeAll(bench: Bench, run: Run, story: Story): Promise<void> {
  const format = story.seed % 9 === 0 ? 'table' : 'json';
  let last = await deleteOnce(bench, run, format, story.mishaps[0] ?? null);
  // Where nobody could tell who is in an OU, the same command does it as soon as that is known.
  const isOver = last.exitCode === 0 || (last.exitCode === 64 && story.unknowns.places === null);
  if (isOver) return;
  if (story.unknowns.departure !== null) await bench.pass(bench.startMs + departureMs - bench.machine.clock.nowMs());
  const second = story.mishaps[1] ?? null;
  if (!story.isFaultyResume) await bench.calmDown();
  if (story.mishaps.length > 1 || story.isFaultyResume) {
    const runId = resumable(bench);
    if (runId !== null) {
      last = await run(['runs', 'resume', runId, '--yes', '-o', 'json', ...waitOf(story)], { mishap: second });
    }
  }
  await bench.calmDown();
  const runId = resumable(bench);
  if (runId === null) await deleteOnce(bench, run, 'json', null);
  else await run(['runs', 'resume', runId, '--yes', '-o', 'json', ...waitOf(story)]);
}

/** A run can be shown whatever became of it; resuming one that is done changes nothing. */
async function repeat(bench: Bench, run: Run): Promise<readonly Violation[]> {
  const runId = resumable(bench);
  if (runId === null) return [];
  const shown = await run(['runs', 'show', runId, '-o', 'json']);
  if (shown.exitCode !== 0) return [{ invariant: 4, text: `runs show ${runId} exits ${shown.exitCode}` }];
  const last = bench.episodes.findLast(({ argv }) => argv[0] === 'delete' || argv[1] === 'resume');
  if (last?.exitCode !== 0) return [];
  const effectCount = bench.ledger.effects.length;
  await run(['runs', 'resume', runId, '--yes', '-o', 'json']);
  const isChanged = bench.ledger.effects.length > effectCount;
  return isChanged ? [{ invariant: 2, text: `run ${runId} was done, and resuming it deleted more` }] : [];
}

const waitOf = (story: Story): readonly string[] => ['--wait', `${story.waitMs / 1000}s`];

/** `--plan-max-age` unless told otherwise. */
const planAgeMaxMs = 24 * 3_600_000;

/** In one go, or by a plan that somebody looks at for a while; one that has grown too old is not carried out. */
async function deleteOnce(bench: Bench, run: Run, format: string, mishap: Episode['mishap']): Promise<Episode> {
  const { story } = bench;
  const { flags } = story.selection;
  if (story.isByPlanFile) {
    const planned = await run(['delete', ...flags, ...story.options, '--plan-out', 'plan.json', '-o', 'json']);
    if (planned.exitCode === 0) {
      const { planAgeMs } = story.unknowns;
      await bench.pass(planAgeMs);
      const refusal = planAgeMs > planAgeMaxMs ? 'the plan is more than a day old' : null;
      const argv = ['delete', '--plan', 'plan.json', '--yes', '-o', format, ...waitOf(story)];
      const episode = await run(argv, { mishap: refusal === null ? mishap : null, refusal });
      // A plan that holds an account which has left since is made anew.
      const isOutdated = episode.exitCode === 64 && story.unknowns.departure !== null;
      if (refusal === null && !isOutdated) return episode;
    }
  }
  return run(['delete', ...flags, ...story.options, '--yes', '-o', format], { mishap });
}

/** The run whose plan is on the disk and which did not end; null when nothing had begun. */
function resumable({ evidence }: Bench): string | null {
  const journal = [...evidence.journals.values()].findLast(({ plannedMs }) => plannedMs !== null);
  return journal === undefined ? null : journal.name.slice('runs/'.length, -'.jsonl'.length);
}

/** A run that was killed and resumed ends as if it had never been killed. */
async function compare(story: Story, killed: Bench, violations: Violation[]): Promise<void> {
  const reference = createBench({ ...story, mishaps: [] });
  const ignored: Violation[] = [];
  await live(reference, ignored);
  for (const { id } of story.scenario.accounts) {
    const left = (bench: Bench): string => bench.ledger.heldNow(id).map(holdingKey).sort().join(', ');
    if (left(killed) === left(reference)) continue;
    violations.push({
      invariant: 4,
      text: `account ${id} ended with [${left(killed)}] after a kill, and with [${left(reference)}] without`,
    });
  }
}

function describe(episode: Episode): string {
  const { argv, exitCode, end, requests, writeCount, mishap, startedMs, endedMs } = episode;
  const how = exitCode === null ? (end === 'abandoned' ? 'killed' : end) : `exit ${exitCode}`;
  const befell = mishap === null ? '' : ` · ${JSON.stringify(mishap)}`;
  return `rootctl ${argv.join(' ')} → ${how}, ${requests.length} requests, ${writeCount} writes, ${endedMs - startedMs} ms${befell}`;
}
