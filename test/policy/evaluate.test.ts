import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePolicy, parsePolicy } from '../../src/policy/index.ts';
import { holds } from '../support/properties.ts';
import { policy, request, rootArn } from './fixtures.ts';

const ask = (document: ReturnType<typeof policy>, action = 'iam:GetUser', resource = rootArn) =>
  evaluatePolicy(document, request(action, resource)).effect;

describe('one policy', () => {
  it.each<[string, object, string, string, string]>([
    ['action in any case', { Effect: 'Allow', Action: 'IAM:getuser', Resource: '*' }, 'iam:GetUser', '*', 'allow'],
    ['action globs', { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' }, 'iam:GetUser', '*', 'allow'],
    ['action with ?', { Effect: 'Allow', Action: 'iam:Get?ser', Resource: '*' }, 'iam:GetUser', '*', 'allow'],
    ['another action', { Effect: 'Allow', Action: 'iam:List*', Resource: '*' }, 'iam:GetUser', '*', 'none'],
    [
      'NotAction spares what it lists',
      { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' },
      'iam:GetUser',
      '*',
      'none',
    ],
    ['NotAction covers all else', { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }, 's3:ListBucket', '*', 'deny'],
    ['a resource', { Effect: 'Deny', Action: '*', Resource: 'arn:aws:iam::*:root' }, 'iam:GetUser', rootArn, 'deny'],
    [
      'resources mind the case',
      { Effect: 'Deny', Action: '*', Resource: 'ARN:aws:iam::*:root' },
      'iam:GetUser',
      rootArn,
      'none',
    ],
    [
      'a star runs over colons',
      { Effect: 'Deny', Action: '*', Resource: 'arn:aws:iam*' },
      'iam:GetUser',
      rootArn,
      'deny',
    ],
    [
      'an action without resource needs *',
      { Effect: 'Allow', Action: '*', Resource: rootArn },
      'iam:GetAccountSummary',
      '*',
      'none',
    ],
    [
      'NotResource spares what it lists',
      { Effect: 'Deny', Action: '*', NotResource: rootArn },
      'iam:GetUser',
      rootArn,
      'none',
    ],
    ['NotResource covers all else', { Effect: 'Deny', Action: '*', NotResource: rootArn }, 'iam:GetUser', '*', 'deny'],
  ])('%s', (_name, statement, action, resource, expected) => {
    expect(ask(policy(statement), action, resource)).toBe(expected);
  });

  it('an explicit deny wins wherever it stands, and is the statement that is named', () => {
    const allow = { Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' };
    const deny = { Sid: 'D', Effect: 'Deny', Action: 'iam:*', Resource: '*' };
    for (const document of [policy(allow, deny), policy(deny, allow)]) {
      expect(evaluatePolicy(document, request('iam:GetUser', '*'))).toMatchObject({
        effect: 'deny',
        statement: { sid: 'D' },
      });
    }
    expect(ask(policy(allow, deny), 's3:ListBucket')).toBe('allow');
  });

  const strange = { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringResembles: { k: 'v' } } };
  it('an unknown operator in a denial cannot be told, unless another statement denies outright', () => {
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
    expect(evaluatePolicy(policy(allow, strange), request('a:b', '*'))).toMatchObject({
      effect: 'cannot-tell',
      statement: { index: 1 },
      why: { doubt: 'unknown-operator', operator: 'StringResembles' },
    });
    expect(ask(policy(allow, strange, { Effect: 'Deny', Action: '*', Resource: '*' }))).toBe('deny');
  });

  it('an unknown operator in an allowance does not matter where another statement allows', () => {
    const maybe = { ...strange, Effect: 'Allow' };
    expect(ask(policy(maybe))).toBe('cannot-tell');
    expect(ask(policy(maybe, { Effect: 'Allow', Action: '*', Resource: '*' }))).toBe('allow');
  });
});

describe('principals', () => {
  const keys = { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a', 'aws:PrincipalAccount': '111122223333' };
  const deny = (principal: object) =>
    evaluatePolicy(parsePolicy({ Statement: { Effect: 'Deny', Action: '*', ...principal } }), request('a:b', '*', keys))
      .effect;

  it.each<[string, object, string]>([
    ['everybody', { Principal: '*' }, 'deny'],
    ['everybody, long', { Principal: { AWS: '*' } }, 'deny'],
    ['the account by number', { Principal: { AWS: '111122223333' } }, 'deny'],
    ['the account by its root', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, 'deny'],
    ['another account', { Principal: { AWS: '444455556666' } }, 'none'],
    ['the role', { Principal: { AWS: ['arn:aws:iam::111122223333:role/a'] } }, 'deny'],
    ['another role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/b' } }, 'none'],
    ['a service', { Principal: { Service: 's3.amazonaws.com' } }, 'none'],
    ['a service that is called like everybody', { Principal: { Service: '*' } }, 'none'],
    ['a service that is called like the account', { Principal: { Service: '111122223333' } }, 'none'],
    ['what only ends like the account', { Principal: { AWS: 'arn:aws:sts::111122223333' } }, 'none'],
    ['the root of the account elsewhere', { Principal: { AWS: 'arn:aws-us-gov:iam::111122223333:root' } }, 'deny'],
    ['all but the role', { NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/a' } }, 'none'],
    ['all but another', { NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/b' } }, 'deny'],
    ['a type that is not known', { Principal: { CanonicalUser: 'abc' } }, 'cannot-tell'],
    ['a type from JavaScript', { Principal: { constructor: 'abc' } }, 'cannot-tell'],
  ])('%s: %j', (_name, principal, expected) => {
    expect(deny(principal)).toBe(expected);
  });
});

describe('a principal that cannot be told', () => {
  const why = (principal: object, rest: object) => {
    const document = parsePolicy({ Statement: { Effect: 'Deny', Action: '*', ...principal } });
    const effect = evaluatePolicy(document, request('a:b', '*', {}, rest));
    return effect.effect === 'cannot-tell' ? effect.why : effect.effect;
  };

  it.each<[string, object, object]>([
    ['a type that is not known', { CanonicalUser: 'abc' }, { doubt: 'unknown-principal-type', type: 'CanonicalUser' }],
    [
      'a caller that is not known',
      { AWS: 'arn:aws:iam::111122223333:role/a' },
      { doubt: 'unknown-value', key: 'aws:PrincipalArn' },
    ],
    ['an account that is not known', { AWS: '111122223333' }, { doubt: 'unknown-value', key: 'aws:PrincipalAccount' }],
    [
      'a service that is not known',
      { Service: 's3.amazonaws.com' },
      { doubt: 'unknown-value', key: 'aws:PrincipalServiceName' },
    ],
    ['a provider that is not known', { Federated: 'x' }, { doubt: 'unknown-value', key: 'aws:FederatedProvider' }],
  ])('%s', (_what, principal, doubt) => {
    expect(why({ Principal: principal }, { unknownKeys: 'all-others' })).toEqual(doubt);
    expect(why({ NotPrincipal: principal }, { unknownKeys: 'all-others' })).toEqual(doubt);
  });

  it('another resource is spared whoever calls', () => {
    expect(why({ Principal: { CanonicalUser: 'abc' }, Resource: 'other' }, {})).toBe('none');
  });
});

const pattern = fc.constantFrom('*', 'iam:*', 'iam:Get*', 's3:*', 'iam:GetUser');
const condition = fc.constantFrom(
  {},
  { Bool: { b: 'true' } },
  { StringNotEquals: { k: 'v' } },
  { StringEqualsIfExists: { absent: 'x' } },
  { Strange: { k: 'v' } },
);
const statement = fc
  .record({ Effect: fc.constantFrom('Allow', 'Deny'), negate: fc.boolean(), pattern, condition })
  .map(({ Effect, negate, pattern: Action, condition: Condition }) => ({
    Effect,
    [negate ? 'NotAction' : 'Action']: Action,
    Resource: '*',
    Condition,
  }));
const anyRequest = fc
  .record({
    action: fc.constantFrom('iam:GetUser', 'iam:DeleteAccessKey', 's3:ListBucket'),
    b: fc.constantFrom('true', 'false'),
  })
  .map(({ action, b }) => request(action, '*', { b, k: 'v' }));

describe('laws', () => {
  const generosity = { deny: 0, none: 1, 'cannot-tell': 1, allow: 2 } as const;

  it('adding a denial never allows more', async () => {
    await holds(
      fc.property(fc.array(statement, { maxLength: 4 }), statement, anyRequest, (statements, added, asked) => {
        const before = evaluatePolicy(policy(...statements), asked).effect;
        const after = evaluatePolicy(policy(...statements, { ...added, Effect: 'Deny' }), asked).effect;
        expect(generosity[after]).toBeLessThanOrEqual(generosity[before]);
      }),
      100,
    );
  });

  it('the order of the statements does not change the effect', async () => {
    await holds(
      fc.property(fc.array(statement, { maxLength: 4 }), anyRequest, (statements, asked) => {
        expect(evaluatePolicy(policy(...statements.toReversed()), asked).effect).toBe(
          evaluatePolicy(policy(...statements), asked).effect,
        );
      }),
      100,
    );
  });
});
