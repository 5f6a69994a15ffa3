import { ListTagsForResourceCommand } from '@aws-sdk/client-organizations';
import type { Aws } from '../aws/clients.ts';
import type { Account } from './account.ts';
import { listAccounts } from './discovery.ts';
import type { Organization } from './organization.ts';
import { collectPages } from './pages.ts';
import {
  judge,
  namedIds,
  needsTags,
  requireKnownIds,
  type Selection,
  type SkipReason,
  type TagFilter,
} from './selection.ts';

export type RosterEntry =
  | { readonly account: Account; readonly skip: null }
  | { readonly account: Account; readonly skip: SkipReason };

/**
 * The accounts of a selection, as soon as it is certain that the selection is right: an account is handed on only when
 * every id that was named has been seen in the listing, so that a mistyped id is an error before anything is touched.
 * @throws SelectionError for an id that the organization does not have, and when nothing matched.
 */
export async function* readRoster(
  aws: Aws,
  organization: Organization,
  selection: Selection,
  signal?: AbortSignal,
): AsyncGenerator<RosterEntry, void, undefined> {
  const missing = new Set(namedIds(selection));
  const held: Account[] = [];
  const all: Account[] | null = missing.size > 0 ? [] : null; // kept only to suggest the nearest id
  for await (const page of listAccounts(aws, organization, signal)) {
    held.push(...page);
    all?.push(...page);
    for (const account of page) missing.delete(account.id);
    if (missing.size > 0) continue;
    yield* judgeAll(aws, organization, selection, held.splice(0), signal);
  }
  requireKnownIds(missing, all ?? [], organization.id);
  yield* judgeAll(aws, organization, selection, held, signal);
}

async function* judgeAll(
  aws: Aws,
  organization: Organization,
  selection: Selection,
  accounts: readonly Account[],
  signal?: AbortSignal,
): AsyncGenerator<RosterEntry, void, undefined> {
  const tags = await Promise.all(
    accounts.map((account) => (needsTags(account, selection) ? readTags(aws, account.id, signal) : [])),
  );
  for (const [index, account] of accounts.entries()) {
    const verdict = judge(account, selection, organization.managementAccountId, tags[index] ?? []);
    if (verdict.verdict === 'outside') continue;
    yield { account, skip: verdict.verdict === 'skipped' ? verdict.reason : null };
  }
}

async function readTags(aws: Aws, ResourceId: string, signal?: AbortSignal): Promise<readonly TagFilter[]> {
  const tags = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListTagsForResourceCommand({ ResourceId, NextToken }), signal);
    return { items: page.Tags ?? [], next: page.NextToken };
  });
  return tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
}
