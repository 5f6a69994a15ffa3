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
