import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  useEffect,
  useKeypress,
  useRef,
  useState,
} from '@inquirer/core';
import { graphemes, padding, truncateEnd, truncateMiddle, visible, widthOf } from '../render/index.ts';
import type { Words } from '../words/index.ts';
import { InterruptedError } from './interruption.ts';
import { type Desk, forgetTyped } from './prompts.ts';
import { signalCodes } from './signal-codes.ts';

export interface Choice {
  /** Shown first, and never cut. */
  readonly value: string;
  readonly name: string;
  /** The heading it stands under; choices of one group come one after the other. */
  readonly group: string;
  readonly detail: string;
}

/**
 * Lets a person mark choices. @returns the values that were marked; none when no answer came (Ctrl-D).
 * @throws InterruptedError on Ctrl-C; the signal's reason.
 */
export async function choose(
  desk: Desk & { readonly words: ListWords },
  question: string,
  choices: readonly Choice[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { input, output, words } = desk;
  await forgetTyped(desk, signal);
  const size = (): Size => ({ columns: output.columns || 80, rows: output.rows || 24 });
  output.write(markPastes.on);
  try {
    const found = choices.map((choice) => ({ ...choice, text: searchableIn(choice) }));
    const onContinued = (): void => void output.write(markPastes.on);
    const config = { message: question, choices: found, size, words, onContinued };
    return await multiSelect(config, { input, output, signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError') throw new InterruptedError(signalCodes.interrupted);
    throw error;
  } finally {
    output.write(markPastes.off);
  }
}

/** The terminal then says where a paste begins and ends: a space or a line's end in it is text, and marks or ends nothing. */
const markPastes = { on: '\u001b[?2004h', off: '\u001b[?2004l' };

interface Size {
  readonly columns: number;
  readonly rows: number;
}

interface Searchable extends Choice {
  /** What a search is compared with. */
  readonly text: string;
}

type ListWords = Words['terminal']['list'];

interface MultiSelectConfig {
  readonly message: string;
  readonly choices: readonly Searchable[];
  /** Read for every drawing: windows are resized. */
  readonly size: () => Size;
  readonly words: ListWords;
  /** The program had been stopped, and goes on. */
  readonly onContinued: () => void;
}

/**
 * A list to search by typing and to mark with the space bar. Neither inquirer's `checkbox` (no search) nor its `search`
 * (no marking) does both; its core is made for prompts like this one. The search is the line that readline edits, so
 * every script, input method and editing key works in it.
 */
const multiSelect = createPrompt<readonly string[], MultiSelectConfig>((config, done) => {
  const [search, setSearch] = useState('');
  const [cursor, setCursor] = useState(0);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [isDone, setDone] = useState(false);
  const isPasting = useRef(false);
  const continued = useRef(0);
  const [, draw] = useState(0);
  const { columns, rows } = config.size();
  const { words } = config;
  const sought = normalized(search)
    .split(' ')
    .filter((word) => word !== '');
  const shown = config.choices.filter(({ text }) => sought.every((word) => text.includes(word)));
  const last = Math.max(shown.length - 1, 0);
  const at = Math.min(cursor, last);
  // Beside the list stand the question, two lines below it, and the line that the cursor goes to at the end.
  const height = Math.max(rows - 4, 1);

  useEffect((line) => {
    // Ctrl-D closes the line, as a terminal that is closed does, and settles nothing by itself.
    line.on('close', () => done([]));
    line.on('error', () => done([]));
    // After Ctrl-Z and `fg`: readline waits to be told, and the shell had the terminal as it likes it.
    line.on('SIGCONT', () => {
      line.resume();
      config.onContinued();
      continued.current += 1;
      draw(continued.current);
    });
  }, []);

  useKeypress((key, line) => {
    const setLine = (text: string): void => {
      line.clearLine(0);
      line.write(text);
    };
    const find = (typed: string): void => {
      const text = fitting(typed, columns - widthOf(config.message) - 2);
      if (text !== line.line) setLine(text);
      if (text === search) return;
      setSearch(text);
      setCursor(0);
    };
    const moveTo = (position: number): void => {
      setLine(search); // readline takes the arrows for its history
      setCursor(Math.min(Math.max(position, 0), last));
    };
    if (key.name === 'paste-start' || key.name === 'paste-end') {
      isPasting.current = key.name === 'paste-start';
    } else if (isPasting.current) {
      find(isEnterKey(key) ? `${search} ` : line.line);
    } else if (isEnterKey(key)) {
      setDone(true);
      done(config.choices.flatMap(({ value }) => (marked.has(value) ? [value] : [])));
    } else if (isUpKey(key)) {
      moveTo(at - 1);
    } else if (isDownKey(key)) {
      moveTo(at + 1);
    } else if (key.name === 'pageup') {
      moveTo(at - height);
    } else if (key.name === 'pagedown') {
      moveTo(at + height);
    } else if (isSpaceKey(key)) {
      setLine(search);
      setMarked(toggled(marked, shown.slice(at, at + 1)));
    } else if (key.name === 'tab') {
      setLine(search);
      setMarked(toggled(marked, shown));
    } else {
      find(line.line);
    }
  });

  if (isDone) return `${config.message} ${words.chosen(marked.size)}`;
  const nameColumns = nameColumnsIn(config.choices, columns);
  const list =
    shown.length === 0 ? [`  ${words.nothing}`] : listLines(shown, at, marked, { columns, nameColumns, height });
  const count = sought.length === 0 ? '' : words.shown(shown.length, config.choices.length);
  const below = [`  ${words.marked(marked.size)}${count}`, `  ${words.keys}`];
  return [`${config.message} ${search}`, [...list, ...below.map((text) => truncateEnd(text, columns - 1))].join('\n')];
});

/** Marks them all, or unmarks them when they are. */
function toggled(marked: ReadonlySet<string>, choices: readonly Choice[]): ReadonlySet<string> {
  const values = choices.map(({ value }) => value);
  const isAllMarked = values.every((value) => marked.has(value));
  return isAllMarked
    ? new Set([...marked].filter((value) => !values.includes(value)))
    : new Set([...marked, ...values]);
}

/**
 * As people mean it: without regard to case and to how the script was typed (half-width kana, composed accents). Marks
 * that nobody sees are not compared.
 */
const normalized = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, '');

/** With and without its spaces, since the space bar marks: `paymentsprod` finds "payments prod". */
function searchableIn({ value, name, group, detail }: Choice): string {
  const text = normalized(visible(`${value} ${name} ${group} ${detail}`));
  return `${text}\n${text.replaceAll(' ', '')}`;
}

/** A search as it can stand on the line of the question: nothing hidden in it, and no longer than there is room. */
function fitting(typed: string, columns: number): string {
  let text = '';
  for (const part of graphemes(typed.replaceAll(/\s/gu, ' '))) {
    const seen = visible(part) === part ? part : '';
    if (widthOf(text + seen) > columns) break;
    text += seen;
  }
  return text;
}

/** Names give way to what the accounts hold, down to so many columns. */
const nameColumnsLeast = 12;

/** Of all choices, so that a search does not move the columns. */
function nameColumnsIn(choices: readonly Choice[], columns: number): number {
  const widest = (texts: readonly string[]): number =>
    texts.reduce((width, text) => Math.max(width, widthOf(visible(text))), 0);
  const wanted = widest(choices.map(({ name }) => name));
  const beside = widest(choices.map(({ value, detail }) => `› [ ] ${value}    ${detail} `));
  return Math.max(Math.min(wanted, columns - beside), Math.min(wanted, nameColumnsLeast));
}

type Row = { readonly heading: string } | { readonly choice: Choice; readonly index: number };

/** So many lines of the list around the one that is pointed at; the first says which group it is in. */
function listLines(
  shown: readonly Choice[],
  at: number,
  marked: ReadonlySet<string>,
  { columns, nameColumns, height }: { readonly columns: number; readonly nameColumns: number; readonly height: number },
): readonly string[] {
  const rows: Row[] = [];
  for (const [index, choice] of shown.entries()) {
    if (choice.group !== shown[index - 1]?.group) rows.push({ heading: choice.group });
    rows.push({ choice, index });
  }
  const active = rows.findIndex((row) => 'choice' in row && row.index === at);
  const start = Math.max(Math.min(active - Math.floor(height / 2), rows.length - height), 0);
  const page = rows.slice(start, start + height);
  const [top] = page;
  if (top !== undefined && 'choice' in top && start !== active) page[0] = { heading: top.choice.group };
  return page.map((row) => {
    if ('heading' in row) return truncateMiddle(visible(row.heading), columns - 1);
    const { value, name, detail } = row.choice;
    const lead = `${row.index === at ? '›' : ' '} ${marked.has(value) ? '[x]' : '[ ]'} ${value}`;
    const cut = truncateMiddle(visible(name), nameColumns);
    const rest = truncateEnd(`  ${cut}${padding(cut, nameColumns)}  ${detail}`, columns - 1 - widthOf(lead));
    return `${lead}${rest}`.trimEnd();
  });
}
