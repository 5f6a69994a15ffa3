import { describe, expect, it } from 'vitest';
import { parsePolicy, policyFaultOf } from '../../src/policy/index.ts';
import { en } from '../../src/words/index.ts';

/** What is said of a policy that is refused. */
function refusalOf(source: unknown): string {
  try {
    parsePolicy(source);
  } catch (error) {
    const fault = policyFaultOf(error);
    if (fault === null) throw error;
    return en.policy.fault(fault);
  }
  return 'not refused';
}

describe('reading a policy', () => {
  it('keeps every element, and one statement need not be in a list', () => {
    const { version, statements } = parsePolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Id: 'x',
        Statement: {
          Sid: 'One',
          Effect: 'Deny',
          NotPrincipal: { AWS: ['111122223333'], Service: 's3.amazonaws.com' },
          NotAction: 's3:*',
          NotResource: ['a', 'b'],
          Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { n: 5 } },
        },
      }),
    );
    expect(version).toBe('2012-10-17');
    expect(statements).toEqual([
      {
        index: 0,
        sid: 'One',
        effect: 'Deny',
        actions: { match: 'all-but', patterns: ['s3:*'] },
        resources: { match: 'all-but', patterns: ['a', 'b'] },
        principals: {
          match: 'all-but',
          principals: [
            { type: 'AWS', value: '111122223333' },
            { type: 'Service', value: 's3.amazonaws.com' },
          ],
        },
        conditions: [
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
          { operator: 'NumericLessThan', key: 'n', values: ['5'] },
        ],
      },
    ]);
  });

  it('a policy without Version is of 2008-10-17, and a principal * is any AWS principal', () => {
    const { version, statements } = parsePolicy({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'a:b' }] });
    expect(version).toBe('2008-10-17');
    expect(statements[0]).toMatchObject({
      sid: null,
      resources: null,
      principals: { match: 'only', principals: [{ type: 'AWS', value: '*' }] },
    });
  });

  const statement = { Effect: 'Deny', Action: '*', Resource: '*' };
  it.each([
    ['no JSON', '{', /^policy: is not JSON/],
    ['a list', [], /^policy: must be an object$/],
    ['no statement', {}, /^Statement: is missing$/],
    ['a strange version', { Version: '2020-01-01', Statement: [] }, /^Version: /],
    ['a stranger at the top', { Statement: [], Statements: [] }, /^Statements: is not an element of a policy$/],
    ['no effect', { Statement: [statement, { Action: '*' }] }, /^Statement\[1\]\.Effect: must be "Allow" or "Deny"$/],
    ['an effect in lower case', { Statement: { ...statement, Effect: 'deny' } }, /^Statement\.Effect: /],
    ['no action', { Statement: [{ Effect: 'Deny' }] }, /^Statement\[0\]\.Action: is missing/],
    [
      'both actions',
      { Statement: [{ ...statement, NotAction: 'x' }] },
      /^Statement\[0\]\.NotAction: cannot be combined with Action$/,
    ],
    ['an element AWS may add one day', { Statement: [{ ...statement, Unless: {} }] }, /^Statement\[0\]\.Unless: /],
    ['a number for a resource list', { Statement: [{ ...statement, Resource: [{}] }] }, /^Statement\[0\]\.Resource: /],
    ['a condition that is a list', { Statement: [{ ...statement, Condition: [] }] }, /^Statement\[0\]\.Condition: /],
    [
      'a condition without keys',
      { Statement: [{ ...statement, Condition: { Bool: 'x' } }] },
      /^Statement\[0\]\.Condition\.Bool: /,
    ],
    ['a Sid that is a number', { Statement: [{ ...statement, Sid: 1 }] }, /^Statement\[0\]\.Sid: /],
    ['a statement that is null', { Statement: [null] }, /^Statement\[0\]: must be an object$/],
  ])('refuses %s and names the place', (_what, source, message) => {
    expect(refusalOf(source)).toMatch(message);
  });

  it('the message is one line, whatever the policy contains', () => {
    const hostile = { Statement: [{ ...statement, 'a\n\u001b[2J\u2028b': 1 }] };
    expect(refusalOf(hostile)).toBe('Statement[0].a [2J b: is not an element of a policy');
  });
});
