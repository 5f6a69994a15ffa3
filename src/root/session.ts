import { GetUserCommand } from '@aws-sdk/client-iam';
import { AssumeRootCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { given } from '../aws/answers.ts';
import type { Aws, SessionIdentity } from '../aws/clients.ts';
import type { SdkCommand } from '../aws/dispatch.ts';
import { AwsError, type Failure } from '../aws/failure.ts';
import { accountOfKeyId } from '../aws/key-id.ts';
import { createSigner } from '../aws/signature.ts';
import type { Clock } from '../clock.ts';
import type { AccountId } from '../org/account.ts';
import { type TaskPolicyName, taskPolicyArn } from '../policy/index.ts';
import { poll } from '../poll.ts';
import { carries, type ProblemError, problemError } from '../problems/index.ts';

/** Sends one command as the root user of the session's account. */
export type Ask = <Output extends object>(command: SdkCommand<Output>) => Promise<Output>;

/**
 * The session answered for another account than the one it was opened for: credentials are being mixed up somewhere.
 * Nothing may go on after this.
 */
const wrongAccount = (expectedArn: string, actualArn: string): ProblemError =>
  problemError('WrongAccountSession', { expectedArn, actualArn });

export const isWrongAccount = (error: unknown): boolean => carries(error, 'WrongAccountSession');

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
  readonly taskPolicy: TaskPolicyName;
  /**
   * Ask AWS whose session this is before anything else may be asked: promised before every deletion. Without it the
   * session's key id proves it where it carries the account's number, and AWS is asked only where it does not.
   */
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
 * @throws AwsError when AWS refuses; ProblemError `WrongAccountSession` when the session is somebody else's.
 */
export async function openRootSession(request: SessionRequest, environment: SessionEnvironment): Promise<RootSession> {
  const { aws, clock, signal } = environment;
  let reopenCount = 0;
  /** A session that expires while it is asked whose it is, is opened again too. */
  const openProven = async (): Promise<OpenSession> => {
    for (;;) {
      try {
        return await assume(request, environment);
      } catch (error) {
        const isExpired = isExpiry(error) && error.operation !== 'AssumeRoot'; // that would be the caller's own
        if (!isExpired || reopenCount >= reopenCountMax) throw error;
        reopenCount += 1;
      }
    }
  };
  /** Whoever is asked anyway is believed: `GetUser` names the account in each of its answers. */
  const own = <Output extends object>(output: Output): Output => {
    const arn = userArnIn(output);
    const expectedArn = rootArn(request);
    if (arn !== null && arn !== expectedArn) throw wrongAccount(expectedArn, arn);
    return output;
  };
  let open = await openProven();
  let reopening: Promise<OpenSession> | null = null;
  const reopen = async (stale: OpenSession): Promise<void> => {
    if (open !== stale) return; // another call of this account has already opened a new one
    if (reopening === null) {
      reopenCount += 1; // once, however many calls found the session expired
      reopening = openProven().finally(() => {
        reopening = null;
      });
    }
    open = await reopening;
  };
  const ask: Ask = async (command) => {
    let wasLost = false;
    try {
      for (;;) {
        if (clock.nowMs() > open.expiresAtMs - expiryMarginMs && reopenCount < reopenCountMax) await reopen(open);
        const used = open;
        try {
          return own(await aws.asRoot(used.identity, command, signal));
        } catch (error) {
          if (!isExpiry(error) || reopenCount >= reopenCountMax) throw error;
          wasLost ||= error.mayHaveTakenEffect;
          await reopen(used);
        }
      }
    } catch (error) {
      // An answer that was lost in the session that expired: the call may have done its work, whatever is said now.
      if (!wasLost || !(error instanceof AwsError) || error.mayHaveTakenEffect) throw error;
      throw new AwsError(error.operation, error.failure, error, true, error.taskPolicy);
    }
  };
  return {
    accountId: request.accountId,
    accessKeyId: () => open.identity.credentials.accessKeyId,
    identity: () => open.identity,
    ask,
  };
}

const isExpiry = (error: unknown): error is AwsError =>
  error instanceof AwsError && error.failure.kind === 'expired-session';

const rootArn = ({ partition, accountId }: SessionRequest): string => `arn:${partition}:iam::${accountId}:root`;

function userArnIn(output: object): string | null {
  const user: unknown = 'User' in output ? output.User : null;
  return typeof user === 'object' && user !== null && 'Arn' in user && typeof user.Arn === 'string' ? user.Arn : null;
}

interface OpenSession {
  readonly identity: SessionIdentity;
  readonly expiresAtMs: number;
}

async function assume(request: SessionRequest, environment: SessionEnvironment): Promise<OpenSession> {
  const { accountId, partition } = request;
  const { aws, settling, signal } = environment;
  const command = new AssumeRootCommand({
    TargetPrincipal: accountId,
    TaskPolicyArn: { arn: taskPolicyArn(partition, request.taskPolicy) },
  });
  const { Credentials, $metadata } = await settling
    .opening(() => aws.sts(command, signal), signal)
    .catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.failure.kind !== 'denied') throw error;
      throw new AwsError('AssumeRoot', error.failure, error, error.mayHaveTakenEffect, request.taskPolicy);
    });
  const opened = given(Credentials);
  const AccessKeyId = given(opened.AccessKeyId);
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: given(opened.SecretAccessKey),
    sessionToken: given(opened.SessionToken),
  };
  const identity: SessionIdentity = { accountId, credentials, signer: createSigner(credentials) };
  await request.onOpened?.(AccessKeyId, $metadata.requestId ?? null);
  if (request.isProven || accountOfKeyId(AccessKeyId) !== accountId) await prove(identity, request, environment);
  return { identity, expiresAtMs: given(opened.Expiration).getTime() };
}

/** The task policies that allow `GetUser`; the other three deny it (AWS Managed Policy Reference Guide). */
const allowGetUser: ReadonlySet<TaskPolicyName> = new Set([
  'IAMAuditRootUserCredentials',
  'IAMDeleteRootUserCredentials',
]);

/** Refusals that tell nothing about whose session it is. */
const withoutAnswer: ReadonlySet<Failure['kind']> = new Set(['denied', 'credentials', 'other']);

/**
 * Asks AWS whose session it is. Where the task policy denies `GetUser`, STS is asked: `GetCallerIdentity` needs no
 * permission and no policy can deny it (STS API Reference), though it was never seen in a root session. Those tasks
 * delete no credential, so where it is refused all the same the session's key id is enough, if it carries the number.
 */
async function prove(
  identity: SessionIdentity,
  request: SessionRequest,
  { aws, signal }: SessionEnvironment,
): Promise<void> {
  const { accountId, taskPolicy } = request;
  const expectedArn = rootArn(request);
  if (allowGetUser.has(taskPolicy)) {
    const { User } = await aws.asRoot(identity, new GetUserCommand({}), signal);
    const arn = given(given(User).Arn);
    if (arn !== expectedArn) throw wrongAccount(expectedArn, arn);
    return;
  }
  const answer = await aws.stsAsRoot(identity, new GetCallerIdentityCommand({}), signal).catch((error: unknown) => {
    const isRefused = error instanceof AwsError && withoutAnswer.has(error.failure.kind);
    if (isRefused && accountOfKeyId(identity.credentials.accessKeyId) === accountId) return null;
    throw error;
  });
  if (answer === null) return;
  // The account decides: which form the ARN of a root session takes here is documented nowhere.
  if (given(answer.Account) !== accountId) throw wrongAccount(expectedArn, given(answer.Arn));
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
  /** One window for all accounts: it begins with the first refusal of the command. */
  function* delays(): Generator<number> {
    while (firstRefusalMs !== null && clock.monotonicMs() - firstRefusalMs < settlingWindowMs) yield settlingStepMs;
  }
  const attempt = async <Output>(assumeRoot: () => Promise<Output>) => {
    try {
      const output = await assumeRoot();
      hasOpened = true;
      return { isOpen: true, output } as const;
    } catch (error) {
      const isDenied = error instanceof AwsError && error.failure.kind === 'denied';
      if (!isDenied || hasOpened) throw error;
      if (firstRefusalMs === null) onWaiting?.();
      firstRefusalMs ??= clock.monotonicMs();
      return { isOpen: false, error } as const;
    }
  };
  return {
    opening: async (assumeRoot, signal) => {
      const seen = await poll(
        () => attempt(assumeRoot),
        ({ isOpen }) => isOpen,
        delays(),
        { clock, signal },
      );
      if (!seen.isOpen) throw seen.error;
      return seen.output;
    },
  };
}
