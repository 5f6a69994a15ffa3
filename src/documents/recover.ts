import * as z from 'zod/mini';
import { accountId, errorEntry, type Held, heading, organizationEntry, timestamp } from './common.ts';

export const recoverAccount = z.strictObject({
  id: accountId,
  name: z.string(),
  email: z.string(),
  outcome: z.enum(['allowed', 'already-allowed', 'failed', 'unverified', 'skipped', 'planned']),
  at: z.nullable(timestamp),
  requestId: z.nullable(z.string()),
  error: z.nullable(errorEntry),
});
export type RecoverAccount = Held<z.infer<typeof recoverAccount>>;

export const recoverDocument = z.strictObject({
  ...heading('rootctl.recover'),
  runId: z.nullable(z.string()),
  dryRun: z.boolean(),
  organization: organizationEntry,
  accounts: z.array(recoverAccount),
});
export type RecoverDocument = Held<z.infer<typeof recoverDocument>>;
