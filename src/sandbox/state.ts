import { type PolicyDocument as ParsedPolicy, parsePolicy, policyFaultOf, type Unreadable } from '../policy/index.ts';
import type { Behaviour, LagKind } from './behaviour.ts';
import { createCache } from './cache.ts';
import { fullAwsAccess } from './full-access.ts';
import { epochSeconds, toInstant } from './instant.ts';
import { type Derive, deriveFrom } from './keys.ts';
import type {
  AccessKey,
  AccountLifecycle,
  Bucket,
  Ghost,
  LoginProfile,
  MfaDevice,
  PolicyDocument,
  Queue,
  Scenario,
  ScenarioAccount,
  ScenarioCaller,
  ScenarioEvent,
  ScenarioOrganization,
  SigningCertificate,
} from './scenario.ts';

/** Of an organization whose scenario names none. */
export const defaultRootId = 'r-exam';

/** What an account's root user really holds at this moment. */
export interface RootState {
  createdAt: string;
  passwordLastUsedAt: string | undefined;
  loginProfile: LoginProfile | undefined;
  accessKeys: AccessKey[];
  signingCertificates: SigningCertificate[];
  mfaDevices: MfaDevice[];
  /** What reads still show although it is gone. */
  ghosts: Ghost[];
}

export interface AccountState {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  state: AccountLifecycle;
  parentId: string;
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinedAt: string;
  /** Organizations gives times as numbers. */
  readonly joinedAtSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly root: RootState;
  readonly buckets: Bucket[];
  readonly queues: Queue[];
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  readonly tags?: Record<string, string> | undefined;
}

export interface ServicePolicy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly awsManaged: boolean;
  /** As DescribePolicy gives it. */
  readonly content: string;
  readonly document: ParsedPolicy | Unreadable;
  /** `everywhere`: attached to every target, as FullAWSAccess is. */
  readonly everywhere: boolean;
  readonly targets: Set<string>;
}

export interface OrganizationState {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING';
  /** Service principal → when trusted access was enabled. */
  readonly trustedServices: Map<string, string>;
  /** Registrations in order. */
  delegates: { accountId: string; servicePrincipal: string; registeredAt: string }[];
  rootCredentialsManagement: boolean;
  rootSessions: boolean;
  readonly units: Map<string, OrganizationalUnit>;
  readonly unitsByParent: Map<string, OrganizationalUnit[]>;
  readonly accountsByParent: Map<string, AccountState[]>;
  /** Parent → its path, as far as asked for. */
  readonly paths: Map<string, string>;
  readonly policies: Map<string, ServicePolicy>;
  /** Switch → what AssumeRoot still takes it for, and until when. */
  readonly laggingSwitches: Map<string, { was: boolean; untilMs: number }>;
}

/** Everything the simulated AWS knows, indexed so that no request costs more in a larger organization. */
export interface SandboxState {
  readonly seed: number;
  readonly derive: Derive;
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly region: string;
  readonly createdAt: string;
  requestCount: number;
  readonly organization: OrganizationState | undefined;
  /** In the order in which ListAccounts gives them. */
  readonly accounts: AccountState[];
  readonly accountsById: Map<string, AccountState>;
  readonly accountsByBucket: Map<string, AccountState>;
  readonly callers: ScenarioCaller[];
  behaviour: Behaviour;
  readonly events: ScenarioEvent[];
}

/** Builds the state, which changes nothing in the scenario; times relative to now ("1h ago") become exact ones. */
export function stateFrom(scenario: Scenario, nowMs: number): SandboxState {
  const instants = createCache<string>();
  const at = (text: string): string => {
    const instant = instants.get(text) ?? toInstant(text, nowMs);
    instants.set(text, instant);
    return instant;
  };
  const createdAt = at(scenario.createdAt ?? '0s ago');
  const rootId = scenario.organization?.rootId ?? defaultRootId;
  const accounts = scenario.accounts.map((account) => accountFrom(account, rootId, createdAt, at));
  const accountsByBucket = new Map<string, AccountState>();
  for (const account of accounts) for (const { name } of account.buckets) accountsByBucket.set(name, account);
  return {
    seed: scenario.seed,
    derive: deriveFrom(scenario.seed),
    partition: scenario.partition ?? 'aws',
    region: scenario.region ?? 'us-east-1',
    createdAt,
    requestCount: scenario.requestCount ?? 0,
    organization: scenario.organization && organizationFrom(scenario.organization, accounts, at),
    accounts,
    accountsById: new Map(accounts.map((account) => [account.id, account])),
    accountsByBucket,
    callers: (scenario.callers ?? []).map((caller) =>
      caller.expiresAt === undefined ? caller : { ...caller, expiresAt: at(caller.expiresAt) },
    ),
    behaviour: scenario.behaviour ?? {},
    events: [...(scenario.events ?? [])],
  };
}

function accountFrom(
  account: ScenarioAccount,
  rootId: string,
  createdAt: string,
  at: (text: string) => string,
): AccountState {
  const root = account.root ?? {};
  const joinedAt = at(account.joinedAt ?? createdAt);
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    state: account.state ?? 'ACTIVE',
    parentId: account.parentId ?? rootId,
    joinedMethod: account.joinedMethod ?? 'CREATED',
    joinedAt,
    joinedAtSeconds: epochSeconds(joinedAt),
    tags: account.tags ?? {},
    root: {
      createdAt: at(root.createdAt ?? joinedAt),
      passwordLastUsedAt: root.passwordLastUsedAt && at(root.passwordLastUsedAt),
      loginProfile: root.loginProfile && { createdAt: at(root.loginProfile.createdAt) },
      accessKeys: (root.accessKeys ?? []).map((key) => exactAccessKey(key, at)),
      signingCertificates: (root.signingCertificates ?? []).map((one) => ({ ...one, uploadedAt: at(one.uploadedAt) })),
      mfaDevices: (root.mfaDevices ?? []).map((one) => ({ ...one, enabledAt: at(one.enabledAt) })),
      ghosts: [...(root.ghosts ?? [])],
    },
    buckets: (account.buckets ?? []).map((one) => ({ ...one, createdAt: at(one.createdAt ?? createdAt) })),
    queues: (account.queues ?? []).map((one) => ({ ...one })),
  };
}

export const exactAccessKey = (key: AccessKey, at: (text: string) => string): AccessKey => ({
  ...key,
  createdAt: at(key.createdAt),
  ...(key.lastUsed ? { lastUsed: { ...key.lastUsed, at: at(key.lastUsed.at) } } : {}),
});

function organizationFrom(
  organization: ScenarioOrganization,
  accounts: readonly AccountState[],
  at: (text: string) => string,
): OrganizationState {
  const units = organization.organizationalUnits ?? [];
  return {
    id: organization.id,
    rootId: organization.rootId ?? defaultRootId,
    managementAccountId: organization.managementAccountId,
    featureSet: organization.featureSet ?? 'ALL',
    trustedServices: new Map(
      (organization.trustedServices ?? []).map(({ servicePrincipal, enabledAt }) => [servicePrincipal, at(enabledAt)]),
    ),
    delegates: (organization.delegatedAdministrators ?? []).map((one) => ({
      ...one,
      registeredAt: at(one.registeredAt),
    })),
    rootCredentialsManagement: organization.rootCredentialsManagement ?? false,
    rootSessions: organization.rootSessions ?? false,
    units: new Map(units.map((unit) => [unit.id, unit])),
    unitsByParent: groupBy(units, ({ parentId }) => parentId),
    paths: new Map(),
    accountsByParent: groupBy(accounts, ({ parentId }) => parentId),
    policies: new Map((organization.policies ?? [fullAwsAccess]).map((policy) => [policy.id, policyFrom(policy)])),
    laggingSwitches: new Map(Object.entries(organization.laggingSwitches ?? {})),
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

type ScenarioPolicy = NonNullable<ScenarioOrganization['policies']>[number];

function policyFrom(policy: ScenarioPolicy): ServicePolicy {
  return {
    id: policy.id,
    name: policy.name,
    description: policy.description ?? '',
    awsManaged: policy.awsManaged ?? false,
    content: typeof policy.document === 'string' ? policy.document : JSON.stringify(policy.document),
    document: readPolicy(policy.document),
    everywhere: policy.targets.includes('*'),
    targets: new Set(policy.targets.filter((target) => target !== '*')),
  };
}

/** A document that the evaluator refuses stays in the state, unreadable: evaluating it denies loudly. */
export function readPolicy(document: PolicyDocument): ParsedPolicy | Unreadable {
  try {
    return parsePolicy(document);
  } catch (error) {
    const fault = policyFaultOf(error);
    if (fault === null) throw error;
    return { unreadable: 'not-understood', fault };
  }
}

/** The ids from the root down to `parentId`, itself included. */
function chainTo(organization: OrganizationState, parentId: string): string[] {
  const chain: string[] = [];
  for (let id: string | undefined = parentId; id !== undefined; id = organization.units.get(id)?.parentId)
    chain.push(id);
  return chain.reverse();
}

/** The ids from the root down to the account: the levels at which service control policies are attached. */
export const chainOf = (organization: OrganizationState, account: AccountState): string[] => [
  ...chainTo(organization, account.parentId),
  account.id,
];

/** `o-…/r-…/ou-…/`: the path of a parent. */
export function unitPathOf(organization: OrganizationState, parentId: string): string {
  let path = organization.paths.get(parentId);
  if (path === undefined) {
    path = `${[organization.id, ...chainTo(organization, parentId)].join('/')}/`;
    organization.paths.set(parentId, path);
  }
  return path;
}

/** An account's path as aws:PrincipalOrgPaths writes it, without the account. */
export const pathOf = (organization: OrganizationState, account: AccountState): string =>
  unitPathOf(organization, account.parentId);

/** Records that a switch changed, so that AssumeRoot notices only after the scenario's lag (seen against AWS, see reference). */
export function delaySwitch(state: SandboxState, name: string, was: boolean, nowMs: number): void {
  const lag = lagMs(state.behaviour, 'switches');
  if (lag > 0) state.organization?.laggingSwitches.set(name, { was, untilMs: nowMs + lag });
}

/** What AssumeRoot takes a switch for. */
export function seenSwitch(organization: OrganizationState, name: string, now: boolean, nowMs: number): boolean {
  const lagging = organization.laggingSwitches.get(name);
  if (lagging === undefined) return now;
  if (lagging.untilMs > nowMs) return lagging.was;
  organization.laggingSwitches.delete(name);
  return now;
}

/** Keeps showing a deleted credential for the scenario's lag. */
export function leaveGhost(
  state: SandboxState,
  account: AccountState,
  kind: Exclude<LagKind, 'accountSummary' | 'switches'>,
  gone: Pick<Ghost, 'loginProfile' | 'accessKey' | 'signingCertificate' | 'mfaDevice'>,
  nowMs: number,
): void {
  const listMs = lagMs(state.behaviour, kind);
  const summaryMs = lagMs(state.behaviour, 'accountSummary');
  if (listMs > 0 || summaryMs > 0)
    account.root.ghosts.push({ ...gone, untilMs: nowMs + listMs, summaryUntilMs: nowMs + summaryMs });
}

/** What is still shown although it is gone; forgets the rest. */
export function ghostsOf(account: AccountState, nowMs: number): readonly Ghost[] {
  const { root } = account;
  if (root.ghosts.length > 0)
    root.ghosts = root.ghosts.filter(({ untilMs, summaryUntilMs }) => untilMs > nowMs || summaryUntilMs > nowMs);
  return root.ghosts;
}

/** Milliseconds for which reads of `kind` stay behind. A single number does not delay the switches. */
function lagMs(behaviour: Behaviour, kind: LagKind): number {
  const given = behaviour.consistencyLagMs;
  if (given === undefined) return 0;
  if (typeof given === 'number') return kind === 'switches' ? 0 : given;
  return given[kind] ?? 0;
}
