import { DeleteLoginProfileCommand, GetLoginProfileCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { given } from '../../aws/answers.ts';
import { AwsError } from '../../aws/failure.ts';
import { credentialKinds } from '../../documents/index.ts';
import type { Ask } from '../session.ts';
import { type CredentialKind, isoTime, type Target } from './kind.ts';

/** `NoSuchEntity` is AWS's way to say that there is no password; every other error means that we do not know. */
async function readProfile(ask: Ask): Promise<Target | null> {
  try {
    const { LoginProfile } = await ask(new GetLoginProfileCommand({}));
    return { id: null, createdAt: isoTime(given(LoginProfile).CreateDate) };
  } catch (error) {
    if (error instanceof AwsError && error.failure.kind === 'not-found') return null;
    throw error;
  }
}

/** The password, as people call it. */
export const loginProfile: CredentialKind = {
  description: credentialKinds['login-profile'],
  operations: { read: ['GetUser', 'GetLoginProfile'], remove: 'DeleteLoginProfile' },
  absent: { loginProfile: { present: false, createdAt: null, lastUsedAt: null } },
  unread: { loginProfile: null },
  presentUnread: { loginProfile: { present: true, createdAt: null, lastUsedAt: null } },
  read: async (ask) => {
    let incomplete: AwsError | null = null;
    const lastUse = ask(new GetUserCommand({}))
      .then(({ User }) => isoTime(given(User).PasswordLastUsed))
      .catch((error: unknown) => {
        if (!(error instanceof AwsError) || error.failure.kind === 'aborted') throw error;
        incomplete = error;
        return null;
      });
    const [profile, lastUsedAt] = await Promise.all([readProfile(ask), lastUse]);
    if (profile === null) return { credentials: loginProfile.absent, lastUses: [lastUsedAt], incomplete };
    return {
      credentials: { loginProfile: { present: true, createdAt: profile.createdAt, lastUsedAt } },
      lastUses: [lastUsedAt],
      incomplete,
    };
  },
  list: async (ask) => {
    const profile = await readProfile(ask);
    return profile === null ? [] : [profile];
  },
  remove: async (ask) => {
    const { $metadata } = await ask(new DeleteLoginProfileCommand({}));
    return $metadata.requestId ?? null;
  },
};
