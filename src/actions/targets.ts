import type { Account, AccountId } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { readRoster, undated } from '../org/roster.ts';
import { checkSelection, emptySelection } from '../org/selecting.ts';
import type { SkipReason } from '../org/selection.ts';
import { type Problem, ProblemError, problem } from '../problems/index.ts';
import type { AccountReading } from '../run/reading.ts';
import type { Environment } from './environment.ts';
import { select } from './selecting.ts';

/**
 * The accounts that were named one by one, in the order in which they were named. Whoever names an account means it, so
 * one that may not be touched is no line among others but an error, before anything is done.
 * @throws ProblemError for an id that is not in the organization, and for one that is no possible target.
 */
export async function requireTargets(
  environment: Pick<Environment, 'aws' | 'clock' | 'isTimeKnown' | 'protections' | 'report' | 'stops'>,
  organization: Organization,
  ids: readonly AccountId[],
): Promise<readonly Account[]> {
  const { aws, protections, stops } = environment;
  const checked = checkSelection({ ...emptySelection, accounts: ids }, protections);
  const { selection, purpose } = await select(environment, checked, 'change');
  const found = new Map<AccountId, Account>();
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, stops.aborting)) {
    if (skip !== null) throw new ProblemError(refusal(account, skip, 0));
    found.set(account.id, account);
  }
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

/**
 * The same where several were named and some may be: it is an error when none is, because "nothing to delete" would then be
 * said of accounts that nobody looked at.
 * @throws ProblemError
 */
export function requireOneTarget(readings: readonly AccountReading[]): void {
  const refused = readings.flatMap((reading) =>
    reading.status === 'skipped' && reading.reason !== 'not-tried' ? [{ ...reading, reason: reading.reason }] : [],
  );
  const [first] = refused;
  if (first === undefined || refused.length < readings.length) return;
  throw new ProblemError(refusal(first.account, first.reason, refused.length - 1));
}

/** @param others so many more that were named are no targets either. */
function refusal(account: Account, skip: SkipReason | 'undated', others: number): Problem {
  const { id, name, state } = account;
  switch (skip) {
    case 'undated':
      return undated(account);
    case 'management-account':
      return problem('ManagementAccount', { id, name, as: 'target', others });
    case 'not-active':
      return problem('AccountNotActive', { id, name, state, as: 'target', others });
    case 'excluded':
      return problem('AccountExcluded', { id, name, others });
    case 'protected':
      return problem('AccountProtected', { id, name, others });
  }
}
