import {
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { readInventory } from '../../src/root/inventory.ts';
import { mockedAccountId, mockedAws, mockedSession, refusal } from '../support/mocked-aws.ts';

const denied = () => refusal('AccessDenied', 403);
const counts = (password: number, keys: number, mfa: number, certificates: number) => ({
  AccountPasswordPresent: password,
  AccountAccessKeysPresent: keys,
  AccountMFAEnabled: mfa,
  AccountSigningCertificatesPresent: certificates,
});
const clean = counts(0, 0, 0, 0);
const key = {
  AccessKeyId: 'AKIAONE',
  Status: 'Active' as const,
  CreateDate: new Date('2020-01-01'),
  UserName: undefined,
};
const device = {
  UserName: undefined,
  SerialNumber: 'arn:aws:iam::200000000001:mfa/x',
  EnableDate: new Date('2020-01-01'),
};
const user = {
  Arn: `arn:aws:iam::${mockedAccountId}:root`,
  CreateDate: new Date(0),
  Path: undefined,
  UserName: undefined,
  UserId: mockedAccountId,
};

/** An account whose lists are all there and empty, until a test says otherwise. */
function account() {
  const mocked = mockedAws();
  const { iam } = mocked;
  iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: clean });
  iam.on(GetLoginProfileCommand).rejects(refusal('NoSuchEntity', 404));
  iam.on(GetUserCommand).resolves({ User: user });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [], IsTruncated: false });
  iam.on(GetAccessKeyLastUsedCommand).resolves({ AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } });
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [], IsTruncated: false });
  iam.on(ListSigningCertificatesCommand).resolves({ Certificates: [], IsTruncated: false });
  const read = async (options = {}) =>
    readInventory(await mockedSession(mocked.aws, mocked.clock), mocked.clock, undefined, options);
  return { ...mocked, read };
}

test('a summary of zeros is an answer: absent, and nothing else is asked', async () => {
  const { iam, read } = account();
  expect(await read()).toMatchObject({ status: 'absent', error: null, lastUsedAt: null });
  expect(iam.calls()).toHaveLength(1);
});

describe('where the last use decides', () => {
  const isUseDecisive = true;

  test('that of a password that is gone is asked for, since IAM keeps it', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 0, 1, 0) });
    iam.on(ListMFADevicesCommand).resolves({ MFADevices: [device], IsTruncated: false });
    iam.on(GetUserCommand).resolves({ User: { ...user, PasswordLastUsed: new Date('2026-01-30T12:00:00Z') } });
    expect(await read({ isUseDecisive })).toMatchObject({
      status: 'present',
      lastUsedAt: '2026-01-30T12:00:00.000Z',
      isLastUseKnown: true,
      credentials: { loginProfile: { present: false } },
    });
    expect(iam.calls()).toHaveLength(4); // the summary, the device, the login profile and the user
    expect(await read()).toMatchObject({ lastUsedAt: null });
  });

  test('and cannot be read, it is not known', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 0, 1, 0) });
    iam.on(ListMFADevicesCommand).resolves({ MFADevices: [device], IsTruncated: false });
    iam.on(GetUserCommand).rejects(denied());
    expect(await read({ isUseDecisive })).toMatchObject({ status: 'present', isLastUseKnown: false });
    iam.on(GetLoginProfileCommand).rejects(denied());
    expect(await read({ isUseDecisive })).toMatchObject({ isLastUseKnown: false, credentials: { loginProfile: null } });
  });

  test('nothing is asked where nothing could be deleted', async () => {
    const { iam, read } = account();
    expect(await read({ isUseDecisive })).toMatchObject({ status: 'absent' });
    expect(iam.calls()).toHaveLength(1);
  });
});

describe('the summary denied', () => {
  test('and every list readable and empty: absent, no error', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).rejects(denied());
    expect(await read()).toMatchObject({ status: 'absent', error: null });
  });

  test('and a list that shows something: present', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).rejects(denied());
    iam.on(ListMFADevicesCommand).resolves({ MFADevices: [device], IsTruncated: false });
    expect(await read()).toMatchObject({ status: 'present', error: null });
  });

  test.each([
    ['the password', GetLoginProfileCommand, 'loginProfile'],
    ['the access keys', ListAccessKeysCommand, 'accessKeys'],
    ['the MFA devices', ListMFADevicesCommand, 'mfaDevices'],
    ['the certificates', ListSigningCertificatesCommand, 'signingCertificates'],
  ] as const)('and %s too: unknown, that kind null, with the reason', async (_name, command, field) => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).rejects(denied());
    iam.on(command as typeof ListAccessKeysCommand).rejects(denied());
    const inventory = await read();
    expect(inventory.status).toBe('unknown');
    expect(inventory.credentials[field]).toBeNull();
    expect(inventory.error?.failure.code).toBe('AccessDenied');
  });
});

describe('a number missing from the summary is no zero', () => {
  test.each([
    ['AccountPasswordPresent', GetLoginProfileCommand],
    ['AccountAccessKeysPresent', ListAccessKeysCommand],
    ['AccountMFAEnabled', ListMFADevicesCommand],
    ['AccountSigningCertificatesPresent', ListSigningCertificatesCommand],
  ] as const)('%s: its list is read, and its refusal is unknown', async (name, command) => {
    const { iam, read } = account();
    const { [name]: _left, ...rest } = clean;
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: rest });
    expect((await read()).status).toBe('absent');
    expect(iam.commandCalls(command as typeof ListAccessKeysCommand)).toHaveLength(1);
    iam.on(command as typeof ListAccessKeysCommand).rejects(denied());
    expect((await read()).status).toBe('unknown');
  });

  test('no map at all, or an empty one: the lists decide', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({});
    expect((await read()).status).toBe('absent');
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: {} });
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [key], IsTruncated: false });
    expect((await read()).status).toBe('present');
  });
});

describe('an answer that is none is unknown, never absent', () => {
  test.each([
    ['a list that is missing', { IsTruncated: false }],
    ['a credential without an id', { AccessKeyMetadata: [{ ...key, AccessKeyId: undefined }], IsTruncated: false }],
  ])('%s', async (_name, answer) => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).rejects(denied());
    iam.on(ListAccessKeysCommand).resolves(answer as never);
    expect(await read()).toMatchObject({ status: 'unknown', credentials: { accessKeys: null } });
  });

  test('a missing list where the summary shows keys: present, the keys null', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 2, 0, 0) });
    iam.on(ListAccessKeysCommand).resolves({} as never);
    expect(await read()).toMatchObject({ status: 'present', credentials: { accessKeys: null } });
  });

  test('a page token that comes back unchanged does not go on for ever', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).rejects(denied());
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [key], IsTruncated: true, Marker: 'same' });
    await expect(read()).resolves.toMatchObject({ credentials: { accessKeys: null } });
  });
});

test('every page is read', async () => {
  const { iam, read } = account();
  iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 0, 1, 0) });
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [device], IsTruncated: true, Marker: 'two' });
  iam
    .on(ListMFADevicesCommand, { Marker: 'two' })
    .resolves({ MFADevices: [{ ...device, SerialNumber: 'GAHT12345678' }], IsTruncated: false });
  const { credentials } = await read();
  expect(credentials.mfaDevices?.map(({ type }) => type)).toEqual(['virtual', 'hardware']);
});

describe('AWS contradicting itself', () => {
  test('the summary shows keys and the list shows none: read again, then unknown', async () => {
    const { iam, clock, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 1, 0, 0) });
    expect(await read()).toMatchObject({
      status: 'unknown',
      credentials: { accessKeys: null },
      error: { failure: { code: 'InconsistentAnswers' } },
    });
    expect(clock.waits.length).toBeGreaterThan(0);
  });

  test('and agreeing a moment later: absent', async () => {
    const { iam, read } = account();
    iam
      .on(GetAccountSummaryCommand)
      .resolvesOnce({ SummaryMap: counts(1, 0, 0, 0) })
      .resolves({ SummaryMap: clean });
    expect((await read()).status).toBe('absent');
  });
});

describe('the last use', () => {
  test('is the latest of password and keys', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(1, 1, 0, 0) });
    iam.on(GetLoginProfileCommand).resolves({ LoginProfile: { CreateDate: new Date(0), UserName: undefined } });
    iam.on(GetUserCommand).resolves({ User: { ...user, PasswordLastUsed: new Date('2025-01-01') } });
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [key], IsTruncated: false });
    iam.on(GetAccessKeyLastUsedCommand).resolves({
      AccessKeyLastUsed: { LastUsedDate: new Date('2025-06-01'), ServiceName: 's3', Region: 'eu-west-1' },
    });
    expect(await read()).toMatchObject({ lastUsedAt: '2025-06-01T00:00:00.000Z', isLastUseKnown: true });
  });

  test('that cannot be read is not "never", and the credential is still seen', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 1, 0, 0) });
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [key], IsTruncated: false });
    iam.on(GetAccessKeyLastUsedCommand).rejects(denied());
    expect(await read()).toMatchObject({
      status: 'present',
      isLastUseKnown: false,
      lastUsedAt: null,
      error: { failure: { code: 'AccessDenied' } },
    });
  });

  test('"N/A" of a key that was never used is no service', async () => {
    const { iam, read } = account();
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: counts(0, 1, 0, 0) });
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [key], IsTruncated: false });
    const { credentials } = await read();
    expect(credentials.accessKeys).toMatchObject([{ lastUsedAt: null, lastUsedService: null, lastUsedRegion: null }]);
  });
});

test('a session that answers as another account is refused before anything else is asked', async () => {
  const { iam, aws, clock } = account();
  iam.on(GetUserCommand).resolves({ User: { ...user, Arn: 'arn:aws:iam::200000000002:root' } });
  await expect(mockedSession(aws, clock, true)).rejects.toMatchObject({ problem: { code: 'WrongAccountSession' } });
  iam.on(GetUserCommand).resolves({ User: { ...user, Arn: undefined } });
  await expect(mockedSession(aws, clock, true)).rejects.toMatchObject({ failure: { kind: 'malformed' } });
  iam.on(GetUserCommand).resolves({ User: { ...user, Arn: `arn:aws:iam::${mockedAccountId}:user/root` } });
  await expect(mockedSession(aws, clock, true)).rejects.toMatchObject({ problem: { code: 'WrongAccountSession' } });
});
