import { explainDenial } from '../actions/denials.ts';
import type { Aws } from '../aws/clients.ts';
import type { PolicyStatement, UnlockDocument } from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import type { RootTask, TaskPolicyName } from '../policy/index.ts';
import { judgePolicy, type PolicyHolder, type PolicyService } from '../root/locked-policy.ts';
import { openRootSession, type RootSession, type SessionRequest } from '../root/session.ts';
import { bucketPolicyBytesMax, openBucketPolicies } from '../root/unlock-s3.ts';
import { openQueuePolicies, queuePolicyBytesMax } from '../root/unlock-sqs.ts';
import type { Context } from './context.ts';

export type ServiceName = UnlockDocument['service'];

export interface Service {
  readonly one: string;
  readonly flag: string;
  readonly taskPolicy: TaskPolicyName;
  readonly bytesMax: number;
  readonly taskOn: (arn: string) => RootTask;
  readonly anyArn: (partition: string) => string;
  readonly open: (aws: Aws, session: RootSession, partition: string, signal: AbortSignal) => Promise<PolicyService>;
}

/** The two kinds of resource whose policy a root session can mend. */
export const services: Readonly<Record<ServiceName, Service>> = {
  s3: {
    one: 'bucket',
    flag: '--bucket',
    taskPolicy: 'S3UnlockBucketPolicy',
    bytesMax: bucketPolicyBytesMax,
    taskOn: (bucketArn) => ({ task: 's3', bucketArn }),
    anyArn: (partition) => `arn:${partition}:s3:::*`,
    open: (aws, session, partition, signal) => openBucketPolicies({ aws, session, partition, signal }),
  },
  sqs: {
    one: 'queue',
    flag: '--queue',
    taskPolicy: 'SQSUnlockQueuePolicy',
    bytesMax: queuePolicyBytesMax,
    taskOn: (queueArn) => ({ task: 'sqs', queueArn }),
    anyArn: (partition) => `arn:${partition}:sqs:*:*:*`,
    open: (aws, session, partition, signal) =>
      openQueuePolicies({ aws, session, partition, region: aws.region, signal }),
  },
};

/** The member account at work on, and what a session in it needs. */
export interface Site {
  readonly context: Context;
  readonly aws: Aws;
  readonly organization: Organization;
  readonly account: Account;
  readonly service: Service;
  readonly name: ServiceName;
}

/** Opens a session that has proven whose it is; a denial in it names the service control policy behind it. */
export async function inSession<Result>(
  site: Site,
  arn: string | null,
  onOpened: SessionRequest['onOpened'] | null,
  work: (policies: PolicyService, session: RootSession) => Promise<Result>,
): Promise<Result> {
  const { context, aws, organization, account, service } = site;
  const { partition } = organization.caller;
  const { aborting } = context.stops;
  const request: SessionRequest = {
    accountId: account.id,
    partition,
    taskPolicy: service.taskPolicy,
    isProven: true,
    ...(onOpened == null ? {} : { onOpened }),
  };
  const environment = { aws, clock: context.clock, settling: context.settling, signal: aborting };
  try {
    const session = await openRootSession(request, environment);
    return await work(await service.open(aws, session, partition, aborting), session);
  } catch (error) {
    const task = service.taskOn(arn ?? service.anyArn(partition));
    throw await explainDenial(aws, organization, account, error, task, aborting);
  }
}

export function documentOf(
  { context, account, name, organization }: Site,
  outcome: UnlockDocument['outcome'],
  holder: PolicyHolder | null,
  policy: string | null,
  backup: string | null,
): UnlockDocument {
  const owner = { accountId: account.id, partition: organization.caller.partition };
  return {
    ...context.heading('rootctl.unlock', true),
    service: name,
    outcome,
    account: account.id,
    accountName: account.name,
    resource: holder?.name ?? null,
    region: holder?.region ?? null,
    policy: policy === null ? null : parsed(policy),
    statements: policy === null || holder === null ? [] : judgePolicy(policy, holder, owner),
    backup,
  };
}

function parsed(policy: string): UnlockDocument['policy'] {
  try {
    const value: unknown = JSON.parse(policy);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : policy;
  } catch {
    return policy;
  }
}

/** Putting a policy that locks is allowed, because a restored one may, but not in silence. */
export function warnOfLock({ context, account, organization }: Site, holder: PolicyHolder, policy: string): void {
  const owner = { accountId: account.id, partition: organization.caller.partition };
  const locking = judgePolicy(policy, holder, owner).filter(({ locks }) => locks === 'yes');
  const name = ({ index, sid }: PolicyStatement): string => sid ?? `statement ${index + 1}`;
  if (locking.length > 0) context.warn(`⚠ the new policy locks everybody out too: ${locking.map(name).join(', ')}`);
}
