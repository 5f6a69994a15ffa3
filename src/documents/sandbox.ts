import * as z from 'zod/mini';
import { accountId, count, heading, type Immutable } from './common.ts';

/** As the scenario gives it: to the second, or with milliseconds. */
const instant = z.string();

const heldKey = z.strictObject({
  id: z.string(),
  status: z.enum(['Active', 'Inactive']),
  createdAt: instant,
  lastUsed: z.nullable(z.strictObject({ at: instant, service: z.string(), region: z.string() })),
});
const located = z.strictObject({ name: z.string(), region: z.string() });

/** Ground truth: what the account really holds, whatever anybody may read of it. */
const simulatedAccount = z
  .strictObject({
    id: accountId,
    name: z.string(),
    email: z.string(),
    state: z.string(),
    parentId: z.string(),
    joinedMethod: z.enum(['CREATED', 'INVITED']),
    joinedAt: instant,
    tags: z.record(z.string(), z.string()),
    root: z.strictObject({
      createdAt: instant,
      passwordLastUsedAt: z.nullable(instant),
      loginProfile: z.nullable(z.strictObject({ createdAt: instant })),
      accessKeys: z.array(heldKey),
      signingCertificates: z.array(
        z.strictObject({ id: z.string(), status: z.enum(['Active', 'Inactive']), uploadedAt: instant }),
      ),
      mfaDevices: z.array(z.strictObject({ serialNumber: z.string(), enabledAt: instant })),
    }),
    buckets: z.array(located),
    queues: z.array(located),
  })
  .check(z.meta({ id: 'simulatedAccount' }));
export type SimulatedAccount = Immutable<z.infer<typeof simulatedAccount>>;

/** `organizationId` is `null` where the scenario has no organization. */
export const sandboxShowDocument = z.strictObject({
  ...heading('rootctl.sandbox.show'),
  organizationId: z.nullable(z.string()),
  accounts: z.array(simulatedAccount),
});
export type SandboxShowDocument = Immutable<z.infer<typeof sandboxShowDocument>>;

/** `path`: the file that holds the organization from now on; `accounts`: how many, the management account among them. */
export const sandboxResetDocument = z.strictObject({
  ...heading('rootctl.sandbox.reset'),
  organizationId: z.nullable(z.string()),
  accountCount: count,
  path: z.string(),
});
export type SandboxResetDocument = Immutable<z.infer<typeof sandboxResetDocument>>;

const handedOut = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.optional(z.string()).check(z.meta({ description: 'with temporary credentials' })),
});

/**
 * What `sandbox start -o json` prints first, in one line: how the organization is reached, with credentials that are good
 * nowhere else. `organizationId` is empty where the scenario has no organization.
 */
export const sandboxStartLine = z.strictObject({
  schemaVersion: z.literal('1'),
  kind: z.literal('rootctl.sandbox.start'),
  simulated: z.literal(true),
  endpoint: z.string(),
  region: z.string(),
  organizationId: z.string(),
  credentials: z.strictObject({
    management: handedOut,
    delegatedAdministrator: z.optional(handedOut),
    member: z.optional(handedOut),
  }),
});
export type SandboxStartLine = Immutable<z.infer<typeof sandboxStartLine>>;
