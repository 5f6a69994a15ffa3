import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { carries, obstacleOf, problemError, problemIn, problemOf, within } from '../../src/problems/index.ts';
import { english } from '../support/speech.ts';

const missing = await readFile('/nowhere/at-all').catch((error: unknown) => error);
const said = "ENOENT: no such file or directory, open '/nowhere/at-all'";

describe('what was thrown', () => {
  test('is the problem that it carries, and is asked for by its code', () => {
    const error = problemError('UnusableFile', { why: { is: 'foreign', uid: 7 } });
    expect(problemOf(error)).toBe(error.problem);
    expect(carries(error, 'UnusableFile')).toBe(true);
    expect(carries(error, 'NoJournal')).toBe(false);
    expect(carries(missing, 'UnusableFile')).toBe(false);
  });

  test('by the system is told in its words and with its code once, also where it was met and after a journal', () => {
    const problem = problemOf(missing);
    expect(problem).toEqual({ from: 'system', code: 'ENOENT', data: { said } });
    expect(english.phraseOf(problem)).toBe(said);
    expect(problemIn(english.entryOf(problem))).toEqual(problem);
    const met = within('account', ['111122223333'], problem);
    expect(english.phraseOf(met)).toBe(english.entryOf(met).message);
    expect(problemIn(english.entryOf(met))).toEqual(met);
  });

  test('with a code, and not by the system, is told with that code', () => {
    const problem = problemOf(Object.assign(new Error('no such thing'), { code: 'ERR_THING' }));
    expect(english.phraseOf(problem)).toBe('no such thing (ERR_THING)');
  });

  test.each([[new Error('oops')], ['oops']])('%s: is a mistake of ours', (error) => {
    expect(problemOf(error)).toEqual({ from: 'rootctl', code: 'InternalError', data: { what: 'oops' } });
  });

  test('is why a file could not be used', () => {
    expect(obstacleOf(problemError('UnusableFile', { why: { is: 'no-journal' } }))).toEqual({ is: 'no-journal' });
    expect(obstacleOf(missing)).toEqual({ is: 'system', said });
  });
});
