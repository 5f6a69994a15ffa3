/** What a language does with numbers, lists and times; all of it the platform's (`Intl`), made when first used. */
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
  /** `1 hour ago`; of a count below zero `in 1 hour`. The second is for where there is little room. */
  readonly ago: (count: number, unit: TimeUnit) => string;
  readonly shortAgo: (count: number, unit: TimeUnit) => string;
  /** Which of two names comes first; `unit-2` before `unit-10`. */
  readonly compare: (left: string, right: string) => number;
}

export type TimeUnit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** What a language distinguishes; `other` stands for the forms that it does not have. */
export type Forms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/**
 * @param locale BCP 47.
 * @param formOf which form goes with a whole number. By rule as `Intl.PluralRules` says, which takes milliseconds to make.
 */
export function createGrammar(locale: string, formOf: (value: number) => Intl.LDMLPluralRule): Grammar {
  const numbers = lazily(() => new Intl.NumberFormat(locale));
  const lists = lazily(() => new Intl.ListFormat(locale));
  const tenths = lazily(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
  const ages = lazily(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
  const shortAges = lazily(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' }));
  const collator = lazily(() => new Intl.Collator(locale, { numeric: true }));
  const form = (value: number, forms: Forms): string => forms[formOf(value)] ?? forms.other;
  // Digits alone, as long as nothing groups them.
  const number = (value: number): string =>
    Number.isInteger(value) && value >= 0 && value < 1_000 ? String(value) : numbers().format(value);
  return {
    number,
    list: (items) => lists().format(items),
    count: (value, forms) => `${number(value)} ${form(value, forms)}`,
    form,
    seconds: (value) => tenths().format(value),
    ago: (count, unit) => ages().format(-count, unit),
    shortAgo: (count, unit) => shortAges().format(-count, unit),
    compare: (left, right) => collator().compare(left, right),
  };
}

/** Each costs about a millisecond, and most commands need one or two. */
function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
