import type { Aws } from '../aws/clients.ts';
import type { Account, AccountId } from '../org/account.ts';
import type { Organization } from '../org/organization.ts';
import { readRoster } from '../org/roster.ts';
import type { SkipReason } from '../org/selection.ts';
import type { AccountReading } from '../run/reading.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { parseSelection, purposeOf, resolveSelection } from './selecting.ts';

/**
 * The accounts that were named one by one, in the order in which they were named. Whoever names an account means it, so
 * one that may not be touched is no line among others but an error, before anything is done.
 * @throws SelectionError for an id that is not in the organization; UsageError for one that is no possible target.
 */
export async function requireTargets(
  context: Context,
  aws: Aws,
  organization: Organization,
  ids: readonly AccountId[],
): Promise<readonly Account[]> {
  const parsed = await parseSelection([], {}, context.config.protect ?? [], context.world);
  const { aborting } = context.stops;
  const purpose = purposeOf(context, 'change');
  const selection = await resolveSelection(aws, { ...parsed, accountIds: new Set(ids) }, purpose, aborting);
  const found = new Map<AccountId, Account>();
  for await (const { account, skip } of readRoster(aws, organization, selection, purpose, aborting)) {
    if (skip !== null) throw refusal(account, skip);
    found.set(account.id, account);
  }
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

/**
 * The same where several were named and some may be: it is an error when none is, because "nothing to delete" would then be
 * said of accounts that nobody looked at.
 * @throws UsageError
 */
export function requireOneTarget(readings: readonly AccountReading[]): void {
  const refused = readings.flatMap((reading) =>
    reading.status === 'skipped' && reading.reason !== 'not-tried' ? [{ ...reading, reason: reading.reason }] : [],
  );
  const [first] = refused;
  if (first === undefined || refused.length < readings.length) return;
  throw refusal(first.account, first.reason, refused.length - 1);
}

function refusal({ id, name, state }: Account, skip: SkipReason, others = 0): UsageError {
  const who = `${name} (${id})`;
  const more =
    others === 0
      ? ''
      : others === 1
        ? '; the other one that was named is no target either'
        : `; the other ${others} that were named are no targets either`;
  switch (skip) {
    case 'management-account':
      return new UsageError(
        'ManagementAccount',
        `${who} is the management account: AWS opens root sessions in member accounts only${more}`,
        'its own root user signs in as usual, at the AWS sign-in page',
      );
    case 'not-active':
      return new UsageError(
        'AccountNotActive',
        `${who} is ${state.toLowerCase().replaceAll('_', ' ')}: AWS opens root sessions in active accounts only${more}`,
        'reopen the account first (AWS Support, within 90 days of its closing)',
      );
    case 'excluded':
      return new UsageError(
        'AccountExcluded',
        `${who} is left out by --exclude${more}`,
        'name an account that is not excluded, or leave --exclude out',
      );
    case 'protected':
      return new UsageError(
        'AccountProtected',
        `${who} is protected by the configuration${more}`,
        'take it out of `protect:` in the configuration file first',
      );
  }
}
