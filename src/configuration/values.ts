import { parseDuration } from '../duration.ts';
import { isAccountId } from '../org/account.ts';
import type { RuleName } from '../problems/index.ts';
import { problemError } from '../problems/thrown.ts';
import { type Language, languages } from '../words/words.ts';

/**
 * Reads the value of a setting from its text, and says what it must be.
 * @throws ProblemError `InvalidValue`. Whose value it is, the flag's, the variable's or the file's, is known further up.
 */
export interface ValueReader<Value> {
  (text: string): Value;
  readonly rule: RuleName;
  readonly limits: readonly string[];
}

/** @param read null: it is none. */
function reader<Value>(
  rule: RuleName,
  limits: readonly string[],
  read: (text: string) => Value | null,
): ValueReader<Value> {
  const parse = (text: string): Value => {
    const value = read(text);
    if (value === null) throw problemError('InvalidValue', { rule, limits });
    return value;
  };
  return Object.assign(parse, { rule, limits });
}

export function wholeNumber(minimum: number, maximum: number): ValueReader<number> {
  return reader('whole-number', [minimum, maximum].map(String), (text) => {
    const value = Number(text);
    return /^\d+$/u.test(text) && value >= minimum && value <= maximum ? value : null;
  });
}

export const accountsInFlight = wholeNumber(1, 2_000);

/** Root sessions opened a second. More slowly than one in a hundred seconds the command would only seem to hang. */
export const sessionsPerSecond = reader('rate', ['0.01', '100000'], (text) => {
  const value = Number(text);
  return /^\d{1,6}(\.\d{1,3})?$/u.test(text) && value >= 0.01 && value <= 100_000 ? value : null;
});

/** Milliseconds. */
export const duration = reader('duration', ['0s', '36500d'], parseDuration);

/** Milliseconds, where no time at all would make no sense. */
export const durationAboveZero = reader('duration-above-zero', [], (text) => {
  const durationMs = duration(text);
  return durationMs > 0 ? durationMs : null;
});

export const accountId = reader('account-id', [], (text) => (isAccountId(text) ? text : null));

/** An address may carry a name and a password, however it is written (a URL may begin `HTTPS:\\` too). */
export const withoutPassword = (text: string): string =>
  text.replace(/^(\s*[a-z][a-z\d+.-]*:[\\/]+)[^\\/?#]*@/iu, '$1');

export const httpUrl = reader('http-url', [], (text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? text : null;
});

export const regionName = reader('region', [], (text) => (/^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/u.test(text) ? text : null));

export const oneOf = <const Name extends string>(names: readonly Name[]): ValueReader<Name> =>
  reader('one-of', names, (text) => names.find((name) => name === text) ?? null);

/** Words of a list, with commas. @throws ProblemError `InvalidValue` */
export const someOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): readonly Name[] =>
    text.split(',').map((word) => {
      const found = names.find((name) => name === word.trim());
      if (found === undefined) throw problemError('InvalidValue', { rule: 'one-of', limits: names });
      return found;
    });

export const languageName: ValueReader<Language> = oneOf(languages);

/** What a flag without a value is given by a variable or a file. */
export const switchedOn = reader('switch', [], (text) => {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
});
