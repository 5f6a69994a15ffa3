import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { isAccountId } from '../../src/org/account.ts';
import { type Organization, readManagementAccountRoot } from '../../src/org/organization.ts';
import { mockedAws, refusal } from '../support/mocked-aws.ts';

const id = '100000000000';
if (!isAccountId(id)) throw new Error('not an id');
const organization = (callerRole: Organization['callerRole']): Organization => ({
  id: 'o-exampleorgid',
  managementAccountId: id,
  featureSet: 'ALL',
  caller: { accountId: id, arn: `arn:aws:iam::${id}:user/somebody`, partition: 'aws' },
  callerRole,
});
const clean = {
  AccountAccessKeysPresent: 0,
  AccountSigningCertificatesPresent: 0,
  AccountPasswordPresent: 0,
  AccountMFAEnabled: 0,
};
const none = {
  id,
  accessKeysPresent: false,
  signingCertificatesPresent: false,
  passwordPresent: false,
  mfaEnabled: false,
};

const read = (answer: object | Error, role: Organization['callerRole'] = 'management') => {
  const { aws, iam } = mockedAws();
  if (answer instanceof Error) iam.on(GetAccountSummaryCommand).rejects(answer);
  else iam.on(GetAccountSummaryCommand).resolves(answer);
  return { iam, told: readManagementAccountRoot(aws, organization(role)) };
};

describe("the management account's own root user", () => {
  test.each([
    ['AccountAccessKeysPresent', 'accessKeysPresent', 2],
    ['AccountSigningCertificatesPresent', 'signingCertificatesPresent', 1],
    ['AccountPasswordPresent', 'passwordPresent', 1],
    ['AccountMFAEnabled', 'mfaEnabled', 1],
  ])('%s is told as %s, and the rest as what it is', async (counted, field, count) => {
    expect(await read({ SummaryMap: { ...clean, [counted]: count } }).told).toEqual({ ...none, [field]: true });
  });

  test('holds nothing where AWS counts nothing', async () => {
    expect(await read({ SummaryMap: clean }).told).toEqual(none);
  });

  test.each(Object.keys(clean))('is not known where AWS leaves out %s: that is no zero', async (left) => {
    const { [left as keyof typeof clean]: _out, ...rest } = clean;
    expect(await read({ SummaryMap: rest }).told).toBeNull();
  });

  test.each([
    ['AWS refuses', refusal('AccessDenied', 403)],
    ['AWS answers without a summary', {}],
  ])('is not known where %s', async (_name, answer) => {
    expect(await read(answer).told).toBeNull();
  });

  test.each(['delegated-administrator', 'unknown'] as const)(
    'is not asked about at home by %s: the answer would be about another account',
    async (role) => {
      const { iam, told } = read({ SummaryMap: clean }, role);
      expect(await told).toBeNull();
      expect(iam.calls()).toEqual([]);
    },
  );
});
