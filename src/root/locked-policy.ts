import { AwsError } from '../aws/failure.ts';
import type { Clock } from '../clock.ts';
import { canonicalJson, type PolicyStatement } from '../documents/index.ts';
import { judgeResourcePolicy, matchesGlob, type PolicyDocument, parsePolicy, policyFaultOf } from '../policy/index.ts';
import { delaysUntil, poll } from '../poll.ts';
import { problemError } from '../problems/index.ts';

/** A bucket or a queue, with the place where its policy is. */
export interface PolicyHolder {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** Of a queue. */
  readonly url?: string;
}

/** What can be done about policies inside one root session; S3 and SQS each implement it. Policies are AWS's own text. */
export interface PolicyService {
  readonly list: () => Promise<readonly PolicyHolder[]>;
  /** @throws ProblemError when the account has none of that name. */
  readonly find: (named: string) => Promise<PolicyHolder>;
  /** null when there is none. */
  readonly read: (holder: PolicyHolder) => Promise<string | null>;
  /** @returns AWS's request id. */
  readonly put: (holder: PolicyHolder, policy: string) => Promise<string | null>;
  readonly remove: (holder: PolicyHolder) => Promise<string | null>;
}

/** Marks the statements that lock everybody out; what is not understood is `unsure`, never `no`. */
export function judgePolicy(
  text: string,
  holder: PolicyHolder,
  account: { readonly accountId: string; readonly partition: string },
): readonly PolicyStatement[] {
  try {
    return judgeResourcePolicy(parsePolicy(text), { ...account, resourceArn: holder.arn });
  } catch (error) {
    const fault = policyFaultOf(error);
    if (fault === null) throw error;
    return [{ index: 0, sid: null, locks: 'unsure', why: { reason: 'not-understood', fault } }];
  }
}

/** @throws ProblemError naming what AWS would refuse, before AWS is asked. */
export function requireUsablePolicy(text: string, path: string, bytesMax: number): PolicyDocument {
  const bytes = Buffer.byteLength(text);
  if (bytes > bytesMax) throw problemError('PolicyTooLarge', { path, bytes, bytesMax });
  const policy = parsePolicyIn(text, path);
  const nameless = policy.statements.find(({ principals }) => principals === null);
  if (nameless === undefined) return policy;
  const place = `Statement[${nameless.index}].Principal`;
  throw problemError('InvalidPolicy', { path, place, fault: 'no-principal', about: '' });
}

function parsePolicyIn(text: string, path: string): PolicyDocument {
  try {
    return parsePolicy(text);
  } catch (error) {
    const fault = policyFaultOf(error);
    throw fault === null ? error : problemError('InvalidPolicy', { path, ...fault }, error);
  }
}

/** A policy about something else is a mistaken file. @throws ProblemError */
export function requireAbout(policy: PolicyDocument, { name, arn }: PolicyHolder, path: string): void {
  for (const { index, resources } of policy.statements) {
    if (resources?.match !== 'only') continue;
    const found = resources.patterns.find((pattern) => !matchesGlob(pattern, arn) && !pattern.startsWith(`${arn}/`));
    if (found === undefined) continue;
    throw problemError('OtherResource', { path, holder: name, arn, place: `Statement[${index}].Resource`, found });
  }
}

export type PolicyChange = { readonly action: 'delete' } | { readonly action: 'put'; readonly policy: string };

/** Kept on the disk before AWS is asked, and after it has answered. */
interface ChangeRecord {
  readonly intend: () => Promise<void>;
  readonly answer: (requestId: string | null, error: AwsError | null) => Promise<void>;
}

/** SQS says that a changed attribute may take 60 seconds to be seen (API Reference, `SetQueueAttributes`). */
export const policyWaitMs = 60_000;

/**
 * Changes the policy once, and reads it again until the change is seen.
 * @returns whether it was seen. @throws AwsError when AWS refused; what the record throws.
 */
export async function changePolicy(
  service: PolicyService,
  holder: PolicyHolder,
  before: string | null,
  change: PolicyChange,
  record: ChangeRecord,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<boolean> {
  await record.intend();
  let lost: AwsError | null = null;
  try {
    const asked = change.action === 'delete' ? service.remove(holder) : service.put(holder, change.policy);
    await record.answer(await asked, null);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    await record.answer(error.failure.requestId, error);
    if (!error.mayHaveTakenEffect) throw error;
    lost = error; // the answer was lost: what is there now tells what happened
  }
  const deadlineMs = clock.monotonicMs() + policyWaitMs;
  const isChanged = (policy: string | null): boolean => isSeen(policy, before, change);
  const delays = delaysUntil(deadlineMs, clock);
  if (isChanged(await poll(() => service.read(holder), isChanged, delays, { clock, signal }))) return true;
  if (lost !== null) throw lost;
  return false;
}

/** AWS may write a policy in another form than it was given (principals become ARNs): then it is another than before. */
function isSeen(now: string | null, before: string | null, change: PolicyChange): boolean {
  if (change.action === 'delete') return now === null;
  return now !== null && (isSamePolicy(now, change.policy) || !isSamePolicy(now, before));
}

/**
 * What a reading made just before the change says of it: minutes may have passed since the policy was shown, and what is
 * replaced must be what was shown and saved. `done`: the policy is already what the change would make of it.
 */
export function standingOf(
  now: string | null,
  shown: string | null,
  change: PolicyChange,
): 'as-shown' | 'done' | 'changed' {
  if (isSamePolicy(now, change.action === 'delete' ? null : change.policy)) return 'done';
  return isSamePolicy(now, shown) ? 'as-shown' : 'changed';
}

/** null is no policy, and the same as none only. */
export function isSamePolicy(left: string | null, right: string | null): boolean {
  if (left === null || right === null || left === right) return left === right;
  try {
    return canonicalJson(JSON.parse(left)) === canonicalJson(JSON.parse(right));
  } catch {
    return false;
  }
}
