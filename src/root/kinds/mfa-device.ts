import { DeactivateMFADeviceCommand, ListMFADevicesCommand, type MFADevice } from '@aws-sdk/client-iam';
import { given } from '../../aws/answers.ts';
import { credentialKinds, type MFADeviceEntry } from '../../documents/index.ts';
import type { Ask } from '../session.ts';
import { type CredentialKind, isoTime, listOnce } from './kind.ts';

const listDevices = (ask: Ask): Promise<readonly MFADevice[]> =>
  listOnce(
    (Marker) => ask(new ListMFADevicesCommand({ Marker })),
    (page) => page.MFADevices,
    (one) => one.SerialNumber,
  );

/** `…:mfa/<name>` is virtual, `…:u2f/…` a FIDO security key or passkey, a plain serial number a hardware token (IAM User Guide). */
export function deviceType(serialNumber: string): MFADeviceEntry['type'] {
  if (!serialNumber.startsWith('arn:')) return 'hardware';
  return serialNumber.split(':')[5]?.startsWith('u2f/') === true ? 'fido' : 'virtual';
}

const entryOf = ({ SerialNumber, EnableDate }: MFADevice): MFADeviceEntry => {
  const serialNumber = given(SerialNumber);
  return { serialNumber, type: deviceType(serialNumber), enabledAt: isoTime(EnableDate) };
};

/**
 * Deactivating is all a root session can do: `DeleteVirtualMFADevice` is allowed by name, but on the resource `…:root`
 * only, which a virtual device's ARN is not. A deactivated device protects and opens nothing.
 */
export const mfaDevice: CredentialKind = {
  description: credentialKinds['mfa-device'],
  operations: { read: ['ListMFADevices'], remove: 'DeactivateMFADevice' },
  absent: { mfaDevices: [] },
  unread: { mfaDevices: null },
  presentUnread: { mfaDevices: null },
  read: async (ask) => ({
    credentials: { mfaDevices: (await listDevices(ask)).map(entryOf) },
    lastUses: [],
    incomplete: null,
  }),
  list: async (ask) =>
    (await listDevices(ask))
      .map(entryOf)
      .map(({ serialNumber, enabledAt }) => ({ id: serialNumber, createdAt: enabledAt })),
  remove: async (ask, id) => {
    const { $metadata } = await ask(new DeactivateMFADeviceCommand({ SerialNumber: id ?? undefined }));
    return $metadata.requestId ?? null;
  },
};
