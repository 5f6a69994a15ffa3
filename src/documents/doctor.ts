import * as z from 'zod/mini';
import type { ScpVerdict } from '../policy/index.ts';
import type { Cure, Problem } from '../problems/index.ts';
import { accountId, heading, type Immutable, organizationEntry } from './common.ts';

/** `cure`: a command to paste, or `null` when there is nothing to mend. */
const doctorCheck = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  result: z.enum(['ok', 'warn', 'fail', 'unknown']),
  message: z.string(),
  cure: z.nullable(z.string()),
});
export type WrittenDoctorCheck = Immutable<z.infer<typeof doctorCheck>>;

/**
 * `targetId`, `targetPath`: the account, OU or root that the blocking policy is attached to, an OU by its path of names;
 * `detail`: the operator or key that cannot be told.
 */
const scpEntry = z.strictObject({
  account: accountId,
  verdict: z.enum(['clear', 'blocked', 'cannot-tell']),
  policyId: z.nullable(z.string()),
  policyName: z.nullable(z.string()),
  sid: z.nullable(z.string()),
  targetId: z.nullable(z.string()),
  targetPath: z.nullable(z.string()),
  detail: z.optional(z.nullable(z.string())),
});
export type WrittenScpEntry = Immutable<z.infer<typeof scpEntry>>;

/** `organization` is `null` when not even that could be read. */
export const doctorDocument = z.strictObject({
  ...heading('rootctl.doctor'),
  organization: z.nullable(organizationEntry),
  checks: z.array(doctorCheck),
  scp: z.array(scpEntry),
});
export type WrittenDoctorDocument = Immutable<z.infer<typeof doctorDocument>>;

/** In the order in which to mend. */
export const checkIds = [
  'credentials',
  'organization',
  'all-features',
  'trusted-access',
  'root-credentials-management',
  'root-sessions',
  'sts-region',
  'root-session',
  'scp',
  'open-recoveries',
] as const;
export type CheckId = (typeof checkIds)[number];
export type SwitchId = Extract<CheckId, 'trusted-access' | 'root-credentials-management' | 'root-sessions'>;

interface NamedAccount {
  readonly id: string;
  readonly name: string;
}

/** The service control policy that denies root sessions; without a policy: the place where none allows them. */
export interface Blocker {
  readonly policyId: string | null;
  readonly policyName: string | null;
  /** Of its statement. */
  readonly sid: string | null;
  /** What it is attached to: the root, an OU by its path of names, or the account's name. */
  readonly target: string;
  /** The first action that is denied. */
  readonly action: string | null;
}

/** Why a check was not made. */
export type NotMade =
  | { readonly because: 'check-failed'; readonly check: CheckId }
  | { readonly because: 'not-described' }
  | { readonly because: 'trusted-access-off' }
  | { readonly because: 'root-credentials-management-off' }
  | { readonly because: 'no-member' };

/** What a check found. Each has its sentence in `words`. */
export type Finding =
  | { readonly finding: 'not-looked-at'; readonly why: NotMade }
  /** `isHinted`: what to do is part of the sentence, because no command mends it. */
  | {
      readonly finding: 'problem';
      readonly problem: Problem;
      readonly met:
        | { readonly at: 'listing' | 'policies' }
        | { readonly at: 'member'; readonly account: NamedAccount }
        | null;
      readonly isHinted: boolean;
    }
  | { readonly finding: 'caller'; readonly arn: string; readonly isRoot: boolean }
  | {
      readonly finding: 'place';
      readonly organization: string;
      readonly role: 'management' | 'delegated-administrator' | 'unknown';
      readonly caller: string;
      readonly managementAccount: string;
    }
  | { readonly finding: 'feature-set'; readonly hasAllFeatures: boolean }
  /** `from`: the account from which it is switched, where that is not the caller's. */
  | { readonly finding: 'switch'; readonly id: SwitchId; readonly isOn: boolean; readonly from: string | null }
  | { readonly finding: 'may-not-be-read' }
  | { readonly finding: 'region'; readonly region: string; readonly answer: 'opens' | 'denies' | 'silent' }
  | { readonly finding: 'region-not-tried'; readonly region: string; readonly why: NotMade }
  | { readonly finding: 'session-opened'; readonly account: NamedAccount; readonly tookMs: number }
  /** `accounts`: that this policy blocks; `others`: that other policies block. */
  | { readonly finding: 'blocked'; readonly by: Blocker; readonly accounts: number; readonly others: number }
  | { readonly finding: 'not-blocked'; readonly accounts: number }
  | { readonly finding: 'cannot-tell'; readonly accounts: number }
  | { readonly finding: 'no-open-recovery' }
  /** The first few, and how many there are more. */
  | {
      readonly finding: 'open-recoveries';
      readonly recoveries: readonly (NamedAccount & { readonly openedAt: string })[];
      readonly more: number;
    };
export type FindingOf<Name extends Finding['finding']> = Extract<Finding, { readonly finding: Name }>;

/** Why nobody knows whether policies block an account. `policy`: one of them cannot be judged. */
export type ScpDetail =
  | { readonly detail: 'no-place' }
  | { readonly detail: 'not-tried' }
  | { readonly detail: 'refused'; readonly problem: Problem }
  | { readonly detail: 'policy'; readonly verdict: ScpVerdict };

export interface DoctorCheck {
  readonly id: CheckId;
  readonly result: WrittenDoctorCheck['result'];
  readonly finding: Finding;
  /** What to type; null when there is nothing to mend, or no command mends it. */
  readonly cure: Cure | null;
}

export interface ScpEntry extends Omit<WrittenScpEntry, 'detail'> {
  readonly detail?: ScpDetail;
}

/** As the program holds it. */
export interface DoctorDocument extends Omit<WrittenDoctorDocument, 'checks' | 'scp'> {
  readonly checks: readonly DoctorCheck[];
  readonly scp: readonly ScpEntry[];
}
