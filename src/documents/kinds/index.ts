import * as z from 'zod/mini';
import type { Immutable } from '../common.ts';
import { accessKey } from './access-key.ts';
import type { DescribedKind } from './kind.ts';
import { loginProfile } from './login-profile.ts';
import { mfaDevice } from './mfa-device.ts';
import { asShown } from './names.ts';
import { signingCertificate } from './signing-certificate.ts';

export type { AccessKeyEntry } from './access-key.ts';
export type { Credential, CsvValue, PlanFact } from './kind.ts';
export type { LoginProfileEntry } from './login-profile.ts';
export type { MFADeviceEntry } from './mfa-device.ts';
export type { SigningCertificateEntry } from './signing-certificate.ts';

/**
 * Every kind of root credential, in the order in which an account's credentials are removed: the password must not
 * outlive its MFA device. A kind is one file here, one in `root/kinds/` for what AWS does with it, and its words.
 */
export const credentialKinds = {
  'access-key': accessKey,
  'signing-certificate': signingCertificate,
  'login-profile': loginProfile,
  'mfa-device': mfaDevice,
};

export type CredentialKindName = keyof typeof credentialKinds;
/** In the order in which an account's credentials are removed. */
export const credentialKindNames: readonly CredentialKindName[] = Object.values(credentialKinds).map(
  ({ name }) => name,
);
export const credentialKindName = z.enum(credentialKindNames);

interface Fielded {
  readonly field: string;
  readonly schema: z.ZodMiniType;
  readonly rank: { readonly json: number };
}
type FieldsOf<Kinds extends Readonly<Record<string, Fielded>>> = {
  [Name in keyof Kinds as Kinds[Name]['field']]: z.ZodMiniNullable<Kinds[Name]['schema']>;
};

/** A field a kind, null when it could not be read, in the order of the JSON. */
function fieldsOf<Kinds extends Readonly<Record<string, Fielded>>>(kinds: Kinds): FieldsOf<Kinds> {
  const inOrder = Object.values(kinds).sort((left, right) => left.rank.json - right.rank.json);
  return Object.fromEntries(inOrder.map(({ field, schema }) => [field, z.nullable(schema)])) as FieldsOf<Kinds>;
}

/** A kind that could not be read is `null`, never empty; the account's `error` says why. */
export const accountCredentials = z.strictObject(fieldsOf(credentialKinds)).check(z.meta({ id: 'credentials' }));
export type AccountCredentials = Immutable<z.infer<typeof accountCredentials>>;

type Summary = (typeof credentialKinds)[CredentialKindName]['summary'];

/** A kind of the list, whichever. */
export type KindDescription = DescribedKind<
  CredentialKindName,
  keyof AccountCredentials,
  z.ZodMiniType,
  Summary,
  AccountCredentials
>;
/** What walks the kinds is given them; `credentialKinds` where nobody says otherwise. */
export type KindDescriptions = Readonly<Record<CredentialKindName, KindDescription>>;

type Presence<Value> = { readonly [Field in Summary['field']]: Value };

/** A field a kind, by name. */
const presenceIn = <Value>(fields: readonly (readonly [Summary['field'], Value])[]): Presence<Value> =>
  Object.fromEntries([...fields].sort(([left], [right]) => (left < right ? -1 : 1))) as Presence<Value>; // of each kind

/** What is known of the management account: of each kind, whether there is any. */
export const presenceFields = presenceIn(
  Object.values(credentialKinds).map(({ summary }) => [summary.field, z.boolean()] as const),
);

/** Whether there is any of each kind, as AWS counts them; null when a count is missing, which is not the same as none. */
export function presenceOf(
  countOf: (kind: KindDescription) => number | undefined,
  kinds: KindDescriptions = credentialKinds,
): Presence<boolean> | null {
  const all = Object.values(kinds);
  const counted = all.flatMap((kind) => {
    const count = countOf(kind);
    return count === undefined ? [] : [[kind.summary.field, count > 0] as const];
  });
  return counted.length < all.length ? null : presenceIn(counted);
}

/** In the order of the columns that people see. */
export const kindsAsShown = (kinds: KindDescriptions): readonly KindDescription[] => asShown(kinds);

/** Whether the account holds one of the kind, and is known to hold nothing that guards it: a password without MFA. */
export function isUnguarded(
  credentials: AccountCredentials | null,
  name: CredentialKindName,
  kinds: KindDescriptions = credentialKinds,
): boolean {
  const guards = Object.values(kinds).filter((kind) => kind.guards === name);
  const isHeld = (kinds[name].list(credentials) ?? []).length > 0;
  return isHeld && guards.length > 0 && guards.every((guard) => guard.list(credentials)?.length === 0);
}
