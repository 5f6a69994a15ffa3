import { compareIn } from './collation.ts';

/**
 * What a language does with numbers, lists and names: as the platform does (`Intl`), which is made when first used, since
 * each part takes milliseconds. What most commands say is said without it, the same.
 */
export interface Grammar {
  /** `10,000`. */
  readonly number: (value: number) => string;
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string;
  /** The form that goes with the count, by the language's own rules (`Intl.PluralRules`), with the count before it. */
  readonly count: (value: number, forms: Forms) => string;
  /** The form alone. */
  readonly form: (value: number, forms: Forms) => string;
  /** `4.1`. */
  readonly seconds: (value: number) => string;
  /** Which of two names comes first; `unit-2` before `unit-10`. */
  readonly compare: (left: string, right: string) => number;
}

export type TimeUnit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** What a language distinguishes; `other` stands for the forms that it does not have. */
export type Forms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/** What is the same as `Intl` says it, which takes milliseconds to make. */
export interface Rules {
  /** Which form goes with a whole number: `Intl.PluralRules`. */
  readonly formOf: (value: number) => Intl.LDMLPluralRule;
  /** What stands between names, and before the last: `Intl.ListFormat`. */
  readonly between: string;
  readonly beforeLast: string;
}

/** @param locale BCP 47. */
export function createGrammar(locale: string, { formOf, between, beforeLast }: Rules): Grammar {
  const numbers = lazily(() => new Intl.NumberFormat(locale));
  const tenths = lazily(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
  const form = (value: number, forms: Forms): string => forms[formOf(value)] ?? forms.other;
  // Digits alone, as long as nothing groups them.
  const number = (value: number): string =>
    Number.isInteger(value) && value >= 0 && value < 1_000 ? String(value) : numbers().format(value);
  return {
    number,
    list: (items) => {
      const last = items.at(-1) ?? '';
      return items.length < 2 ? last : `${items.slice(0, -1).join(between)}${beforeLast}${last}`;
    },
    count: (value, forms) => `${number(value)} ${form(value, forms)}`,
    form,
    seconds: (value) => (value >= 0 && value < 999 ? String(Math.round(value * 10) / 10) : tenths().format(value)),
    compare: compareIn(locale),
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
