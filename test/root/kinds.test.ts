import { describe, expect, test } from 'vitest';
import { type AwsError, aborted } from '../../src/aws/failure.ts';
import type { CredentialKindName } from '../../src/documents/index.ts';
import { readInventory } from '../../src/root/inventory.ts';
import { credentialsTask, kindNamed, kindsInRemovalOrder } from '../../src/root/kinds/index.ts';
import { deviceType } from '../../src/root/kinds/mfa-device.ts';
import type { Ask } from '../../src/root/session.ts';
import { denied, refused } from '../support/aws-errors.ts';
import { mockedAws, mockedSession } from '../support/mocked-aws.ts';

const created = new Date('2020-01-01T00:00:00.000Z');
const createdAt = created.toISOString();
const kind = (name: CredentialKindName) => kindNamed(name, kindsInRemovalOrder);

type Answers = Readonly<Record<string, object | Error | readonly (object | Error)[]>>;

/** The way into an account that answers each operation so, the one after the other where there are several. */
function accountThat(answers: Answers) {
  const asked: [operation: string, input: unknown][] = [];
  const counts = new Map<string, number>();
  const ask = (async (command: { readonly input: unknown }) => {
    const operation = command.constructor.name.replace(/Command$/u, '');
    asked.push([operation, JSON.parse(JSON.stringify(command.input))]);
    const count = counts.get(operation) ?? 0;
    counts.set(operation, count + 1);
    const answer = [answers[operation]].flat()[count] ?? [answers[operation]].flat().at(-1);
    if (answer === undefined) throw new Error(`nobody expected ${operation}`);
    if (answer instanceof Error) throw answer;
    return { $metadata: {}, ...answer };
  }) as Ask;
  const read = async () => {
    const { aws, clock } = mockedAws();
    return readInventory({ ...(await mockedSession(aws, clock)), ask }, clock);
  };
  return { asked, ask, read };
}

describe('a deletion', () => {
  test.each<[CredentialKindName, string | null, string, object]>([
    ['access-key', 'AKIAONE', 'DeleteAccessKey', { AccessKeyId: 'AKIAONE' }],
    ['signing-certificate', 'CERT', 'DeleteSigningCertificate', { CertificateId: 'CERT' }],
    ['login-profile', null, 'DeleteLoginProfile', {}],
    ['mfa-device', 'GAHT12345678', 'DeactivateMFADevice', { SerialNumber: 'GAHT12345678' }],
  ])('of %s %s is %s of exactly that, and tells the request', async (name, id, operation, input) => {
    const { asked, ask } = accountThat({ [operation]: [{ $metadata: { requestId: 'req-1' } }, {}] });
    expect(await kind(name).remove(ask, id)).toBe('req-1');
    expect(asked).toEqual([[operation, input]]);
    expect(await kind(name).remove(ask, id)).toBeNull();
  });
});

describe('a list', () => {
  const key = (AccessKeyId: string) => ({ AccessKeyId, Status: 'Active', CreateDate: created });
  const certificate = (CertificateId: string) => ({ CertificateId, Status: 'Inactive', UploadDate: created });
  const device = (SerialNumber: string) => ({ SerialNumber, EnableDate: created });
  test.each<[CredentialKindName, string, string, (id: string) => object, object]>([
    ['access-key', 'ListAccessKeys', 'AccessKeyMetadata', key, { status: 'Active' }],
    ['signing-certificate', 'ListSigningCertificates', 'Certificates', certificate, { status: 'Inactive' }],
    ['mfa-device', 'ListMFADevices', 'MFADevices', device, {}],
  ])('of %s goes on behind the marker, and no further than AWS says', async (name, operation, field, entry, more) => {
    const { asked, ask } = accountThat({
      [operation]: [
        { [field]: [entry('ONE')], IsTruncated: true, Marker: 'next' },
        // A marker that nobody is to follow.
        { [field]: [entry('TWO')], IsTruncated: false, Marker: 'stale' },
      ],
    });
    expect(await kind(name).list(ask)).toEqual(['ONE', 'TWO'].map((id) => ({ id, createdAt, ...more })));
    expect(asked).toEqual([
      [operation, {}],
      [operation, { Marker: 'next' }],
    ]);
  });

  test.each<[CredentialKindName, string, string, (id: string) => object]>([
    ['access-key', 'ListAccessKeys', 'AccessKeyMetadata', key],
    ['signing-certificate', 'ListSigningCertificates', 'Certificates', certificate],
    ['mfa-device', 'ListMFADevices', 'MFADevices', device],
  ])('of %s that names one twice holds it once', async (name, operation, field, entry) => {
    const { ask } = accountThat({ [operation]: { [field]: [entry('ONE'), entry('TWO'), entry('ONE')] } });
    expect((await kind(name).list(ask)).map(({ id }) => id)).toEqual(['ONE', 'TWO']);
  });

  test('of the password is one, or none where AWS says that there is none', async () => {
    const { list } = kind('login-profile');
    const there = accountThat({ GetLoginProfile: { LoginProfile: { CreateDate: created } } });
    expect(await list(there.ask)).toEqual([{ id: null, createdAt }]);
    const gone = accountThat({ GetLoginProfile: refused('not-found', 'NoSuchEntity') });
    expect(await list(gone.ask)).toEqual([]);
    await expect(list(accountThat({ GetLoginProfile: denied() }).ask)).rejects.toMatchObject({
      failure: { kind: 'denied' },
    });
  });
});

test.each([
  ['GAHT12345678', 'hardware'],
  ['arn:aws:iam::123456789012:mfa/u2f/x', 'virtual'],
  ['arn:aws:iam::123456789012:u2f/root-account/key-A1', 'fido'],
  ['u2f/root-account/key', 'hardware'],
  ['arn:aws', 'virtual'],
])('the device %s is %s', (serialNumber, type) => {
  expect(deviceType(serialNumber)).toBe(type);
});

const counts = (password: number, keys: number) => ({
  SummaryMap: {
    AccountPasswordPresent: password,
    AccountAccessKeysPresent: keys,
    AccountMFAEnabled: 0,
    AccountSigningCertificatesPresent: 0,
  },
});
const keys = (...ids: string[]) => ({
  AccessKeyMetadata: ids.map((AccessKeyId) => ({ AccessKeyId, Status: 'Active', CreateDate: created })),
  IsTruncated: false,
});
const profile = { LoginProfile: { CreateDate: created } };
const usedAt = (date: string) => ({ User: { PasswordLastUsed: new Date(date) } });
const keyUse = (date: string) => ({
  AccessKeyLastUsed: { LastUsedDate: new Date(date), ServiceName: 's3', Region: 'eu-west-1' },
});
const neverUsed = { AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } };

describe('what is told of an account', () => {
  test('each key with its own last use', async () => {
    const { asked, read } = accountThat({
      GetAccountSummary: counts(0, 2),
      ListAccessKeys: keys('AKIAONE', 'AKIATWO'),
      GetAccessKeyLastUsed: [keyUse('2025-06-01'), neverUsed],
    });
    const { credentials, lastUsedAt, isLastUseKnown } = await read();
    expect(asked.slice(-2)).toEqual([
      ['GetAccessKeyLastUsed', { AccessKeyId: 'AKIAONE' }],
      ['GetAccessKeyLastUsed', { AccessKeyId: 'AKIATWO' }],
    ]);
    const use = { lastUsedAt: '2025-06-01T00:00:00.000Z', lastUsedService: 's3', lastUsedRegion: 'eu-west-1' };
    const never = { lastUsedAt: null, lastUsedService: null, lastUsedRegion: null };
    const both = { status: 'Active', createdAt };
    expect(credentials.accessKeys).toEqual([
      { id: 'AKIAONE', ...both, ...use },
      { id: 'AKIATWO', ...both, ...never },
    ]);
    expect({ lastUsedAt, isLastUseKnown }).toEqual({ lastUsedAt: use.lastUsedAt, isLastUseKnown: true });
  });

  test('a password that was used, beside a key that never was: its use is the last one', async () => {
    const { read } = accountThat({
      GetAccountSummary: counts(1, 1),
      ListAccessKeys: keys('AKIAONE'),
      GetAccessKeyLastUsed: neverUsed,
      GetLoginProfile: profile,
      GetUser: usedAt('2024-03-01'),
    });
    expect(await read()).toMatchObject({
      status: 'present',
      lastUsedAt: '2024-03-01T00:00:00.000Z',
      credentials: { loginProfile: { present: true, createdAt, lastUsedAt: '2024-03-01T00:00:00.000Z' } },
    });
  });

  test('a password that is gone: its last use is still that of the account', async () => {
    const { read } = accountThat({
      GetAccountSummary: denied(),
      GetLoginProfile: refused('not-found', 'NoSuchEntity'),
      GetUser: usedAt('2024-03-01'),
      ListAccessKeys: keys(),
      ListMFADevices: { MFADevices: [], IsTruncated: false },
      ListSigningCertificates: { Certificates: [], IsTruncated: false },
    });
    expect(await read()).toMatchObject({ status: 'absent', lastUsedAt: '2024-03-01T00:00:00.000Z', error: null });
  });

  test('a key whose last use was refused, with what else is known of it', async () => {
    const { read } = accountThat({
      GetAccountSummary: counts(0, 2),
      ListAccessKeys: keys('AKIAONE', 'AKIATWO'),
      GetAccessKeyLastUsed: [denied(), keyUse('2025-06-01')],
    });
    expect(await read()).toMatchObject({
      isLastUseKnown: false,
      lastUsedAt: '2025-06-01T00:00:00.000Z',
      credentials: {
        accessKeys: [
          { id: 'AKIAONE', status: 'Active', createdAt, lastUsedAt: null },
          { id: 'AKIATWO', lastUsedAt: '2025-06-01T00:00:00.000Z' },
        ],
      },
    });
  });

  test('a password whose last use was refused is there all the same', async () => {
    const answers = { GetAccountSummary: counts(1, 0), GetLoginProfile: profile, GetUser: denied() };
    expect(await accountThat(answers).read()).toMatchObject({
      status: 'present',
      lastUsedAt: null,
      isLastUseKnown: false,
      error: { failure: { code: 'AccessDenied' } },
      credentials: { loginProfile: { present: true, createdAt, lastUsedAt: null } },
    });
  });

  test.each<[string, object | AwsError, object]>([
    [
      'counts one',
      counts(1, 0),
      { status: 'present', credentials: { loginProfile: { present: true, createdAt: null } } },
    ],
    ['is refused too', denied(), { status: 'unknown', credentials: { loginProfile: null } }],
  ])('a password that may not be read, where the summary %s', async (_name, GetAccountSummary, expected) => {
    const { read } = accountThat({
      GetAccountSummary,
      GetLoginProfile: denied(),
      GetUser: usedAt('2024-03-01'),
      ListAccessKeys: keys(),
      ListMFADevices: { MFADevices: [], IsTruncated: false },
      ListSigningCertificates: { Certificates: [], IsTruncated: false },
    });
    expect(await read()).toMatchObject({ ...expected, isLastUseKnown: false, lastUsedAt: null });
  });

  test('contradicts itself three times, within three seconds: unknown, with the kind', async () => {
    const { asked, read } = accountThat({ GetAccountSummary: counts(0, 1), ListAccessKeys: keys() });
    expect(await read()).toMatchObject({
      status: 'unknown',
      credentials: { accessKeys: null, mfaDevices: [] },
      error: {
        operation: 'GetAccountSummary',
        mayHaveTakenEffect: false,
        failure: {
          kind: 'other',
          code: 'InconsistentAnswers',
          message: '',
          said: [{ say: 'contradiction', kind: 'access-keys' }],
        },
      },
    });
    expect(asked.filter(([operation]) => operation === 'ListAccessKeys')).toHaveLength(3);
  });
});

test('policies are asked for what is read, the summary first and then in the order of the JSON, and what removes', () => {
  const read = ['GetAccountSummary', 'GetUser', 'GetLoginProfile', 'ListAccessKeys', 'GetAccessKeyLastUsed'];
  const lists = ['ListMFADevices', 'ListSigningCertificates'];
  const remove = ['DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice'];
  const actions = [...read, ...lists, ...remove].map((operation) => `iam:${operation}`);
  expect(credentialsTask()).toEqual({ task: 'credentials', actions });
});

test('a kind that is not in the list is a mistake, named', () => {
  expect(() => kindNamed('access-key', [])).toThrow('access-key is no kind of credential');
});

describe('an interrupted reading is no account that could not be read', () => {
  const whole: Answers = {
    GetAccountSummary: counts(1, 1),
    ListAccessKeys: keys('AKIAONE'),
    GetAccessKeyLastUsed: neverUsed,
    GetLoginProfile: profile,
    GetUser: usedAt('2024-03-01'),
  };
  test.each(Object.keys(whole))('%s was interrupted', async (operation) => {
    await expect(accountThat({ ...whole, [operation]: aborted() }).read()).rejects.toMatchObject({
      failure: { kind: 'aborted' },
    });
  });

  test.each(Object.keys(whole))('nor is a mistake of ours in %s', async (operation) => {
    const mistake = new TypeError('x is not a function');
    await expect(accountThat({ ...whole, [operation]: mistake }).read()).rejects.toBe(mistake);
  });
});
