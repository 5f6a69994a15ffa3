import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, test } from 'vitest';
import { allSentences } from '../scripts/sentences.mjs';

const root = join(import.meta.dirname, '..');

describe('imports', () => {
  let result: ICruiseResult;

  beforeAll(async () => {
    const { options, ...ruleSet } = await extractConfig(join(root, '.dependency-cruiser.mjs'));
    const { output } = await cruise(
      ['src', 'harness'],
      { ...options, baseDir: root, ruleSet, validate: true },
      {},
      { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
    );
    if (typeof output === 'string') throw new Error('dependency-cruiser answered a text instead of a result');
    result = output;
  });

  test('of every source file were looked at', () => {
    const cruised = result.modules.map(({ source }) => source).filter((source) => source.startsWith('src/'));
    expect(cruised.sort()).toEqual(sources);
    expect(cruised.length).toBeGreaterThan(50);
    expect(result.summary.totalDependenciesCruised).toBeGreaterThan(cruised.length);
  });

  test('point down the map, and nothing but the outer files touches disk or network', () => {
    const offenders = result.summary.violations.map(({ rule, from, to }) => `${from} → ${to} (${rule.name})`);
    expect(offenders).toEqual([]);
  });
});

describe('clock, chance, environment and streams', () => {
  /** Where each may be read; everything else is given a clock, random numbers and a world. */
  const rooms: Readonly<Record<string, { readonly used: RegExp; readonly allowed: readonly string[] }>> = {
    'the time of day': {
      used: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b/u,
      allowed: ['src/clock.ts'],
    },
    timers: {
      used: /\bset(?:Timeout|Interval|Immediate)\(|node:timers/u,
      allowed: ['src/clock.ts', 'src/render/html/page/main.ts'], // the second runs in a reader's browser
    },
    chance: {
      used: /\bMath\.random\b|\brandom(?:Bytes|UUID|Int|FillSync)\b|\bgetRandomValues\b/u,
      allowed: ['src/process/world.ts', 'src/library/environment.ts'],
    },
    'the process': {
      used: /\bprocess\.(?!$)|\bconsole\.|\bglobalThis\b|node:process/u,
      allowed: [
        'src/clock.ts',
        'src/main.ts',
        'src/starting/kept.ts', // pid in the name of a temporary file
        'src/starting/loader.ts', // Node's own modules
        'src/starting/start.ts', // likewise
        'src/action.ts',
        'src/process/world.ts',
        'src/terminal/terminal.ts',
        'src/terminal/descendants.ts', // which processes there are
        'src/terminal/pager.ts', // Ctrl-C is the pager's while it is there
        'src/run/files.ts', // pid in the name of a temporary file
        'src/run/processes.ts',
      ],
    },
    'writing to the disk': {
      used: /\bfs\.(?:open|writeFile|appendFile|rename|link|symlink|mkdir|rm|rmdir|unlink|chmod|copyFile|truncate)\b/u,
      allowed: ['src/run/files.ts'],
    },
    'the network by a global': { used: /\bfetch\(|\bnew WebSocket\b|\bXMLHttpRequest\b/u, allowed: [] },
  };

  test.each(Object.entries(rooms))('%s: read in its own files only', (_, { used, allowed }) => {
    const offenders = sources.flatMap((source) =>
      codeOf(source)
        .split('\n')
        .flatMap((line, index) =>
          used.test(line) ? [{ source, place: `${source}:${index + 1}: ${line.trim()}` }] : [],
        ),
    );
    expect(offenders.filter(({ source }) => !allowed.includes(source)).map(({ place }) => place)).toEqual([]);
    for (const file of allowed) expect(offenders.map(({ source }) => source)).toContain(file);
  });
});

/** `node scripts/sentences.mjs` lists them. */
test('every sentence that a person reads stands in src/words', () => {
  expect(allSentences(root)).toEqual([]);
});

describe('what goes wrong is data', () => {
  test('every error that is thrown is a ProblemError', () => {
    const classes = sources.flatMap((source) =>
      [...codeOf(source).matchAll(/\bclass (\w+)(?:<[^{]*>)? extends ([\w.]+)/gu)].map(([, name = '', of = '']) => ({
        name,
        of,
        source,
      })),
    );
    const baseOf = (name: string): string => {
      const parent = classes.find((one) => one.name === name);
      return parent === undefined || name === 'ProblemError' ? name : baseOf(parent.of);
    };
    const others = classes.filter(({ of }) => /Error$|Exception$/u.test(baseOf(of)) && baseOf(of) !== 'ProblemError');
    expect(others.map(({ name, source }) => `${source}: ${name}`)).toEqual([
      'src/problems/thrown.ts: ProblemError',
      // What a simulated AWS throws to itself is AWS's answer or the network's: rootctl meets it on the wire.
      'src/sandbox/wire.ts: ConnectionDropped',
      'src/sandbox/wire.ts: NotSimulated',
      'src/sandbox/wire.ts: Refusal',
    ]);
    expect(classes.length).toBeGreaterThan(others.length + 3);
  });

  test('nothing is decided by what a message or a hint says', () => {
    const prose = String.raw`\b(?:message|hint)\b`;
    const taking =
      'includes|startsWith|endsWith|indexOf|search|match|matchAll|replace|replaceAll|split|slice|substring';
    const reading = new RegExp(
      [
        String.raw`${prose}[)?!]*\.(?:${taking})\(`,
        String.raw`\.(?:test|exec)\([^)]*${prose}`,
        String.raw`[!=]==\s*[\w.?]*${prose}`,
        String.raw`${prose}\)?\s*[!=]==(?!\s*(?:null|undefined)\b)`,
        String.raw`\bswitch \([\w.?]*${prose}\)`,
      ].join('|'),
      'u',
    );
    /** Words of others, on their way to become data: made one line, and without what may be a secret. */
    const becomingData = ['src/aws/credential-chain.ts', 'src/aws/failure.ts'];
    const readers = sources.filter(
      (source) =>
        !/^src\/(?:words|render)\//u.test(source) &&
        codeOf(source)
          .split('\n')
          .some((line) => reading.test(line)),
    );
    expect(readers).toEqual(becomingData);
  });
});

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => relative(root, join(root, 'src', file)))
  .sort();

/** Without comments, line for line. */
function codeOf(source: string): string {
  return readFileSync(join(root, source), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//gu, (comment) => comment.replace(/[^\n]/gu, ' '))
    .replace(/(^|\s)\/\/.*$/gmu, '$1');
}
