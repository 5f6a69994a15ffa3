import {
  type AccessKeyMetadata,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { given } from '../../aws/answers.ts';
import { AwsError } from '../../aws/failure.ts';
import { type AccessKeyEntry, credentialKinds } from '../../documents/index.ts';
import type { Ask } from '../session.ts';
import { type CredentialKind, isoTime, listOnce } from './kind.ts';

/** In a root session the calls take no `UserName`. */
const listKeys = (ask: Ask): Promise<readonly AccessKeyMetadata[]> =>
  listOnce(
    (Marker) => ask(new ListAccessKeysCommand({ Marker })),
    (page) => page.AccessKeyMetadata,
    (one) => one.AccessKeyId,
  );

const never = { lastUsedAt: null, lastUsedService: null, lastUsedRegion: null };

async function readLastUse(ask: Ask, id: string) {
  const { AccessKeyLastUsed } = await ask(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
  const used = given(AccessKeyLastUsed);
  const lastUsedAt = isoTime(used.LastUsedDate);
  if (lastUsedAt === null) return never; // AWS says "N/A" for service and region of a key that was never used
  return { lastUsedAt, lastUsedService: used.ServiceName ?? null, lastUsedRegion: used.Region ?? null };
}

export const accessKey: CredentialKind = {
  description: credentialKinds['access-key'],
  operations: { read: ['ListAccessKeys', 'GetAccessKeyLastUsed'], remove: 'DeleteAccessKey' },
  absent: { accessKeys: [] },
  unread: { accessKeys: null },
  presentUnread: { accessKeys: null },
  read: async (ask) => {
    let incomplete: AwsError | null = null;
    const accessKeys = await Promise.all(
      (await listKeys(ask)).map(async (key): Promise<AccessKeyEntry> => {
        const id = given(key.AccessKeyId);
        const lastUse = await readLastUse(ask, id).catch((error: unknown) => {
          if (!(error instanceof AwsError) || error.failure.kind === 'aborted') throw error;
          incomplete = error;
          return never;
        });
        return {
          id,
          status: given(key.Status),
          createdAt: isoTime(key.CreateDate),
          ...lastUse,
        };
      }),
    );
    return { credentials: { accessKeys }, lastUses: accessKeys.map((key) => key.lastUsedAt), incomplete };
  },
  list: async (ask) =>
    (await listKeys(ask)).map((key) => ({
      id: given(key.AccessKeyId),
      createdAt: isoTime(key.CreateDate),
      status: given(key.Status),
    })),
  remove: async (ask, id) => {
    const { $metadata } = await ask(new DeleteAccessKeyCommand({ AccessKeyId: id ?? undefined }));
    return $metadata.requestId ?? null;
  },
};
