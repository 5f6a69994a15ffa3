import { type CredentialKindName, credentialKindNames } from '../../documents/index.ts';
import type { RootTask } from '../../policy/index.ts';
import { accessKey } from './access-key.ts';
import type { CredentialKind } from './kind.ts';
import { loginProfile } from './login-profile.ts';
import { mfaDevice } from './mfa-device.ts';
import { signingCertificate } from './signing-certificate.ts';

export type { CredentialKind } from './kind.ts';

const kinds = {
  'access-key': accessKey,
  'signing-certificate': signingCertificate,
  'login-profile': loginProfile,
  'mfa-device': mfaDevice,
} satisfies Record<CredentialKindName, CredentialKind>;

/** Every kind of root credential, in removal order, which the documents tell: a plan in another order is none. */
export const kindsInRemovalOrder: readonly CredentialKind[] = credentialKindNames.map((name) => kinds[name]);

/** @throws a mistake of ours: whoever names a kind has it from this list. */
export function kindNamed(name: CredentialKindName, all: readonly CredentialKind[]): CredentialKind {
  const kind = all.find(({ description }) => description.name === name);
  if (kind === undefined) throw new Error(`${name} is no kind of credential`);
  return kind;
}

/** What `status` and `delete` do in a member account, `GetAccountSummary` first: it is what everything begins with. */
export function credentialsTask(all: readonly CredentialKind[] = kindsInRemovalOrder): RootTask {
  const asRead = [...all].sort((left, right) => left.description.rank.json - right.description.rank.json);
  const operations = [
    'GetAccountSummary',
    ...asRead.flatMap(({ operations: { read } }) => read),
    ...all.map(({ operations: { remove } }) => remove),
  ];
  return { task: 'credentials', actions: operations.map((operation) => `iam:${operation}`) };
}
