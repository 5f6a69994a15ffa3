import type { CredentialKindName } from '../../documents/index.ts';
import { accessKey } from './access-key.ts';
import type { CredentialKind } from './kind.ts';
import { loginProfile } from './login-profile.ts';
import { mfaDevice } from './mfa-device.ts';
import { signingCertificate } from './signing-certificate.ts';

export type { CredentialKind } from './kind.ts';

/** Every kind of root credential, in removal order: a password must not outlive its MFA device. */
export const kinds = {
  'access-key': accessKey,
  'signing-certificate': signingCertificate,
  'login-profile': loginProfile,
  'mfa-device': mfaDevice,
} satisfies Record<CredentialKindName, CredentialKind>;

export const kindsInRemovalOrder: readonly CredentialKind[] = Object.values(kinds);

/** What each kind guards: while a password stays, so must the MFA devices. The kind named must be seen gone first. */
export const guardedBy: Partial<Record<CredentialKindName, CredentialKindName>> = { 'mfa-device': 'login-profile' };
