import * as z from 'zod/mini';
import { type Immutable, timestamp } from '../common.ts';
import { describeKind, isWord } from './kind.ts';
import { kindNames } from './names.ts';

const signingCertificateEntry = z.strictObject({
  id: z.string(),
  status: z.enum(['Active', 'Inactive', 'Expired']),
  uploadedAt: z.nullable(timestamp),
});
export type SigningCertificateEntry = Immutable<z.infer<typeof signingCertificateEntry>>;

export const signingCertificate = describeKind({
  ...kindNames['signing-certificate'],
  field: 'signingCertificates',
  schema: z.array(signingCertificateEntry),
  rank: { json: 4, ...kindNames['signing-certificate'].rank },
  summary: { key: 'AccountSigningCertificatesPresent', field: 'signingCertificatesPresent' },
  guards: null,
  details: ['status', 'createdAt'],
  compared: ['status', 'createdAt'],
  list: (certificates) => certificates.map(({ id, status, uploadedAt }) => ({ id, status, createdAt: uploadedAt })),
  isId: isWord,
  shortId: (id) => id,
  isUsedByPrograms: false,
  planFacts: ['status', 'since'],
  csv: {
    signing_certificates: (certificates) => certificates.length,
    signing_certificate_ids: (certificates) => certificates.map(({ id }) => id),
  },
  column: { shows: 'count', drop: null, folds: true },
  risk: { level: 'error', severity: '8.0' },
});
