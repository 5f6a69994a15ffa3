import * as z from 'zod/mini';
import { behaviourSchema } from './behaviour.ts';
import { defaultRootId } from './state.ts';

/** An exact time, or one relative to the moment when the sandbox is created from the scenario (`"1h ago"`). */
const instant = z
  .string()
  .check(
    z.regex(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z|\d+[smhd] ago)$/),
    z.meta({ id: 'instant', description: 'UTC, or relative to the making of the sandbox (1h ago)' }),
  );
const accountId = z.string().check(z.regex(/^\d{12}$/));
const rootId = z.string().check(z.regex(/^r-[0-9a-z]{4,32}$/));
const ouId = z.string().check(z.regex(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/));
const policyId = z.string().check(z.regex(/^p-[0-9a-zA-Z_]{8,128}$/));
const tags = z.record(z.string(), z.string());
/** A policy document as an object, or as the text that AWS keeps (to hold malformed or oddly formatted ones). */
const policyDocument = z.union([z.record(z.string(), z.unknown()), z.string()]).check(z.meta({ id: 'policyDocument' }));

const accessKey = z
  .strictObject({
    id: z.string().check(z.regex(/^AKIA[A-Z0-9]{16}$/)),
    status: z.enum(['Active', 'Inactive']),
    createdAt: instant,
    lastUsed: z.optional(z.strictObject({ at: instant, service: z.string(), region: z.string() })),
  })
  .check(z.meta({ id: 'accessKey' }));
const signingCertificate = z
  .strictObject({
    id: z.string().check(z.regex(/^[A-Z0-9]{24,128}$/)),
    status: z.enum(['Active', 'Inactive']),
    uploadedAt: instant,
  })
  .check(z.meta({ id: 'signingCertificate' }));
const mfaDevice = z.strictObject({ serialNumber: z.string(), enabledAt: instant }).check(z.meta({ id: 'mfaDevice' }));
const loginProfile = z.strictObject({ createdAt: instant }).check(z.meta({ id: 'loginProfile' }));

/** What a read still shows although it is gone. Written by the sandbox; of no use in a scenario made by hand. */
const ghost = z.strictObject({
  untilMs: z.number(),
  summaryUntilMs: z.number(),
  loginProfile: z.optional(loginProfile),
  accessKey: z.optional(accessKey),
  signingCertificate: z.optional(signingCertificate),
  mfaDevice: z.optional(mfaDevice),
});

const root = z.strictObject({
  createdAt: z.optional(instant),
  passwordLastUsedAt: z.optional(instant),
  loginProfile: z.optional(loginProfile),
  accessKeys: z.optional(z.array(accessKey)),
  signingCertificates: z.optional(z.array(signingCertificate)),
  mfaDevices: z.optional(z.array(mfaDevice)),
  ghosts: z.optional(z.array(ghost)),
});

const bucket = z.strictObject({
  name: z.string(),
  region: z.string(),
  createdAt: z.optional(instant),
  policy: z.optional(policyDocument),
});
const queue = z.strictObject({ name: z.string(), region: z.string(), policy: z.optional(policyDocument) });

const accountStates = ['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'] as const;
const account = z.strictObject({
  id: accountId,
  name: z.string(),
  email: z.string(),
  state: z.optional(z.enum(accountStates)),
  /** An OU's or the root's id; the root unless given. */
  parentId: z.optional(z.string()),
  joinedMethod: z.optional(z.enum(['CREATED', 'INVITED'])),
  joinedAt: z.optional(instant),
  tags: z.optional(tags),
  root: z.optional(root),
  buckets: z.optional(z.array(bucket)),
  queues: z.optional(z.array(queue)),
});

/** A switch that AssumeRoot sees as it `was` until the moment given. Written by the sandbox. */
const laggingSwitch = z.strictObject({ was: z.boolean(), untilMs: z.number() });

const organization = z.strictObject({
  id: z.string().check(z.regex(/^o-[a-z0-9]{10,32}$/)),
  rootId: z.optional(rootId),
  managementAccountId: accountId,
  featureSet: z.optional(z.enum(['ALL', 'CONSOLIDATED_BILLING'])),
  trustedServices: z.optional(z.array(z.strictObject({ servicePrincipal: z.string(), enabledAt: instant }))),
  delegatedAdministrators: z.optional(
    z.array(z.strictObject({ accountId, servicePrincipal: z.string(), registeredAt: instant })),
  ),
  rootCredentialsManagement: z.optional(z.boolean()),
  rootSessions: z.optional(z.boolean()),
  organizationalUnits: z.optional(
    z.array(z.strictObject({ id: ouId, name: z.string(), parentId: z.string(), tags: z.optional(tags) })),
  ),
  policies: z.optional(
    z.array(
      z.strictObject({
        id: policyId,
        name: z.string(),
        description: z.optional(z.string()),
        /** AWS's own, such as FullAWSAccess. */
        awsManaged: z.optional(z.boolean()),
        document: policyDocument,
        /** Ids of the root, OUs and accounts it is attached to; `*`: to all of them, as FullAWSAccess is. */
        targets: z.array(z.string()),
      }),
    ),
  ),
  laggingSwitches: z.optional(z.record(z.string(), laggingSwitch)),
});

const caller = z.strictObject({
  /** `management`, `delegatedAdministrator` and `member` are what `credentials()` hands out; any other name is found by its key. */
  name: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]*$/)),
  accountId,
  /** Whole ARN of a user, of an assumed role, or of the account's root. The user `rootctl` unless given. */
  arn: z.optional(z.string()),
  /** Identity policies that decide what the caller may do. Left out: everything. */
  policies: z.optional(z.array(policyDocument)),
  /** Given: temporary credentials with a session token, good until then. */
  expiresAt: z.optional(instant),
});

const moment = z.union([
  z.strictObject({ request: z.int().check(z.gt(0)) }),
  z.strictObject({ afterMs: z.number().check(z.gte(0)) }),
  z.strictObject({ time: instant }),
]);
/** Something that somebody else does to an account while rootctl is at work. */
const event = z.strictObject({
  at: moment,
  accountId,
  set: z.strictObject({
    state: z.optional(z.enum(accountStates)),
    /** It leaves the organization, which the management account cannot. */
    leave: z.optional(z.literal(true)),
    loginProfile: z.optional(z.boolean()),
    addAccessKey: z.optional(accessKey),
    removeAccessKey: z.optional(z.string()),
    addMfaDevice: z.optional(mfaDevice),
    removeMfaDevice: z.optional(z.string()),
    addSigningCertificate: z.optional(signingCertificate),
    removeSigningCertificate: z.optional(z.string()),
    attachPolicy: z.optional(policyId),
    detachPolicy: z.optional(policyId),
  }),
});

/** The whole state of a sandbox, as written by hand, generated, or saved between commands. */
export const scenarioSchema = z.strictObject({
  $schema: z.optional(z.string()),
  kind: z.literal('rootctl.sandbox'),
  schemaVersion: z.literal('1'),
  /** Every secret and every decision left to chance follows from it. */
  seed: z.int().check(z.gte(0)),
  partition: z.optional(z.enum(['aws', 'aws-cn', 'aws-us-gov'])),
  region: z.optional(z.string()),
  /** When the state was made. Written by the sandbox. */
  createdAt: z.optional(instant),
  /** Requests answered so far. Written by the sandbox. */
  requestCount: z.optional(z.int()),
  /** Left out: the caller's account belongs to no organization. */
  organization: z.optional(organization),
  accounts: z.array(account).check(z.minLength(1)),
  callers: z.optional(z.array(caller)),
  behaviour: z.optional(behaviourSchema),
  events: z.optional(z.array(event)),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioAccount = z.infer<typeof account>;
export type ScenarioOrganization = z.infer<typeof organization>;
export type ScenarioCaller = z.infer<typeof caller>;
export type ScenarioEvent = z.infer<typeof event>;
export type AccessKey = z.infer<typeof accessKey>;
export type SigningCertificate = z.infer<typeof signingCertificate>;
export type MfaDevice = z.infer<typeof mfaDevice>;
export type LoginProfile = z.infer<typeof loginProfile>;
export type Ghost = z.infer<typeof ghost>;
export type Bucket = z.infer<typeof bucket>;
export type Queue = z.infer<typeof queue>;
export type PolicyDocument = z.infer<typeof policyDocument>;
export type AccountLifecycle = (typeof accountStates)[number];

/**
 * Reads a scenario from JSON text and checks that its parts refer to each other.
 * @throws Error whose message is one line: where in the file, and what is wrong there.
 */
export function parseScenario(text: string): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`scenario is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = scenarioSchema.safeParse(json);
  if (!parsed.success) throw new Error(`scenario ${problemIn(parsed.error)}`);
  checkReferences(parsed.data);
  return parsed.data;
}

/** The first problem as `$.path: what is wrong`; zod/mini itself says "Invalid input" of everything. */
export function problemIn({ issues }: z.core.$ZodError): string {
  const [issue] = issues;
  return issue === undefined ? '$: not valid' : `${pathOf(issue.path)}: ${wordsFor(issue)}`;
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `there is no member ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? `${issue.expected} expected` : `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.pattern === undefined ? 'is not of the right form' : `must match ${issue.pattern}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    default:
      return 'is not of any form that is allowed here';
  }
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`), '$');

/** @throws Error naming the first id that is used twice or refers to nothing. */
function checkReferences(scenario: Scenario): void {
  const accountIds = unique(
    scenario.accounts.map(({ id }) => id),
    'accounts',
  );
  const requireAccount = (id: string, where: string) => {
    if (!accountIds.has(id)) throw new Error(`scenario ${where}: account ${id} is not among the accounts`);
  };
  const { organization } = scenario;
  if (organization) {
    const units = organization.organizationalUnits ?? [];
    const parents = unique([organization.rootId ?? defaultRootId, ...units.map(({ id }) => id)], 'organizationalUnits');
    requireAccount(organization.managementAccountId, '$.organization.managementAccountId');
    for (const [index, { accountId: id }] of (organization.delegatedAdministrators ?? []).entries())
      requireAccount(id, `$.organization.delegatedAdministrators[${index}]`);
    for (const { id, parentId } of units)
      if (!parents.has(parentId))
        throw new Error(`scenario $.organization.organizationalUnits: the parent ${parentId} of ${id} does not exist`);
    refuseCycles(units);
    for (const { id, parentId } of scenario.accounts)
      if (parentId !== undefined && !parents.has(parentId))
        throw new Error(`scenario $.accounts: the parent ${parentId} of ${id} does not exist`);
    unique(
      (organization.policies ?? []).map(({ id }) => id),
      'organization.policies',
    );
    for (const policy of organization.policies ?? [])
      for (const target of policy.targets)
        if (target !== '*' && !parents.has(target) && !accountIds.has(target))
          throw new Error(
            `scenario $.organization.policies: ${policy.id} is attached to ${target}, which does not exist`,
          );
  }
  for (const [index, { accountId: id }] of (scenario.callers ?? []).entries())
    requireAccount(id, `$.callers[${index}]`);
  for (const [index, { accountId: id, set }] of (scenario.events ?? []).entries()) {
    requireAccount(id, `$.events[${index}]`);
    if (set.leave === true && id === organization?.managementAccountId)
      throw new Error(`scenario $.events[${index}]: the management account cannot leave`);
  }
}

function refuseCycles(units: readonly { id: string; parentId: string }[]): void {
  const parentOf = new Map(units.map(({ id, parentId }) => [id, parentId]));
  for (const { id } of units) {
    let above = parentOf.get(id);
    for (let depth = 0; above !== undefined; depth += 1) {
      if (depth > units.length) throw new Error(`scenario $.organization.organizationalUnits: ${id} is above itself`);
      above = parentOf.get(above);
    }
  }
}

function unique(ids: readonly string[], where: string): Set<string> {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new Error(`scenario $.${where}: ${id} is there twice`);
    seen.add(id);
  }
  return seen;
}
