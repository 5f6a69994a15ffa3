import { CreateLoginProfileCommand, GetLoginProfileCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../aws/failure.ts';
import { delaysUntil, type PollEnvironment, poll } from '../poll.ts';
import type { RootSession } from './session.ts';

/** What became of one account's password recovery. */
type Recovery =
  | { readonly outcome: 'allowed'; readonly requestId: string | null }
  | { readonly outcome: 'already-allowed'; readonly requestId: string | null }
  | { readonly outcome: 'failed' | 'unverified'; readonly error: AwsError };

/** A login profile is a password, or the permission to set one by e-mail: AWS tells the two apart nowhere. @throws AwsError */
export async function hasLoginProfile({ ask }: RootSession): Promise<boolean> {
  try {
    await ask(new GetLoginProfileCommand({}));
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.failure.kind === 'not-found') return false;
    throw error;
  }
}

/**
 * Lets the owner of the account's root e-mail address set a password: `CreateLoginProfile` without arguments. Deletes
 * nothing. To be asked of an account seen without a login profile: one that exists after a lost answer is then ours.
 * @param intend resolves when the intent is on the disk; nothing is asked for before.
 * @throws what `intend` throws; a refusal of AWS's is an outcome.
 */
export async function allowRecovery(
  session: RootSession,
  intend: () => Promise<void>,
  environment: PollEnvironment,
): Promise<Recovery> {
  await intend();
  try {
    const { $metadata } = await session.ask(new CreateLoginProfileCommand({}));
    return { outcome: 'allowed', requestId: $metadata.requestId ?? null };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { requestId } = error.failure;
    if (error.failure.code === 'EntityAlreadyExists') {
      return { outcome: error.mayHaveTakenEffect ? 'allowed' : 'already-allowed', requestId };
    }
    if (!error.mayHaveTakenEffect) return { outcome: 'failed', error };
    return lookAgain(session, error, environment);
  }
}

/** IAM is eventually consistent: what was allowed may be seen late. As long as `delete` waits by itself. */
const seenWithinMs = 60_000;

/** The answer was lost: what is there now tells what happened. What is not seen, or cannot be looked at, is not known. */
async function lookAgain(session: RootSession, lost: AwsError, environment: PollEnvironment): Promise<Recovery> {
  const { clock } = environment;
  const delaysMs = delaysUntil(clock.monotonicMs() + seenWithinMs, clock);
  try {
    if (await poll(() => hasLoginProfile(session), Boolean, delaysMs, environment))
      return { outcome: 'allowed', requestId: lost.failure.requestId };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
  return { outcome: 'unverified', error: lost };
}
