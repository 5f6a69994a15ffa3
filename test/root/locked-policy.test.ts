import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import {
  changePolicy,
  isSamePolicy,
  judgePolicy,
  type PolicyChange,
  type PolicyHolder,
  policyWaitMs,
  requireAbout,
  requireUsablePolicy,
  standingOf,
} from '../../src/root/locked-policy.ts';
import { denied, lost } from '../support/aws-errors.ts';

const holder: PolicyHolder = { name: 'ledger', region: 'eu-west-1', arn: 'arn:aws:s3:::ledger' };
const account = { accountId: '123456789012', partition: 'aws' };
const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((one) => ({ ...statement, ...one })) });
const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::ledger/*' };
const locking = policyOf({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const mild = policyOf({});

/** A holder of a policy whose changes are seen after so many looks; what AWS answers to the change is the test's. */
function holderThat({ holds, seenAfter = 0, answer }: { holds: string | null; seenAfter?: number; answer?: Error }) {
  const order: string[] = [];
  let [shown, pending, looksLeft] = [holds, holds, seenAfter];
  const change = async (what: string, to: string | null): Promise<string> => {
    order.push(what);
    pending = to;
    if (answer !== undefined) throw answer;
    return 'req-1';
  };
  const clock = virtualClock();
  const service = {
    list: async () => [holder],
    find: async () => holder,
    read: async () => {
      if (looksLeft <= 0) shown = pending;
      looksLeft -= 1;
      return shown;
    },
    put: (_holder: PolicyHolder, policy: string) => change('put', policy),
    remove: () => change('remove', null),
  };
  const record = {
    intend: async () => void order.push('intent'),
    answer: async (requestId: string | null, error: Error | null) =>
      void order.push(`answer ${requestId} ${error === null ? 'accepted' : 'refused'}`),
  };
  const run = (asked: PolicyChange, by = service) => changePolicy(by, holder, holds, asked, record, { clock });
  return { order, clock, service, record, run };
}

const remove: PolicyChange = { action: 'delete' };
const put = (policy: string): PolicyChange => ({ action: 'put', policy });

describe('a change of a policy', () => {
  test.each<[PolicyChange, string]>([
    [remove, 'remove'],
    [put(mild), 'put'],
  ])('%j: the intent is written down first, then the change is asked for once', async (change, what) => {
    const { order, run } = holderThat({ holds: locking });
    expect(await run(change)).toBe(true);
    expect(order).toEqual(['intent', what, 'answer req-1 accepted']);
  });

  test('is waited for while AWS still shows the policy of before', async () => {
    const { clock, run } = holderThat({ holds: locking, seenAfter: 3 });
    expect(await run(remove)).toBe(true);
    expect(clock.waits).toHaveLength(3);
  });

  test('that is not seen within a minute was not seen', async () => {
    const { clock, run } = holderThat({ holds: locking, seenAfter: Number.POSITIVE_INFINITY });
    expect(await run(remove)).toBe(false);
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBe(policyWaitMs);
  });

  test.each([
    ['the same in another form', JSON.stringify(JSON.parse(mild), null, 2), true],
    ["in a form of AWS's own", policyOf({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }), true],
    ['the one of before', locking, false],
    ['none', null, false],
  ])('to another policy, of which AWS then shows %s', async (_name, shown, isSeen) => {
    const { service, run } = holderThat({ holds: locking });
    expect(await run(put(mild), { ...service, read: async () => shown })).toBe(isSeen);
  });

  test('to a policy where there was none is seen as soon as there is one', async () => {
    const { service, run } = holderThat({ holds: null });
    expect(await run(put(mild), { ...service, read: async () => locking })).toBe(true);
  });

  test('to the policy that is there already is seen', async () => {
    expect(await holderThat({ holds: mild }).run(put(mild))).toBe(true);
  });

  test('that AWS refuses is no change: the refusal is written down and told, and nothing is waited for', async () => {
    const refusal = denied();
    const { order, clock, run } = holderThat({ holds: locking, answer: refusal });
    await expect(run(remove)).rejects.toBe(refusal);
    expect(order).toEqual(['intent', 'remove', 'answer req-refused refused']);
    expect(clock.waits).toEqual([]);
  });

  test('whose answer was lost is what is seen afterwards', async () => {
    expect(await holderThat({ holds: locking, seenAfter: 2, answer: lost() }).run(remove)).toBe(true);
    const error = lost();
    const { order, run } = holderThat({ holds: locking, seenAfter: Number.POSITIVE_INFINITY, answer: error });
    await expect(run(remove)).rejects.toBe(error);
    expect(order).toEqual(['intent', 'remove', 'answer req-lost refused']);
  });

  test('whose intent cannot be written down is not asked for', async () => {
    const { order, service, clock } = holderThat({ holds: locking });
    const full = new Error('ENOSPC');
    const record = { intend: () => Promise.reject(full), answer: async () => {} };
    await expect(changePolicy(service, holder, locking, remove, record, { clock })).rejects.toBe(full);
    expect(order).toEqual([]);
  });

  test("that a mistake of ours broke is no refusal of AWS's", async () => {
    const { order, run } = holderThat({ holds: locking, answer: new TypeError('x is not a function') });
    await expect(run(remove)).rejects.toThrow(TypeError);
    expect(order).toEqual(['intent', 'remove']);
  });
});

test.each<[string, string | null, string | null, boolean]>([
  ['the same text', 'no JSON', 'no JSON', true],
  ['other space and order', '{"a":1,"b":[2]}', '{ "b": [2], "a": 1 }', true],
  ['other values', '{"a":1}', '{"a":2}', false],
  ['what is no JSON', '{"a":1}', '{"a":1', false],
  ['none, and none', null, null, true],
  ['one, and none', 'null', null, false],
  ['none, and one', null, 'null', false],
])('two policies are one: %s', (_name, left, right, expected) => {
  expect(isSamePolicy(left, right)).toBe(expected);
});

const spaced = (policy: string) => JSON.stringify(JSON.parse(policy), null, 2);
const other = policyOf({ Sid: 'Other' });
test.each<[string, now: string | null, shown: string | null, PolicyChange, ReturnType<typeof standingOf>]>([
  ['the one that was shown', locking, locking, remove, 'as-shown'],
  ['the one that was shown, in another form', spaced(locking), locking, put(mild), 'as-shown'],
  ['the text that was shown and is no policy', '{', '{', remove, 'as-shown'],
  ['none, as was shown', null, null, put(mild), 'as-shown'],
  ['another than was shown', other, locking, remove, 'changed'],
  ['another than was shown, and than is to be put', other, locking, put(mild), 'changed'],
  ['another text that is no policy', '{ ', '{', remove, 'changed'],
  ['gone, where one is to be put', null, locking, put(mild), 'changed'],
  ['there, where none was shown', other, null, put(mild), 'changed'],
  ['gone, as it is to be', null, locking, remove, 'done'],
  ['the one that is to be put', spaced(mild), locking, put(mild), 'done'],
  ['the one that is to be put, where none was shown', mild, null, put(mild), 'done'],
])('just before the change the policy is %s', (_name, now, shown, change, standing) => {
  expect(standingOf(now, shown, change)).toBe(standing);
});

describe('a policy to be put there', () => {
  test('may be as large as AWS takes, in bytes', () => {
    const bytes = Buffer.byteLength(mild);
    expect(requireUsablePolicy(mild, 'p.json', bytes).statements).toHaveLength(1);
    const larger = policyOf({ Sid: '秘密' });
    const [size, sizeMax] = [Buffer.byteLength(larger), Buffer.byteLength(larger) - 1];
    expect(larger.length).toBeLessThanOrEqual(sizeMax);
    expect(() => requireUsablePolicy(larger, 'p.json', sizeMax)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'PolicyTooLarge',
          data: { path: 'p.json', bytes: size, bytesMax: sizeMax },
        }),
      }),
    );
  });

  test.each([
    ['no JSON', '{', {}],
    ['no policy', '{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps"}]}', {}],
    [
      'a statement about nobody',
      policyOf({}, { Principal: undefined }),
      { place: 'Statement[1].Principal', fault: 'no-principal' },
    ],
  ])("is refused before AWS is asked, with the file's name: %s", (_name, text, data) => {
    expect(() => requireUsablePolicy(text, 'p.json', 20_000)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'InvalidPolicy',
          data: expect.objectContaining({ path: 'p.json', ...data }),
        }),
      }),
    );
  });

  test.each<[string, object[], string | null]>([
    ['the bucket', [{ Resource: 'arn:aws:s3:::ledger' }], null],
    ['what is in the bucket', [{ Resource: ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/2025/*'] }], null],
    ['a pattern that holds the bucket', [{ Resource: 'arn:aws:s3:::led*' }], null],
    ['everything', [{ Resource: '*' }], null],
    ['a bucket whose name begins alike', [{ Resource: 'arn:aws:s3:::ledger-old' }], 'Statement[0].Resource'],
    [
      'another one in its last statement',
      [{}, { Resource: ['arn:aws:s3:::ledger', 'arn:aws:s3:::logs/*'] }],
      'Statement[1].Resource',
    ],
    ['nothing at all, which AWS refuses by itself', [{ Resource: undefined }], null],
    ['all but something', [{ Resource: undefined, NotResource: 'arn:aws:s3:::logs' }], null],
  ])('about %s', (_name, statements, place) => {
    const about = () => requireAbout(requireUsablePolicy(policyOf(...statements), 'p.json', 20_000), holder, 'p.json');
    if (place === null) expect(about).not.toThrow();
    else
      expect(about).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            code: 'OtherResource',
            data: expect.objectContaining({ place, holder: 'ledger', arn: holder.arn, path: 'p.json' }),
          }),
        }),
      );
  });
});

test('a statement that locks is marked, one that does not is not, and what is not understood is unsure', () => {
  const judged = judgePolicy(policyOf({ Effect: 'Deny', Action: 's3:*', Resource: '*' }, {}), holder, account);
  expect(judged.map(({ locks }) => locks)).toEqual(['yes', 'no']);
  expect(judgePolicy('{', holder, account)).toMatchObject([
    { index: 0, sid: null, locks: 'unsure', why: { reason: 'not-understood', fault: { place: expect.any(String) } } },
  ]);
});
