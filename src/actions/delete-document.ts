import {
  type DeleteAccount,
  type DeleteDocument,
  type DeleteSummary,
  type OrganizationEntry,
  type PlanAccount,
  type SkipReason,
  wasCutShort,
} from '../documents/index.ts';
import type { Account } from '../org/account.ts';
import { untouched } from '../root/removal.ts';
import type { Environment } from './environment.ts';
import { headingOf } from './heading.ts';

interface Deletion {
  readonly organization: OrganizationEntry;
  /** null: nothing was journalled. */
  readonly runId: string | null;
  readonly isDryRun: boolean;
  readonly accounts: readonly DeleteAccount[];
  readonly isComplete?: boolean;
}

export function deleteDocument(
  environment: Pick<Environment, 'clock' | 'product'>,
  { organization, runId, isDryRun, accounts, isComplete = !accounts.some(wasCutShort) }: Deletion,
): DeleteDocument {
  const sorted = [...accounts].sort((left, right) => (left.id < right.id ? -1 : 1));
  return {
    ...headingOf(environment, 'rootctl.delete', isComplete),
    runId,
    dryRun: isDryRun,
    organization,
    summary: summaryOf(sorted),
    accounts: sorted,
  };
}

function summaryOf(accounts: readonly DeleteAccount[]): DeleteSummary {
  const summary = {
    accounts: accounts.length,
    deleted: 0,
    absent: 0,
    partial: 0,
    failed: 0,
    unverified: 0,
    skipped: 0,
    planned: 0,
  };
  for (const { outcome } of accounts) summary[outcome] += 1;
  return summary;
}

/** Why an account is left alone, with AWS's word where that is its state. */
export const skippedFor = (
  reason: SkipReason,
  { state }: Pick<Account, 'state'>,
): { readonly reason: SkipReason; readonly state?: string } =>
  reason === 'not-active' ? { reason, state } : { reason };

/** An account of a plan that was not begun with. */
export const notTried = ({ id, name, actions }: PlanAccount): DeleteAccount => ({
  id,
  name,
  outcome: 'skipped',
  reason: 'not-tried',
  error: null,
  actions: actions.map((action) => untouched(action, 'not-attempted')),
});
