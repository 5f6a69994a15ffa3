import { ListTagsForResourceCommand } from '@aws-sdk/client-organizations';
import type { Aws } from '../aws/clients.ts';
import { type Problem, ProblemError, problem, within } from '../problems/index.ts';
import type { Account } from './account.ts';
import { type Listed, listAccounts } from './discovery.ts';
import type { Organization } from './organization.ts';
import { collectPages } from './pages.ts';
import {
  hasUnitRule,
  isMeant,
  judge,
  namedIds,
  needsTags,
  type Purpose,
  requireKnownIds,
  type Selection,
  type SkipReason,
  type TagFilter,
  unmatchedBy,
} from './selection.ts';

export type RosterEntry =
  | { readonly account: Account; readonly skip: null }
  | { readonly account: Account; readonly skip: SkipReason }
  /** Of a change: whether the account is meant depends on when it joined, and AWS does not tell. */
  | { readonly account: Account; readonly skip: 'undated' };

/**
 * The accounts of a selection, as soon as it is certain that the selection is right: an account is handed on only when
 * every id that was named has been seen in the listing, so that a mistyped id is an error before anything is touched. A
 * change waits longer: until every exclusion has matched something, and where OUs decide, until the place of every
 * account is known.
 * @param onMember told of every account of the organization, selected or not.
 * @throws ProblemError for an id that the organization does not have, and for a change whose exclusions match nothing
 * or cannot be decided.
 */
export async function* readRoster(
  aws: Aws,
  organization: Organization,
  selection: Selection,
  purpose: Purpose,
  signal?: AbortSignal,
  onMember: (account: Account) => void = () => {},
): AsyncGenerator<RosterEntry, void, undefined> {
  const missing = new Set(namedIds(selection));
  const unmatched = new Set([...selection.protections, ...selection.exclusions]);
  const isChange = purpose.purpose === 'change';
  const mustEnd = isChange && hasUnitRule(selection);
  const held: Account[] = [];
  const seen = new Map<string, Listed>();
  const told = new Set<string>();
  const withoutDate: Account[] = [];
  /** Better shown although it was to be left out than left out although nobody said so. */
  const tellUndecided = (account: Account, rules: readonly string[]): void => {
    if (isChange) return; // what is left alone is not shown
    for (const rule of rules.filter((one) => !told.has(one))) {
      told.add(rule);
      purpose.tell(within('shown-anyway', [], unknownPlace(account, rule)));
    }
  };
  /** @throws ProblemError for an account of which it cannot be told whether it is meant. */
  const entryOf = (account: Account, tags: readonly TagFilter[]): RosterEntry | null => {
    const judged = judge(account, selection, organization.managementAccountId, tags);
    switch (judged.verdict) {
      case 'outside':
        return null;
      case 'selected':
        return { account, skip: null };
      case 'skipped':
        return { account, skip: judged.reason };
      case 'undated':
        withoutDate.push(account);
        tellUndecided(account, judged.rules);
        // Looked at in vain is better than overlooked; deleted on a guess is worse than either.
        return { account, skip: isChange ? 'undated' : null };
      case 'undecided': {
        const [first = null] = judged.rules;
        if (first === null || isChange) throw new ProblemError(unknownPlace(account, first));
        tellUndecided(account, judged.rules);
        return { account, skip: null };
      }
    }
  };
  const entriesOf = async (accounts: readonly Account[]): Promise<readonly RosterEntry[]> => {
    const entries: RosterEntry[] = [];
    for (let start = 0; start < accounts.length; start += tagReadersMax) {
      const some = accounts.slice(start, start + tagReadersMax);
      const tags = await Promise.all(
        some.map((account) => (needsTags(account, selection) ? readTags(aws, account.id, signal) : [])),
      );
      for (const [index, account] of some.entries()) {
        const entry = entryOf(account, tags[index] ?? []);
        if (entry !== null) entries.push(entry);
      }
    }
    return entries;
  };
  for await (const page of listAccounts(aws, organization, signal, seen)) {
    held.push(...page);
    for (const account of page) {
      onMember(account);
      missing.delete(account.id);
      for (const one of unmatched) if (isMeant(one, account) !== 'no') unmatched.delete(one);
    }
    if (missing.size > 0 || mustEnd || (isChange && unmatched.size > 0)) continue;
    yield* await entriesOf(held.splice(0));
  }
  const all = [...seen.values()];
  purpose.onListed?.(organization.id, all);
  requireKnownIds(missing, all, organization.id, [...selection.protections, ...selection.exclusions]);
  for (const one of unmatched) {
    const nothing = unmatchedBy(one, all, organization.id);
    if (purpose.purpose === 'change') throw new ProblemError(nothing);
    purpose.tell(within('passed-over', [], nothing));
  }
  yield* await entriesOf(held);
  const [first] = withoutDate;
  if (first === undefined) return;
  purpose.tell(problem('UnknownJoinTime', { accounts: withoutDate.length, first: first.id, isTaken: !isChange }));
}

/** What is wrong with an account that is left alone because nobody knows when it joined. */
export const undated = ({ id }: Account): Problem =>
  problem('UnknownJoinTime', { accounts: 1, first: id, isTaken: false });

const unknownPlace = ({ id, name }: Account, rule: string | null): Problem =>
  problem('UnknownPlace', { id, name, rule });

/** A page of accounts at once: Organizations has one small quota for the whole organization. */
const tagReadersMax = 20;

async function readTags(aws: Aws, ResourceId: string, signal?: AbortSignal): Promise<readonly TagFilter[]> {
  const tags = await collectPages(async (NextToken) => {
    const page = await aws.organizations(new ListTagsForResourceCommand({ ResourceId, NextToken }), signal);
    return { items: page.Tags ?? [], next: page.NextToken };
  });
  return tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
}
