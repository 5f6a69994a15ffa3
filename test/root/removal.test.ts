import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { CredentialKindName, PlanAction } from '../../src/documents/index.ts';
import { applyRemoval } from '../../src/root/removal.ts';
import { mockedAccountId, mockedAws, mockedSession, refusal } from '../support/mocked-aws.ts';
import { english } from '../support/speech.ts';

const created = new Date('2020-01-01T00:00:00.000Z');
const key = { AccessKeyId: 'AKIAONE', Status: 'Active' as const, CreateDate: created, UserName: undefined };
const device = { SerialNumber: 'GAHT12345678', EnableDate: created, UserName: undefined };
const plannedKey: PlanAction = {
  kind: 'access-key',
  id: 'AKIAONE',
  status: 'Active',
  createdAt: created.toISOString(),
  lastUsedAt: null,
};
const plannedDevice: PlanAction = {
  kind: 'mfa-device',
  id: 'GAHT12345678',
  type: 'hardware',
  createdAt: created.toISOString(),
};
const plannedPassword: PlanAction = { kind: 'login-profile', id: null, createdAt: created.toISOString() };

/** An account that holds a key, a password and a device, and whose deletions AWS accepts without any effect. */
function account() {
  const mocked = mockedAws();
  const { iam, aws, clock } = mocked;
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [key], IsTruncated: false });
  iam
    .on(GetLoginProfileCommand)
    .resolves({ LoginProfile: { CreateDate: created, UserName: undefined, PasswordResetRequired: false } });
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [device], IsTruncated: false });
  iam.on(DeleteAccessKeyCommand).resolves({ $metadata: { requestId: 'req-1' } });
  iam.on(DeleteLoginProfileCommand).resolves({ $metadata: { requestId: 'req-1' } });
  iam.on(DeactivateMFADeviceCommand).resolves({ $metadata: { requestId: 'req-1' } });
  const remove = async (actions: readonly PlanAction[], only: readonly CredentialKindName[]) =>
    applyRemoval(
      { id: mockedAccountId, name: 'x', path: null, actions: [...actions], warnings: [] },
      await mockedSession(aws, clock),
      {
        clock,
        waitMs: 1_000,
        only,
        wasAsked: () => false,
        record: { intend: async () => {}, answer: async () => {} },
      },
    );
  return { ...mocked, remove };
}

test.each<[readonly CredentialKindName[]]>([[[]], [['login-profile']]])(
  'whatever the run is about (%j), what was asked to go is read again: still seen is not deleted',
  async (only) => {
    const { iam, remove } = account();
    if (only.includes('login-profile')) iam.on(GetLoginProfileCommand).rejects(refusal('NoSuchEntity', 404));
    expect(await remove([plannedKey], only)).toMatchObject({ outcome: 'unverified', error: { code: 'StillSeen' } });
  },
);

test.each<[string, PlanAction, string]>([
  [
    'a key that was switched off since the plan',
    { ...plannedKey, status: 'Inactive' },
    'it was Inactive and is now Active',
  ],
  [
    'a key whose status the plan does not know',
    { ...plannedKey, status: undefined },
    'it was unknown and is now Active',
  ],
  [
    'a password that was set anew since',
    { ...plannedPassword, createdAt: '2019-01-01T00:00:00.000Z' },
    'it was created again at 2020-01-01T00:00:00.000Z',
  ],
  ['a password whose age the plan does not know', { ...plannedPassword, createdAt: null }, 'may have changed'],
  ['a password whose age the plan leaves out', { kind: 'login-profile', id: null }, 'may have changed'],
  ['a device whose age the plan does not know', { ...plannedDevice, createdAt: null }, 'may have changed'],
])('%s is left alone', async (_name, action, words) => {
  const { iam, remove } = account();
  if (action.kind === 'mfa-device') iam.on(GetLoginProfileCommand).rejects(refusal('NoSuchEntity', 404));
  const removal = await remove([action], ['access-key', 'login-profile', 'mfa-device']);
  expect(removal).toMatchObject({
    outcome: 'skipped',
    reason: 'changed-since-plan',
    error: { code: 'ChangedSincePlan' },
  });
  expect(removal.error && english.entryOf(removal.error).message).toContain(words);
  const asked = iam.calls().map(({ args: [command] }) => command.constructor.name);
  expect(asked.filter((name) => /^(Delete|Deactivate)/u.test(name))).toEqual([]);
});

test('MFA devices that a plan names without the password keep their place while the password stays', async () => {
  for (const only of [['mfa-device'], ['login-profile', 'mfa-device']] as const) {
    const { iam, remove } = account();
    expect(await remove([plannedDevice], only)).toMatchObject({ outcome: 'skipped', reason: 'changed-since-plan' });
    expect(iam.commandCalls(DeactivateMFADeviceCommand)).toEqual([]);
  }
});
