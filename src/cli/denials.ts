import type { Aws } from '../aws/clients.ts';
import { deniedInSessionHint, explain } from '../aws/explain.ts';
import { AwsError } from '../aws/failure.ts';
import type { ErrorEntry } from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { blockerOf, createScpReader, cureOf, type ScpReader } from '../org/scp.ts';
import type { RootTask } from '../policy/index.ts';
import { forEachItem } from '../run/fleet.ts';

/** An account of any document: what became of it, and why it did not work. */
interface Denied {
  readonly id: string;
  readonly error: ErrorEntry | null;
}

/**
 * Names the service control policy behind a denial in the account's error, where the caller may read policies. Asked
 * only for accounts that were denied inside a root session; where the policies may not be read, or do not explain the
 * denial, the error stays as it is.
 * @param accounts where the accounts are in the organization.
 */
export async function explainDenials<Entry extends Denied>(
  aws: Aws,
  organization: Organization,
  entries: readonly Entry[],
  accounts: readonly Account[],
  signal?: AbortSignal,
  tasks: readonly RootTask[] = [{ task: 'credentials' }],
): Promise<readonly Entry[]> {
  if (!entries.some(isDenied)) return entries;
  const reader = createScpReader(aws, organization);
  const places = new Map<string, Account>(accounts.map((account) => [account.id, account]));
  const explanations = new Map<Entry, ErrorEntry>();
  let isUnreadable = false;
  const explainOne = async (entry: Entry): Promise<void> => {
    const account = places.get(entry.id);
    if (isUnreadable || account === undefined) return;
    const error = await blame(reader, account, tasks, signal);
    if (error === 'unreadable') isUnreadable = true;
    else if (error !== null) explanations.set(entry, error);
  };
  await forEachItem(entries.filter(isDenied), explainOne, {
    concurrency: readersAtOnce,
    stopping: signal ?? new AbortController().signal,
  });
  return entries.map((entry) => {
    const error = explanations.get(entry);
    return error === undefined ? entry : { ...entry, error };
  });
}

/** Organizations has one small quota for the whole organization, and others use it too. */
const readersAtOnce = 8;

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
    [{ id: account.id, error: explain(error) }],
    [account],
    signal,
    [task],
  );
  if (entry?.error === undefined || entry.error === null || entry.error.hint === deniedInSessionHint) return error;
  const { code, message, hint } = entry.error;
  return hint === explain(error).hint ? error : Object.assign(new Error(message, { cause: error }), { code, hint });
}

const isDenied = ({ error }: Denied): boolean => error?.hint === deniedInSessionHint;

async function blame(
  reader: ScpReader,
  account: Account,
  tasks: readonly RootTask[],
  signal?: AbortSignal,
): Promise<ErrorEntry | 'unreadable' | null> {
  try {
    const verdict = await reader.judge(account, tasks, signal);
    if (verdict?.verdict !== 'blocked') return null;
    const message = verdict.policy === null ? `denied: ${blockerOf(verdict)}` : `denied by SCP ${blockerOf(verdict)}`;
    const where = verdict.policy === null ? '' : ` of SCP ${blockerOf(verdict)}`;
    return { code: 'AccessDenied', message, hint: `${cureOf(verdict)}${where} (rootctl doctor)` };
  } catch (error) {
    // An explanation is an ornament: without permission to read policies the denial stands as it is.
    if (error instanceof AwsError && error.failure.kind !== 'aborted') return 'unreadable';
    throw error;
  }
}
