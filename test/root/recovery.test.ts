import { expect, test } from 'vitest';
import { defaults } from '../../src/actions/defaults.ts';
import { AwsError } from '../../src/aws/failure.ts';
import { allowRecovery, hasLoginProfile } from '../../src/root/recovery.ts';
import type { RootSession } from '../../src/root/session.ts';
import { denied, lost, refused } from '../support/aws-errors.ts';
import { mockedAws, mockedSession } from '../support/mocked-aws.ts';

type Answer = object | Error;
const accepted = { $metadata: { requestId: 'req-accepted' } };
const profile = { LoginProfile: { CreateDate: new Date(0) } };
const gone = (): AwsError => refused('not-found', 'NoSuchEntity', { statusCode: 404 });
const exists = (): AwsError => refused('other', 'EntityAlreadyExists', { statusCode: 409 });
/** Told only after an earlier try of the same call was lost: that one may be what made it. */
const existsAfterLoss = (): AwsError => new AwsError('CreateLoginProfile', exists().failure, undefined, true);

/** A session that gives these answers, each operation its own, and keeps what it was asked. */
async function sessionThat(answers: { readonly create?: Answer; readonly look?: Answer | readonly Answer[] }) {
  const { aws, clock } = mockedAws();
  const asked: string[] = [];
  const looks = answers.look === undefined ? [] : [answers.look].flat();
  const ask = async (command: object) => {
    const operation = command.constructor.name.replace(/Command$/u, '');
    asked.push(operation);
    const answer = operation === 'CreateLoginProfile' ? answers.create : looks.length > 1 ? looks.shift() : looks[0];
    if (answer === undefined) throw new Error(`nobody expected ${operation}`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const session: RootSession = { ...(await mockedSession(aws, clock)), ask: ask as RootSession['ask'] };
  return { asked, session, clock };
}

test.each<[string, Answer, boolean]>([
  ['an answer', profile, true],
  ['AWS says that there is none', gone(), false],
])('whether there is a password or a way to set one: %s', async (_name, look, expected) => {
  expect(await hasLoginProfile((await sessionThat({ look })).session)).toBe(expected);
});

test.each<[string, Error]>([
  ['denied', denied()],
  ['lost', lost()],
  ['a mistake of ours', new TypeError('x is not a function')],
])('a look that was %s does not say that there is none', async (_name, look) => {
  await expect(hasLoginProfile((await sessionThat({ look })).session)).rejects.toBe(look);
});

const create = 'CreateLoginProfile';
const look = 'GetLoginProfile';
test.each<[string, { create: Answer; look?: Answer | Answer[] }, object, string[]]>([
  ['AWS agrees', { create: accepted }, { outcome: 'allowed', requestId: 'req-accepted' }, [create]],
  ['AWS agrees without a request id', { create: { $metadata: {} } }, { outcome: 'allowed', requestId: null }, [create]],
  ['there is one', { create: exists() }, { outcome: 'already-allowed', requestId: 'req-refused' }, [create]],
  [
    'there is one after a try of ours that was lost: it is ours',
    { create: existsAfterLoss() },
    { outcome: 'allowed', requestId: 'req-refused' },
    [create],
  ],
  ['AWS refuses', { create: denied() }, { outcome: 'failed' }, [create]],
  [
    'the answer was lost, and it is there',
    { create: lost(), look: profile },
    { outcome: 'allowed', requestId: 'req-lost' },
    [create, look],
  ],
  [
    'the answer was lost, and it is there late, as IAM shows what changed',
    { create: lost(), look: [gone(), gone(), profile] },
    { outcome: 'allowed', requestId: 'req-lost' },
    [create, look, look, look],
  ],
  [
    'the answer was lost, it is not there, and then nobody may look',
    { create: lost(), look: [gone(), denied()] },
    { outcome: 'unverified', error: { failure: { requestId: 'req-lost' } } },
    [create, look, look],
  ],
  [
    'the answer was lost, and nobody may look',
    { create: lost(), look: denied() },
    { outcome: 'unverified', error: { failure: { requestId: 'req-lost' } } },
    [create, look],
  ],
])('a recovery is asked for: %s', async (_name, answers, expected, calls) => {
  const { asked, session, clock } = await sessionThat(answers);
  expect(await allowRecovery(session, async () => {}, { clock })).toMatchObject(expected);
  expect(asked).toEqual(calls);
});

test('after an answer that was lost it is looked for as long as for a deletion', async () => {
  const { session, clock } = await sessionThat({ create: lost(), look: gone() });
  expect(await allowRecovery(session, async () => {}, { clock })).toMatchObject({
    outcome: 'unverified',
    error: { failure: { requestId: 'req-lost' } },
  });
  expect(clock.monotonicMs()).toBe(defaults.wait.ms);
});

test('an intent that cannot be written down is the end: AWS is not asked', async () => {
  const { asked, session, clock } = await sessionThat({ create: accepted });
  const full = new Error('ENOSPC');
  await expect(allowRecovery(session, () => Promise.reject(full), { clock })).rejects.toBe(full);
  expect(asked).toEqual([]);
});

test.each([
  ['the request', {}],
  ['the look after a lost answer', { create: lost() }],
])('a mistake of ours in %s is no outcome', async (_name, answers) => {
  const { session, clock } = await sessionThat(answers);
  await expect(allowRecovery(session, async () => {}, { clock })).rejects.toThrow('nobody expected');
});
