import { type Account, type AccountId, isAccountId, parentIdsOf } from './account.ts';

/** The person's words do not fit the organization: nothing has been done yet (exit 64). */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export interface TagFilter {
  readonly key: string;
  readonly value: string | null;
}

export type Exclusion =
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'unit'; readonly id: string }
  | { readonly kind: 'name'; readonly matches: (name: string) => boolean };

/** What the person asked for, parsed; units already resolved to ids. The kinds of inclusion add up, exclusions win. */
export interface Selection {
  readonly all: boolean;
  readonly accountIds: ReadonlySet<AccountId>;
  readonly unitIds: ReadonlySet<string>;
  readonly tags: readonly TagFilter[];
  readonly names: readonly ((name: string) => boolean)[];
  readonly exclusions: readonly Exclusion[];
  readonly protections: readonly Exclusion[];
}

export type SkipReason = 'management-account' | 'not-active' | 'excluded' | 'protected';

/** Exactly one verdict per account. Only `selected` accounts are ever addressed; `outside` ones are not even listed. */
export type Verdict =
  | { readonly verdict: 'selected' }
  | { readonly verdict: 'skipped'; readonly reason: SkipReason }
  | { readonly verdict: 'outside' };

/** True when the tags of the account decide: nothing else includes it, so they have to be read. */
export function needsTags(account: Account, selection: Selection): boolean {
  return selection.tags.length > 0 && !isIncluded(account, selection, []);
}

export function judge(
  account: Account,
  selection: Selection,
  managementAccountId: AccountId,
  tags: readonly TagFilter[],
): Verdict {
  if (!isIncluded(account, selection, tags)) return { verdict: 'outside' };
  // The management account's root is outside the feature: this holds whatever else is said, so it comes first.
  if (account.id === managementAccountId) return { verdict: 'skipped', reason: 'management-account' };
  if (selection.protections.some((one) => matches(one, account))) return { verdict: 'skipped', reason: 'protected' };
  if (selection.exclusions.some((one) => matches(one, account))) return { verdict: 'skipped', reason: 'excluded' };
  // A state that nobody knows yet tells nothing: AWS decides when a session is asked for.
  if (account.state !== 'ACTIVE' && account.state !== 'UNKNOWN') return { verdict: 'skipped', reason: 'not-active' };
  return { verdict: 'selected' };
}

function isIncluded(account: Account, selection: Selection, tags: readonly TagFilter[]): boolean {
  if (selection.all || selection.accountIds.has(account.id)) return true;
  if (selection.unitIds.size > 0 && parentIdsOf(account).some((id) => selection.unitIds.has(id))) return true;
  if (selection.names.some((matchesName) => matchesName(account.name))) return true;
  return selection.tags.some((wanted) =>
    tags.some((tag) => tag.key === wanted.key && (wanted.value === null || tag.value === wanted.value)),
  );
}

function matches(exclusion: Exclusion, account: Account): boolean {
  switch (exclusion.kind) {
    case 'account':
      return exclusion.id === account.id;
    case 'unit':
      return parentIdsOf(account).includes(exclusion.id);
    case 'name':
      return exclusion.matches(account.name);
  }
}

/** The ids that were named, in whatever role, and that must be in the organization: a typing mistake would cost most. */
export function namedIds(selection: Selection): ReadonlySet<AccountId> {
  const excluded = [...selection.exclusions, ...selection.protections].flatMap((one) =>
    one.kind === 'account' ? [one.id] : [],
  );
  return new Set([...selection.accountIds, ...excluded]);
}

/**
 * Ids as people write them: one a line or separated by commas or blanks, `#` comments.
 * @throws SelectionError naming the word that is not an id, and its line.
 */
export function parseAccountList(text: string, source: string): readonly AccountId[] {
  const ids: AccountId[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .entries()) {
    for (const word of line.replace(/#.*$/u, '').split(/[\s,]+/u)) {
      if (word === '') continue;
      if (!isAccountId(word)) {
        throw new SelectionError(
          'InvalidAccountId',
          `${JSON.stringify(word)} in ${source}, line ${index + 1}, is not an account id`,
          'an account id has 12 digits, leading zeros included',
        );
      }
      ids.push(word);
    }
  }
  if (ids.length === 0) {
    throw new SelectionError(
      'EmptySelection',
      `${source} names no account`,
      'put one account id a line; # starts a comment',
    );
  }
  return ids;
}

/**
 * @throws SelectionError naming the ids that the organization does not have, with the nearest one it has.
 */
export function requireKnownIds(
  missing: ReadonlySet<AccountId>,
  accounts: readonly Account[],
  organizationId: string,
): void {
  const [first] = missing;
  if (first === undefined) return;
  const near = nearest(first, accounts);
  const more = missing.size > 1 ? ` (and ${missing.size - 1} more: ${[...missing].slice(1, 6).join(', ')})` : '';
  throw new SelectionError(
    'UnknownAccount',
    `account ${first} is not in organization ${organizationId}${more}`,
    near === null ? 'list the accounts: rootctl status --all' : `did you mean ${near.id} (${near.name})?`,
  );
}

/** The account whose id differs least, when it differs in no more than two digits or one transposition. */
function nearest(id: string, accounts: readonly Account[]): Account | null {
  let best: Account | null = null;
  let bestDifference = 3;
  for (const account of accounts) {
    let difference = 0;
    for (let index = 0; index < 12; index += 1) if (account.id[index] !== id[index]) difference += 1;
    if (difference < bestDifference) [best, bestDifference] = [account, difference];
  }
  return best;
}
