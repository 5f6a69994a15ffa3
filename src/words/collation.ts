/**
 * Printable ASCII as the Unicode Collation Algorithm orders it (CLDR, root), which English and Japanese leave as it is. A
 * capital stands beside its small letter.
 */
const order = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz';
const ascii = /^[ -~]{0,99}$/;

export type Compare = (left: string, right: string) => number;

/**
 * Names by number (`unit-2` before `unit-10`), as `Intl.Collator` orders them in this language. Of two that are ASCII it is
 * told without one: that takes milliseconds to make, and most names are.
 */
export function compareIn(locale: string): Compare {
  let collator: Intl.Collator | undefined;
  return (left, right) => {
    if (ascii.test(left) && ascii.test(right)) return compareAscii(left, right);
    collator ??= new Intl.Collator(locale, { numeric: true });
    return collator.compare(left, right);
  };
}

/** The first part that differs decides; where none does, the first that is a capital on one side alone. */
function compareAscii(left: string, right: string): number {
  const [these, those] = [partsOf(left), partsOf(right)];
  let capitals = 0;
  for (const [index, one] of these.entries()) {
    const other = those[index];
    if (other === undefined) return 1;
    const difference = compareParts(one, other);
    if (difference !== 0) return Math.sign(difference);
    if (capitals === 0 && one !== other) capitals = one > other ? -1 : 1;
  }
  return these.length < those.length ? -1 : capitals;
}

/** Characters, and numbers whole, without the zeros before them. */
const partsOf = (text: string): readonly string[] =>
  (text.match(/\d+|\D/g) ?? []).map((part) => (part.length > 1 ? part.replace(/^0+(?=\d)/, '') : part));

/** A number is larger where it is longer. */
function compareParts(one: string, other: string): number {
  const areNumbers = isDigit(one) && isDigit(other);
  if (!areNumbers) return rankOf(one) - rankOf(other);
  return one.length - other.length || (one === other ? 0 : one < other ? -1 : 1);
}

const isDigit = (part: string): boolean => part >= '0' && part < ':';
const rankOf = (part: string): number => order.indexOf(part.charAt(0).toLowerCase());
