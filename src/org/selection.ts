import { matchesGlob } from '../policy/index.ts';
import { type Problem, problem, problemError, shortened } from '../problems/index.ts';
import { type Account, type AccountId, isAccountId, parentIdsOf } from './account.ts';
import type { Listed } from './discovery.ts';
import { nearest } from './nearest.ts';
import type { OnUnits, UnknownUnit } from './units.ts';

export interface TagFilter {
  readonly key: string;
  readonly value: string | null;
}

/** One entry of `--exclude` or `protect:`, with its OU already resolved to an id. */
export type Exclusion = {
  /** As it was written, for messages: `--exclude payments-*`. */
  readonly rule: string;
} & (
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'unit'; readonly id: string }
  /** Names of accounts. One that is the path of an OU as well leaves out that OU too: it never means less than was meant. */
  | {
      readonly kind: 'name';
      readonly glob: string;
      readonly unitId: string | null;
      /** Why it is no OU's path, when somebody wrote it as one. */
      readonly noUnit: UnknownUnit | null;
    }
);

/**
 * What an exclusion means that matches nothing, or that cannot be decided: a change is refused, since it would reach
 * further than was meant; a reading goes on, and it is told.
 */
export interface Purpose {
  readonly purpose: 'change' | 'reading';
  readonly tell: (warning: Problem) => void;
  /** Told of all accounts of the organization, once they have been listed to the end. */
  readonly onListed?: (organizationId: string, accounts: readonly Listed[]) => void;
  /** Told of OUs that were read on the way to those that are named. */
  readonly onUnits?: OnUnits;
}

/** What the person asked for, parsed; units already resolved to ids. The kinds of inclusion add up, exclusions win. */
export interface Selection {
  readonly all: boolean;
  readonly accountIds: ReadonlySet<AccountId>;
  readonly unitIds: ReadonlySet<string>;
  readonly tags: readonly TagFilter[];
  readonly names: readonly ((name: string) => boolean)[];
  /** Accounts that joined then or later, in epoch milliseconds; null: nobody asked for newcomers. */
  readonly joinedSinceMs: number | null;
  readonly exclusions: readonly Exclusion[];
  readonly protections: readonly Exclusion[];
}

export type SkipReason = 'management-account' | 'not-active' | 'excluded' | 'protected';

/** Exactly one verdict per account. Only `selected` accounts are ever addressed; `outside` ones are not even listed. */
export type Verdict =
  | { readonly verdict: 'selected' }
  | { readonly verdict: 'skipped'; readonly reason: SkipReason }
  | { readonly verdict: 'outside' }
  /** Newcomers are meant, and when the account joined is not known. `rules`: exclusions that may mean it, as below. */
  | { readonly verdict: 'undated'; readonly rules: readonly string[] }
  /**
   * An OU decides, and where the account is in the organization is not known. `rules`: the exclusions, each of which may
   * mean it; none: it is `--ou` that may.
   */
  | { readonly verdict: 'undecided'; readonly rules: readonly string[] };

/** True when the tags of the account decide: nothing else includes it, so they have to be read. */
export function needsTags(account: Account, selection: Selection): boolean {
  return selection.tags.length > 0 && isIncluded(account, selection, []) !== 'yes';
}

export function judge(
  account: Account,
  selection: Selection,
  managementAccountId: AccountId,
  tags: readonly TagFilter[],
): Verdict {
  const included = isIncluded(account, selection, tags);
  if (included === 'no') return { verdict: 'outside' };
  if (included === 'unknown') return { verdict: 'undecided', rules: [] };
  // The management account's root is outside the feature: this holds whatever else is said, so it comes first.
  if (account.id === managementAccountId) return { verdict: 'skipped', reason: 'management-account' };
  const { protections, exclusions } = selection;
  const fits = (wanted: Answer) => (one: Exclusion) => isMeant(one, account) === wanted;
  if (protections.some(fits('yes'))) return { verdict: 'skipped', reason: 'protected' };
  if (exclusions.some(fits('yes'))) return { verdict: 'skipped', reason: 'excluded' };
  // A state that nobody knows yet tells nothing: AWS decides when a session is asked for.
  if (account.state !== 'ACTIVE' && account.state !== 'UNKNOWN') return { verdict: 'skipped', reason: 'not-active' };
  const rules = [...protections, ...exclusions].filter(fits('unknown')).map(({ rule }) => rule);
  if (included === 'undated') return { verdict: 'undated', rules };
  return rules.length > 0 ? { verdict: 'undecided', rules } : { verdict: 'selected' };
}

/** `unknown`: an OU decides, and where the account is in the organization is not known. */
type Answer = 'yes' | 'no' | 'unknown';

/** `undated`: when it joined decides, and that is not known. */
function isIncluded(account: Account, selection: Selection, tags: readonly TagFilter[]): Answer | 'undated' {
  if (selection.all || selection.accountIds.has(account.id)) return 'yes';
  if (selection.names.some((matchesName) => matchesName(account.name))) return 'yes';
  const isTagged = selection.tags.some((wanted) =>
    tags.some((tag) => tag.key === wanted.key && (wanted.value === null || tag.value === wanted.value)),
  );
  if (isTagged) return 'yes';
  const joined = isNewcomer(account, selection.joinedSinceMs);
  const below = [...selection.unitIds].map((id) => isBelow(id, account));
  if (joined === 'yes' || below.includes('yes')) return 'yes';
  return below.includes('unknown') ? 'unknown' : joined;
}

function isNewcomer({ joinedAt }: Account, sinceMs: number | null): 'yes' | 'no' | 'undated' {
  if (sinceMs === null) return 'no';
  if (joinedAt === null) return 'undated';
  return Date.parse(joinedAt) >= sinceMs ? 'yes' : 'no';
}

/** Whether the entry means this account. */
export function isMeant(exclusion: Exclusion, account: Account): Answer {
  switch (exclusion.kind) {
    case 'account':
      return exclusion.id === account.id ? 'yes' : 'no';
    case 'unit':
      return isBelow(exclusion.id, account);
    case 'name':
      // Without regard to case: a name left out by mistake costs a second run, one taken in by mistake costs credentials.
      // What looks the same is the same (`é` may be one character or two): typed here, named there, by different keyboards.
      if (matchesGlob(exclusion.glob.normalize('NFC'), account.name.normalize('NFC'), { ignoreCase: true }))
        return 'yes';
      return exclusion.unitId === null ? 'no' : isBelow(exclusion.unitId, account);
  }
}

function isBelow(unitId: string, account: Account): Answer {
  if (unitId.startsWith('r-')) return 'yes'; // an organization has one root, and every account is below it
  if (account.path === null) return 'unknown';
  return parentIdsOf(account).includes(unitId) ? 'yes' : 'no';
}

/** Whether the place of accounts in the organization decides anything. */
export const hasUnitRule = ({ unitIds, exclusions, protections }: Selection): boolean =>
  unitIds.size > 0 ||
  [...exclusions, ...protections].some((one) => one.kind === 'unit' || (one.kind === 'name' && one.unitId !== null));

/** The ids that were named, in whatever role, and that must be in the organization: a typing mistake would cost most. */
export function namedIds(selection: Selection): ReadonlySet<AccountId> {
  const excluded = [...selection.exclusions, ...selection.protections].flatMap((one) =>
    one.kind === 'account' ? [one.id] : [],
  );
  return new Set([...selection.accountIds, ...excluded]);
}

/**
 * Ids as people write them: one a line or separated by commas or blanks, `#` comments.
 * @param source a file or a flag; null: the arguments.
 * @throws ProblemError naming the word that is not an id, and its line.
 */
export function parseAccountList(text: string, source: string | null): readonly AccountId[] {
  const ids: AccountId[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .entries()) {
    for (const word of line.replace(/#.*$/u, '').split(/[\s,]+/u)) {
      if (word === '') continue;
      if (!isAccountId(word)) {
        // A file that is no list of accounts may have no blank in it.
        throw problemError('InvalidAccountId', { word: shortened(word, 40), source, line: index + 1 });
      }
      ids.push(word);
    }
  }
  if (ids.length === 0) throw problemError('EmptySelection', { of: source ?? '', why: 'empty-list' });
  return ids;
}

/**
 * @param exclusions where an id may come from that nobody typed for this command: the message says so.
 * @throws ProblemError `UnknownAccount`, naming the ids that the organization does not have, with the nearest one it has.
 */
export function requireKnownIds(
  missing: ReadonlySet<AccountId>,
  accounts: readonly Listed[],
  organizationId: string,
  exclusions: readonly Exclusion[] = [],
): void {
  const [first] = missing;
  if (first === undefined) return;
  const excluded = exclusions.find((one) => one.kind === 'account' && one.id === first);
  const near = nearestId(first, accounts);
  throw problemError('UnknownAccount', {
    accounts: [...missing],
    rule: excluded?.rule ?? null,
    organizationId,
    nearId: near?.id ?? null,
    nearName: near?.name ?? null,
  });
}

/** The account whose id differs least, when it differs in no more than two digits or one transposition. */
function nearestId(id: string, accounts: readonly Listed[]): Listed | null {
  let best: Listed | null = null;
  let bestDifference = 3;
  for (const account of accounts) {
    let difference = 0;
    for (let index = 0; index < 12; index += 1) if (account.id[index] !== id[index]) difference += 1;
    if (difference < bestDifference) [best, bestDifference] = [account, difference];
  }
  return best;
}

/** What is wrong with an exclusion that matches nothing, and which account it may have meant. */
export function unmatchedBy(exclusion: Exclusion, accounts: readonly Listed[], organizationId: string): Problem {
  const { rule } = exclusion;
  const nowhere = { named: '', missing: '', place: '', there: [], near: null, nearId: null };
  if (exclusion.kind !== 'name' || exclusion.unitId !== null) {
    return problem('UnmatchedExclusion', { rule, organizationId, why: 'empty-unit', ...nowhere });
  }
  if (exclusion.noUnit !== null) {
    return problem('UnmatchedExclusion', {
      rule,
      organizationId,
      why: 'no-such-unit',
      ...exclusion.noUnit,
      nearId: null,
    });
  }
  const account = nearest(exclusion.glob, accounts, ({ name }) => name);
  const meant = { near: account?.name ?? null, nearId: account?.id ?? null };
  return problem('UnmatchedExclusion', { rule, organizationId, why: 'no-such-name', ...nowhere, ...meant });
}
