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
