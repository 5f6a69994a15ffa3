import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutants } from '../../scripts/mutant-list.mjs';

describe('the mistakes that the simulation must notice', () => {
  test.each(mutants)('$name: fits the code', ({ file, edits }) => {
    let text = readFileSync(file, 'utf8');
    for (const [before, after] of edits) {
      expect(text.split(before)).toHaveLength(2);
      text = text.replace(before, () => after);
    }
  });

  test('have each a name of its own', () => {
    const names = mutants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
