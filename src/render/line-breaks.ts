/**
 * How gladly a line ends before a character. `free`: at a space, and between two Japanese words. `reluctant`: where the
 * reader stumbles, before a particle, inside a compound noun and inside a command to paste. `forced`: inside a word, an id, a number with its
 * unit. `forbidden`: where Japanese typesetting (JIS X 4051, kinsoku) lets no line end, unless a line holds nothing else.
 */
export const ease = { free: 0, reluctant: 1, forced: 2, forbidden: 3 } as const;
export type Ease = (typeof ease)[keyof typeof ease];

const japanese = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u;
const hiragana = /^\p{Script=Hiragana}/u;
const han = /^\p{Script=Han}/u;
/** Where a verb is joined to another: 読み取る, 取り消す. As a word of its own it is a particle. */
const stem = /^[いきぎしちにびみりえけげせてねべめれ]$/u;
const katakana = /^[\p{Script=Katakana}ー]/u;
const digit = /^\d/u;

/** JIS X 4051: closing brackets, full stops and commas, middle dots, small kana, iteration marks, dashes and ellipses. */
const neverFirst =
  /^[’”〉》」』】〕〗〙〟）］｝｠»‐–—〜゠～！？‼⁇⁈⁉・：；。．、，…‥々〻ゝゞヽヾーｰ｡､･｣ﾞﾟぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯ％‰℃′″]/u;
/** JIS X 4051: opening brackets, and signs before a number. */
const neverLast = /^[‘“〈《「『【〔〖〘〝（［｛｟«￥＄￡＃｢]/u;
/** After these a phrase is over. */
const closing = /^[、。，．！？]/u;
/** The same in ASCII, where a Japanese character stands on the other side. */
const neverFirstAscii = /^[)\]}>,.!?:;%/"'`]/u;
const neverLastAscii = /^[([{<"'`#$]/u;

/** A compound noun, and a phrase of noun and particles, that is longer than this may be broken at any of its words. Columns. */
const compoundMax = 20;
const phraseMax = 32;

let words: Intl.Segmenter | undefined;

/**
 * For each grapheme how gladly a line ends before it; a space at which a line ends is left out. Text without Japanese
 * ends at its spaces only.
 * @param columns a command that is wider than this is broken like any text.
 */
export function breaksIn(graphemes: readonly string[], columns: number): readonly Ease[] {
  const isText = graphemes.some((grapheme) => japanese.test(grapheme));
  const starts = isText ? wordStarts(graphemes) : new Set<number>();
  const inCommand = commandSpaces(graphemes, columns);
  let phrase = 0;
  return graphemes.map((grapheme, index) => {
    const before = graphemes[index - 1] ?? '';
    const width = japanese.test(grapheme) ? 2 : 1;
    const found =
      grapheme === ' '
        ? atSpace(graphemes, index, inCommand)
        : between(before, grapheme, starts, index, endsInNumber(graphemes, index));
    const most = hiragana.test(grapheme) ? phraseMax : compoundMax;
    const level = found === ease.reluctant && phrase > most && !inCommand.has(index) ? ease.free : found;
    phrase = level === ease.free ? width : phrase + width;
    return level;
  });
}

function atSpace(graphemes: readonly string[], index: number, inCommand: ReadonlySet<number>): Ease {
  const before = graphemes[index - 1] ?? '';
  const after = graphemes[index + 1] ?? '';
  if (neverFirst.test(after) && japanese.test(after)) return ease.forbidden;
  if (neverLast.test(before) && japanese.test(before)) return ease.forbidden;
  if (japanese.test(after) && endsInNumber(graphemes, index)) return ease.forced;
  return inCommand.has(index) || hiragana.test(after) ? ease.reluctant : ease.free;
}

function between(before: string, after: string, starts: ReadonlySet<number>, index: number, isUnit: boolean): Ease {
  const [isBefore, isAfter] = [japanese.test(before), japanese.test(after)];
  if (!isBefore && !isAfter) return ease.forced;
  if (before === ' ' || neverFirst.test(after) || neverLast.test(before)) return ease.forbidden;
  if ((isBefore && neverFirstAscii.test(after)) || (isAfter && neverLastAscii.test(before))) return ease.forbidden;
  if (!starts.has(index) || (isAfter && isUnit)) return ease.forced;
  const isVerb = stem.test(before) && !starts.has(index - 1) && han.test(after);
  const isNoun = (han.test(before) && han.test(after)) || (katakana.test(before) && katakana.test(after));
  return isVerb || isNoun || (hiragana.test(after) && !closing.test(before)) ? ease.reluctant : ease.free;
}

/** `3件`, `1,024バイト`; a run of twelve digits is an account. */
function endsInNumber(graphemes: readonly string[], end: number): boolean {
  let start = end;
  while (start > 0 && end - start < 12 && /^[\d,.]$/u.test(graphemes[start - 1] ?? '')) start -= 1;
  return (
    digit.test(graphemes[start] ?? '') && end > start && end - start < 12 && !/[\w-]/u.test(graphemes[start - 1] ?? '')
  );
}

/** Indexes of graphemes at which a word begins that has Japanese beside it; ICU knows the words from a dictionary. */
function wordStarts(graphemes: readonly string[]): ReadonlySet<number> {
  words ??= new Intl.Segmenter('ja', { granularity: 'word' });
  const starts = new Set<number>();
  for (let start = 0; start < graphemes.length; ) {
    const space = graphemes.indexOf(' ', start);
    const end = Math.min(space === -1 ? graphemes.length : space + 1, start + stretchMax);
    const part = graphemes.slice(start, end);
    if (part.some((grapheme) => japanese.test(grapheme))) {
      const offsets = new Set(Array.from(words.segment(part.join('')), ({ index }) => index));
      let offset = 0;
      part.forEach((grapheme, index) => {
        if (offsets.has(offset)) starts.add(start + index);
        offset += grapheme.length;
      });
    }
    start = end;
  }
  return starts;
}

/** Each step of a segmenter costs the more the longer its text is. Graphemes. */
const stretchMax = 120;

const program = /(?:^|[^\w.:/@-])(rootctl|aws)$/u;
const verb = /^[a-z][a-z0-9-]+/u;
const secondVerb = /^(?:resume|show|iam|scp|s3|sqs|start|reset)(?![a-z])/u;
const flag = /^--?[a-z]/u;
const argument = /^(?:>$|[A-Z0-9<'"@~/.>][^a-z]|[A-Z0-9<'"@~/.>].*[^a-z,.;:]|\S*[-_/.:=\d]\S)/u;
const flagWithWord = /^(?:-o|--(?:for|profile|only|name|ou|queue|bucket|output))$/u;
/** A sign of the sentence around it, or Japanese, ends a command. */
const isLast = (word: string): boolean => /[,;:)\]]$|[.]$|[^ -~]/u.test(word);

/**
 * Indexes of the spaces inside commands: `rootctl delete --all --sandbox` is pasted in one piece. The words tell, so that
 * a command inside a sentence need not be marked by whoever wrote it.
 */
function commandSpaces(graphemes: readonly string[], columns: number): ReadonlySet<number> {
  const inside = new Set<number>();
  const spaces = graphemes.flatMap((grapheme, index) => (grapheme === ' ' ? [index] : []));
  const ends = [...spaces, graphemes.length];
  const wordBefore = (position: number): string =>
    graphemes.slice(position === 0 ? 0 : (ends[position - 1] ?? 0) + 1, ends[position]).join('');
  for (let position = 0; position < spaces.length; position += 1) {
    const name = program.exec(wordBefore(position))?.[1];
    if (name === undefined) continue;
    const count = wordsOfCommand(name, (index) =>
      position + index < spaces.length ? wordBefore(position + index + 1) : null,
    );
    const start = (spaces[position] ?? 0) - name.length;
    const end = ends[position + count] ?? graphemes.length;
    if (end - start <= columns) for (const space of spaces.slice(position, position + count)) inside.add(space);
  }
  return inside;
}

/** How many words after its name belong to the command. */
function wordsOfCommand(name: string, wordAt: (count: number) => string | null): number {
  let before = '';
  for (let count = 0; ; count += 1) {
    const word = wordAt(count);
    if (word === null) return count;
    const isVerb =
      count === 0 ? verb.test(word) || flag.test(word) : count === 1 && (name === 'aws' ? verb : secondVerb).test(word);
    const isValue = count > 0 && (argument.test(word) || (flagWithWord.test(before) && verb.test(word)));
    if (!isVerb && !flag.test(word) && !isValue) return count;
    if (isLast(word)) return count + 1;
    before = word;
  }
}
