import { cpus } from 'node:os';
import { measure } from './measure.ts';
import { naiveClient, runNaiveClient } from './naive.ts';
import { type Measured, rows } from './rows.ts';

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
  if (word === '' || 'naive'.includes(word)) {
    const { calls, cpuSeconds } = await naiveClient(2_000);
    const msPerCall = ((cpuSeconds * 1000) / calls).toFixed(2);
    print([
      'the naive design: a client and a handler per account, 2,000 accounts',
      'for comparison',
      '',
      '',
      '',
      cpuSeconds.toFixed(1),
      msPerCall,
      String(calls),
      '',
      '',
      '',
      '',
      '',
    ]);
  }
  if (isFailed) process.exitCode = 1;
}

if (process.argv.includes('--naive-client')) await runNaiveClient();
else await bench();

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
