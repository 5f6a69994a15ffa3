import {
  type AccountStatus,
  type CentralizedRootAccess,
  clockToleranceMs,
  createStatusTally,
  type StatusDocument,
  type StatusSummary,
  wasCutShort,
} from '../documents/index.ts';
import { type Organization, readManagementAccountRoot, readOrganization, requireFeature } from '../org/organization.ts';
import { checkSelection, isEmptySelection, type SelectionRequest } from '../org/selecting.ts';
import { readAccounts } from '../run/reading.ts';
import { accountStatusOf } from './account-status.ts';
import { type Baseline, comparedWith, requireComplete, requireEarlier, requireSameOrganization } from './baseline.ts';
import { createDenialExplainer } from './denials.ts';
import type { Environment } from './environment.ts';
import { counted } from './events.ts';
import { type FleetParts, fleetOf } from './fleet.ts';
import { headingOf, organizationEntryOf } from './heading.ts';
import { select } from './selecting.ts';

export interface StatusRequest {
  /** Nobody in particular means all member accounts. */
  readonly selection: SelectionRequest;
  /** An earlier status of the same organization: `changes` tells what became of its accounts since. */
  readonly baseline?: Baseline | undefined;
  /**
   * `told`: the document lists none of its accounts, all of which were reported; what it says of all of them stays the
   * same. Only without a baseline. Default: it lists them.
   */
  readonly accounts?: 'listed' | 'told' | undefined;
}

type StatusEnvironment = FleetParts & Pick<Environment, 'isTimeKnown' | 'product' | 'protections' | 'report'>;

/**
 * Reads the root credentials of the selected accounts, and changes nothing. Stopped, it tells of what it has read until
 * then. Reported beside the document: each account as soon as it is known, and whether the listing came to its end.
 * @throws ProblemError when the selection or the baseline does not fit the organization, when the baseline was cut short
 * or is of the future, or when nothing could be read at all.
 */
export async function status(request: StatusRequest, environment: StatusEnvironment): Promise<StatusDocument> {
  const { aws, clock, isTimeKnown, product, protections, report, stops } = environment;
  const { selection: wanted, baseline } = request;
  const isListing = baseline !== undefined || request.accounts !== 'told';
  if (baseline !== undefined) requireComplete(baseline);
  const checked = checkSelection({ ...wanted, all: wanted.all || isEmptySelection(wanted) }, protections);
  report({ event: 'working', on: 'organization' });
  const { organization, access } = await readOrganization(aws, stops.aborting);
  if (baseline !== undefined) {
    requireSameOrganization(baseline, { organization, simulated: product.isSimulated });
    if (isTimeKnown()) requireEarlier(baseline, new Date(clock.nowMs()).toISOString(), clockToleranceMs);
  }
  requireFeature('root-credentials-management', organization, access);
  const { selection, purpose } = await select(environment, checked, 'reading');
  report({ event: 'phase', phase: 'reading-for-status' });

  const counting = counted(report, 'read');
  const explainDenial = createDenialExplainer(aws, organization, stops.aborting);
  const explained = new Map<string, AccountStatus>();
  const tally = createStatusTally();
  let hasCutShort = false;
  const members = new Set<string>();
  const management = readManagementAccountRoot(aws, organization, stops.aborting);
  const [{ kept: accounts, listing }, managementAccount] = await Promise.all([
    readAccounts(fleetOf(environment, organization), selection, purpose, {
      onListed: counting.onListed,
      ...(baseline === undefined ? {} : { onMember: ({ id }) => members.add(id) }),
      // A denial is explained before anybody hears of the account: every output tells the same of it.
      finish: async (reading) => {
        explained.set(reading.account.id, await explainDenial(accountStatusOf(reading), reading.account));
      },
      keep: (reading) => {
        const { id } = reading.account;
        const account = explained.get(id) ?? accountStatusOf(reading);
        explained.delete(id);
        counting.onReading();
        tally.count(account);
        hasCutShort ||= wasCutShort(account);
        report({ event: 'account-status', account });
        return isListing ? account : null;
      },
    }),
    management,
  ]);
  if (listing.state === 'failed') report({ event: 'listing', state: 'failed', problem: listing.error.problem });
  else report({ event: 'listing', state: listing.state });
  const isComplete = listing.state === 'ended' && !hasCutShort;
  const about = { organization, access, managementAccount, summary: tally.summary(), isComplete };
  const document = statusDocument(environment, about, accounts);
  if (baseline === undefined) return document;
  // Who is missing in a listing that was cut short may only not have been listed yet.
  return comparedWith(baseline, document, listing.state === 'ended' ? members : undefined);
}

interface About {
  readonly organization: Organization;
  readonly access: CentralizedRootAccess;
  readonly managementAccount: StatusDocument['managementAccount'];
  readonly summary: StatusSummary;
  readonly isComplete: boolean;
}

function statusDocument(
  environment: StatusEnvironment,
  { organization, access, managementAccount, summary, isComplete }: About,
  accounts: readonly AccountStatus[],
): StatusDocument {
  return {
    ...headingOf(environment, 'rootctl.status', isComplete),
    organization: organizationEntryOf(organization),
    centralizedRootAccess: access,
    managementAccount,
    changes: null,
    summary,
    accounts,
  };
}
