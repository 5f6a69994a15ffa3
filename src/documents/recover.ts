import * as z from 'zod/mini';
import { accountId, errorEntry, heading, type Immutable, organizationEntry, timestamp } from './common.ts';

const recoverAccount = z.strictObject({
  id: accountId,
  name: z.string(),
  email: z.string(),
  outcome: z.enum(['allowed', 'already-allowed', 'failed', 'skipped', 'planned']),
  at: z.nullable(timestamp),
  requestId: z.nullable(z.string()),
  error: z.nullable(errorEntry),
});
export type RecoverAccount = Immutable<z.infer<typeof recoverAccount>>;

export const recoverDocument = z.strictObject({
  ...heading('rootctl.recover'),
  runId: z.nullable(z.string()),
  dryRun: z.boolean(),
  organization: organizationEntry,
  accounts: z.array(recoverAccount),
});
export type RecoverDocument = Immutable<z.infer<typeof recoverDocument>>;
