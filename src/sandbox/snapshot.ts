import type { Scenario, ScenarioAccount, ScenarioOrganization } from './scenario.ts';
import type { AccountState, OrganizationState, SandboxState } from './state.ts';

/**
 * The whole state as a scenario from which another sandbox goes on. Lists are copied; what they hold is never changed in place, buckets
 * and queues apart, and those are copied too.
 */
export function snapshotOf(state: SandboxState): Scenario {
  return {
    kind: 'rootctl.sandbox',
    schemaVersion: '1',
    seed: state.seed,
    partition: state.partition,
    region: state.region,
    createdAt: state.createdAt,
    requestCount: state.requestCount,
    ...(state.organization ? { organization: organizationOf(state.organization) } : {}),
    accounts: state.accounts.map(accountOf),
    ...(state.callers.length > 0 ? { callers: state.callers } : {}),
    ...(Object.keys(state.behaviour).length > 0 ? { behaviour: state.behaviour } : {}),
    ...(state.events.length > 0 ? { events: [...state.events] } : {}),
  };
}

/** Empty lists are left out: a clean account takes a line. */
function accountOf({ root, ...account }: AccountState): ScenarioAccount {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    ...(account.state === 'ACTIVE' ? {} : { state: account.state }),
    parentId: account.parentId,
    ...(account.joinedMethod === 'CREATED' ? {} : { joinedMethod: account.joinedMethod }),
    joinedAt: account.joinedAt,
    ...(Object.keys(account.tags).length > 0 ? { tags: account.tags } : {}),
    root: {
      createdAt: root.createdAt,
      ...(root.passwordLastUsedAt === undefined ? {} : { passwordLastUsedAt: root.passwordLastUsedAt }),
      ...(root.loginProfile ? { loginProfile: root.loginProfile } : {}),
      ...(root.accessKeys.length > 0 ? { accessKeys: [...root.accessKeys] } : {}),
      ...(root.signingCertificates.length > 0 ? { signingCertificates: [...root.signingCertificates] } : {}),
      ...(root.mfaDevices.length > 0 ? { mfaDevices: [...root.mfaDevices] } : {}),
      ...(root.ghosts.length > 0 ? { ghosts: [...root.ghosts] } : {}),
    },
    ...(account.buckets.length > 0 ? { buckets: account.buckets.map((one) => ({ ...one })) } : {}),
    ...(account.queues.length > 0 ? { queues: account.queues.map((one) => ({ ...one })) } : {}),
  };
}

function organizationOf(organization: OrganizationState): ScenarioOrganization {
  return {
    id: organization.id,
    rootId: organization.rootId,
    managementAccountId: organization.managementAccountId,
    featureSet: organization.featureSet,
    trustedServices: [...organization.trustedServices].map(([servicePrincipal, enabledAt]) => ({
      servicePrincipal,
      enabledAt,
    })),
    delegatedAdministrators: [...organization.delegates],
    rootCredentialsManagement: organization.rootCredentialsManagement,
    rootSessions: organization.rootSessions,
    organizationalUnits: [...organization.units.values()],
    policies: [...organization.policies.values()].map((policy) => ({
      id: policy.id,
      name: policy.name,
      description: policy.description,
      awsManaged: policy.awsManaged,
      document: policy.content,
      targets: [...(policy.everywhere ? ['*'] : []), ...policy.targets],
    })),
    ...(organization.laggingSwitches.size > 0
      ? { laggingSwitches: Object.fromEntries(organization.laggingSwitches) }
      : {}),
  };
}
