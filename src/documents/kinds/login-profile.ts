import * as z from 'zod/mini';
import { type Immutable, timestamp } from '../common.ts';
import { describeKind } from './kind.ts';
import { kindNames } from './names.ts';

const loginProfileEntry = z.strictObject({
  present: z.boolean(),
  createdAt: z.nullable(timestamp),
  lastUsedAt: z.nullable(timestamp),
});
export type LoginProfileEntry = Immutable<z.infer<typeof loginProfileEntry>>;

/** The password: an account has one or none, so it has no id. */
export const loginProfile = describeKind({
  ...kindNames['login-profile'],
  field: 'loginProfile',
  schema: loginProfileEntry,
  rank: { json: 1, ...kindNames['login-profile'].rank },
  summary: { key: 'AccountPasswordPresent', field: 'passwordPresent' },
  guards: null,
  details: ['createdAt', 'lastUsedAt'],
  compared: ['createdAt'],
  list: ({ present, createdAt, lastUsedAt }) => (present ? [{ id: null, createdAt, lastUsedAt }] : []),
  isId: (id) => id === null,
  shortId: (id) => id,
  isUsedByPrograms: false,
  planFacts: ['last-use', 'no-mfa'],
  csv: {
    password: ({ present }) => (present ? 'yes' : 'no'),
    password_created_at: ({ createdAt }) => createdAt,
    password_last_used_at: ({ lastUsedAt }) => lastUsedAt,
  },
  column: { shows: 'presence', drop: 1, folds: false },
  risk: { level: 'error', severity: '8.0' },
});
