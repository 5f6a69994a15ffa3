import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a page. */
export interface Fence {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly body: string;
}

/** A command that a page tells its reader to type, or names. */
export interface Typed {
  /** The page and the line in it. */
  readonly at: string;
  /** As it stands there, with what is said beside it (`# exit code 2`). */
  readonly text: string;
  /** What the page shows that it prints; null where it shows nothing. */
  readonly shown: string | null;
}

/** Commands that a reader types one after the other: those of one block, or one in the middle of a sentence. */
export interface Passage {
  readonly page: string;
  readonly at: string;
  readonly commands: readonly Typed[];
}

const root = join(import.meta.dirname, '../..');
export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();

/** Every page that a person reads. The changelog is none: it names flags as they were. */
export const pages: readonly string[] = [
  'README.md',
  'README.ja.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'src/sandbox/README.md',
  ...filesIn('docs').filter((file) => file.endsWith('.md')),
];

const fencePattern = /^( *)```(.*)\n([\s\S]*?)^\1```$/gmu;
const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

export const fencesOf = (page: string): readonly Fence[] => {
  const text = textOf(page);
  return [...text.matchAll(fencePattern)].map(({ index, 2: language = '', 3: body = '' }) => ({
    page,
    line: lineAt(text, index),
    language,
    body,
  }));
};

/** Code in the middle of sentences and tables. */
export const spansOf = (page: string): readonly { readonly at: string; readonly text: string }[] => {
  const text = textOf(page);
  const prose = text.replaceAll(fencePattern, (fence) => fence.replaceAll(/[^\n]/gu, ' '));
  return [...prose.matchAll(/`([^`\n]+)`|<code>([^<\n]+)<\/code>/gu)].map(({ index, 1: code, 2: escaped = '' }) => ({
    at: `${page}:${lineAt(prose, index)}`,
    text: code ?? escaped.replaceAll('&#124;', '|').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
  }));
};

/** The commands of a block, each with what the block shows of its output. */
export function commandsOf({ page, line, language, body }: Fence): readonly Typed[] {
  const lines = body.replaceAll(/\\\n\s*/gu, '').split('\n');
  const commands: { at: string; text: string; shown: string | null }[] = [];
  for (const [index, text] of lines.entries()) {
    const at = `${page}:${line + 1 + index}`;
    const [, prompted] = /^\$ (.*)$/u.exec(text) ?? [];
    const last = commands.at(-1);
    if (language !== 'console') {
      if (!/^\s*(?:#.*)?$/u.test(text)) commands.push({ at, text, shown: null });
    } else if (prompted !== undefined) commands.push({ at, text: prompted, shown: null });
    else if (last !== undefined && (last.shown !== null || text !== '')) last.shown = `${last.shown ?? ''}${text}\n`;
  }
  return commands;
}
