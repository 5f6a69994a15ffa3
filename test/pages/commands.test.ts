import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands as modules } from '../../src/cli/commands/index.ts';
import { factsOf } from '../../src/cli/helping.ts';
import { programExamples } from '../../src/cli/tree.ts';
import { settingsOf } from '../../src/flags/settings.ts';
import { loadTopics, topicNames } from '../../src/words/index.ts';
import { program } from '../support/settings.ts';
import { isCommandName, isFlag, unknownWords } from './parsing.ts';
import { commandsOf, type Fence, fencesOf, filesIn, type Passage, pages, spansOf, textOf } from './reading.ts';
import { parseLine, remarkOf, runLine } from './shell.ts';
import { freshWorld, namedWorld, type PreparedWorld, placeholders } from './worlds.ts';

/**
 * Pages to be followed from their first to their last command, on the sandbox as `sandbox reset` makes it. On all others each
 * block, and each command in a sentence, has an organization of its own.
 */
const walks: Readonly<Record<string, { readonly before: readonly string[]; readonly follows: 'all' | 'blocks' }>> = {
  // Its reader has turned centralized root access on long ago.
  'docs/recovery.md': { before: ['enable'], follows: 'all' },
  // Its blocks are typed on the sandbox, what its sentences name on AWS.
  'docs/first-run.md': { before: [], follows: 'blocks' },
};

/** Written by a program: its sentences name commands without marking them as code. */
const plainPage = 'docs/errors.md';
const inPlainText =
  /\brootctl ([a-z]+)(?: (?:s3|sqs|iam|scp|show|resume|start|reset|schema)\b)?(?: (?:--[a-z-]+|-o json|[A-Z]{2,}\b|> FILE))*/gu;

interface Elsewhere {
  readonly matches: RegExp;
  /** Why it is not run here, and who runs it. */
  readonly why: string;
  /** What can be asked of it all the same; its syntax is checked in any case. */
  readonly holds: (text: string) => boolean;
}

const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(textOf('package.json'));

/** What cannot be run on the sandbox in this process: each with the reason. Anything else that a page types is run. */
const elsewhere: readonly Elsewhere[] = [
  {
    matches: /^npm ci && r\(\)/u,
    why: 'installs: .ci/run runs this very line in a clone',
    holds: (text) =>
      textOf('.ci/run').includes('readme_line 0') &&
      [...text.matchAll(/\br ([a-z][^;}&]*)/gu)].every(([, words = '']) => unknownWords(words.split(' ')).length === 0),
  },
  {
    matches: /^npm (?:ci|test|run [\w-]+)/u,
    why: "a script of the repository: CI's own steps",
    holds: (text) =>
      [...text.matchAll(/npm (?:run )?([\w-]+)/gu)].every(([, name = '']) => name === 'ci' || name in manifest.scripts),
  },
  {
    matches: /^(?:node (?:--\S+ )?scripts\/|bash )/u,
    why: 'a program of the repository',
    holds: (text) => existsSync(/[\w./-]+\/[\w.-]+/u.exec(text)?.[0] ?? ''),
  },
  {
    matches: /^npx /u,
    why: 'a tool of the repository',
    holds: (text) => existsSync(`node_modules/.bin/${text.split(' ')[1]}`),
  },
  {
    matches: /^npm (?:install|pack|exec|publish)\b/u,
    why: 'installs: .ci/run installs the packed package, by itself and globally',
    holds: () => textOf('.ci/run').includes('--ignore-scripts --global'),
  },
  { matches: /^man rootctl$/u, why: 'installed: .ci/run reads the page', holds: () => existsSync('man/rootctl.1') },
  { matches: /^node -e 0$/u, why: 'a measure, no command of ours', holds: () => true },
  {
    matches: /^(?:rootctl|node bin\/rootctl\.js) sandbox start\b/u,
    why: 'serves until it is interrupted: test/journeys/sandbox.test.ts',
    holds: () => textOf('test/journeys/sandbox.test.ts').includes("'sandbox', 'start'"),
  },
  {
    matches: /^eval "\$\(rootctl completion (?:bash|zsh)\)"$|\| Invoke-Expression$/u,
    why: "another shell's: test/completion/shells.test.ts evaluates it",
    holds: (text) => ['bash', 'zsh', 'powershell'].some((shell) => text.includes(`completion ${shell}`)),
  },
  {
    matches: /^npm (?:audit|version|deprecate)\b/u,
    why: 'speaks to the registry, or makes a release',
    holds: () => true,
  },
  {
    matches: /^(?:aws|docker|gh|brew|git|terraform|tar|sha256sum|cosign|curl) /u,
    why: 'another program, which need not be here, or has nobody to talk to',
    // What an image named rootctl is given is rootctl's.
    holds: (text) => {
      const [, , given] = /(?:^|\s|\/)rootctl(:\S+) ([a-z][^#]*)$/u.exec(text) ?? [];
      return given === undefined || unknownWords(given.trim().split(/\s+/u)).length === 0;
    },
  },
];

/** What is no command that is given as a whole: its words must be known, and it is not run. */
const isElided = (text: string): boolean => text.includes('…') && !text.includes('s3-….json');

/** Exit codes that a page promises elsewhere than beside the command. */
const promised: readonly (readonly [RegExp, number, string])[] = [
  [/ --check\b(?!.*--baseline)/u, 2, '`--check` exits with 2 where root credentials are found'],
  [/ (?:status|delete --all) --sandbox$/u, 1, 'docs/sandbox.md: an SCP hides one account of the default organization'],
];

const expectedCode = (text: string): number => {
  const [, beside] = /exit(?: code)? (\d+)/u.exec(remarkOf(text)) ?? [];
  if (beside !== undefined) return Number(beside);
  return promised.find(([pattern]) => pattern.test(text))?.[1] ?? 0;
};

const columns = 100;
const asRootctl = (text: string): string => text.replace(/^node bin\/rootctl\.js\b/u, 'rootctl').trim();
const programs =
  /^(?:rootctl|npm|npx|node|bash|jq|man|eval|aws|docker|gh|brew|git|terraform|tar|sha256sum|cosign|curl) \S/u;

/** What differs from run to run: seconds, runs and their times. */
const settled = (text: string): string =>
  text
    .replaceAll(/\d+(?:\.\d+)? s\b/gu, '… s')
    .replaceAll(/\d{8}-\d{4}-[a-z0-9]{4}/gu, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\d([T ])\d\d:\d\d(?::\d\d(?:\.\d+)?Z?)?/gu, 'TIME')
    .replaceAll(/[ \t]+$/gmu, '')
    .trimEnd();

/** `…` stands for any text, and alone in a line for any lines. */
const patternOf = (shown: string): RegExp =>
  new RegExp(
    `^${settled(shown)
      .replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
      .replaceAll(/^ *…$/gmu, '[\\s\\S]*?')
      .replaceAll('…', '[^\\n]*?')}$`,
    'u',
  );

const withoutRemark = (text: string): string => text.slice(0, text.length - remarkOf(text).length).trim();

/** Runs what one reader types, in its order. */
async function follow({ commands }: Passage, world: PreparedWorld): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const { at, text, shown } of commands) {
    const line = asRootctl(text);
    const other = elsewhere.find(({ matches }) => matches.test(line));
    if (other !== undefined) {
      const { status, stderr } = spawnSync('bash', ['-n', '-c', withoutRemark(line)], { encoding: 'utf8' });
      expect([at, status, stderr]).toEqual([at, 0, '']);
      expect(other.holds(line), `${at}: ${text}: ${other.why}`).toBe(true);
      continue;
    }
    const pipelines = parseLine(line);
    expect(pipelines, `${at}: only a real shell understands: ${text}`).not.toBeNull();
    for (const { words } of pipelines?.flat() ?? [])
      if (words[0] === 'rootctl') expect([at, unknownWords(words.slice(1))], text).toEqual([at, []]);
    if (isElided(line)) continue;
    const filled = line.replaceAll(/[^\s'"]+/gu, (word) => {
      const [, value] = placeholders.find(([pattern]) => pattern.test(word)) ?? [];
      return value === undefined ? word : value(world);
    });
    const { code, seen } = await runLine(world.scene, filled, columns);
    expect([at, text, code], seen).toEqual([at, text, expectedCode(text)]);
    if (shown !== null) expect(settled(seen), `${at}: ${text}`).toMatch(patternOf(shown));
    ran.push(text);
  }
  return ran;
}

const isShell = ({ language }: Fence): boolean => language === 'sh' || language === 'console';

interface Told extends Passage {
  readonly isWalk: boolean;
}

const passagesOf = (page: string): readonly Told[] => {
  const blocks = fencesOf(page)
    .filter(isShell)
    .map((fence) => ({ page, at: `${page}:${fence.line}`, commands: commandsOf(fence), isWalk: false }));
  const inline = spansOf(page)
    .filter(({ text }) => programs.test(text))
    .map(({ at, text }) => ({ page, at, commands: [{ at, text, shown: null }], isWalk: false }));
  if (page === plainPage) {
    const named = [...textOf(page).matchAll(inPlainText)].filter(([, name = '']) => isCommandName(name));
    return named.map(([text]) => ({ page, at: page, commands: [{ at: page, text, shown: null }], isWalk: false }));
  }
  const walk = walks[page];
  if (walk === undefined) return [...blocks, ...inline];
  const lineOf = ({ at }: Passage): number => Number(at.split(':')[1]);
  const followed = walk.follows === 'all' ? [...blocks, ...inline].sort((a, b) => lineOf(a) - lineOf(b)) : blocks;
  const whole = { page, at: page, commands: followed.flatMap(({ commands }) => commands), isWalk: true };
  return walk.follows === 'all' ? [whole] : [whole, ...inline];
};

describe('every command of a page does what the page says', () => {
  test.each(pages)('%s', async (page) => {
    const seen = new Set<string>();
    for (const passage of passagesOf(page)) {
      const key = passage.commands.map(({ text }) => text).join('\n');
      if (seen.has(key)) continue; // a command named twice does the same twice
      seen.add(key);
      const world = passage.isWalk ? freshWorld() : await namedWorld();
      const before = passage.isWalk ? walks[page]?.before : [];
      if (before !== undefined && before.length > 0) await world.scene.run(before);
      await follow(passage, world);
    }
  });

  test('and there are many', () => {
    const texts = pages.flatMap(passagesOf).flatMap(({ commands }) => commands);
    expect(texts.length).toBeGreaterThan(150);
  });
});

const typed = (at: string, text: string): Passage => ({ page: at, at, commands: [{ at, text, shown: null }] });
const lines = (examples: Readonly<Record<string, string>>): readonly string[] => Object.values(examples);

describe('every example of the help and of the manual', () => {
  test.each(modules.map((module) => [module.name, lines(module.examples)] as const))(
    'of %s',
    async (name, examples) => {
      // Trusted access cannot go before the delegated administrator.
      const shared = name === 'disable' ? await namedWorld() : null;
      for (const text of examples) await follow(typed(`rootctl ${name} --help`, text), shared ?? (await namedWorld()));
    },
  );

  test('of rootctl itself, and of its topics', async () => {
    for (const text of [...lines(programExamples), ...(await topicLines())])
      await follow(typed('rootctl --help', text), await namedWorld());
  });

  test('in man/rootctl.1 is one of those', async () => {
    const known = [
      ...modules.flatMap(({ examples }) => lines(examples)),
      ...lines(programExamples),
      ...(await topicLines()),
    ];
    const manual = textOf('man/rootctl.1').replaceAll(/\\([-e]|\(aq|\(ga|\(ha|\(ti)/gu, (_all, sign: string) =>
      sign === '-' ? '-' : ({ '(aq': "'", '(ga': '`', '(ha': '^', '(ti': '~' }[sign] ?? '\\'),
    );
    const found = [...manual.matchAll(/^(?:\\fB)?(rootctl [a-z].*?)(?:\\fR)?$/gmu)].map(([, text = '']) => text);
    const examples = found.filter(
      (text) => !/\\f|\[/u.test(text) && !/ (?:and|also|tells|says|works|finds) /u.test(text),
    );
    expect(examples.length).toBeGreaterThan(40);
    expect(examples.filter((text) => !known.includes(text))).toEqual([]);
  });
});

async function topicLines(): Promise<readonly string[]> {
  const topics = await loadTopics('en');
  const facts = factsOf(settingsOf(program()));
  return topicNames
    .flatMap((name) => topics[name](facts).blocks)
    .flatMap((block) => (typeof block === 'object' && 'lines' in block ? block.lines : []))
    .filter((line) => line.startsWith('rootctl '));
}

describe('what a page only names', () => {
  test.each(pages)('in %s are commands and flags that there are', (page) => {
    const wrong = spansOf(page).flatMap(({ at, text }) => {
      const words = text.split(/[\s,]+/u);
      const [first = ''] = words;
      if (isCommandName(first) && words.length > 1)
        return unknownWords(words).map((word) => `${at}: ${word} in ${text}`);
      const flags = /^--[a-z]/u.test(text) ? (text.match(/(?<=^|\s)--[a-z][\w-]*/gu) ?? []) : [];
      return flags.filter((flag) => !isFlag(flag)).map((flag) => `${at}: ${flag} in ${text}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** What a block of code may be, beside commands, and what is asked of each. */
const languages: Readonly<Record<string, (fence: Fence) => Promise<void> | void>> = {
  text: () => {}, // a drawing or a list: nothing that is typed
  yaml: async ({ body }) => {
    const content: unknown = parse(body);
    if (/\buses:|^jobs:/mu.test(body)) return requireWorkflow(content);
    const { scene } = await namedWorld();
    scene.inputs.set('/config/config.yaml', body);
    const { code, stderr } = await scene.run(['config', 'show']);
    expect([code, stderr]).toEqual([0, '']);
  },
  json: async ({ body }) => {
    const { scene } = await namedWorld();
    scene.inputs.set('my.json', body);
    expect(await scene.run(['sandbox', 'reset', '--scenario', 'my.json'])).toMatchObject({ code: 0 });
  },
  ts: async ({ body }) => {
    const wrapped = body.includes('import ') ? body : `async () => {\n${body}\n}`;
    expect((await transform(wrapped, { loader: 'ts' })).code).not.toBe('');
    const exported = textOf('src/index.ts');
    for (const [, names = ''] of body.matchAll(/import \{([^}]*)\} from 'rootctl'/gu))
      for (const name of names.split(',')) expect(exported).toMatch(new RegExp(`\\b${name.trim()}\\b`, 'u'));
  },
  sql: async ({ body }) => {
    const { scene, runId } = await namedWorld();
    const [first = ''] = body.split('\n');
    expect((await scene.run(['runs', 'show', runId])).stdout).toContain(first);
  },
};

const actionInputs: readonly string[] = Object.keys(parse(textOf('action.yml')).inputs);

/** Steps of a workflow, wherever they stand: our action's inputs exist, scripts are in order, rootctl's words are known. */
function requireWorkflow(node: unknown): void {
  if (Array.isArray(node)) for (const one of node) requireWorkflow(one);
  else if (node !== null && typeof node === 'object') {
    const { uses, run, with: inputs } = node as { uses?: unknown; run?: unknown; with?: object };
    if (typeof uses === 'string' && /\/rootctl@/u.test(uses))
      expect(Object.keys(inputs ?? {}).filter((name) => !actionInputs.includes(name))).toEqual([]);
    if (typeof run === 'string') requireScript(run);
    for (const value of Object.values(node)) requireWorkflow(value);
  }
}

function requireScript(script: string): void {
  const shell = script.replaceAll(/\$\{\{.*?\}\}/gu, 'VALUE');
  expect(spawnSync('bash', ['-n', '-c', shell], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  for (const [, rest = ''] of shell.matchAll(/(?:^|[;&|] )rootctl ([^|;&>\n]+)/gmu))
    expect(unknownWords(rest.trim().split(/\s+/u)), rest).toEqual([]);
}

describe('every block of code', () => {
  test.each(pages)('of %s says what it is, and is that', async (page) => {
    for (const fence of fencesOf(page)) {
      if (isShell(fence)) continue;
      const at = `${page}:${fence.line}`;
      const holds = languages[fence.language];
      expect(
        holds,
        `${at}: a block "${fence.language}" belongs to no class: sh, console, or one of languages`,
      ).toBeDefined();
      await holds?.(fence);
    }
  });
});

describe('the examples', () => {
  const files = filesIn('examples');

  test('are all run by a test', () => {
    const runners = ['test/journeys/pipelines.test.ts', 'scripts/try-library.mjs'].map(textOf).join('\n');
    const isRun = (file: string) => runners.includes(file) || runners.includes(`'${dirname(file)}'`);
    expect(files.filter((file) => !isRun(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(4);
  });

  test.each(files.filter((file) => file.endsWith('.yml')))('%s types commands that there are', (file) => {
    const content: unknown = parse(textOf(file));
    requireWorkflow(content);
    for (const job of Object.values(content ?? {}))
      for (const key of ['script', 'before_script', 'after_script'])
        for (const line of (job as Record<string, unknown>)?.[key] === undefined ? [] : [job[key]].flat())
          requireScript(line);
  });
});
