import { GetUserCommand } from '@aws-sdk/client-iam';
import { AssumeRootCommand } from '@aws-sdk/client-sts';
import type { Aws, SessionIdentity } from '../aws/clients.ts';
import type { SdkCommand } from '../aws/dispatch.ts';
import { AwsError } from '../aws/failure.ts';
import { createSigner } from '../aws/signature.ts';
import type { Clock } from '../clock.ts';
import type { AccountId } from '../org/account.ts';
import { malformed } from './kinds/kind.ts';

/** The five task policies of root sessions (IAM User Guide, "Perform a privileged task on a member account"). */
export type TaskPolicy =
  | 'IAMAuditRootUserCredentials'
  | 'IAMDeleteRootUserCredentials'
  | 'IAMCreateRootUserPassword'
  | 'S3UnlockBucketPolicy'
  | 'SQSUnlockQueuePolicy';

export const taskPolicyArn = (partition: string, task: TaskPolicy): string =>
  `arn:${partition}:iam::aws:policy/root-task/${task}`;

/** Sends one command as the root user of the session's account. */
export type Ask = <Output extends object>(command: SdkCommand<Output>) => Promise<Output>;

/**
 * The session answered for another account than the one it was opened for: credentials are being mixed up somewhere.
 * Nothing may go on after this.
 */
export class WrongAccountError extends Error {
  override readonly name = 'WrongAccountError';
  readonly code = 'WrongAccountSession';
  readonly hint = 'nothing was deleted through this session; report it, with the journal, before you run rootctl again';

  constructor(expectedArn: string, actualArn: string) {
    super(`a root session opened for ${expectedArn} answered as ${actualArn}: the run is stopped`);
  }
}

export interface RootSession {
  readonly accountId: AccountId;
  /** The session's access key id, which CloudTrail's events carry; it changes when an expired session is opened again. */
  readonly accessKeyId: () => string;
  readonly identity: () => SessionIdentity;
  readonly ask: Ask;
}

export interface SessionRequest {
  readonly accountId: AccountId;
  readonly partition: string;
  readonly taskPolicy: TaskPolicy;
  /** Ask `GetUser` whose session this is before anything else may be asked: promised before every deletion. */
  readonly isProven: boolean;
  readonly onOpened?: (accessKeyId: string, requestId: string | null) => Promise<void>;
}

export interface SessionEnvironment {
  readonly aws: Aws;
  readonly clock: Clock;
  readonly settling: Settling;
  readonly signal?: AbortSignal;
}

/** A session lasts 900 s at most; one that ends within this time is not begun with. */
const expiryMarginMs = 20_000;
const reopenCountMax = 5;

/**
 * Opens a root session in a member account, scoped to one task policy, at a regional STS endpoint: the global one does
 * not serve AssumeRoot (STS API Reference). A session that expires in the middle is opened, and proven, again.
 * @throws AwsError when AWS refuses; WrongAccountError when the session is somebody else's.
 */
export async function openRootSession(request: SessionRequest, environment: SessionEnvironment): Promise<RootSession> {
  const { aws, clock, signal } = environment;
  let open = await assume(request, environment);
  let reopenCount = 0;
  let reopening: Promise<OpenSession> | null = null;
  const reopen = async (stale: OpenSession): Promise<void> => {
    if (open !== stale) return; // another call of this account has already opened a new one
    reopenCount += 1;
    reopening ??= assume(request, environment).finally(() => {
      reopening = null;
    });
    open = await reopening;
  };
  const ask: Ask = async (command) => {
    for (;;) {
      if (clock.nowMs() > open.expiresAtMs - expiryMarginMs && reopenCount < reopenCountMax) await reopen(open);
      const used = open;
      try {
        return await aws.asRoot(used.identity, command, signal);
      } catch (error) {
        const isExpired = error instanceof AwsError && error.failure.kind === 'expired-session';
        if (!isExpired || reopenCount >= reopenCountMax) throw error;
        await reopen(used);
      }
    }
  };
  return {
    accountId: request.accountId,
    accessKeyId: () => open.identity.credentials.accessKeyId,
    identity: () => open.identity,
    ask,
  };
}

interface OpenSession {
  readonly identity: SessionIdentity;
  readonly expiresAtMs: number;
}

async function assume(request: SessionRequest, environment: SessionEnvironment): Promise<OpenSession> {
  const { accountId, partition } = request;
  const { aws, clock, settling, signal } = environment;
  const command = new AssumeRootCommand({
    TargetPrincipal: accountId,
    TaskPolicyArn: { arn: taskPolicyArn(partition, request.taskPolicy) },
  });
  const { Credentials, $metadata } = await settling.opening(() => aws.sts(command, signal), signal);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw malformed('AssumeRoot', 'AWS opened a session without credentials');
  }
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const identity: SessionIdentity = { accountId, credentials, signer: createSigner(credentials) };
  await request.onOpened?.(AccessKeyId, $metadata.requestId ?? null);
  if (request.isProven) {
    const { User } = await aws.asRoot(identity, new GetUserCommand({}), signal);
    const expectedArn = `arn:${partition}:iam::${accountId}:root`;
    if (User?.Arn === undefined) throw malformed('GetUser', 'AWS did not say whose session it is');
    if (User.Arn !== expectedArn) throw new WrongAccountError(expectedArn, User.Arn);
  }
  return { identity, expiresAtMs: Expiration?.getTime() ?? clock.nowMs() + 900_000 };
}

/**
 * Right after the feature was switched on AWS may still refuse root sessions for a moment (seen on AWS, see
 * `docs/aws.md`). So a refusal is tried again for a short time, once for the whole command and only until
 * the first session has opened; from then on a refusal means what it says.
 */
export interface Settling {
  opening<Output>(assumeRoot: () => Promise<Output>, signal?: AbortSignal): Promise<Output>;
}

const settlingWindowMs = 4_000;
const settlingStepMs = 1_000;

export function createSettling(clock: Clock, onWaiting?: () => void): Settling {
  let hasOpened = false;
  let firstRefusalMs: number | null = null;
  return {
    opening: async (assumeRoot, signal) => {
      for (;;) {
        try {
          const output = await assumeRoot();
          hasOpened = true;
          return output;
        } catch (error) {
          const isDenied = error instanceof AwsError && error.failure.kind === 'denied';
          if (!isDenied || hasOpened) throw error;
          if (firstRefusalMs === null) onWaiting?.();
          firstRefusalMs ??= clock.nowMs();
          if (clock.nowMs() - firstRefusalMs >= settlingWindowMs) throw error;
          await clock.sleep(settlingStepMs, signal);
        }
      }
    },
  };
}
