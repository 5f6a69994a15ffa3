import * as z from 'zod/mini';
import type { LockReason } from '../policy/index.ts';
import { accountId, heading, type Immutable } from './common.ts';

const lockedResource = z.strictObject({
  name: z.string(),
  region: z.nullable(z.string()),
  arn: z.optional(z.string()),
  url: z.optional(z.string()),
});
export type LockedResource = Immutable<z.infer<typeof lockedResource>>;

const policyStatement = z.strictObject({
  index: z.int().check(z.nonnegative()),
  sid: z.nullable(z.string()),
  locks: z.enum(['yes', 'no', 'unsure']),
  why: z.string(),
});
/** Held as the reason that the sentence is made of. */
export type PolicyStatement = Omit<Immutable<z.infer<typeof policyStatement>>, 'why'> & { readonly why: LockReason };

/** `policy`: the policy as it was found, parsed; the text itself when it is not JSON; `null` when there is none (or when listing). */
export const unlockDocument = z.strictObject({
  ...heading('rootctl.unlock'),
  service: z.enum(['s3', 'sqs']),
  outcome: z.enum(['listed', 'shown', 'deleted', 'replaced', 'planned']),
  account: accountId,
  accountName: z.optional(z.string()),
  resource: z.nullable(z.string()),
  region: z.nullable(z.string()),
  policy: z.nullable(z.union([z.record(z.string(), z.unknown()), z.string()])),
  statements: z.array(policyStatement),
  backup: z.nullable(z.string()),
  resources: z.optional(z.array(lockedResource)),
});
export type UnlockDocument = Omit<Immutable<z.infer<typeof unlockDocument>>, 'statements'> & {
  readonly statements: readonly PolicyStatement[];
};
