import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { callWithRetries, defaultPatience } from '../../src/aws/call.ts';
import { aborted } from '../../src/aws/failure.ts';
import { unpaced } from '../../src/aws/pace.ts';
import { refusal } from '../support/mocked-aws.ts';

const gone = () => Object.assign(new Error('hung up'), { code: 'ECONNRESET' });
const refused = () => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

function calling(answers: readonly (Error | string)[], signal?: AbortSignal) {
  const clock = virtualClock();
  const told: string[] = [];
  let tries = 0;
  const result = callWithRetries(
    'ListAccounts',
    'organizations',
    async () => {
      const answer = answers[Math.min(tries, answers.length - 1)];
      tries += 1;
      if (typeof answer === 'string') return answer;
      throw answer;
    },
    {
      pace: unpaced,
      clock,
      random: () => 0.5,
      patience: defaultPatience,
      onRetry: (operation, failure) => told.push(`${operation} ${failure.code}`),
    },
    signal,
  );
  return { result, clock, told, tries: () => tries };
}

test.each<[string, () => Error, number]>([
  ['HTTP 500', () => refusal('InternalFailure', 500), defaultPatience.tries],
  ['a lost connection', gone, defaultPatience.tries],
  ['a refused connection', refused, defaultPatience.refusedTries],
  ['throttling', () => refusal('Throttling'), defaultPatience.throttledTries],
  ['a denial', () => refusal('AccessDenied', 403), 1],
  ['what is gone', () => refusal('NoSuchEntity', 404), 1],
  ['expired credentials', () => refusal('ExpiredToken', 403), 1],
  ['a host that does not resolve', () => Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 1],
  ['a certificate that is not trusted', () => Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }), 1],
])('%s for ever: so many tries', async (_name, error, expected) => {
  const { result, tries } = calling([error()]);
  await expect(result).rejects.toMatchObject({ operation: 'ListAccounts' });
  expect(tries()).toBe(expected);
});

test('a call that fails for a while succeeds, and each try is told', async () => {
  const { result, told, clock } = calling([refusal('Throttling'), refusal('ServiceFailure', 500), gone(), 'there']);
  expect(await result).toBe('there');
  expect(told).toEqual(['ListAccounts Throttling', 'ListAccounts ServiceFailure', 'ListAccounts ECONNRESET']);
  expect(clock.waits.every((waitMs) => waitMs >= 50 && waitMs <= defaultPatience.maxDelayMs)).toBe(true);
});

describe('an answer that was lost', () => {
  test('is remembered: "not found" can then mean "done"', async () => {
    await expect(calling([gone(), refusal('NoSuchEntity', 404)]).result).rejects.toMatchObject({
      failure: { kind: 'not-found' },
      mayHaveTakenEffect: true,
    });
  });

  test('and none that was lost: "not found" means just that', async () => {
    await expect(calling([refusal('Throttling'), refusal('NoSuchEntity', 404)]).result).rejects.toMatchObject({
      mayHaveTakenEffect: false,
    });
  });
});

test('an abort ends the waiting', async () => {
  const controller = new AbortController();
  const { result } = calling([refusal('Throttling')], controller.signal);
  controller.abort(aborted());
  await expect(result).rejects.toMatchObject({ failure: { kind: 'aborted' } });
});
