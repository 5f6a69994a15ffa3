import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/failure.ts';
import type { AccountCredentials, CredentialKindName } from '../../src/documents/index.ts';
import { isAccountId } from '../../src/org/account.ts';
import type { Inventory } from '../../src/root/inventory.ts';
import { planRemoval } from '../../src/root/planning.ts';
import { english } from '../support/speech.ts';

const nowMs = Date.parse('2026-01-31T09:30:00.000Z');
const id = '200000000001';
if (!isAccountId(id)) throw new Error('not an id');
const account = {
  id,
  name: 'payments',
  email: '',
  state: 'ACTIVE',
  path: null,
  joinedAt: null,
  joinedMethod: null,
} as const;

const none: AccountCredentials = {
  loginProfile: { present: false, createdAt: null, lastUsedAt: null },
  accessKeys: [],
  mfaDevices: [],
  signingCertificates: [],
};
const key = (lastUsedAt: string | null) =>
  ({
    id: 'AKIA1',
    status: 'Active',
    createdAt: null,
    lastUsedAt,
    lastUsedService: null,
    lastUsedRegion: null,
  }) as const;
const withPassword = { loginProfile: { present: true, createdAt: null, lastUsedAt: null } };
const withDevice = { mfaDevices: [{ serialNumber: 'm', type: 'virtual', enabledAt: null }] } as const;
const withKey = { accessKeys: [key(null)] };
const withCertificate = { signingCertificates: [{ id: 'c', status: 'Active', uploadedAt: null }] } as const;
const denied = new AwsError('ListAccessKeys', {
  kind: 'denied',
  code: 'AccessDenied',
  message: 'no',
  statusCode: 403,
  requestId: null,
  effectUnknown: false,
});

const inventory = (credentials: Partial<AccountCredentials>, more: Partial<Inventory> = {}): Inventory => ({
  status: 'present',
  credentials: { ...none, ...credentials },
  lastUsedAt: null,
  isLastUseKnown: true,
  error: null,
  ...more,
});
const all: CredentialKindName[] = ['access-key', 'signing-certificate', 'login-profile', 'mfa-device'];
const plan = (given: Inventory, only = all, unusedForMs: number | null = null) =>
  planRemoval(account, given, { only, unusedForMs }, nowMs, english.entryOf);
/** A decision in a word: the kinds that go, or why none does. */
const verdict = (decision: ReturnType<typeof plan>): string => {
  switch (decision.decision) {
    case 'remove':
      return decision.plan.actions.map(({ kind }) => kind).join(' ');
    case 'refuse':
      return decision.error.code;
    case 'skip':
      return decision.reason;
    case 'absent':
    case 'none-of-these-kinds':
      return decision.decision;
  }
};

const everything = { ...withPassword, ...withDevice, ...withKey, ...withCertificate };
const unread = { error: denied };

test.each<[string, Inventory, CredentialKindName[], string]>([
  [
    'everything, in removal order',
    inventory(everything),
    all,
    'access-key signing-certificate login-profile mfa-device',
  ],
  ['nothing there', inventory({}, { status: 'absent' }), all, 'absent'],
  ['nothing there, of any kind', inventory({}, { status: 'absent' }), ['access-key'], 'absent'],
  ['nothing of what is asked for', inventory({ ...withPassword }), ['access-key'], 'none-of-these-kinds'],
  [
    'nothing of what is asked for, where another kind could not be read',
    inventory({ loginProfile: null }, { status: 'unknown', ...unread }),
    ['access-key'],
    'none-of-these-kinds',
  ],
  ['MFA alone, without a password', inventory({ ...withDevice }), ['mfa-device'], 'mfa-device'],
  ['MFA alone, with a password', inventory(everything), ['mfa-device'], 'PasswordWithoutMFA'],
  ['MFA and keys, with a password', inventory(everything), ['access-key', 'mfa-device'], 'PasswordWithoutMFA'],
  [
    'MFA asked for and none there, with a password',
    inventory({ ...withPassword, ...withKey }),
    ['access-key', 'mfa-device'],
    'access-key',
  ],
  ['password alone', inventory(everything), ['login-profile'], 'login-profile'],
  ['password and MFA', inventory(everything), ['login-profile', 'mfa-device'], 'login-profile mfa-device'],
  ['a kind that could not be read', inventory({ ...withPassword, accessKeys: null }, unread), all, 'AccessDenied'],
  [
    'an unread kind that is not asked for',
    inventory({ ...withPassword, accessKeys: null }, unread),
    ['login-profile'],
    'login-profile',
  ],
  [
    'MFA where the password is unread',
    inventory({ ...withDevice, loginProfile: null }, unread),
    ['mfa-device'],
    'AccessDenied',
  ],
  [
    'MFA where the keys are unread',
    inventory({ ...withDevice, accessKeys: null }, unread),
    ['mfa-device'],
    'mfa-device',
  ],
  [
    'keys where the password is unread',
    inventory({ ...withKey, loginProfile: null }, unread),
    ['access-key'],
    'access-key',
  ],
])('%s', (_name, given, only, expected) => {
  expect(verdict(plan(given, only))).toBe(expected);
});

describe('--unused-for', () => {
  const day = 86_400_000;
  test.each<[string, Partial<Inventory>, string]>([
    ['used an hour ago', { lastUsedAt: new Date(nowMs - 3_600_000).toISOString() }, 'used-recently'],
    ['used exactly that long ago', { lastUsedAt: new Date(nowMs - 90 * day).toISOString() }, 'access-key'],
    ['used longer ago', { lastUsedAt: new Date(nowMs - 91 * day).toISOString() }, 'access-key'],
    ['never used', {}, 'access-key'],
    ['used at a time that cannot be read', { isLastUseKnown: false }, 'NotRead'],
    [
      'used in the future, as a wrong clock shows it',
      { lastUsedAt: new Date(nowMs + day).toISOString() },
      'used-recently',
    ],
  ])('%s', (_name, more, expected) => {
    expect(verdict(plan(inventory({ ...withKey }, more), all, 90 * day))).toBe(expected);
  });
});

describe('warnings', () => {
  const isoAgo = (ms: number) => new Date(nowMs - ms).toISOString();
  const codes = (given: Inventory) => {
    const decision = plan(given);
    return decision.decision === 'remove' ? decision.plan.warnings.map(({ code }) => code) : [];
  };
  test.each<[string, Partial<AccountCredentials>, string[]]>([
    [
      'a key used within the last day',
      { accessKeys: [key(new Date(nowMs - 3_600_000).toISOString())] },
      ['key-in-use'],
    ],
    ['a key used a millisecond less than a day ago', { accessKeys: [key(isoAgo(86_399_999))] }, ['key-in-use']],
    ['a key used a day ago', { accessKeys: [key(isoAgo(86_400_000))] }, []],
    [
      'a password used an hour ago: a person did, no program',
      {
        loginProfile: { present: true, createdAt: null, lastUsedAt: isoAgo(3_600_000) },
        ...withDevice,
      },
      [],
    ],
    ['MFA devices and a key', { ...withDevice, ...withKey }, []],
    ['a key used two days ago', { accessKeys: [key(new Date(nowMs - 172_800_000).toISOString())] }, []],
    ['a password without MFA', withPassword, ['password-without-mfa']],
    ['a password whose MFA was not read', { ...withPassword, ...withDevice }, []],
    ['MFA devices only', withDevice, ['mfa-only']],
  ])('%s', (_name, credentials, expected) => {
    expect(codes(inventory(credentials))).toEqual(expected);
  });
});

test('a key in use is told with what it was used for', () => {
  const used = {
    ...key(new Date(nowMs - 3_600_000).toISOString()),
    lastUsedService: 's3',
    lastUsedRegion: 'eu-west-1',
  };
  const decision = plan(inventory({ accessKeys: [used] }));
  const [warning] = decision.decision === 'remove' ? decision.plan.warnings : [];
  expect(warning).toMatchObject({ id: 'AKIA1' });
  expect(warning?.message).toContain('s3');
  expect(warning?.message).toContain('eu-west-1');
});

describe('a refusal names', () => {
  const data = (decision: ReturnType<typeof plan>) => (decision.decision === 'refuse' ? decision.error.data : null);
  test('what would stay without its guard', () => {
    const flags = { flag: 'mfa-devices', guarded: 'login-profile', missing: 'login-profile' };
    expect(data(plan(inventory(everything), ['mfa-device']))).toEqual(flags);
  });
  test('what was not read', () => {
    const lastUseUnread = inventory({ ...withKey }, { isLastUseKnown: false });
    expect(data(plan(lastUseUnread, all, 86_400_000))).toEqual({ what: ['last-use'] });
    const kindsUnread = inventory({ ...withKey, loginProfile: null, mfaDevices: null });
    expect(data(plan(kindsUnread))).toEqual({ what: ['login-profile', 'mfa-devices'] });
    const withReason = { ...kindsUnread, error: denied };
    expect(plan(withReason)).toMatchObject({
      error: { code: 'AccessDenied', data: { where: 'unread', about: ['login-profile', 'mfa-devices'] } },
    });
  });
});

test('a last use that is known stays in the plan where another was refused', () => {
  const usedAt = new Date(nowMs - 172_800_000).toISOString();
  const decision = plan(
    inventory({ accessKeys: [key(usedAt), { ...key(null), id: 'AKIA2' }] }, { isLastUseKnown: false }),
  );
  const actions = decision.decision === 'remove' ? decision.plan.actions : [];
  expect(actions.map(({ id, lastUsedAt }) => [id, lastUsedAt])).toEqual([
    ['AKIA1', usedAt],
    ['AKIA2', undefined],
  ]);
});

test('equal inventories give equal plans', () => {
  expect(plan(inventory(everything))).toEqual(plan(inventory(structuredClone(everything))));
});

test('a last use that was refused is left out of the plan: null would say "never"', () => {
  const decision = plan(inventory(everything, { isLastUseKnown: false }));
  const actions = decision.decision === 'remove' ? decision.plan.actions : [];
  expect(actions).toHaveLength(4);
  for (const action of actions) expect(action).not.toHaveProperty('lastUsedAt');
});
