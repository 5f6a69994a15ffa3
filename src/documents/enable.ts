import * as z from 'zod/mini';
import { centralizedRootAccess, errorEntry, type Held, heading, organizationEntry } from './common.ts';

/** `error`: what stopped the command half-way; `after` is then what stands. */
const change = {
  dryRun: z.boolean(),
  organization: organizationEntry,
  before: centralizedRootAccess,
  after: centralizedRootAccess,
  error: z.optional(z.nullable(errorEntry)),
};

export const enableDocument = z.strictObject({ ...heading('rootctl.enable'), ...change });
export const disableDocument = z.strictObject({ ...heading('rootctl.disable'), ...change });
export type EnableDocument = Held<z.infer<typeof enableDocument> | z.infer<typeof disableDocument>>;
