/**
 * Draws the pictures of both READMEs: the built program runs in a real pseudo terminal on the sandbox, a terminal emulator
 * keeps the screen, and each of its cells becomes text of an SVG. `npm run build && npm run record`; `npm run record ja` for
 * one language. Only progress is drawn on virtual time, by the same program in this process: no two frames of a real run
 * are alike.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm, { type IBufferCell } from '@xterm/headless';
import { virtualClock } from '../harness/clock.ts';
import { connectionTo, createWorld } from '../harness/world.ts';
import { runProgram } from '../src/cli/program.ts';
import { createSandbox, generateScenario } from '../src/sandbox/index.ts';

interface Picture {
  readonly file: string;
  readonly columns: number;
  readonly title: string;
  readonly commands: readonly string[];
  /** What makes its organization: the documented one with centralized root access on, unless given. */
  readonly before?: readonly (readonly string[])[];
  /** Of a command that asks: the keys that are typed, each when the screen shows what it waits for. */
  readonly typed?: {
    readonly rows: number;
    readonly keys: readonly (readonly [RegExp, string])[];
    readonly until: RegExp;
  };
  /** Of a command under way: taken when it is so far, from that line of its screen on. */
  readonly frame?: { readonly rows: number; readonly from: RegExp; readonly until: RegExp };
}

const story = ['rootctl status --sandbox', 'rootctl delete --all --yes --sandbox'];
const pictures: readonly Picture[] = [
  { file: 'status.svg', columns: 100, title: 'rootctl status', commands: story.slice(0, 1) },
  { file: 'status-80.svg', columns: 80, title: 'rootctl status', commands: story.slice(0, 1) },
  { file: 'status-160.svg', columns: 160, title: 'rootctl status', commands: story.slice(0, 1) },
  { file: 'delete.svg', columns: 100, title: 'rootctl delete', commands: story.slice(1) },
  { file: 'doctor.svg', columns: 100, title: 'rootctl doctor', commands: ['rootctl doctor --sandbox'] },
  {
    file: 'choose.svg',
    columns: 110,
    title: 'rootctl delete: choosing accounts',
    commands: ['rootctl delete --sandbox'],
    before: [['sandbox', 'reset', '--accounts', '120', '--seed', '7']],
    typed: {
      rows: 16,
      keys: [
        [/\[ \]/u, 'prod'],
        [/prod\n/u, '\u001b[B'],
        [/› .*\n(?:.*\n)*/u, ' '],
        [/\[x\]/u, '\u001b[B\u001b[B'],
        [/› \[ \]/u, ' '],
      ],
      until: /(?:\[x\][^[]*(?:\[ \][^[]*)*){2}/u,
    },
  },
  {
    file: 'progress.svg',
    columns: 110,
    title: 'rootctl delete: progress',
    commands: ['rootctl delete --all --max-accounts 200 --yes'],
    frame: { rows: 14, from: /\b436\b/u, until: /9\d \/ 193/u },
  },
];

interface Language {
  readonly folder: string;
  /** What the terminal of such a reader says; the program goes by it. */
  readonly locale: string;
  readonly fonts: string;
  readonly columns: (columns: number) => string;
}

const latinFonts = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono'";
const japaneseFonts = "'Noto Sans Mono CJK JP', 'BIZ UDGothic', 'MS Gothic', 'Osaka-Mono', 'Hiragino Sans', IPAGothic";
const languages: Readonly<Record<string, Language>> = {
  en: {
    folder: join('docs', 'images'),
    locale: 'C.UTF-8',
    fonts: `${latinFonts}, 'Noto Sans Mono CJK JP', monospace`,
    columns: (columns) => `${columns} columns`,
  },
  ja: {
    folder: join('docs', 'images', 'ja'),
    locale: 'ja_JP.UTF-8',
    fonts: `${latinFonts}, ${japaneseFonts}, monospace`,
    columns: (columns) => `${columns} 桁`,
  },
};

const rowsMax = 200;
const cell = { width: 8.4, height: 19, font: 14 };
const margin = 16;
/** Ink for each of the sixteen colours that rootctl uses, on a dark ground; contrast at least 4.5. */
const ink: Readonly<Record<number, string>> = { 1: '#ff7b72', 2: '#56d364', 3: '#e3b341', 4: '#79c0ff', 8: '#8b949e' };
const colours = { ground: '#0d1117', text: '#e6edf3', dim: '#8b949e', prompt: '#79c0ff' };

interface Run {
  readonly text: string;
  readonly column: number;
  readonly columns: number;
  readonly style: string;
}

/** What the screen shows after the commands, row by row, as stretches of one style. */
async function record(picture: Picture, home: Home): Promise<readonly (readonly Run[])[]> {
  const { columns, commands, typed, frame } = picture;
  const rowsHere = typed?.rows ?? frame?.rows ?? rowsMax;
  const terminal = new xterm.Terminal({ cols: columns, rows: rowsHere, allowProposedApi: true, convertEol: true });
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  const { active } = terminal.buffer;
  const line = (y: number) => active.getLine(active.baseY + y);
  const seen = () => Array.from({ length: rowsHere }, (_, y) => line(y)?.translateToString(true) ?? '').join('\n');
  for (const command of commands) {
    await write(`\u001b[34m$\u001b[0m ${command}\n`);
    const words = command.split(' ').slice(1);
    if (typed !== undefined) await converse(words, { ...typed, columns, home, write, seen });
    else if (frame !== undefined) await write(await outputUntil(words, frame.until, columns, home.locale));
    else await write(await output(words, columns, home));
  }
  const rows: (readonly Run[])[] = [];
  for (let y = 0; y < rowsHere; y += 1) rows.push(runsOf(y, line(y)?.length ?? 0, (x) => line(y)?.getCell(x)));
  while (rows.at(-1)?.length === 0) rows.pop();
  const textAt = (runs: readonly Run[]): string => runs.map(({ text }) => text).join(' ');
  return frame === undefined ? rows : rows.slice(rows.findIndex((runs) => frame.from.test(textAt(runs))));
}

/** Types the keys of the picture one after the other, and leaves when the screen is what it is to show. */
async function converse(
  words: readonly string[],
  {
    rows,
    keys,
    until,
    columns,
    home,
    write,
    seen,
  }: NonNullable<Picture['typed']> & {
    readonly columns: number;
    readonly home: Home;
    readonly write: (text: string) => Promise<void>;
    readonly seen: () => string;
  },
): Promise<void> {
  const child = start(words, columns, rows, home);
  const waiting = [...keys];
  await new Promise<void>((resolve, reject) => {
    child.onData(async (data) => {
      await write(data);
      const [next] = waiting;
      if (next?.[0].test(seen())) {
        waiting.shift();
        child.write(next[1]);
      } else if (next === undefined && until.test(seen())) resolve();
    });
    child.onExit(() => reject(new Error(`${words.join(' ')} ended; the screen was\n${seen()}`)));
  });
  child.kill('SIGKILL');
}

/** On virtual time, in a large organization that answers as slowly as AWS may: what was written until then. */
async function outputUntil(words: readonly string[], until: RegExp, columns: number, locale: string): Promise<string> {
  const clock = virtualClock();
  const behaviour = {
    latencyMs: { sts: 40, iam: 30, organizations: 60 },
    throttle: { sts: { ratePerSecond: 30, burst: 30 } },
  };
  const sandbox = createSandbox(generateScenario({ accounts: 640, seed: 7, enabled: true, behaviour }), { clock });
  const connection = connectionTo(sandbox, sandbox.credentials().management);
  let text = '';
  let isThere = false;
  const terminal = {
    isLive: true,
    columns,
    colorLevel: 1,
    write: (more: string) => {
      if (isThere) return;
      text += more;
      isThere = until.test(more);
    },
  } as const;
  const world = createWorld({
    clock,
    connection,
    env: { LANG: locale },
    openTransport: async () => connection.transport,
    stateFolder: '~/.local/state/rootctl',
    stdout: terminal,
    stderr: terminal,
  });
  await runProgram(words, world);
  if (!isThere) throw new Error(`no frame is so far:\n${text}`);
  return text.replaceAll(/[\u2800-\u28ff]/gu, '⠹'); // the spinner turns by a clock of its own
}

interface Home {
  readonly folder: string;
  readonly locale: string;
}

function start(words: readonly string[], columns: number, rows: number, { folder, locale }: Home): IPty {
  const env = {
    PATH: process.env['PATH'] ?? '',
    XDG_STATE_HOME: folder,
    HOME: folder,
    TERM: 'xterm-256color',
    LANG: locale,
  };
  return spawn(process.execPath, ['bin/rootctl.js', ...words], { cols: columns, rows, env });
}

function output(words: readonly string[], columns: number, home: Home): Promise<string> {
  const child = start(words, columns, rowsMax, home);
  return new Promise((resolve) => {
    let text = '';
    child.onData((data) => {
      text += data;
    });
    child.onExit(() => resolve(settled(text.replaceAll(home.folder, '~/.local/state'))));
  });
}

/** What would be another picture each time: the id of a run, and how long something took. Days do move on. */
const settled = (text: string): string =>
  text.replaceAll(/\b\d{8}-\d{4}-[a-z0-9]{4}\b/gu, '20260131-0930-k3f9').replaceAll(/\b\d\.\d(?= (?:s\b|秒))/gu, '0.2');

/**
 * Stretches of one style, each drawn at its column. Blanks at an edge or side by side would be folded by a viewer, and wide
 * characters are stretched by another measure than narrow ones: they end a stretch.
 */
function runsOf(row: number, length: number, cellAt: (column: number) => IBufferCell | undefined): readonly Run[] {
  const runs: Run[] = [];
  let blanks = 0;
  for (let column = 0; column < length; column += 1) {
    const one = cellAt(column);
    if (one === undefined || one.getWidth() === 0) continue;
    const text = one.getChars() || ' ';
    if (text === ' ') {
      blanks += 1;
      continue;
    }
    const style = row === 0 && column === 0 && text === '$' ? `fill="${colours.prompt}"` : styleOf(one);
    const last = runs.at(-1);
    const joined = `${last?.text ?? ''}${' '.repeat(blanks)}${text}`;
    const isLatin = blanks < 2 && /^[\u0020-\u007e]+$/u.test(joined);
    const isJoined = blanks === 0 && one.getWidth() === 2 && last !== undefined && isWide(last);
    if (last !== undefined && last.style === style && (isLatin || isJoined)) {
      runs[runs.length - 1] = { ...last, text: joined, columns: isJoined ? last.columns + 2 : joined.length };
    } else {
      runs.push({ text, column, columns: one.getWidth(), style });
    }
    blanks = 0;
  }
  return runs;
}

const isWide = ({ text, columns }: Run): boolean => columns === 2 * [...text].length;

function styleOf(one: IBufferCell): string {
  const colour = one.isFgPalette() ? ink[one.getFgColor() % 16] : undefined;
  const fill = colour ?? (one.isDim() ? colours.dim : undefined);
  return [fill && `fill="${fill}"`, one.isBold() && 'font-weight="bold"'].filter(Boolean).join(' ');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const rounded = (value: number): number => Math.round(value * 10) / 10;

function svg(picture: Picture, language: Language, rows: readonly (readonly Run[])[]): string {
  const { columns } = picture;
  const title = `${picture.title}, ${language.columns(columns)}`;
  const width = rounded(columns * cell.width + 2 * margin);
  const height = rows.length * cell.height + 2 * margin;
  const texts = rows.flatMap((runs, row) =>
    runs.map((run) => {
      const xOf = (column: number) => rounded(margin + column * cell.width);
      const y = margin + row * cell.height + cell.font;
      const style = run.style === '' ? '' : ` ${run.style}`;
      // Wide characters stand in their own cells: stretched to two cells they look fat, and not every viewer stretches.
      const place = isWide(run)
        ? `x="${[...run.text].map((_, index) => xOf(run.column + 2 * index)).join(' ')}" y="${y}"`
        : `x="${xOf(run.column)}" y="${y}" textLength="${rounded(run.columns * cell.width)}" lengthAdjust="spacingAndGlyphs"`;
      return `<text ${place}${style}>${escaped(run.text)}</text>`;
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${colours.ground}"/>`,
    `<g font-family="${language.fonts}" font-size="${cell.font}" fill="${colours.text}">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const chosen = process.argv.slice(2);
for (const [name, language] of Object.entries(languages)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  await mkdir(language.folder, { recursive: true });
  for (const picture of pictures) {
    const folder = await mkdtemp(join(tmpdir(), 'rootctl-picture-'));
    const home = { folder, locale: language.locale };
    try {
      for (const words of [...(picture.before ?? []), ['enable', '--sandbox']])
        await output(words, picture.columns, home);
      await writeFile(join(language.folder, picture.file), svg(picture, language, await record(picture, home)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
