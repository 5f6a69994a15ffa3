import * as z from 'zod/mini';
import { type ServiceName, services } from './services/index.ts';

const positive = z.number().check(z.gt(0));
const milliseconds = z.number().check(z.gte(0));
const accountId = z.string().check(z.regex(/^\d{12}$/));

/** Refills continuously at `ratePerSecond` up to `burst` requests; starts full. */
const tokenBucket = z.strictObject({ ratePerSecond: positive, burst: positive }).check(z.meta({ id: 'tokenBucket' }));
const serviceNames = services.map(({ name }) => name);
const perService = <T extends z.ZodMiniType>(value: T) => {
  const entries = serviceNames.map((name) => [name, z.optional(value)] as const);
  // The list has every name once: that is what the cast says.
  return z.strictObject(Object.fromEntries(entries) as Record<ServiceName, z.ZodMiniOptional<T>>);
};

/** Answers with status 200 in which something is not as AWS writes it (`spoil.ts`). */
export const spoiltKinds = [
  'malformed',
  'empty-body',
  'html',
  'missing-field',
  'empty-value',
  'truncated-without-marker',
  'repeated-token',
  'short-listing',
] as const;
export type SpoiltKind = (typeof spoiltKinds)[number];

const faultKinds = [
  ...spoiltKinds,
  'throttle',
  'http-500',
  'http-503',
  'drop-before',
  'drop-after',
  'access-denied',
  'temporarily-unmodifiable',
  'expire-session',
  'wrong-account',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const fault = z.strictObject({
  kind: z.enum(faultKinds),
  /** Chance for each matching request, 0 to 1. */
  rate: z.number().check(z.gte(0), z.lte(1)),
  service: z.optional(z.enum(serviceNames)),
  operation: z.optional(z.string()),
  /** The account whose call it is; for AssumeRoot the target. */
  accountId: z.optional(accountId),
  /** What a call of Organizations is about: a root, an OU, a policy, an account. */
  resourceId: z.optional(z.string()),
  /** How often it strikes at most. */
  times: z.optional(z.int().check(z.gt(0))),
  /** missing-field, empty-value: which one (of a map in XML, its key); left to the seed unless given. */
  field: z.optional(z.string()),
  /** expire-session: how long the session really lasts; 0 unless given. */
  afterMs: z.optional(milliseconds),
  /** wrong-account: whose session is handed out; another member unless given. */
  otherAccountId: z.optional(accountId),
});
export type Fault = z.infer<typeof fault>;

const lag = z.strictObject({
  loginProfile: z.optional(milliseconds),
  accessKeys: z.optional(milliseconds),
  signingCertificates: z.optional(milliseconds),
  mfaDevices: z.optional(milliseconds),
  accountSummary: z.optional(milliseconds),
  /** How long AssumeRoot goes on as before after a feature, trusted access or a delegate was switched. */
  switches: z.optional(milliseconds),
});

export const behaviourSchema = z.strictObject({
  throttle: z.optional(perService(tokenBucket)),
  /** Milliseconds that every answer of the service takes. */
  latencyMs: z.optional(perService(milliseconds)),
  /** Reads after a deletion still show what was deleted, for this many milliseconds; one number is for every kind of credential and the summary. */
  consistencyLagMs: z.optional(z.union([milliseconds, lag])),
  faults: z.optional(z.array(fault)),
  /** Items on each page of IAM's lists; 100 unless given. */
  iamPageSize: z.optional(z.int().check(z.gt(0))),
  /** Accounts on each page of Organizations' lists; AWS gives 20 at most. */
  organizationsPageSize: z.optional(z.int().check(z.gt(0), z.lte(20))),
  /** 3: every third page of ListAccounts is empty and carries a token. */
  emptyPageEvery: z.optional(z.int().check(z.gt(1))),
  /** `state` (AWS since 2026-09-09), `status` (before: Status, no State, no Paths), `both`, or `no-paths` (State alone). */
  accountShape: z.optional(z.enum(['state', 'status', 'both', 'no-paths'])),
  /** Regions that the caller's accounts have not enabled: STS answers RegionDisabledException there. */
  disabledRegions: z.optional(z.array(z.string())),
  /** How far a signature's date may be from the sandbox's clock; null: any. 15 minutes unless given. */
  signatureWindowMs: z.optional(z.nullable(milliseconds)),
});
export type Behaviour = z.infer<typeof behaviourSchema>;
export type LagKind = keyof z.infer<typeof lag>;
