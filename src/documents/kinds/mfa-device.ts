import * as z from 'zod/mini';
import { type Immutable, timestamp } from '../common.ts';
import { describeKind } from './kind.ts';
import { kindNames } from './names.ts';

const mfaDeviceEntry = z.strictObject({
  serialNumber: z.string(),
  type: z.enum(['virtual', 'fido', 'hardware']),
  enabledAt: z.nullable(timestamp),
});
export type MFADeviceEntry = Immutable<z.infer<typeof mfaDeviceEntry>>;

/** A device with an ARN is of one account; a hardware token has a serial number alone. */
function isSerialNumber(id: string | null, accountId: string): boolean {
  if (id === null || !/^[\w+=/:,.@-]{1,256}$/u.test(id)) return false;
  return !id.startsWith('arn:') || id.split(':')[4] === accountId;
}

export const mfaDevice = describeKind({
  ...kindNames['mfa-device'],
  field: 'mfaDevices',
  schema: z.array(mfaDeviceEntry),
  rank: { json: 3, ...kindNames['mfa-device'].rank },
  summary: { key: 'AccountMFAEnabled', field: 'mfaEnabled' },
  guards: 'login-profile',
  details: ['type', 'createdAt'],
  compared: ['createdAt'],
  list: (devices) =>
    devices.map(({ serialNumber, type, enabledAt }) => ({ id: serialNumber, type, createdAt: enabledAt })),
  isId: isSerialNumber,
  /** A device's ARN ends in what people call it. */
  shortId: (id) => id.split('/').at(-1) ?? id,
  isUsedByPrograms: false,
  planFacts: ['type', 'since'],
  csv: {
    mfa_devices: (devices) => devices.length,
    mfa_serial_numbers: (devices) => devices.map(({ serialNumber }) => serialNumber),
  },
  column: { shows: 'count', drop: null, folds: true },
  risk: { level: 'note', severity: '1.0' },
});
