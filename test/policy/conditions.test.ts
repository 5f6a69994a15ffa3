import { describe, expect, it } from 'vitest';
import { type AccessRequest, evaluatePolicy, parsePolicy } from '../../src/policy/index.ts';
import { policy, request, variable, withCondition } from './fixtures.ts';

type Keys = AccessRequest['keys'];

function holds(condition: object, keys: Keys, rest: Partial<AccessRequest> = {}): boolean | 'unknown' {
  const { effect } = evaluatePolicy(withCondition(condition), request('a:b', '*', keys, rest));
  return effect === 'cannot-tell' ? 'unknown' : effect === 'deny';
}

const present = { k: 'v' };
const absent = {};
const list = { k: ['x', 'y'] };

describe('condition operators', () => {
  it.each<[string, object, Keys, boolean | 'unknown']>([
    ['StringEquals, any of the values', { StringEquals: { k: ['u', 'v'] } }, present, true],
    ['StringEquals minds the case', { StringEquals: { k: 'V' } }, present, false],
    ['StringEquals knows no wildcards', { StringEquals: { k: '*' } }, present, false],
    ['StringEquals without the key', { StringEquals: { k: 'v' } }, absent, false],
    ['StringNotEquals, none of the values', { StringNotEquals: { k: ['u', 'v'] } }, present, false],
    ['StringNotEquals, another value', { StringNotEquals: { k: ['u', 'w'] } }, present, true],
    ['StringNotEquals without the key', { StringNotEquals: { k: 'v' } }, absent, true],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { k: 'V' } }, present, true],
    ['StringNotEqualsIgnoreCase', { StringNotEqualsIgnoreCase: { k: 'V' } }, present, false],
    ['StringLike', { StringLike: { k: 'v*' } }, present, true],
    ['StringNotLike', { StringNotLike: { k: '?' } }, present, false],
    ['StringNotLike without the key', { StringNotLike: { k: '*' } }, absent, true],
    ['key names in any case', { StringEquals: { K: 'v' } }, present, true],
    ['operator names in any case', { stringequals: { k: 'v' } }, present, true],
    ['several keys must all hold', { StringEquals: { k: 'v', l: 'w' } }, present, false],
    ['several operators must all hold', { StringEquals: { k: 'v' }, StringNotEquals: { k: 'v' } }, present, false],
    ['NumericEquals', { NumericEquals: { k: '5' } }, { k: '5.0' }, true],
    ['NumericNotEquals', { NumericNotEquals: { k: 5 } }, { k: '6' }, true],
    ['NumericLessThan', { NumericLessThan: { k: 5 } }, { k: '5' }, false],
    ['NumericLessThanEquals', { NumericLessThanEquals: { k: 5 } }, { k: '5' }, true],
    ['NumericGreaterThan', { NumericGreaterThan: { k: '-1' } }, { k: '0' }, true],
    ['NumericGreaterThanEquals', { NumericGreaterThanEquals: { k: 5 } }, { k: '4.9' }, false],
    ['a number that is none', { NumericLessThan: { k: 'ten' } }, { k: '5' }, 'unknown'],
    ['DateLessThan', { DateLessThan: { k: '2026-01-01T00:00:00Z' } }, { k: '2025-12-31T23:59:59Z' }, true],
    [
      'DateGreaterThan with epoch seconds',
      { DateGreaterThan: { k: '1767225600' } },
      { k: '2026-01-02T00:00:00Z' },
      true,
    ],
    ['DateEquals across forms', { DateEquals: { k: '1767225600' } }, { k: '2026-01-01T00:00:00Z' }, true],
    ['DateNotEquals without the key', { DateNotEquals: { k: '2026-01-01' } }, absent, true],
    ['Bool', { Bool: { k: 'true' } }, { k: 'true' }, true],
    ['Bool written as JSON', { Bool: { k: false } }, { k: 'true' }, false],
    ['Bool without the key', { Bool: { k: 'false' } }, absent, false],
    ['BinaryEquals', { BinaryEquals: { k: 'QmluYXJ5' } }, { k: 'QmluYXJ5' }, true],
    ['IpAddress in a range', { IpAddress: { k: '203.0.113.0/24' } }, { k: '203.0.113.9' }, true],
    ['IpAddress alone', { IpAddress: { k: '203.0.113.9' } }, { k: '203.0.113.10' }, false],
    ['NotIpAddress', { NotIpAddress: { k: ['203.0.113.0/24', '2001:db8::/32'] } }, { k: '2001:db8::1' }, false],
    ['IpAddress of the other family', { IpAddress: { k: '0.0.0.0/0' } }, { k: '::1' }, false],
    ['IpAddress, everything', { IpAddress: { k: '::/0' } }, { k: '::1' }, true],
    ['a range that is none', { IpAddress: { k: '203.0.113.0/33' } }, { k: '203.0.113.9' }, 'unknown'],
    ['ArnLike part by part', { ArnLike: { k: 'arn:*:iam::*:root' } }, { k: 'arn:aws:iam::1:root' }, true],
    ['ArnLike does not run over colons', { ArnLike: { k: 'arn:aws:*:*:*:root' } }, { k: 'arn:aws:iam:root' }, false],
    [
      'ArnEquals matches as ArnLike does',
      { ArnEquals: { k: 'arn:aws:iam::1:role/*' } },
      { k: 'arn:aws:iam::1:role/a:b' },
      true,
    ],
    ['ArnNotLike', { ArnNotLike: { k: 'arn:aws:iam::1:role/*' } }, { k: 'arn:aws:iam::1:user/x' }, true],
    ['ArnNotEquals without the key', { ArnNotEquals: { k: 'arn:aws:iam::1:role/*' } }, absent, true],
    ['ArnLike *', { ArnLike: { k: '*' } }, { k: 'arn:aws:iam::1:root' }, true],
    ['an ARN pattern cut short', { ArnLike: { k: 'arn:aws:iam*' } }, { k: 'arn:aws:iam::1:root' }, 'unknown'],
    ['Null true without the key', { Null: { k: 'true' } }, absent, true],
    ['Null true with the key', { Null: { k: 'true' } }, present, false],
    ['Null false with the key', { Null: { k: false } }, present, true],
    ['Null false without the key', { Null: { k: 'false' } }, absent, false],
    ['an empty list is an absent key', { Null: { k: 'true' } }, { k: [] }, true],
    ['IfExists without the key', { StringEqualsIfExists: { k: 'v' } }, absent, true],
    ['IfExists with the key', { StringEqualsIfExists: { k: 'w' } }, present, false],
    ['BoolIfExists without the key', { BoolIfExists: { k: 'false' } }, absent, true],
    ['StringNotEqualsIfExists', { StringNotEqualsIfExists: { k: 'v' } }, present, false],
    ['ForAllValues, all match', { 'ForAllValues:StringEquals': { k: ['x', 'y', 'z'] } }, list, true],
    ['ForAllValues, one does not', { 'ForAllValues:StringEquals': { k: ['x', 'z'] } }, list, false],
    ['ForAllValues without the key', { 'ForAllValues:StringEquals': { k: 'x' } }, absent, true],
    ['ForAllValues with an empty value', { 'ForAllValues:StringEquals': { k: 'x' } }, { k: '' }, true],
    ['ForAllValues negated', { 'ForAllValues:StringNotEquals': { k: ['x'] } }, list, false],
    ['ForAnyValue, one matches', { 'ForAnyValue:StringLike': { k: ['y*', 'z*'] } }, list, true],
    ['ForAnyValue, none', { 'ForAnyValue:StringEquals': { k: 'z' } }, list, false],
    ['ForAnyValue without the key', { 'ForAnyValue:StringEquals': { k: 'x' } }, absent, false],
    ['ForAnyValue negated', { 'ForAnyValue:StringNotEquals': { k: 'x' } }, list, true],
    ['ForAnyValue negated, all of them listed', { 'ForAnyValue:StringNotEquals': { k: ['x', 'y'] } }, list, false],
    ['ForAnyValue negated without the key', { 'ForAnyValue:StringNotEquals': { k: 'x' } }, absent, false],
    [
      'ForAnyValue with IfExists without the key',
      { 'ForAnyValue:StringEqualsIfExists': { k: 'x' } },
      absent,
      'unknown',
    ],
    ['ForAllValues with IfExists without the key', { 'ForAllValues:StringEqualsIfExists': { k: 'x' } }, absent, true],
    ['a list without a set operator', { StringEquals: { k: 'x' } }, list, 'unknown'],
    ['an unknown operator', { StringResembles: { k: 'v' } }, present, 'unknown'],
    ['an unknown prefix', { 'ForSomeValues:StringEquals': { k: 'v' } }, present, 'unknown'],
    ['Null knows no IfExists', { NullIfExists: { k: 'true' } }, present, 'unknown'],
    ['Null knows no prefix', { 'ForAnyValue:Null': { k: 'true' } }, present, 'unknown'],
    ['a word from JavaScript', { constructor: { k: 'v' } }, present, 'unknown'],
    [
      'an unknown operator beside a false one',
      { StringResembles: { k: 'v' }, Bool: { k: 'true' } },
      { k: 'false' },
      false,
    ],
  ])('%s', (_name, condition, keys, expected) => {
    expect(holds(condition, keys)).toBe(expected);
  });
});

describe('keys that the caller cannot know', () => {
  const elsewhere = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

  it('make the answer unknown and are named', () => {
    const effect = evaluatePolicy(withCondition(elsewhere), request('a:b', '*', {}, { unknownKeys: 'all-others' }));
    expect(effect).toMatchObject({ effect: 'cannot-tell', why: { doubt: 'unknown-value', key: 'aws:SourceIp' } });
  });

  it.each<[string, Partial<AccessRequest>, boolean | 'unknown']>([
    ['complete context: absent', {}, false],
    ['named', { unknownKeys: ['aws:sourceip'] }, 'unknown'],
    ['named by a glob', { unknownKeys: ['aws:Source*'] }, 'unknown'],
    ['another one named', { unknownKeys: ['aws:SourceVpc'] }, false],
    ['all others, but known to be absent', { unknownKeys: 'all-others', absentKeys: ['aws:Source*'] }, false],
  ])('%s', (_name, rest, expected) => {
    expect(holds(elsewhere, {}, rest)).toBe(expected);
  });

  it('even Null and IfExists cannot tell whether an unknown key is there', () => {
    const rest = { unknownKeys: 'all-others' } as const;
    expect(holds({ Null: { k: 'true' } }, {}, rest)).toBe('unknown');
    expect(holds({ StringEqualsIfExists: { k: 'v' } }, {}, rest)).toBe('unknown');
    expect(holds({ StringNotEquals: { k: 'v' } }, {}, rest)).toBe('unknown');
  });

  it('do not matter where another condition is false, or where the action does not match', () => {
    const rest = { unknownKeys: 'all-others' } as const;
    expect(holds({ ...elsewhere, Bool: { b: 'true' } }, { b: 'false' }, rest)).toBe(false);
    const other = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: elsewhere });
    expect(evaluatePolicy(other, request('iam:GetUser', '*', {}, rest)).effect).toBe('none');
  });
});

describe('policy variables', () => {
  const v = variable;
  it.each<[string, string, Keys, boolean]>([
    ['a key', `home/${v('aws:username')}`, { 'aws:username': 'eve', k: 'home/eve' }, true],
    ['a key in another case', v('AWS:USERNAME'), { 'aws:username': 'eve', k: 'eve' }, true],
    ['a value is no pattern', v('aws:username'), { 'aws:username': '*', k: 'anything' }, false],
    ['a value with a star equals itself', v('aws:username'), { 'aws:username': 'a*', k: 'a*' }, true],
    ['a default', v("team, 'none'"), { k: 'none' }, true],
    ['a default not needed', v("team, 'none'"), { team: 'red', k: 'red' }, true],
    ['a default with a brace', v("team, 'a}b'"), { k: 'a}b' }, true],
    ['no value and no default', v('team'), { k: '' }, false],
    ['a literal star', `a${v('*')}`, { k: 'ab' }, false],
    ['a literal star, met', `a${v('*')}`, { k: 'a*' }, true],
    ['a literal question mark', v('?'), { k: '?' }, true],
    ['a literal dollar', v('$'), { k: '$' }, true],
    ['not closed: no variable', '$\u007bteam', { team: 'red', k: '$\u007bteam' }, true],
  ])('%s', (_name, value, keys, expected) => {
    expect(holds({ StringLike: { k: value } }, keys)).toBe(expected);
  });

  it('work in resources, and one without a value matches no resource', () => {
    const own = policy({ Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::home-${v('aws:username')}/*` });
    const ask = (keys: Keys) => evaluatePolicy(own, request('s3:GetObject', 'arn:aws:s3:::home-eve/x', keys)).effect;
    expect(ask({ 'aws:username': 'eve' })).toBe('allow');
    expect(ask({ 'aws:username': 'bob' })).toBe('none');
    expect(ask({})).toBe('none');
  });

  it('are just text in policies of 2008', () => {
    const old = parsePolicy({ Statement: { Effect: 'Deny', Action: '*', Condition: { StringEquals: { k: v('u') } } } });
    expect(evaluatePolicy(old, request('a:b', '*', { u: 'x', k: v('u') })).effect).toBe('deny');
  });

  it('a negated comparison with a variable that has no value cannot be told', () => {
    expect(holds({ StringNotEquals: { k: v('team') } }, { k: 'red' })).toBe('unknown');
  });

  it('a list cannot be a variable', () => {
    expect(holds({ StringEquals: { k: v('l') } }, { l: ['x'], k: 'x' })).toBe(false);
  });
});

describe('why a condition cannot be told', () => {
  const why = (condition: object, keys: Keys, rest: Partial<AccessRequest> = {}) => {
    const effect = evaluatePolicy(withCondition(condition), request('a:b', '*', keys, rest));
    return effect.effect === 'cannot-tell' ? effect.why : effect.effect;
  };

  it.each<[string, object, Keys, object]>([
    ['an operator that is not known', { Odd: { k: 'v' } }, present, { doubt: 'unknown-operator', operator: 'Odd' }],
    [
      'a list without a set operator',
      { StringEquals: { k: 'x' } },
      list,
      { doubt: 'unquantified-list', operator: 'StringEquals', key: 'k' },
    ],
    [
      'IfExists of any value without the key',
      { 'ForAnyValue:StringLikeIfExists': { k: 'x' } },
      absent,
      { doubt: 'undocumented-absence', operator: 'ForAnyValue:StringLikeIfExists', key: 'k' },
    ],
    [
      'Null of what is neither true nor false',
      { Null: { k: 'perhaps' } },
      present,
      { doubt: 'not-boolean', text: 'perhaps' },
    ],
    ['Null of an empty value', { Null: { k: 'true' } }, { k: '' }, { doubt: 'empty-value', key: 'k' }],
    ['Null of empty values', { Null: { k: 'false' } }, { k: ['', ''] }, { doubt: 'empty-value', key: 'k' }],
    ['Bool of what is no boolean', { Bool: { k: 'yes' } }, { k: 'true' }, { doubt: 'not-boolean', text: 'yes' }],
    ['a number that is none', { NumericEquals: { k: 'ten' } }, { k: '5' }, { doubt: 'not-comparable', text: 'ten' }],
    [
      'a value that is no number',
      { NumericEquals: { k: '5' } },
      { k: 'five' },
      { doubt: 'not-comparable', text: 'five' },
    ],
    [
      'a date that is none',
      { DateLessThan: { k: 'soon' } },
      { k: '2026-01-01' },
      { doubt: 'not-comparable', text: 'soon' },
    ],
    [
      'a range that is none',
      { IpAddress: { k: '10.0.0.0/33' } },
      { k: '10.0.0.1' },
      { doubt: 'no-address', text: '10.0.0.0/33' },
    ],
    [
      'an address that is none',
      { IpAddress: { k: '10.0.0.0/8' } },
      { k: 'localhost' },
      { doubt: 'no-address', text: '10.0.0.0/8' },
    ],
    [
      'a short pattern that matches',
      { ArnLike: { k: 'arn:*' } },
      { k: 'arn:aws:iam::1:root' },
      { doubt: 'short-arn', text: 'arn:*' },
    ],
    [
      'a negated variable without a value',
      { StringNotEquals: { k: variable('team') } },
      present,
      { doubt: 'unresolved-variable', key: 'team' },
    ],
  ])('%s', (_name, condition, keys, doubt) => {
    expect(why(condition, keys)).toEqual(doubt);
  });

  it('a variable whose value nobody knows', () => {
    const rest = { unknownKeys: ['team'] };
    for (const operator of ['StringEquals', 'StringNotEquals']) {
      const doubt = { doubt: 'unknown-value', key: 'team' };
      expect(why({ [operator]: { k: variable('team') } }, present, rest)).toEqual(doubt);
    }
  });

  it('the first doubt is told, and none where the condition is certain all the same', () => {
    expect(why({ StringLike: { k: [variable('a'), 'v'] } }, present, { unknownKeys: 'all-others' })).toBe('deny');
    expect(why({ StringNotLike: { k: [variable('a'), 'v'] } }, present, { unknownKeys: 'all-others' })).toBe('none');
    expect(
      why({ StringLike: { k: [variable('a'), variable('b')] } }, present, { unknownKeys: 'all-others' }),
    ).toMatchObject({
      key: 'a',
    });
    expect(why({ StringLike: { k: 'w', a: 'x', b: 'y' } }, present, { unknownKeys: 'all-others' })).toBe('none');
    expect(why({ StringLike: { a: 'x', k: 'v', b: 'y' } }, present, { unknownKeys: 'all-others' })).toMatchObject({
      key: 'a',
    });
  });
});

describe('what an operator compares', () => {
  it.each<[string, object, Keys, boolean | 'unknown']>([
    ['StringNotEqualsIgnoreCase, another value', { StringNotEqualsIgnoreCase: { k: 'w' } }, present, true],
    ['StringNotEqualsIgnoreCase without the key', { StringNotEqualsIgnoreCase: { k: 'w' } }, absent, true],
    ['StringEqualsIgnoreCase, the value in capitals', { StringEqualsIgnoreCase: { k: 'v' } }, { k: 'V' }, true],
    ['StringEqualsIgnoreCase, another value', { StringEqualsIgnoreCase: { k: 'w' } }, present, false],
    ['StringNotLike, another value', { StringNotLike: { k: 'w*' } }, present, true],
    ['StringLike minds the case', { StringLike: { k: 'V*' } }, present, false],
    ['StringLike without the key', { StringLike: { k: '*' } }, absent, false],
    ['ArnLike without the key', { ArnLike: { k: '*' } }, absent, false],
    ['ArnEquals without the key', { ArnEquals: { k: '*' } }, absent, false],
    ['ArnNotLike without the key', { ArnNotLike: { k: '*' } }, absent, true],
    ['ArnNotEquals, the same', { ArnNotEquals: { k: 'arn:aws:iam::1:root' } }, { k: 'arn:aws:iam::1:root' }, false],
    ['ArnLike, another region', { ArnLike: { k: 'arn:aws:sqs:eu-*:1:q' } }, { k: 'arn:aws:sqs:us-east-1:1:q' }, false],
    ['ArnLike, one more component', { ArnLike: { k: 'arn:aws:s3:::a' } }, { k: 'arn:aws:s3:::a:b' }, false],
    [
      'ArnLike, a pattern with a colon in its last component',
      { ArnLike: { k: 'arn:aws:x:::a:*' } },
      { k: 'arn:aws:x:::a:b' },
      true,
    ],
    [
      'ArnLike, a star in the fifth component does not run over',
      { ArnLike: { k: 'arn:aws:x::*:a' } },
      { k: 'arn:aws:x::1:b:a' },
      false,
    ],
    [
      'ArnLike of what is no ARN, however open the pattern',
      { ArnLike: { k: 'arn:*:*:*:*:*' } },
      { k: 'arn:aws' },
      false,
    ],
    ['a pattern of five components', { ArnLike: { k: 'arn:aws:iam::*' } }, { k: 'arn:aws:iam::1:root' }, 'unknown'],
    [
      'ArnLike, a colon in the last component counts',
      { ArnLike: { k: 'arn:aws:x:::a:b' } },
      { k: 'arn:aws:x:::ab' },
      false,
    ],
    ['ArnLike of what is no ARN', { ArnLike: { k: 'arn:aws:iam::1:root' } }, { k: 'root' }, false],
    ['ArnLike, a value cut short', { ArnLike: { k: 'arn:aws:iam::*:*' } }, { k: 'arn:aws:iam::1' }, false],
    ['a short pattern that does not match', { ArnLike: { k: 'arn:aws:s3' } }, { k: 'arn:aws:iam::1:root' }, false],
    [
      'a value with a star in an ARN is no pattern',
      { ArnLike: { k: `arn:aws:iam::1:user/${variable('u')}` } },
      { k: 'arn:aws:iam::1:user/eve', u: '*' },
      false,
    ],
    [
      'a value with a star in an ARN equals itself',
      { ArnLike: { k: `arn:aws:iam::1:user/${variable('u')}` } },
      { k: 'arn:aws:iam::1:user/*', u: '*' },
      true,
    ],
    [
      'a literal star and a wildcard in one component',
      { ArnLike: { k: `arn:aws:iam::1:${variable('u')}/*` } },
      { k: 'arn:aws:iam::1:*/x', u: '*' },
      true,
    ],
    ['Bool in capitals', { Bool: { k: 'TRUE' } }, { k: 'true' }, true],
    ['Bool, the value in capitals', { Bool: { k: 'false' } }, { k: 'False' }, true],
    ['Bool of a value that is no boolean', { Bool: { k: 'true' } }, { k: 'yes' }, false],
    ['BinaryEquals of another value', { BinaryEquals: { k: 'QQ==' } }, { k: 'qq==' }, false],
    ['BinaryEquals without the key', { BinaryEquals: { k: 'QQ==' } }, absent, false],
    ['IpAddress without the key', { IpAddress: { k: '0.0.0.0/0' } }, absent, false],
    ['NotIpAddress without the key', { NotIpAddress: { k: '0.0.0.0/0' } }, absent, true],
    ['NumericEquals, another', { NumericEquals: { k: '5' } }, { k: '5.01' }, false],
    ['NumericEquals without the key', { NumericEquals: { k: '5' } }, absent, false],
    ['NumericNotEquals, the same', { NumericNotEquals: { k: '5' } }, { k: '5' }, false],
    ['NumericNotEquals without the key', { NumericNotEquals: { k: '5' } }, absent, true],
    ['NumericLessThan, less', { NumericLessThan: { k: '5' } }, { k: '4.99' }, true],
    ['NumericLessThanEquals, more', { NumericLessThanEquals: { k: '5' } }, { k: '5.01' }, false],
    ['NumericLessThanEquals, less', { NumericLessThanEquals: { k: '5' } }, { k: '1' }, true],
    ['NumericGreaterThan, the same', { NumericGreaterThan: { k: '5' } }, { k: '5' }, false],
    ['NumericGreaterThanEquals, the same', { NumericGreaterThanEquals: { k: '5' } }, { k: '5' }, true],
    ['NumericGreaterThanEquals, more', { NumericGreaterThanEquals: { k: '5' } }, { k: '50' }, true],
    ['a number with a sign', { NumericEquals: { k: '+5' } }, { k: '5' }, true],
    ['a number without a whole part', { NumericEquals: { k: '.5' } }, { k: '0.5' }, true],
    ['a number without a fraction', { NumericEquals: { k: '5.' } }, { k: '5' }, true],
    ['a number of many digits', { NumericEquals: { k: '12.25' } }, { k: '12.25' }, true],
    ['a number with more behind it', { NumericEquals: { k: '5x' } }, { k: '5' }, 'unknown'],
    ['a number with more before it', { NumericEquals: { k: 'x5' } }, { k: '5' }, 'unknown'],
    ['a number of JavaScript', { NumericEquals: { k: '0x5' } }, { k: '5' }, 'unknown'],
    ['a number with an exponent', { NumericEquals: { k: '5e1' } }, { k: '50' }, 'unknown'],
    ['a number of two places alone', { NumericEquals: { k: '.25' } }, { k: '0.25' }, true],
    ['no number', { NumericEquals: { k: '' } }, { k: '0' }, 'unknown'],
    ['a point alone', { NumericEquals: { k: '.' } }, { k: '0' }, 'unknown'],
    ['DateEquals, another', { DateEquals: { k: '2026-01-01' } }, { k: '2026-01-02' }, false],
    ['DateNotEquals, another', { DateNotEquals: { k: '2026-01-01' } }, { k: '2026-01-02' }, true],
    ['DateLessThanEquals, the same', { DateLessThanEquals: { k: '2026-01-01' } }, { k: '2026-01-01T00:00:00Z' }, true],
    ['DateGreaterThan, the same', { DateGreaterThan: { k: '2026-01-01' } }, { k: '2026-01-01' }, false],
    ['DateGreaterThanEquals, the same', { DateGreaterThanEquals: { k: '2026-01-01' } }, { k: '2026-01-01' }, true],
    ['a year', { DateEquals: { k: '2026' } }, { k: '2026-01-01' }, true],
    ['a month', { DateEquals: { k: '2026-01' } }, { k: '2026-01-01' }, true],
    ['a time with an offset', { DateEquals: { k: '2026-01-01T09:00:00+09:00' } }, { k: '2026-01-01T00:00:00Z' }, true],
    [
      'an offset without its colon',
      { DateEquals: { k: '2026-01-01T09:00:00+0900' } },
      { k: '2026-01-01T00:00:00Z' },
      true,
    ],
    ['a time with thousandths', { DateEquals: { k: '2026-01-01T09:00:00.000Z' } }, { k: '2026-01-01T09:00Z' }, true],
    [
      'a time without an offset means another moment everywhere',
      { DateEquals: { k: '2026-01-01T09:00:00' } },
      { k: '2026-01-01' },
      'unknown',
    ],
    ['a date with more behind it', { DateEquals: { k: '2026-01-01x' } }, { k: '2026-01-01' }, 'unknown'],
    ['a date with more before it', { DateEquals: { k: 'x2026-01-01' } }, { k: '2026-01-01' }, 'unknown'],
    ['seconds with more behind them', { DateEquals: { k: '1767225600x' } }, { k: '2026-01-01' }, 'unknown'],
    ['seconds with more before them', { DateEquals: { k: 'x1767225600' } }, { k: '2026-01-01' }, 'unknown'],
    ['seconds before the epoch', { DateEquals: { k: '-86400' } }, { k: '1969-12-31' }, 'unknown'],
    ['parts of seconds', { DateEquals: { k: '86400.5' } }, { k: '1970-01-02' }, 'unknown'],
    ['a date as people write it', { DateEquals: { k: 'Jan 1 2026' } }, { k: '2026-01-01' }, 'unknown'],
    ['a date as people write it, the year first', { DateEquals: { k: '2026 Jan 1' } }, { k: '2026-01-01' }, 'unknown'],
    ['five digits are seconds', { DateEquals: { k: '86400' } }, { k: '1970-01-02' }, true],
    ['a date of no calendar', { DateEquals: { k: '2026-13-01' } }, { k: '2026-01-01' }, 'unknown'],
  ])('%s', (_name, condition, keys, expected) => {
    expect(holds(condition, keys)).toBe(expected);
  });

  it.each<[string, string, boolean | 'unknown']>([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/9', '10.128.0.0', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['10.0.0.1/32', '10.0.0.0', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.0/8/8', '10.0.0.1', 'unknown'],
    ['10.0.0.0/', '10.0.0.1', 'unknown'],
    ['10.0.0.0/x', '10.0.0.1', 'unknown'],
    ['10.0.0.0/8x', '10.0.0.1', 'unknown'],
    ['10.0.0.0/x8', '10.0.0.1', 'unknown'],
    ['10.0.0.0/0008', '10.0.0.1', 'unknown'],
    ['10.0.0.256', '10.0.0.1', 'unknown'],
    ['10.0.0.255', '10.0.0.255', true],
    ['10.0.0', '10.0.0.1', 'unknown'],
    ['10.0.0.0.0', '10.0.0.1', 'unknown'],
    ['10.0.0.x', '10.0.0.1', 'unknown'],
    ['10.0.0.1x', '10.0.0.1', 'unknown'],
    ['10.0.0.x1', '10.0.0.1', 'unknown'],
    ['10.0.0.', '10.0.0.0', 'unknown'],
    ['10.0.0.-1', '10.0.0.1', 'unknown'],
    ['10.0.0.1e1', '10.0.0.10', 'unknown'],
    ['', '10.0.0.1', 'unknown'],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:DB8::', '2001:db8::', true],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1', true],
    ['::1', '::1', true],
    ['::', '::', true],
    ['::/128', '::1', false],
    ['1::/129', '1::', 'unknown'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:7:8::', '1::', 'unknown'],
    ['1:2:3:4:5:6:7', '1::', 'unknown'],
    ['1:2:3:4:5:6:7:8:9', '1::', 'unknown'],
    ['1::2::3', '1::', 'unknown'],
    ['1:2:3:4::5:6:7:8::9', '1:2:3:4:5:6:7:8', 'unknown'],
    ['1::12345', '1::', 'unknown'],
    ['1::g', '1::', 'unknown'],
    ['1::x1', '1::', 'unknown'],
    ['1::1x', '1::', 'unknown'],
    ['1:::2', '1::', 'unknown'],
    ['::/0', '10.0.0.1', false],
  ])('IpAddress %s and %s: %s', (range, address, expected) => {
    expect(holds({ IpAddress: { k: range } }, { k: address })).toBe(expected);
  });

  it.each<[string, object, Keys, boolean | 'unknown']>([
    ['IfExists, negated, without the key', { StringNotEqualsIfExists: { k: 'v' } }, absent, true],
    ['IfExists in any case', { stringequalsIFEXISTS: { k: 'v' } }, absent, true],
    ['ForAllValues in any case', { 'forallvalues:stringequals': { k: ['x', 'y'] } }, list, true],
    ['ForAnyValue in any case', { 'FORANYVALUE:StringEquals': { k: 'x' } }, list, true],
    ['a prefix alone', { 'ForAnyValue:': { k: 'x' } }, list, 'unknown'],
    ['IfExists alone', { IfExists: { k: 'v' } }, present, 'unknown'],
    ['a colon alone', { ':StringEquals': { k: 'v' } }, present, 'unknown'],
    ['Null in capitals', { NULL: { k: 'TRUE' } }, absent, true],
    ['Null false in capitals', { Null: { k: 'False' } }, present, true],
    ['Null knows no IfExists, without the key either', { NullIfExists: { k: 'true' } }, absent, 'unknown'],
    ['Null of several values: any of them', { Null: { k: ['true', 'false'] } }, present, true],
    ['Null of one value among empty ones', { Null: { k: 'false' } }, { k: ['', 'x'] }, true],
    ['ForAllValues, an empty value among others', { 'ForAllValues:StringEquals': { k: 'x' } }, { k: ['', 'x'] }, true],
    ['ForAllValues, negated, without the key', { 'ForAllValues:StringNotEquals': { k: 'x' } }, absent, true],
    ['ForAnyValue, an empty value', { 'ForAnyValue:StringEquals': { k: '' } }, { k: [''] }, true],
    ['ForAnyValue of a single value', { 'ForAnyValue:StringEquals': { k: 'v' } }, present, true],
  ])('%s', (_name, condition, keys, expected) => {
    expect(holds(condition, keys)).toBe(expected);
  });
});

describe('what a variable is', () => {
  it.each<[string, string, Keys, boolean]>([
    ['blanks around the key', variable(' team '), { team: 'red', k: 'red' }, true],
    ['blanks around the key and a default', variable(" team , 'none'"), { team: 'red', k: 'red' }, true],
    ['a default without blanks', variable("team,'none'"), { k: 'none' }, true],
    ['an empty default', variable("team, ''"), { k: '' }, true],
    ['text before and after', `a-${variable('team')}-b`, { team: 'red', k: 'a-red-b' }, true],
    ['two of them', `${variable('a')}${variable('b')}`, { a: 'x', b: 'y', k: 'xy' }, true],
    ['a literal star behind a value', `${variable('a')}${variable('*')}`, { a: 'x', k: 'xy' }, false],
    ['a literal star behind a value, met', `${variable('a')}${variable('*')}`, { a: 'x', k: 'x*' }, true],
    ['a value with two stars', variable('a'), { a: '**', k: '*x' }, false],
    ['a value with a question mark is no pattern', variable('a'), { a: '?', k: 'x' }, false],
    ['a value with a question mark equals itself', variable('a'), { a: '?', k: '?' }, true],
    ['a wildcard beside a value with a star', `${variable('a')}*`, { a: '*', k: '*x' }, true],
    ['a wildcard before a value with a star', `*${variable('a')}`, { a: '*', k: 'x*' }, true],
    ['a literal question mark, not met', variable('?'), { k: 'x' }, false],
    ['a literal dollar before a brace', `${variable('$')}{a}`, { a: 'x', k: '$\u007ba}' }, true],
    ['a quote without its end is no variable', "$\u007bteam, 'x}", { team: 'red', k: "$\u007bteam, 'x}" }, true],
    [
      'a default without a brace behind it is no variable',
      "$\u007bteam, 'x'",
      { team: 'red', k: "$\u007bteam, 'x'" },
      true,
    ],
    ['a quote behind the variable is text', `${variable('team')}'s`, { team: 'red', k: "red's" }, true],
    ['a dollar alone is text', '$team', { team: 'red', k: '$team' }, true],
    ['only the comma before the default is no part of the key', variable("a,b, 'none'"), { 'a,b': 'x', k: 'x' }, true],
    ['a list has no single value, so the default counts', variable("l, 'none'"), { l: ['x'], k: 'none' }, true],
  ])('%s', (_name, value, keys, expected) => {
    expect(holds({ StringLike: { k: value } }, keys)).toBe(expected);
  });

  it.each<[string, Partial<AccessRequest>, string | object]>([
    ['whose value is known', { keys: { u: 'eve' } }, 'deny'],
    ['whose value is not known', { unknownKeys: ['u'] }, { doubt: 'unknown-value', key: 'u' }],
    ['without a value: which resources are spared nobody can tell', {}, { doubt: 'unresolved-variable', key: 'u' }],
  ])('in NotResource, one %s', (_name, rest, expected) => {
    const others = policy({ Effect: 'Deny', Action: '*', NotResource: `home/${variable('u')}` });
    const effect = evaluatePolicy(others, { action: 'a:b', resource: 'home/bob', keys: {}, ...rest });
    expect(effect.effect === 'cannot-tell' ? effect.why : effect.effect).toEqual(expected);
  });

  it('in Resource, one whose value is not known cannot be told', () => {
    const own = policy({ Effect: 'Deny', Action: '*', Resource: `home/${variable('u')}` });
    const asked = { action: 'a:b', resource: 'home/bob', keys: {}, unknownKeys: 'all-others' } as const;
    expect(evaluatePolicy(own, asked)).toMatchObject({
      effect: 'cannot-tell',
      why: { doubt: 'unknown-value', key: 'u' },
    });
  });
});
