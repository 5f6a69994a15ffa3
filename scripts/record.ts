/**
 * Draws the pictures of both READMEs: the built program runs in a real pseudo terminal on the sandbox, a terminal emulator
 * keeps the screen, and each of its cells becomes text of an SVG. `npm run build && npm run record`; `npm run record ja` for
 * one language.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm, { type IBufferCell } from '@xterm/headless';

interface Picture {
  readonly file: string;
  readonly columns: number;
  readonly title: string;
  readonly commands: readonly string[];
}

const story = ['rootctl status --sandbox', 'rootctl delete --all --yes --sandbox'];
const pictures: readonly Picture[] = [
  { file: 'status.svg', columns: 100, title: 'rootctl status', commands: story.slice(0, 1) },
  { file: 'status-80.svg', columns: 80, title: 'rootctl status', commands: story.slice(0, 1) },
  { file: 'status-160.svg', columns: 160, title: 'rootctl status', commands: story.slice(0, 1) },
  { file: 'delete.svg', columns: 100, title: 'rootctl delete', commands: story.slice(1) },
  { file: 'doctor.svg', columns: 100, title: 'rootctl doctor', commands: ['rootctl doctor --sandbox'] },
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
async function record({ columns, commands }: Picture, home: Home): Promise<readonly (readonly Run[])[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows: rowsMax, allowProposedApi: true, convertEol: true });
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  for (const command of commands) {
    await write(`\u001b[34m$\u001b[0m ${command}\n`);
    await write(await output(command.split(' ').slice(1), columns, home));
  }
  const buffer = terminal.buffer.active;
  const rows: (readonly Run[])[] = [];
  for (let y = 0; y < buffer.length; y += 1)
    rows.push(runsOf(y, buffer.getLine(y)?.length ?? 0, (x) => buffer.getLine(y)?.getCell(x)));
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

interface Home {
  readonly folder: string;
  readonly locale: string;
}

function output(words: readonly string[], columns: number, { folder, locale }: Home): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    XDG_STATE_HOME: folder,
    HOME: folder,
    TERM: 'xterm-256color',
    LANG: locale,
  };
  const child = spawn(process.execPath, ['bin/rootctl.js', ...words], { cols: columns, rows: rowsMax, env });
  return new Promise((resolve) => {
    let text = '';
    child.onData((data) => {
      text += data;
    });
    child.onExit(() => resolve(text.replaceAll(folder, '~/.local/state')));
  });
}

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
    const style = row === 0 && column === 0 ? `fill="${colours.prompt}"` : styleOf(one);
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
      await output(['enable', '--sandbox'], picture.columns, home);
      await writeFile(join(language.folder, picture.file), svg(picture, language, await record(picture, home)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
