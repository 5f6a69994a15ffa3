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

describe('why a policy is not understood', () => {
  const statement = { Effect: 'Deny', Action: '*', Resource: '*' };
  const faultOf = (source: unknown) => {
    try {
      parsePolicy(source);
    } catch (error) {
      return policyFaultOf(error);
    }
    return 'understood';
  };
  const inStatement = (more: object) => ({ Statement: [{ ...statement, ...more }] });

  it.each<[string, unknown, string, string, string]>([
    ['a number', 5, 'policy', 'no-object', ''],
    ['null', null, 'policy', 'no-object', ''],
    ['a list', [], 'policy', 'no-object', ''],
    ['JSON of something else', '"x"', 'policy', 'no-object', ''],
    ['another version', { Version: '2020-01-01', Statement: [] }, 'Version', 'no-version', ''],
    ['no statement', { Version: '2012-10-17' }, 'Statement', 'missing', ''],
    ['a stranger', { Statement: [], Comment: '' }, 'Comment', 'no-element', ''],
    ['a statement that is text', { Statement: 'x' }, 'Statement', 'no-object', ''],
    [
      'a stranger in the only statement',
      { Statement: { ...statement, Comment: '' } },
      'Statement.Comment',
      'no-element',
      '',
    ],
    [
      'a stranger in the second statement',
      { Statement: [statement, { ...statement, Comment: '' }] },
      'Statement[1].Comment',
      'no-element',
      '',
    ],
    ['a Sid that is a number', inStatement({ Sid: 1 }), 'Statement[0].Sid', 'no-string', ''],
    ['no action', { Statement: [{ Effect: 'Deny' }] }, 'Statement[0].Action', 'missing-with-negation', ''],
    ['an effect that is none', inStatement({ Effect: 'Maybe' }), 'Statement[0].Effect', 'no-effect', ''],
    ['both resources', inStatement({ NotResource: '*' }), 'Statement[0].NotResource', 'beside-negation', 'Resource'],
    [
      'both principals',
      inStatement({ Principal: '*', NotPrincipal: '*' }),
      'Statement[0].NotPrincipal',
      'beside-negation',
      'Principal',
    ],
    ['an action that is null', inStatement({ Action: null }), 'Statement[0].Action', 'no-strings', ''],
    [
      'a negated action that is no text',
      { Statement: [{ Effect: 'Deny', NotAction: [{}] }] },
      'Statement[0].NotAction',
      'no-strings',
      '',
    ],
    ['a principal that is a list', inStatement({ Principal: ['*'] }), 'Statement[0].Principal', 'no-object', ''],
    ['a principal that is text', inStatement({ NotPrincipal: 'x' }), 'Statement[0].NotPrincipal', 'no-object', ''],
    [
      'a principal whose value is an object',
      inStatement({ Principal: { AWS: {} } }),
      'Statement[0].Principal.AWS',
      'no-strings',
      '',
    ],
    ['a condition that is null', inStatement({ Condition: null }), 'Statement[0].Condition', 'no-object', ''],
    [
      'a condition without keys',
      inStatement({ Condition: { Bool: 'x' } }),
      'Statement[0].Condition.Bool',
      'no-object',
      '',
    ],
    [
      'a condition whose value is an object',
      inStatement({ Condition: { Bool: { k: {} } } }),
      'Statement[0].Condition.Bool.k',
      'no-strings',
      '',
    ],
  ])('%s', (_what, source, place, fault, about) => {
    expect(faultOf(source)).toEqual({ place, fault, about });
  });

  it('text that is no JSON says what the parser said', () => {
    expect(faultOf('{')).toMatchObject({ place: 'policy', fault: 'not-json', about: expect.stringMatching(/JSON/u) });
  });

  it('another error is none of a policy', () => {
    expect(policyFaultOf(new Error('x'))).toBeNull();
    expect(policyFaultOf(null)).toBeNull();
  });

  it('a place is one line, whatever stands in it', () => {
    expect(faultOf({ Statement: [], 'a\r\n\u001b\u2028\u2029b': 1 })).toMatchObject({ place: 'a b' });
    expect(faultOf({ Statement: [], 'a\u0007b\u200bc': 1 })).toMatchObject({ place: 'a b c' });
  });
});

describe('what a policy may leave out or write otherwise', () => {
  const only = (statement: object) => parsePolicy({ Statement: statement }).statements[0];

  it('takes every element that AWS documents', () => {
    expect(
      only({
        Sid: '',
        Effect: 'Allow',
        Principal: { AWS: ['a', 'b'] },
        Action: ['x', 'y'],
        Resource: 'r',
        Condition: {},
      }),
    ).toEqual({
      index: 0,
      sid: '',
      effect: 'Allow',
      actions: { match: 'only', patterns: ['x', 'y'] },
      resources: { match: 'only', patterns: ['r'] },
      principals: {
        match: 'only',
        principals: [
          { type: 'AWS', value: 'a' },
          { type: 'AWS', value: 'b' },
        ],
      },
      conditions: [],
    });
  });

  it('says nothing of principals, resources and conditions where there are none', () => {
    expect(only({ Effect: 'Deny', NotAction: 'x' })).toEqual({
      index: 0,
      sid: null,
      effect: 'Deny',
      actions: { match: 'all-but', patterns: ['x'] },
      resources: null,
      principals: null,
      conditions: [],
    });
  });

  it('takes nobody but everybody for NotPrincipal *', () => {
    expect(only({ Effect: 'Deny', NotPrincipal: '*', Action: 'x' })?.principals).toEqual({
      match: 'all-but',
      principals: [{ type: 'AWS', value: '*' }],
    });
  });

  it('counts statements, and keeps the version that is written', () => {
    const two = parsePolicy({
      Version: '2008-10-17',
      Statement: [
        { Effect: 'Deny', Action: 'a' },
        { Effect: 'Allow', Action: 'b' },
      ],
    });
    expect([two.version, two.statements.map(({ index }) => index)]).toEqual(['2008-10-17', [0, 1]]);
    expect(parsePolicy({ Statement: [] }).statements).toEqual([]);
  });

  it('takes booleans and numbers by their spelling, in lists as well', () => {
    expect(
      only({ Effect: 'Deny', Action: 'x', Condition: { Bool: { k: [true, 'false'] }, NumericEquals: { n: [1, 2.5] } } })
        ?.conditions,
    ).toEqual([
      { operator: 'Bool', key: 'k', values: ['true', 'false'] },
      { operator: 'NumericEquals', key: 'n', values: ['1', '2.5'] },
    ]);
  });

  it('knows no element by what every object inherits', () => {
    expect(policyFaultOf(refusalThrownBy(() => only({ Effect: 'Deny', Action: 'x', toString: 'y' })))).toMatchObject({
      place: 'Statement.toString',
      fault: 'no-element',
    });
  });
});

function refusalThrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return null;
}
