import {
  DescribeOrganizationalUnitCommand,
  DescribePolicyCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { given } from '../aws/answers.ts';
import type { Aws } from '../aws/clients.ts';
import { AwsError, malformed } from '../aws/failure.ts';
import type { Blocker } from '../documents/index.ts';
import {
  judgeRootSessionScps,
  parsePolicy,
  policyFaultOf,
  type RootTask,
  type Scp,
  type ScpLevel,
  type ScpTarget,
  type ScpVerdict,
} from '../policy/index.ts';
import { type Account, parentIdsOf } from './account.ts';
import type { Organization } from './organization.ts';
import { collectPages } from './pages.ts';

/** Reads the service control policies that apply to accounts, each target and each policy once. */
export interface ScpReader {
  /**
   * Whether the policies let a root session in the account do its work.
   * @returns null when AWS does not tell where the account is, so that nobody knows which policies apply.
   * @throws AwsError when the policies may not be read.
   */
  judge(account: Account, tasks: readonly RootTask[], signal?: AbortSignal): Promise<ScpVerdict | null>;
}

/**
 * An organization of ten thousand accounts has a few dozen units and policies: what is above an account costs one call
 * a unit and one a policy for the whole organization; only what hangs on the account itself costs a call each.
 */
export function createScpReader(aws: Aws, organization: Organization): ScpReader {
  const policies = new Map<string, Promise<Scp>>();
  const levels = new Map<string, Promise<ScpLevel>>();
  const paths = new Map<string, Promise<string>>();
  const above = new Map<string, Promise<readonly ScpLevel[]>>();
  let isOn: Promise<boolean> | null = null;

  const levelOf = (target: ScpTarget, signal?: AbortSignal): Promise<ScpLevel> =>
    once(levels, target.id, async () => {
      const attached = await listPolicies(aws, target.id, signal);
      const read = attached.map(({ id, name }) => once(policies, id, () => describePolicy(aws, id, name, signal)));
      return { target, policies: await Promise.all(read) };
    });

  const levelsAbove = async (parentIds: readonly string[], signal?: AbortSignal): Promise<readonly ScpLevel[]> => {
    const named: ScpLevel[] = [];
    let path = '';
    for (const id of parentIds) {
      if (id.startsWith('r-')) {
        named.push(await levelOf({ id, name: 'Root', kind: 'root' }, signal));
        continue;
      }
      const parentPath = path;
      path = await once(paths, id, () => unitPath(aws, id, parentPath, signal));
      named.push(await levelOf({ id, name: path, kind: 'ou' }, signal));
    }
    return named;
  };

  return {
    async judge(account, tasks, signal) {
      const parentIds = parentIdsOf(account);
      if (parentIds.length === 0) return null;
      const subject = {
        accountId: account.id,
        partition: organization.caller.partition,
        organizationId: organization.id,
        path: `${[organization.id, ...parentIds].join('/')}/`,
      };
      const clear = () => judgeRootSessionScps({ ...subject, levels: [] }, tasks);
      if (organization.featureSet === 'CONSOLIDATED_BILLING') return clear();
      const shared = await once(above, parentIds.join('/'), () => levelsAbove(parentIds, signal));
      if (shared[0]?.policies.length === 0) {
        isOn ??= areScpsOn(aws, signal);
        if (!(await isOn)) return clear();
      }
      const inherited = judgeRootSessionScps({ ...subject, levels: shared }, tasks);
      if (inherited.verdict === 'blocked') return inherited; // whatever hangs on the account itself
      const own = await levelOf({ id: account.id, name: account.name, kind: 'account' }, signal);
      levels.delete(account.id); // used once: ten thousand of them would only fill memory
      return judgeRootSessionScps({ ...subject, levels: [...shared, own] }, tasks);
    },
  };
}

/** A value that is being read is waited for, not read twice. A denial is an answer and is kept; another failure is not. */
function once<Value>(values: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>): Promise<Value> {
  const known = values.get(key);
  if (known !== undefined) return known;
  const reading = read();
  values.set(key, reading);
  reading.catch((error: unknown) => {
    if (!(error instanceof AwsError) || error.failure.kind !== 'denied') values.delete(key);
  });
  return reading;
}

async function listPolicies(
  aws: Aws,
  TargetId: string,
  signal?: AbortSignal,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const summaries = await collectPages(async (NextToken) => {
    const page = await aws.organizations(
      new ListPoliciesForTargetCommand({ TargetId, Filter: 'SERVICE_CONTROL_POLICY', NextToken }),
      signal,
    );
    return { items: page.Policies ?? [], next: page.NextToken };
  });
  return summaries.map(({ Id = '', Name = '' }) => ({ id: Id, name: Name }));
}

/** A policy that may not be read, or that is not understood, is no reason to say "clear": it is marked unreadable. */
async function describePolicy(aws: Aws, id: string, name: string, signal?: AbortSignal): Promise<Scp> {
  try {
    const { Policy } = await aws.organizations(new DescribePolicyCommand({ PolicyId: id }), signal);
    return { id, name, document: parsePolicy(Policy?.Content ?? '') };
  } catch (error) {
    const fault = policyFaultOf(error);
    if (fault !== null) return { id, name, document: { unreadable: 'not-understood', fault } };
    if (!(error instanceof AwsError) || error.failure.kind !== 'denied') throw error;
    return { id, name, document: { unreadable: 'denied', operation: 'organizations:DescribePolicy' } };
  }
}

/** `Workloads/Prod`; a name that may not be read is replaced by the id. */
async function unitPath(aws: Aws, id: string, parentPath: string, signal?: AbortSignal): Promise<string> {
  let name = id;
  try {
    const command = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id });
    name = (await aws.organizations(command, signal)).OrganizationalUnit?.Name ?? id;
  } catch (error) {
    if (!(error instanceof AwsError) || error.failure.kind !== 'denied') throw error;
  }
  return parentPath === '' ? name : `${parentPath}/${name}`;
}

/**
 * While service control policies are on, every target has at least one (AWS refuses to detach the last), so a root
 * without any usually means that they are off: then none applies. Only the root itself tells which.
 */
async function areScpsOn(aws: Aws, signal?: AbortSignal): Promise<boolean> {
  const roots = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListRootsCommand({ NextToken }), signal);
    return { items: given(page.Roots), next: page.NextToken };
  });
  if (roots.length === 0) throw malformed('ListRoots', { say: 'malformed', field: 'Roots' });
  return roots.some(({ PolicyTypes = [] }) =>
    PolicyTypes.some(({ Type, Status }) => Type === 'SERVICE_CONTROL_POLICY' && Status !== 'PENDING_DISABLE'),
  );
}

/** What blocks: a policy, or the place where nothing allows it. */
export function blockerOf({ policy, sid, target, blockedActions }: ScpVerdict): Blocker {
  return {
    policyId: policy?.id ?? null,
    policyName: policy?.name ?? null,
    sid,
    target: target?.name ?? '',
    action: blockedActions[0] ?? null,
  };
}

/** The same statement at the same place, whichever action it denies. */
export const isSameBlocker = (one: Blocker, other: Blocker): boolean =>
  one.policyId === other.policyId && one.sid === other.sid && one.target === other.target;
