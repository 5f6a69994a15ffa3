import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob, matchesLiteralGlob } from '../../src/policy/glob.ts';
import { holds } from '../support/properties.ts';

/** The definition itself, exponential and obviously right. */
function matchesByDefinition(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*')
    return matchesByDefinition(rest, text) || (text.length > 0 && matchesByDefinition(pattern, text.slice(1)));
  if (text.length === 0) return false;
  return (first === '?' || first === text[0]) && matchesByDefinition(rest, text.slice(1));
}

describe('globs', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['?', '', false],
    ['a*c', 'abcbc', true],
    ['a*c', 'abcb', false],
    ['arn:aws:iam::*:root', 'arn:aws:iam::111122223333:root', true],
    ['arn:aws:iam::*:root', 'arn:aws:iam::111122223333:role/x', false],
    ['dev-??', 'dev-01', true],
    ['dev-??', 'dev-1', false],
    ['?', '🔑', true],
    ['*?', '日本', true],
    ['??', '\uffffx', true],
    ['a.c', 'abc', false],
    ['a*', 'a', true],
    ['a', 'ab', false],
    ['ab', 'a', false],
    ['[ab]', 'a', false],
  ])('%j matches %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('case counts unless it is asked not to', () => {
    expect(matchesGlob('Prod*', 'production')).toBe(false);
    expect(matchesGlob('Prod*', 'production', { ignoreCase: true })).toBe(true);
    expect(matchesGlob('IAM:get?ser', 'iam:GetUser', { ignoreCase: true })).toBe(true);
  });

  it('a wildcard marked literal stands for itself', () => {
    expect(matchesLiteralGlob({ text: 'a*', literals: new Set([1]) }, 'abc')).toBe(false);
    expect(matchesLiteralGlob({ text: 'a*', literals: new Set([1]) }, 'a*')).toBe(true);
    expect(matchesLiteralGlob({ text: '?*', literals: new Set([0]) }, '?x')).toBe(true);
  });

  it('agrees with the definition', async () => {
    const characters = fc.constantFrom('a', 'b', '*', '?', '🔑');
    const text = fc.array(fc.constantFrom('a', 'b', '🔑'), { maxLength: 8 });
    await holds(
      fc.property(fc.array(characters, { maxLength: 7 }), text, (pattern, value) => {
        expect(matchesGlob(pattern.join(''), value.join(''))).toBe(matchesByDefinition(pattern, value));
      }),
      2000,
    );
  });

  it('many stars cost steps in proportion to the text: of an exponential number there would be no end', () => {
    expect(matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(300))).toBe(false);
    expect(matchesGlob(`${'*a'.repeat(60)}b`, `${'a'.repeat(300)}b`)).toBe(true);
  });
});
