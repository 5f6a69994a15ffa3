import { cpus } from 'node:os';
import { type Comparison, compare, runDesign } from './comparisons.ts';
import { printExecutable } from './executable.ts';
import { measure } from './measure.ts';
import { type Measured, rows } from './rows.ts';
import { printScale } from './scale.ts';
import { printProgram } from './starts.ts';

/**
 * `npm run bench [-- --only WORD]`: the table of docs/performance.md. Every row runs the built program against the
 * sandbox in another process; its bound follows from the scenario.
 */
async function bench(): Promise<void> {
  const only = process.argv.indexOf('--only');
  const word = only < 0 ? '' : (process.argv[only + 1] ?? '');
  const measured = new Map<string, Measured>();
  let isFailed = false;

  const print = (cells: readonly string[]): void => {
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  };

  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)} · ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'} · Node ${process.version}\n\n`,
  );
  print([
    'row',
    'must reach',
    'limit s',
    'wall s',
    '× limit',
    'CPU s',
    'CPU ms/call',
    'calls',
    'throttled',
    'peak MiB',
    'unknown',
    'wrong',
    '',
  ]);
  print(['---', '---', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---']);
  for (const row of rows.filter(({ name }) => name.includes(word))) {
    const figures = await measure(row);
    measured.set(row.name, figures);
    const isPassed = row.passes(figures, measured);
    if (!isPassed) isFailed = true;
    print([row.name, row.must, ...cellsOf(figures), isPassed ? 'reached' : 'MISSED']);
  }
  if (word === '' || word === 'scale') {
    if (!(await printScale(print))) isFailed = true;
  }
  if (word === '' || word === 'start') {
    if (!(await printProgram(print))) isFailed = true;
  }
  if (word === '' || word === 'executable') {
    if (!(await printExecutable(print))) isFailed = true;
  }
  if (word === '' || word === 'compare') {
    const latencyMs = { sts: 40, iam: 30, organizations: 60 };
    print([
      'for comparison: a client and a handler per account, 2,000 accounts',
      'no latency',
      ...comparisonCells(await compare('client-per-account', 2_000, {}), null),
    ]);
    for (const [rate, accounts] of [
      [50, 1_000],
      [200, 4_000],
    ] as const) {
      const figures = await compare('adaptive-mode', accounts, {
        latencyMs,
        throttle: { sts: { ratePerSecond: rate, burst: rate } },
      });
      print([
        `for comparison: the SDK's adaptive mode, ${accounts.toLocaleString('en')} root sessions at ${rate}/s`,
        `${figures.lost} lost`,
        ...comparisonCells(figures, accounts / rate),
      ]);
    }
  }
  if (isFailed) process.exitCode = 1;
}

if (process.argv.includes('--design')) await runDesign();
else await bench();

function comparisonCells(figures: Comparison, limitSeconds: number | null): readonly string[] {
  return [...cellsOf({ ...figures, limitSeconds, peakMiB: 0, unknown: figures.lost, wrong: 0, accounts: 0 }), ''];
}

function cellsOf({
  limitSeconds,
  wallSeconds,
  cpuSeconds,
  calls,
  throttled,
  peakMiB,
  unknown,
  wrong,
}: Measured): readonly string[] {
  return [
    limitSeconds === null ? '' : limitSeconds.toFixed(1),
    wallSeconds.toFixed(1),
    limitSeconds === null ? '' : (wallSeconds / limitSeconds).toFixed(2),
    cpuSeconds.toFixed(1),
    ((cpuSeconds * 1000) / calls).toFixed(2),
    calls.toLocaleString('en'),
    `${((throttled * 100) / calls).toFixed(1)} %`,
    peakMiB.toFixed(0),
    String(unknown),
    String(wrong),
  ];
}
