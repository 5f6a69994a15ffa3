import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Report, simulate, type Tally } from './simulate.ts';

/** What a worker tells of one seed. */
interface Told {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly log: readonly string[];
  readonly requestCount: number;
  readonly virtualMs: number;
  readonly tally: Tally | null;
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const told = ({ seed, violations, log, requestCount, virtualMs, tally }: Report): Told => ({
  seed,
  violations: violations.map(({ invariant, text }) => `invariant ${invariant}: ${text}`),
  log,
  requestCount,
  virtualMs,
  tally,
});

/** Nothing of the machine that runs it may reach the simulation. */
function forgetMachine(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env['AWS_CONFIG_FILE'] = '/nowhere/config';
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nowhere/credentials';
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}

async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  for await (const seed of seedsFrom(port)) port.postMessage(told(await simulate(seed)));
}

async function* seedsFrom(port: NonNullable<typeof parentPort>): AsyncGenerator<number, void, undefined> {
  const waiting: (number | null)[] = [];
  let wake = (): void => {};
  port.on('message', (seed: number | null) => {
    waiting.push(seed);
    wake();
  });
  for (;;) {
    const seed = waiting.shift();
    if (seed === null) {
      port.close();
      return;
    }
    if (seed !== undefined) yield seed;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}

/** So many broken seeds are told in full, each when it is found. */
const toldMax = 10;

/** Real time after which one seed counts as hanging, milliseconds. */
const hangMs = 60_000;

/** Hands the seeds out to workers, a few at a time. @returns what was broken, seed by seed. */
async function runAll(from: number, count: number, workers: number, stopAtFirst: boolean): Promise<readonly Told[]> {
  const failed: Told[] = [];
  let [next, done, requests] = [from, 0, 0];
  const end = from + count;
  const sums = new Map<string, number>();
  const beganMs = performance.now();
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: 'worker' });
      const inHand = new Set<number>();
      let timer: NodeJS.Timeout | undefined;
      const give = (): void => {
        const isOver = next >= end || (stopAtFirst && failed.length > 0);
        if (isOver) {
          if (inHand.size === 0) worker.postMessage(null);
          return;
        }
        inHand.add(next);
        worker.postMessage(next);
        next += 1;
      };
      const watch = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          const [seed = -1] = inHand;
          const violations = [`invariant 6: it hangs for ${hangMs / 1000} s of real time`];
          const hanging = { seed, violations, log: [], requestCount: 0, virtualMs: 0, tally: null };
          failed.push(hanging);
          printFailure(hanging);
          void worker.terminate();
        }, hangMs);
      };
      worker.on('message', (report: Told) => {
        inHand.delete(report.seed);
        done += 1;
        requests += report.requestCount;
        for (const [name, number] of Object.entries(report.tally ?? {})) sums.set(name, (sums.get(name) ?? 0) + number);
        if (report.violations.length > 0) {
          failed.push(report);
          if (failed.length <= toldMax) printFailure(report);
        }
        if (done % 1_000 === 0) {
          const perSecond = (done * 1_000) / (performance.now() - beganMs);
          say(`${done} seeds, ${failed.length} broken, ${perSecond.toFixed(1)} seeds/s, ${requests} requests`);
        }
        watch();
        give();
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      watch();
      give();
      give();
    });
  await Promise.all(Array.from({ length: workers }, one));
  const seconds = (performance.now() - beganMs) / 1_000;
  say(
    `${done} seeds in ${seconds.toFixed(1)} s (${(done / seconds).toFixed(1)} seeds/s, ${workers} workers), ${requests} requests, ${failed.length} broken`,
  );
  say([...sums].map(([name, number]) => `${number} ${name}`).join(' · '));
  return failed;
}

function printFailure({ seed, violations, log }: Told): void {
  say(`\nseed ${seed} is broken:`);
  for (const violation of violations.slice(0, 8)) say(`  ${violation}`);
  for (const line of log) say(`    ${line}`);
  say(`  replay: npm run simulate -- --seed ${seed} --verbose`);
}

async function replay(seed: number, isVerbose: boolean): Promise<boolean> {
  const report = await simulate(seed);
  const { bench } = report;
  if (isVerbose) {
    say(JSON.stringify({ ...bench.story, organization: undefined, scenario: undefined }, null, 1));
    for (const { account, isDenied } of bench.story.organization.members)
      say(`${isDenied ? 'denied ' : ''}${JSON.stringify(account)}`);
    say(JSON.stringify(bench.story.scenario.events ?? []));
    for (const episode of bench.episodes) {
      say(`\n$ rootctl ${episode.argv.join(' ')}`);
      for (const { at, operation, targetAccount, callerAccount, outcome, changed, number } of episode.requests) {
        const where = callerAccount === targetAccount ? targetAccount : `${callerAccount} → ${targetAccount}`;
        say(
          `  ${String(at - episode.startedMs).padStart(8)} ms  #${number} ${operation} ${where} ${outcome}${changed ? ' (changed)' : ''}`,
        );
      }
      say(episode.stderr);
      say(episode.stdout);
    }
  }
  for (const line of report.log) say(line);
  if (report.violations.length > 0) printFailure(told(report));
  else say(`seed ${seed} breaks nothing`);
  return report.violations.length > 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '300' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      workers: { type: 'string', default: String(Math.min(cpus().length, 8)) },
      verbose: { type: 'boolean', default: false },
      'stop-at-first': { type: 'boolean', default: false },
    },
  });
  if (values.seed !== undefined) return (await replay(Number(values.seed), values.verbose)) ? 1 : 0;
  const failed = await runAll(
    Number(values.from),
    Number(values.seeds),
    Number(values.workers),
    values['stop-at-first'],
  );
  return failed.length > 0 ? 1 : 0;
}

forgetMachine();
if (isMainThread) process.exitCode = await main();
else if (workerData === 'worker' && parentPort !== null) {
  // Stacks are for replays: most errors here are answers of AWS that are handled.
  process.setSourceMapsEnabled(false);
  Error.stackTraceLimit = 0;
  await work(parentPort);
}
