import { loadSharedConfigFiles } from '@smithy/core/config';
import { type Bench, createBench, type Episode } from './bench.ts';
import { checkEnd, checkEpisode, checkFinalStatus, type Violation } from './invariants.ts';
import { holdingKey } from './ledger.ts';
import { type Story, storyOf } from './scenario.ts';

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
    virtualMs: clock.nowMs() - Date.parse('2026-06-01T12:00:00Z'),
    bench,
  };
}

function tallyOf({ episodes, ledger }: Bench): Tally {
  const count = (fits: (episode: Episode) => boolean): number => episodes.filter(fits).length;
  return {
    commands: episodes.length,
    deletions: ledger.effects.length,
    killed: count(({ exitCode }) => exitCode === null),
    interrupted: count(({ exitCode }) => exitCode === 130 || exitCode === 143),
    failed: count(({ exitCode }) => exitCode === 1),
    resumed: count(({ argv }) => argv[1] === 'resume'),
  };
}

/** enable → status → delete → resume as often as needed → status --check. */
async function live(bench: Bench, violations: Violation[]): Promise<void> {
  const { story } = bench;
  const run = async (argv: readonly string[], mishap: Episode['mishap'] = null): Promise<Episode> => {
    const episode = await bench.run([...argv, ...story.globals], mishap);
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
  if (story.isStatusFirst) {
    const format = story.seed % 7 === 0 ? 'ndjson' : story.seed % 5 === 0 ? 'table' : 'json';
    await run(['status', ...story.selection.flags, '-o', format, ...(story.seed % 2 === 0 ? ['--check'] : [])]);
  }
  await removeAll(bench, run, story);
  violations.push(...checkEnd(bench));
  if (story.seed % 4 === 0) violations.push(...(await repeat(bench, run)));
  await bench.calmDown();
  violations.push(...checkFinalStatus(bench, await run(['status', '--all', '--check', '-o', 'json'])));
}

type Run = (argv: readonly string[], mishap?: Episode['mishap']) => Promise<Episode>;

async function removeAll(bench: Bench, run: Run, story: Story): Promise<void> {
  const format = story.seed % 9 === 0 ? 'table' : 'json';
  const deletion = await deletionOf(run, story, format);
  let last = await run(deletion, story.mishaps[0] ?? null);
  if (last.exitCode === 64 || last.exitCode === 0) return;
  const second = story.mishaps[1] ?? null;
  if (!story.isFaultyResume) await bench.calmDown();
  if (story.mishaps.length > 1 || story.isFaultyResume) {
    const runId = resumable(bench);
    if (runId !== null) last = await run(['runs', 'resume', runId, '--yes', '-o', 'json', ...waitOf(story)], second);
  }
  await bench.calmDown();
  const runId = resumable(bench);
  if (runId === null) await run(await deletionOf(run, story, 'json'));
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

async function deletionOf(run: Run, story: Story, format: string): Promise<readonly string[]> {
  const direct = ['delete', ...story.selection.flags, ...story.options, '--yes', '-o', format];
  if (!story.isByPlanFile) return direct;
  const planned = await run([
    'delete',
    ...story.selection.flags,
    ...story.options,
    '--plan-out',
    'plan.json',
    '-o',
    'json',
  ]);
  return planned.exitCode === 0 ? ['delete', '--plan', 'plan.json', '--yes', '-o', format, ...waitOf(story)] : direct;
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
