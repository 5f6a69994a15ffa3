import stringWidth from 'string-width';
import { breaksIn, type Ease, ease } from './line-breaks.ts';

/**
 * What could steer a terminal, hide, or be counted differently by two terminals: controls (C0, C1), format characters
 * (bidirectional overrides, tags, zero-width space), line and paragraph separators, lone surrogates, private use, and
 * the fillers that Unicode calls default-ignorable. Variation selectors are part of ordinary Japanese names and emoji.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const emojiPart = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u;
const variationSelector = /\p{Variation_Selector}/u;
const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Text from AWS as it may stand in a terminal: every hidden or steering character is shown as `\u202e` is written in
 * source code, a lone surrogate as `�`. Idempotent. Only a joiner inside an emoji and a single variation selector stay.
 */
export function visible(text: string): string {
  if (narrow.test(text)) return text;
  return text.replace(hidden, (character, offset: number) => {
    const before = characterBefore(text, offset);
    if (character === '\u200d') {
      const after = String.fromCodePoint(text.codePointAt(offset + 1) ?? 0);
      if (emojiPart.test(before) && /\p{Extended_Pictographic}/u.test(after)) return character;
    }
    if (variationSelector.test(character) && /[^\p{C}\p{Z}\p{M}]/u.test(before)) return character;
    return named.get(character) ?? escaped(character);
  });
}

function characterBefore(text: string, offset: number): string {
  const unit = text.charCodeAt(offset - 1);
  return unit >= 0xdc00 && unit <= 0xdfff
    ? text.slice(Math.max(0, offset - 2), offset)
    : text.slice(offset - 1, offset);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Characters that take one column each, rootctl's own among them: most cells hold nothing else, and it saves the long way. */
const narrow = /^[\x20-\x7e–−…·→✔✖⚠]*$/;

/**
 * The same with what takes two columns and combines with nothing beside it: kana, kanji, hangul, full-width signs. Telling
 * whether a sign is an emoji would cost every Japanese table 40 ms, once.
 */
const plain = /^[\x20-\x7e–−…·→✔✖⚠、-〒ぁ-ゖァ-ー一-鿿가-힣！-～]*$/;
const wide = /[、-〒ぁ-ゖァ-ー一-鿿가-힣！-～]/g;

/**
 * Terminal columns that the text takes; wide characters count two. Of the signs whose width Unicode leaves to the place
 * (UAX #11, ambiguous: `–` `…` `·` `→` `−` `×`) each counts one, as xterm, tmux, Windows Terminal, iTerm2 and VS Code have
 * it in a Japanese locale too, unless somebody told them otherwise (`-cjk_width`, "ambiguous characters are double width").
 * `✔` `✖` `⚠` are narrow by Unicode while no U+FE0F follows, and rootctl lets none follow.
 */
export function widthOf(text: string): number {
  if (narrow.test(text)) return text.length;
  if (plain.test(text)) return text.length + (text.match(wide)?.length ?? 0);
  return stretchesOf(text).reduce((columns, part) => columns + stringWidth(part) + (part.match(am)?.length ?? 0), 0);
}

/**
 * Thai and Lao AM behind another sign: one grapheme with it (UAX #29, SpacingMark), and a column of its own on terminals, since
 * it is a letter.
 */
const am = /(?<=[\s\S])[\u0e33\u0eb3]/gu;

export function graphemes(text: string): readonly string[] {
  if (plain.test(text)) return text.split('');
  return stretchesOf(text).flatMap((part) => Array.from(graphemesOf(part), ({ segment }) => segment));
}

/** Made when something is not plain: that takes ten milliseconds. */
let segmenter: Intl.Segmenter | undefined;

function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * Each step of a segmenter costs the more the longer its text is, and a list of ten thousand names takes seconds at once:
 * some two hundred characters, up to one that begins a grapheme for certain.
 */
const stretch = /[\s\S]{200,}?(?=[ -~、-〟ぁ-ゖァ-ヺ一-鿿])|[\s\S]+/gu;
const stretchesOf = (text: string): readonly string[] => text.match(stretch) ?? [];

/** Cuts in the middle, so that `payments-…-prod` keeps both ends; never splits a grapheme. May end a column short. */
export function truncateMiddle(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return '';
  const parts = graphemes(text);
  const head = takeWhileFits(parts, Math.ceil((columns - 1) / 2));
  const tail = takeWhileFits([...parts].reverse(), columns - 1 - widthOf(head.join('')));
  return `${head.join('')}…${tail.reverse().join('')}`;
}

/** Cuts at the end; never splits a grapheme. */
export function truncateEnd(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return columns < 1 ? '' : `${takeWhileFits(graphemes(text), columns - 1).join('')}…`;
}

function takeWhileFits(parts: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += widthOf(part);
    if (used > columns) break;
    taken.push(part);
  }
  return taken;
}

/** The spaces that fill the text up to so many columns. */
export function padding(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/**
 * Makes the text visible and breaks it into lines of at most `columns`: at spaces, between Japanese words as their
 * typesetting allows, and inside a word only if the word alone is wider than a line. A command stays on one line when it
 * fits on one. Lines after the first begin with `indent`.
 */
export function wrap(text: string, columns: number, indent = ''): readonly string[] {
  const shown = visible(text);
  if (widthOf(shown) <= columns) return [shown];
  const parts = graphemes(shown);
  const widths = parts.map(widthOf);
  const breaks = breaksIn(parts, columns - widthOf(indent));
  const mayCut = columns > widthOf(indent) + 2;
  const lines: string[] = [];
  for (let start = 0; ; ) {
    const lead = start === 0 ? '' : indent;
    const end = lineEnd(start, columns - widthOf(lead), widths, breaks, mayCut);
    lines.push(lead + parts.slice(start, end).join(''));
    if (end >= parts.length) return lines;
    start = parts[end] === ' ' ? end + 1 : end;
  }
}

/** The last place that fits, of the places where a line ends most gladly; past the margin where nothing may be cut. */
function lineEnd(
  start: number,
  columns: number,
  widths: readonly number[],
  breaks: readonly Ease[],
  mayCut: boolean,
): number {
  let best: { readonly level: Ease; readonly index: number } | undefined;
  let used = 0;
  for (let index = start; index < widths.length; index += 1) {
    const level = breaks[index] ?? ease.free;
    const isPlace = index > start && (mayCut || level <= ease.reluctant);
    if (isPlace && used > columns) return best?.index ?? index;
    if (isPlace && level <= (best?.level ?? level)) best = { level, index };
    used += widths[index] ?? 0;
  }
  return used <= columns ? widths.length : (best?.index ?? widths.length);
}

/** As wide as the label that the text begins with (`next: `), for the lines below it. */
export const belowLabel = (text: string): string => ' '.repeat(widthOf(/^[^:]{1,12}: /u.exec(text)?.[0] ?? ''));

/** Puts parts side by side as far as they fit, and breaks between parts before it breaks inside one. */
export function wrapParts(
  parts: readonly string[],
  separator: string,
  columns: number,
  indent = '',
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts.map(visible)) {
    if (line === '') line = part;
    else if (widthOf(line) + widthOf(separator) + widthOf(part) <= columns) line += separator + part;
    else {
      lines.push(line);
      line = indent + part;
    }
  }
  return [...lines, line].flatMap((whole) => (widthOf(whole) > columns ? wrap(whole, columns, indent) : [whole]));
}
