import fc from 'fast-check';
import { expect, it } from 'vitest';
import { en } from '../../src/words/en.ts';
import { ja } from '../../src/words/ja.ts';

const languages = [
  { locale: 'en-GB', grammar: en.grammar },
  { locale: 'ja', grammar: ja.grammar },
];

it.each(languages)('numbers and their forms are those of the language: $locale', ({ locale, grammar }) => {
  const numbers = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: -5, max: 1_100 }),
        fc.integer(),
        fc.double({ noNaN: true }).map((value) => value + 0),
      ),
      (value) => {
        expect(grammar.number(value)).toBe(numbers.format(value));
      },
    ),
  );
  fc.assert(
    fc.property(fc.nat(), (count) => {
      const forms = { one: 'one', other: 'other' };
      expect(grammar.form(count, forms)).toBe(rules.select(count));
      expect(grammar.count(count, forms)).toBe(`${numbers.format(count)} ${rules.select(count)}`);
    }),
  );
  expect(grammar.form(1, { one: 'one', other: 'other' })).toBe(rules.select(1));
});

it.each(languages)('a tenth of a second is said as the language says it: $locale', ({ locale, grammar }) => {
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  fc.assert(
    fc.property(fc.oneof(fc.nat(60_000), fc.nat(2_000_000)), (milliseconds) => {
      expect(grammar.seconds(milliseconds / 1_000)).toBe(tenths.format(milliseconds / 1_000));
    }),
    { numRuns: 1_000 },
  );
});

it.each(languages)(
  'names are in the order of the language, whatever they are made of: $locale',
  ({ locale, grammar }) => {
    const collator = new Intl.Collator(locale, { numeric: true });
    const unit = fc.constantFrom(...'aAbBzZ0019 -_./#$', 'é', 'ß', 'あ', 'ア', '本', '\u0301');
    const name = fc.oneof(
      fc.string({ unit, maxLength: 8 }),
      fc.string({ unit: fc.constantFrom(...'aAb012-'), maxLength: 6 }),
      fc.string({ maxLength: 120 }),
    );
    fc.assert(
      fc.property(name, name, (left, right) => {
        expect(grammar.compare(left, right)).toBe(collator.compare(left, right));
      }),
      { numRuns: 5_000 },
    );
  },
);

it('how long ago it was is said as the language says it', () => {
  for (const [locale, { ago }] of [
    ['en-GB', en.times],
    ['ja', ja.times],
  ] as const) {
    const ages = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
    for (const unit of ['year', 'month', 'day', 'hour', 'minute', 'second'] as const)
      for (const count of [1, 2, 59, 1_234, -1, -3]) expect(ago(count, unit)).toBe(ages.format(-count, unit));
  }
});

it.each(languages)('names are listed as the language lists them: $locale', ({ locale, grammar }) => {
  const lists = new Intl.ListFormat(locale);
  for (const names of [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['経理', '開発', 'a and b', 'd']])
    expect(grammar.list(names)).toBe(lists.format(names));
});
