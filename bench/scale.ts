import { join } from 'node:path';
import { inOrganization, misread, type Place, type Ran } from './measure.ts';

/** One line: what the program needs for an organization of this size, and as large as AWS lets one become. */
interface Form {
  readonly name: string;
  readonly command: (folder: string) => readonly string[];
  readonly peakMiB: number;
  /** Accounts whose credentials are told otherwise than they are. */
  readonly wrong?: (output: string, truth: Awaited<ReturnType<Place['state']>>) => number;
}

/** 50,000 accounts is the most that AWS grants (2026). */
const sizes = [10_000, 50_000] as const;
const [smaller, larger] = sizes;

const peakMiB = 350;
const growthKiB = 4;
const misreadIn: Form['wrong'] = (output, truth) => misread(output, truth).wrong;

const status = (form: string, ...more: readonly string[]): Form => ({
  name: `status, ${form}`,
  command: () => ['status', '--all', '-q', '-o', form, ...more],
  peakMiB,
});

const forms: readonly Form[] = [
  { ...status('json'), wrong: misreadIn },
  { ...status('ndjson'), peakMiB: 150, wrong: misreadIn },
  ...['table', 'csv', 'markdown', 'sarif'].map((form) => status(form)),
  {
    name: 'status, json, and four files of --out',
    command: (folder) => [
      ...['status', '--all', '-q', '-o', 'json'],
      ...['json', 'csv', 'markdown', 'sarif'].flatMap((form) => ['--out', `${form}=${join(folder, form)}`]),
    ],
    peakMiB,
    wrong: misreadIn,
  },
  {
    name: 'status, json, with --baseline',
    // The file that the line above has left.
    command: (folder) => ['status', '--all', '-q', '-o', 'json', '--baseline', join(folder, 'json')],
    peakMiB,
    wrong: misreadIn,
  },
  { name: 'delete --dry-run, json', command: () => ['delete', '--all', '--dry-run', '-q', '-o', 'json'], peakMiB },
  { name: 'delete --dry-run, table', command: () => ['delete', '--all', '--dry-run', '-q'], peakMiB },
  {
    name: 'report, table, and json and html of --out',
    command: (folder) => [
      ...['report', '-q', '--out', `html=${join(folder, 'html')}`, '--out', `json=${join(folder, 'report')}`],
    ],
    peakMiB,
  },
];

/** @returns whether every line reached what it must. */
export async function printScale(print: (cells: readonly string[]) => void): Promise<boolean> {
  const measured = new Map<string, Ran & { readonly wrong: number | null }>();
  for (const accounts of sizes) {
    await inOrganization({ accounts }, async ({ folder, state, run }) => {
      const truth = await state();
      for (const { name, command, wrong } of forms) {
        const ran = await run(command(folder));
        measured.set(`${accounts} ${name}`, { ...ran, wrong: wrong?.(ran.output, truth) ?? null });
      }
    });
  }
  const reset = await inOrganization({ accounts: 1 }, ({ run }) =>
    run(['sandbox', 'reset', '--accounts', String(larger), '-q']),
  );
  process.stdout.write('\n');
  print([
    'command',
    'must reach',
    '10,000: peak MiB',
    '50,000: peak MiB',
    'KiB an account',
    'CPU s',
    'wall s',
    'wrong',
    '',
  ]);
  print(['---', '---', '---:', '---:', '---:', '---:', '---:', '---:', '---']);
  let isReached = true;
  for (const { name, peakMiB: peak } of forms) {
    const [small, large] = sizes.map((accounts) => measured.get(`${accounts} ${name}`));
    if (small === undefined || large === undefined) continue;
    const growth = ((large.peakMiB - small.peakMiB) * 1024) / (larger - smaller);
    const isKept = large.peakMiB <= peak && growth <= growthKiB && !large.wrong && large.code !== null;
    if (!isKept) isReached = false;
    print([
      name,
      `50,000: ≤ ${peak} MiB; ≤ ${growthKiB} KiB an account`,
      small.peakMiB.toFixed(0),
      large.peakMiB.toFixed(0),
      growth.toFixed(1),
      large.cpuSeconds.toFixed(1),
      large.wallSeconds.toFixed(1),
      large.wrong === null ? '' : String(large.wrong),
      isKept ? 'reached' : 'MISSED',
    ]);
  }
  const isQuick = reset.wallSeconds <= 10 && reset.code === 0;
  const { peakMiB: resetPeak, cpuSeconds, wallSeconds } = reset;
  print([
    ...['sandbox reset --accounts 50000', '≤ 10 s', '', resetPeak.toFixed(0), '', cpuSeconds.toFixed(1)],
    ...[wallSeconds.toFixed(1), '', isQuick ? 'reached' : 'MISSED'],
  ]);
  return isReached && isQuick;
}
