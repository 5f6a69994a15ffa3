import * as z from 'zod/mini';
import { type Immutable, timestamp } from '../common.ts';
import { describeKind, isWord } from './kind.ts';
import { kindNames } from './names.ts';

const accessKeyEntry = z.strictObject({
  id: z.string(),
  status: z.enum(['Active', 'Inactive', 'Expired']),
  createdAt: z.nullable(timestamp),
  lastUsedAt: z.nullable(timestamp),
  lastUsedService: z.nullable(z.string()),
  lastUsedRegion: z.nullable(z.string()),
});
export type AccessKeyEntry = Immutable<z.infer<typeof accessKeyEntry>>;

export const accessKey = describeKind({
  ...kindNames['access-key'],
  field: 'accessKeys',
  schema: z.array(accessKeyEntry),
  rank: { json: 2, ...kindNames['access-key'].rank },
  summary: { key: 'AccountAccessKeysPresent', field: 'accessKeysPresent' },
  guards: null,
  details: ['status', 'createdAt', 'lastUsedAt', 'lastUsedService', 'lastUsedRegion'],
  compared: ['status', 'createdAt'],
  list: (keys) => keys,
  isId: isWord,
  shortId: (id) => id,
  isUsedByPrograms: true,
  planFacts: ['status', 'last-use'],
  csv: {
    access_keys: (keys) => keys.length,
    access_keys_active: (keys) => keys.filter(({ status }) => status === 'Active').length,
    access_key_ids: (keys) => keys.map(({ id }) => id),
    access_keys_last_used_at: (keys) => keys.map(({ lastUsedAt }) => lastUsedAt),
    access_keys_last_used_services: (keys) => keys.map(({ lastUsedService }) => lastUsedService),
  },
  column: { shows: 'count', drop: 2, folds: false },
  risk: { level: 'error', severity: '9.5' },
});
