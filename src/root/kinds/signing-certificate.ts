import {
  DeleteSigningCertificateCommand,
  ListSigningCertificatesCommand,
  type SigningCertificate,
} from '@aws-sdk/client-iam';
import { given } from '../../aws/answers.ts';
import { credentialKinds } from '../../documents/index.ts';
import type { Ask } from '../session.ts';
import { type CredentialKind, isoTime, listOnce } from './kind.ts';

const listCertificates = (ask: Ask): Promise<readonly SigningCertificate[]> =>
  listOnce(
    (Marker) => ask(new ListSigningCertificatesCommand({ Marker })),
    (page) => page.Certificates,
    (one) => one.CertificateId,
  );

const entryOf = ({ CertificateId, Status, UploadDate }: SigningCertificate) => ({
  id: given(CertificateId),
  status: given(Status),
  uploadedAt: isoTime(UploadDate),
});

/** X.509 certificates of the old SOAP interfaces, at most two. AWS records no last use of them. */
export const signingCertificate: CredentialKind = {
  description: credentialKinds['signing-certificate'],
  operations: { read: ['ListSigningCertificates'], remove: 'DeleteSigningCertificate' },
  absent: { signingCertificates: [] },
  unread: { signingCertificates: null },
  presentUnread: { signingCertificates: null },
  read: async (ask) => ({
    credentials: { signingCertificates: (await listCertificates(ask)).map(entryOf) },
    lastUses: [],
    incomplete: null,
  }),
  list: async (ask) =>
    (await listCertificates(ask))
      .map(entryOf)
      .map(({ id, status, uploadedAt }) => ({ id, status, createdAt: uploadedAt })),
  remove: async (ask, id) => {
    const { $metadata } = await ask(new DeleteSigningCertificateCommand({ CertificateId: id ?? undefined }));
    return $metadata.requestId ?? null;
  },
};
