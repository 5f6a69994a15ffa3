import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateScps, type PolicyDocument } from '../../src/policy/index.ts';
import { holds } from '../support/properties.ts';
import { type Attached, fullAccess, levels, policy, request } from './fixtures.ts';

const asked = request('iam:GetUser', '*');
const denyIam = policy({ Sid: 'NoIam', Effect: 'Deny', Action: 'iam:*', Resource: '*' });
const strange = policy({
  Sid: 'Odd',
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { StringResembles: { k: 'v' } },
});
const allowList = policy({ Effect: 'Allow', Action: ['iam:Get*', 's3:*'], Resource: '*' });

describe('service control policies', () => {
  it.each<[string, Attached, string]>([
    ['FullAWSAccess everywhere', {}, 'clear'],
    ['FullAWSAccess missing at the root', { root: {} }, 'blocked'],
    ['FullAWSAccess missing at a unit', { ou: {} }, 'blocked'],
    ['FullAWSAccess missing at the account', { account: {} }, 'blocked'],
    ['an allow-list that has the action', { ou: { allowList } }, 'clear'],
    [
      'an allow-list that lacks it',
      { ou: { storage: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) } },
      'blocked',
    ],
    ['a denial beside FullAWSAccess', { ou: { fullAccess, denyIam } }, 'blocked'],
    [
      'a denial alone allows nothing',
      { ou: { denyS3: policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }) } },
      'blocked',
    ],
    [
      'two policies of one level add up',
      { ou: { s3: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), allowList } },
      'clear',
    ],
    ['an unknown operator', { root: { fullAccess, strange } }, 'cannot-tell'],
    [
      'an unknown operator above a denial',
      { root: { fullAccess, strange }, account: { fullAccess, denyIam } },
      'blocked',
    ],
    ['an unknown operator above a missing allow', { root: { fullAccess, strange }, account: {} }, 'blocked'],
    [
      'an allowance that depends on an unknown operator',
      { ou: { maybe: policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Odd: { k: 'v' } } }) } },
      'cannot-tell',
    ],
  ])('%s', (_name, attached, verdict) => {
    expect(evaluateScps(levels(attached), asked).verdict).toBe(verdict);
  });

  it('no levels at all, as for the management account, block nothing', () => {
    expect(evaluateScps([], asked)).toEqual({ verdict: 'clear' });
  });

  it('a denial names its policy, statement and target', () => {
    expect(evaluateScps(levels({ ou: { fullAccess, denyIam } }), asked)).toEqual({
      verdict: 'blocked',
      because: 'explicit-deny',
      policy: { id: 'p-denyIam', name: 'denyIam' },
      sid: 'NoIam',
      target: { id: 'ou-ab12-workload', name: 'Workloads', kind: 'ou' },
    });
  });

  it('a missing allow names the level, and no policy, since none is to blame', () => {
    expect(evaluateScps(levels({ ou: {} }), asked)).toMatchObject({
      because: 'no-allow',
      policy: null,
      sid: null,
      target: { id: 'ou-ab12-workload' },
    });
  });

  it('a policy that could not be read cannot be told, unless another one denies', () => {
    const [root, ou, account] = levels({ account: { fullAccess, denyIam } });
    const why = { unreadable: 'denied', operation: 'organizations:DescribePolicy' } as const;
    const unread = { id: 'p-x', name: 'x', document: why };
    if (root === undefined || ou === undefined || account === undefined) throw new Error('three levels');
    const mixed = { ...ou, policies: [...ou.policies, unread] };
    expect(evaluateScps([root, mixed], asked)).toEqual({
      verdict: 'cannot-tell',
      why,
      policy: { id: 'p-x', name: 'x' },
      sid: null,
      target: ou.target,
    });
    expect(evaluateScps([root, { ...ou, policies: [unread] }], asked).verdict).toBe('cannot-tell');
    expect(evaluateScps([root, mixed, account], asked).verdict).toBe('blocked');
  });
});

const document = fc.constantFrom<PolicyDocument>(
  fullAccess,
  denyIam,
  allowList,
  policy({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }),
  policy({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { b: 'true' } } }),
  policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { k: 'v' } } }),
);
const attached = fc.array(document, { maxLength: 3 }).map((documents) => Object.fromEntries(documents.entries()));
const everywhere = fc.record({ root: attached, ou: attached, account: attached });
const requests = fc
  .record({
    action: fc.constantFrom('iam:GetUser', 'iam:DeleteAccessKey', 's3:ListBucket'),
    b: fc.constantFrom('true', 'false'),
  })
  .map(({ action, b }) => request(action, '*', { b, k: 'v' }));

describe('laws', () => {
  const openness = { blocked: 0, 'cannot-tell': 1, clear: 2 } as const;

  it('a denial more never lets more through', async () => {
    await holds(
      fc.property(everywhere, requests, fc.constantFrom('iam:*', '*', 's3:*'), (organization, call, Action) => {
        const more = { ...organization.ou, extra: policy({ Effect: 'Deny', Action, Resource: '*' }) };
        const before = evaluateScps(levels(organization), call).verdict;
        const after = evaluateScps(levels({ ...organization, ou: more }), call).verdict;
        expect(openness[after]).toBeLessThanOrEqual(openness[before]);
      }),
      100,
    );
  });

  it('a denial with an operator that is not known never leaves the answer clear', async () => {
    await holds(
      fc.property(everywhere, requests, fc.constantFrom('root', 'ou', 'account'), (organization, call, level) => {
        const doubtful = { ...organization, [level]: { ...organization[level], strange } };
        expect(evaluateScps(levels(doubtful), call).verdict).not.toBe('clear');
      }),
      100,
    );
  });

  it('a level more never lets more through', async () => {
    await holds(
      fc.property(everywhere, requests, (organization, call) => {
        const all = levels(organization);
        const before = evaluateScps(all.slice(0, 2), call).verdict;
        expect(openness[evaluateScps(all, call).verdict]).toBeLessThanOrEqual(openness[before]);
      }),
      100,
    );
  });
});
