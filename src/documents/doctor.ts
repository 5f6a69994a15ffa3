import * as z from 'zod/mini';
import { accountId, heading, type Immutable, organizationEntry } from './common.ts';

/** `cure`: a command to paste, or `null` when there is nothing to mend. */
const doctorCheck = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  result: z.enum(['ok', 'warn', 'fail', 'unknown']),
  message: z.string(),
  cure: z.nullable(z.string()),
});
export type DoctorCheck = Immutable<z.infer<typeof doctorCheck>>;

/**
 * `targetId`, `targetPath`: the account, OU or root that the blocking policy is attached to, an OU by its path of names;
 * `detail`: the operator or key that cannot be told.
 */
const scpEntry = z.strictObject({
  account: accountId,
  verdict: z.enum(['clear', 'blocked', 'cannot-tell']),
  policyId: z.nullable(z.string()),
  policyName: z.nullable(z.string()),
  sid: z.nullable(z.string()),
  targetId: z.nullable(z.string()),
  targetPath: z.nullable(z.string()),
  detail: z.optional(z.nullable(z.string())),
});
export type ScpEntry = Immutable<z.infer<typeof scpEntry>>;

/** `organization` is `null` when not even that could be read. */
export const doctorDocument = z.strictObject({
  ...heading('rootctl.doctor'),
  organization: z.nullable(organizationEntry),
  checks: z.array(doctorCheck),
  scp: z.array(scpEntry),
});
export type DoctorDocument = Immutable<z.infer<typeof doctorDocument>>;
