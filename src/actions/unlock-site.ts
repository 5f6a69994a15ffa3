import type { Aws } from '../aws/clients.ts';
import type { UnlockDocument } from '../documents/index.ts';
import type { Account, AccountId } from '../org/account.ts';
import { type Organization, readOrganization, requireFeature } from '../org/organization.ts';
import type { RootTask, TaskPolicyName } from '../policy/index.ts';
import { judgePolicy, type PolicyHolder, type PolicyService } from '../root/locked-policy.ts';
import { openRootSession, type RootSession, type SessionRequest } from '../root/session.ts';
import { bucketPolicyBytesMax, openBucketPolicies } from '../root/unlock-s3.ts';
import { openQueuePolicies, queuePolicyBytesMax } from '../root/unlock-sqs.ts';
import { explainDenial } from './denials.ts';
import type { Environment } from './environment.ts';
import { sessionOf } from './fleet.ts';
import { headingOf } from './heading.ts';
import { requireTargets } from './targets.ts';

export type ServiceName = UnlockDocument['service'];

export interface Service {
  readonly holder: 'bucket' | 'queue';
  readonly taskPolicy: TaskPolicyName;
  readonly bytesMax: number;
  readonly taskOn: (arn: string) => RootTask;
  readonly anyArn: (partition: string) => string;
  readonly open: (aws: Aws, session: RootSession, partition: string, signal: AbortSignal) => Promise<PolicyService>;
}

/** The two kinds of resource whose policy a root session can mend. */
export const services: Readonly<Record<ServiceName, Service>> = {
  s3: {
    holder: 'bucket',
    taskPolicy: 'S3UnlockBucketPolicy',
    bytesMax: bucketPolicyBytesMax,
    taskOn: (bucketArn) => ({ task: 's3', bucketArn }),
    anyArn: (partition) => `arn:${partition}:s3:::*`,
    open: (aws, session, partition, signal) => openBucketPolicies({ aws, session, partition, signal }),
  },
  sqs: {
    holder: 'queue',
    taskPolicy: 'SQSUnlockQueuePolicy',
    bytesMax: queuePolicyBytesMax,
    taskOn: (queueArn) => ({ task: 'sqs', queueArn }),
    anyArn: (partition) => `arn:${partition}:sqs:*:*:*`,
    open: (aws, session, partition, signal) =>
      openQueuePolicies({ aws, session, partition, region: aws.region, signal }),
  },
};

export type SiteEnvironment = Pick<
  Environment,
  'aws' | 'clock' | 'isTimeKnown' | 'product' | 'protections' | 'report' | 'settling' | 'stops'
>;

/** The member account at work on, and what a session in it needs. */
export interface Site {
  readonly organization: Organization;
  readonly account: Account;
  readonly name: ServiceName;
  readonly service: Service;
}

/** @throws ProblemError when no root session could work there. */
export async function openSite(name: ServiceName, id: AccountId, environment: SiteEnvironment): Promise<Site> {
  environment.report({ event: 'working', on: 'organization' });
  const { organization, access } = await readOrganization(environment.aws, environment.stops.aborting);
  requireFeature('root-sessions', organization, access);
  const [account] = await requireTargets(environment, organization, [id]);
  if (account === undefined) throw new Error(`no target came of ${id}`);
  return { organization, account, name, service: services[name] };
}

/** Opens a session that has proven whose it is; a denial in it names the service control policy behind it. */
export async function inSession<Result>(
  { organization, account, service }: Site,
  environment: SiteEnvironment,
  arn: string | null,
  onOpened: SessionRequest['onOpened'] | null,
  work: (policies: PolicyService, session: RootSession) => Promise<Result>,
): Promise<Result> {
  const { aws, stops } = environment;
  const { partition } = organization.caller;
  const request: SessionRequest = {
    accountId: account.id,
    partition,
    taskPolicy: service.taskPolicy,
    isProven: true,
    onOpened: async (accessKeyId, requestId) => onOpened?.(accessKeyId, requestId),
  };
  try {
    const session = await openRootSession(request, sessionOf(environment));
    return await work(await service.open(aws, session, partition, stops.aborting), session);
  } catch (error) {
    const task = service.taskOn(arn ?? service.anyArn(partition));
    throw await explainDenial(aws, organization, account, error, task, stops.aborting);
  }
}

export function documentOf(
  { account, name, organization }: Site,
  environment: SiteEnvironment,
  outcome: UnlockDocument['outcome'],
  holder: PolicyHolder | null,
  policy: string | null,
  backup: string | null,
): UnlockDocument {
  const owner = { accountId: account.id, partition: organization.caller.partition };
  return {
    ...headingOf(environment, 'rootctl.unlock', true),
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
