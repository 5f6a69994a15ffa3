import {
  DescribeOrganizationalUnitCommand,
  DescribePolicyCommand,
  ListPoliciesForTargetCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { createDenialExplainer, explainDenial, explainDenials, isDeniedInSession } from '../../src/actions/denials.ts';
import { AwsError } from '../../src/aws/failure.ts';
import type { Account } from '../../src/org/account.ts';
import { type Problem, ProblemError, within } from '../../src/problems/index.ts';
import { credentialsTask } from '../../src/root/kinds/index.ts';
import { memberId, organizationOf, pathOf, workloads } from '../org/answers.ts';
import { lost, denied as refusedElsewhere } from '../support/aws-errors.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';

const account = (number: number): Account => ({
  id: memberId(number),
  name: `name-${number}`,
  email: '',
  state: 'ACTIVE',
  path: pathOf(workloads),
  joinedAt: null,
  joinedMethod: null,
});
const organization = organizationOf();
const full = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
const denial = () =>
  new AwsError('GetAccountSummary', {
    kind: 'denied',
    code: 'AccessDenied',
    message: 'no',
    statusCode: 403,
    requestId: 'req-denied',
    effectUnknown: false,
  });
const entryOf = ({ id }: Account, error: Problem | null = denial().problem) => ({ id, error, kept: `of ${id}` });
const blocked = { code: 'AccessDenied', data: { policyId: 'p-deny', policyName: 'name of p-deny', sid: 'NoRoot' } };

/** `p-deny` on the targets given, on top of what allows all; each answer about an account waits to be let go. */
function policies(targets: readonly string[], action = 'iam:*') {
  const { aws, organizations } = mockedAws();
  const waiting: (() => void)[] = [];
  let isHeld = false;
  organizations.on(ListPoliciesForTargetCommand).callsFake(async ({ TargetId }) => {
    if (isHeld && /^\d/u.test(TargetId)) await new Promise<void>((resolve) => waiting.push(resolve));
    const ids = targets.includes(TargetId) ? ['p-full', 'p-deny'] : ['p-full'];
    return { Policies: ids.map((Id) => ({ Id, Name: `name of ${Id}` })) };
  });
  organizations.on(DescribePolicyCommand).callsFake(async ({ PolicyId }) => ({
    Policy: {
      Content:
        PolicyId === 'p-full'
          ? full
          : JSON.stringify({
              Version: '2012-10-17',
              Statement: [{ Sid: 'NoRoot', Effect: 'Deny', Action: action, Resource: '*' }],
            }),
    },
  }));
  organizations.on(DescribeOrganizationalUnitCommand).resolves({ OrganizationalUnit: { Id: workloads, Name: 'W' } });
  return {
    aws,
    organizations,
    waiting,
    hold: () => {
      isHeld = true;
    },
    askedCount: () => organizations.calls().length,
  };
}
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

describe('a denial', () => {
  test('names the policy behind it; the rest of the entry stays', async () => {
    const { aws } = policies([memberId(1)]);
    const [denied, other] = await explainDenials(
      aws,
      organization,
      [entryOf(account(1)), entryOf(account(2), null)],
      [account(1), account(2)],
    );
    expect(denied).toMatchObject({ id: memberId(1), kept: `of ${memberId(1)}`, error: blocked });
    expect(other).toEqual(entryOf(account(2), null));
  });

  test('that no policy explains stays as it is', async () => {
    const { aws } = policies([]);
    const entry = entryOf(account(1));
    expect(await createDenialExplainer(aws, organization)(entry, account(1))).toBe(entry);
  });

  test('of an account that nobody knows the place of stays as it is', async () => {
    const { aws, askedCount } = policies([memberId(1)]);
    const entry = entryOf(account(1));
    expect(await createDenialExplainer(aws, organization)(entry, undefined)).toBe(entry);
    expect(await explainDenials(aws, organization, [entry], [account(2)])).toEqual([entry]);
    expect(askedCount()).toBe(0);
  });

  test('of an account that AWS does not tell the place of stays as it is', async () => {
    const { aws } = policies([memberId(1)]);
    const [entry, nowhere] = [entryOf(account(1)), { ...account(1), path: null }];
    expect(await createDenialExplainer(aws, organization)(entry, nowhere)).toBe(entry);
  });

  test('outside a session, or where nothing was denied, asks for no policy', async () => {
    const { aws, askedCount } = policies([memberId(1)]);
    const entries = [entryOf(account(1), null), entryOf(account(1), refusedElsewhere().problem)];
    expect(await explainDenials(aws, organization, entries, [account(1)])).toBe(entries);
    expect(askedCount()).toBe(0);
  });

  test('where the policies may not be read stays; a mistake of ours is one', async () => {
    const { aws, organizations } = policies([]);
    const entry = entryOf(account(1));
    organizations.on(ListPoliciesForTargetCommand).rejects(refusal('AccessDeniedException'));
    expect(await createDenialExplainer(aws, organization)(entry, account(1))).toBe(entry);
    const mistake = new TypeError('a mistake of ours');
    const broken = { ...aws, organizations: () => Promise.reject(mistake) };
    await expect(createDenialExplainer(broken, organization)(entry, account(1))).rejects.toBe(mistake);
  });

  test('within another problem counts as one', () => {
    const { problem } = denial();
    expect(isDeniedInSession(problem)).toBe(true);
    expect(isDeniedInSession(within('account', ['one'], problem))).toBe(true);
    expect(isDeniedInSession(within('account', ['one'], refusedElsewhere().problem))).toBe(false);
    expect(isDeniedInSession(lost().problem)).toBe(false);
    expect(isDeniedInSession(null)).toBe(false);
  });

  test('is explained by what the caller was about: a policy against another task is not it', async () => {
    const { aws } = policies([memberId(1)], 's3:*');
    const s3 = { task: 's3', bucketArn: 'arn:aws:s3:::a-bucket' } as const;
    const entries = [entryOf(account(1))];
    expect(await explainDenials(aws, organization, entries, [account(1)])).toEqual(entries);
    const [named] = await explainDenials(aws, organization, entries, [account(1)], undefined, [s3]);
    expect(named?.error).toMatchObject({ data: { policyId: 'p-deny' } });
  });
});

describe('the error of a command about one account', () => {
  const explain = (targets: readonly string[], error: unknown) =>
    explainDenial(policies(targets).aws, organization, account(1), error, credentialsTask());

  test('names the policy, and keeps AWS’s own error as its cause', async () => {
    const error = denial();
    const explained = await explain([memberId(1)], error);
    expect(explained).toBeInstanceOf(ProblemError);
    expect(explained).not.toBeInstanceOf(AwsError);
    expect(explained).toMatchObject({ problem: blocked, cause: error });
  });

  test.each<[string, unknown]>([
    ['a denial that no policy explains', denial()],
    ['a refusal outside the session', refusedElsewhere()],
    ['no answer of AWS’s', new Error('something else')],
  ])('is the same error for %s', async (_name, error) => {
    expect(await explain([], error)).toBe(error);
  });
});

test('eight accounts are looked at at once, the others in the order in which they came, and so it stays', async () => {
  const { aws, organizations, hold, waiting } = policies([memberId(30)]);
  const explain = createDenialExplainer(aws, organization);
  await explain(entryOf(account(99)), account(99)); // what is above them all is known from here on
  organizations.resetHistory();
  hold();
  const targets = () =>
    organizations.commandCalls(ListPoliciesForTargetCommand).map(({ args: [{ input }] }) => input.TargetId);
  for (const numbers of [
    Array.from({ length: 11 }, (_, index) => index + 1),
    [...Array(10).keys()].map((n) => n + 21),
  ]) {
    organizations.resetHistory();
    const all = Promise.all(numbers.map((number) => explain(entryOf(account(number)), account(number))));
    await settled();
    expect(targets()).toEqual(numbers.slice(0, 8).map(memberId));
    waiting.shift()?.();
    await settled();
    expect(targets()).toEqual(numbers.slice(0, 9).map(memberId));
    while (waiting.length > 0) {
      waiting.shift()?.();
      await settled();
    }
    expect(targets()).toEqual(numbers.map(memberId));
    const entries = await all;
    expect(entries.map(({ id }) => id)).toEqual(numbers.map(memberId));
    if (numbers.includes(30)) expect(entries.find(({ id }) => id === memberId(30))?.error).toMatchObject(blocked);
  }
});
