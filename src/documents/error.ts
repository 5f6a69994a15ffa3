import * as z from 'zod/mini';
import { errorEntry, type Held } from './common.ts';

/** What `-o json` prints on stdout when an error ends the command; the same stands on stderr for people. */
export const errorDocument = z.strictObject({
  schemaVersion: z.literal('1'),
  kind: z.literal('rootctl.error'),
  complete: z.literal(false),
  simulated: z.optional(z.literal(true)),
  error: errorEntry,
});
export type ErrorDocument = Held<z.infer<typeof errorDocument>>;
