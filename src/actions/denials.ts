import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import type { Account } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { blockerOf, createScpReader, type ScpReader } from '../org/scp.ts';
import type { RootTask } from '../policy/index.ts';
import { type Problem, ProblemError, problem } from '../problems/index.ts';
import { credentialsTask } from '../root/kinds/index.ts';

/** An account of any document: what became of it, and why it did not work. */
interface Denied {
  readonly id: string;
  readonly error: Problem | null;
}

/** Names the policy behind a denial; an entry that was not denied, or whose denial stays unexplained, comes back as it is. */
export type DenialExplainer = <Entry extends Denied>(entry: Entry, account: Account | undefined) => Promise<Entry>;

/** Organizations has one small quota for the whole organization, and others use it too. */
const readersAtOnce = 8;

/**
 * Names the service control policy behind a denial in the account's error, where the caller may read policies. Asked
 * only for accounts that were denied inside a root session; where the policies may not be read, or do not explain the
 * denial, the error stays as it is. What it says of an account does not depend on which accounts were asked about before,
 * so that every output tells the same.
 */
export function createDenialExplainer(
  aws: Aws,
  organization: Organization,
  signal?: AbortSignal,
  tasks: readonly RootTask[] = [credentialsTask()],
): DenialExplainer {
  const reader = createScpReader(aws, organization);
  const limited = createLimit(readersAtOnce);
  return async (entry, account) => {
    if (!isDenied(entry) || account === undefined) return entry;
    const error = await limited(() => blame(reader, account, tasks, signal));
    return error === null ? entry : { ...entry, error };
  };
}

/** Lets so many pieces of work run at once; the others wait in the order in which they came. */
function createLimit(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * The same for the accounts of a finished document.
 * @param accounts where the accounts are in the organization.
 */
export async function explainDenials<Entry extends Denied>(
  aws: Aws,
  organization: Organization,
  entries: readonly Entry[],
  accounts: readonly Account[],
  signal?: AbortSignal,
  tasks?: readonly RootTask[],
): Promise<readonly Entry[]> {
  if (!entries.some(isDenied)) return entries;
  const explainOne = createDenialExplainer(aws, organization, signal, tasks);
  const places = new Map<string, Account>(accounts.map((account) => [account.id, account]));
  return Promise.all(entries.map((entry) => explainOne(entry, places.get(entry.id))));
}

/** The same for an error that ends a command about one account. @returns the error to throw in its place. */
export async function explainDenial(
  aws: Aws,
  organization: Organization,
  account: Account,
  error: unknown,
  task: RootTask,
  signal?: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof AwsError)) return error;
  const [entry] = await explainDenials(
    aws,
    organization,
    [{ id: account.id, error: error.problem }],
    [account],
    signal,
    [task],
  );
  const explained = entry?.error ?? error.problem;
  return explained === error.problem ? error : new ProblemError(explained, error);
}

/** Refused inside a root session, and nobody has looked yet at the policies that apply. */
export function isDeniedInSession(error: Problem | null): boolean {
  if (error?.from === 'within') return isDeniedInSession(error.data.problem);
  return error?.from === 'aws' && error.data.advice?.name === 'root-denied-by-scp';
}

const isDenied = ({ error }: Denied): boolean => isDeniedInSession(error);

async function blame(
  reader: ScpReader,
  account: Account,
  tasks: readonly RootTask[],
  signal?: AbortSignal,
): Promise<Problem | null> {
  try {
    const verdict = await reader.judge(account, tasks, signal);
    if (verdict?.verdict !== 'blocked') return null;
    return problem('AccessDenied', blockerOf(verdict));
  } catch (error) {
    // An explanation is an ornament: where the policies cannot be read the denial stands as it is.
    if (error instanceof AwsError) return null;
    throw error;
  }
}
