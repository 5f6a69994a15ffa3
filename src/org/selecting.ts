import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import { parseDuration } from '../duration.ts';
import { matchesGlob } from '../policy/index.ts';
import { ProblemError, problem, problemError, within } from '../problems/index.ts';
import { type AccountId, isAccountId } from './account.ts';
import type { Exclusion, Purpose, Selection, TagFilter } from './selection.ts';
import { createUnitFinder, isUnitId, nowhere, type UnitFinder } from './units.ts';

/** Which accounts are meant, as a person says it. The kinds of inclusion add up, exclusions win. */
export interface SelectionRequest {
  /** All member accounts. It names every account, so it stands alone, beside `exclusions` only. */
  readonly all: boolean;
  readonly accounts: readonly string[];
  /** OUs with all below them, by id or by path of names (`Workloads/Prod`). */
  readonly units: readonly string[];
  /** A tag that an account has; `value` null: with whatever value. */
  readonly tags: readonly TagFilter[];
  /** Globs (`*`, `?`) of the accounts' names. */
  readonly names: readonly string[];
  /** Accounts that joined the organization since: an age (`30d`, by AWS's time) or a date (`2026-01-15`, UTC). null: whenever. */
  readonly joinedSince: string | null;
  /** Each an account id, a glob of names, or an OU (id or path). */
  readonly exclusions: readonly string[];
}

export const emptySelection: SelectionRequest = {
  all: false,
  accounts: [],
  units: [],
  tags: [],
  names: [],
  joinedSince: null,
  exclusions: [],
};

/** Nobody said which accounts; exclusions say which are not. */
export const isEmptySelection = ({ all, accounts, units, tags, names, joinedSince }: SelectionRequest): boolean =>
  !all && joinedSince === null && accounts.length + units.length + tags.length + names.length === 0;

/** Nobody said which accounts, nor which not. */
export const isUnsaid = (request: SelectionRequest): boolean =>
  isEmptySelection(request) && request.exclusions.length === 0;

/** Whether the accounts were named one by one, and in no other way. */
export const namesIdsOnly = (request: SelectionRequest): boolean =>
  request.accounts.length > 0 && isEmptySelection({ ...request, accounts: [] });

/** The words of a request, checked but not yet compared with the organization. */
export interface CheckedSelection extends Omit<Selection, 'unitIds' | 'joinedSinceMs' | 'exclusions' | 'protections'> {
  readonly joinedSince: JoinedSince | null;
  readonly units: readonly string[];
  readonly exclusions: readonly ExclusionWord[];
  readonly protections: readonly ExclusionWord[];
}

/** An age goes by what is now when the organization is read; a date by nothing. */
export type JoinedSince = { readonly agoMs: number } | { readonly atMs: number };

/** An entry of `--exclude` or `protect:` as it was written. `rule` is how messages name it. */
interface ExclusionWord {
  readonly rule: string;
  readonly word: string;
}

/**
 * @param protections accounts that are never touched, whatever was asked for: words like those of `exclusions`.
 * @throws ProblemError for a word that can mean nothing.
 */
export function checkSelection(request: SelectionRequest, protections: readonly string[]): CheckedSelection {
  if (request.all && !isEmptySelection({ ...request, all: false })) throw problemError('ContradictingSelection', {});
  return {
    all: request.all,
    accountIds: new Set(request.accounts.map(requireAccountId)),
    units: request.units.map(nonEmpty('--ou')),
    tags: request.tags.map(requireKey),
    names: request.names.map(nonEmpty('--name')).map(nameMatcher),
    joinedSince: request.joinedSince === null ? null : parseJoinedSince(request.joinedSince),
    exclusions: request.exclusions.map(nonEmpty('--exclude')).map(exclusionWord('--exclude')),
    protections: protections.map(nonEmpty('protect')).map(exclusionWord('protect:')),
  };
}

function requireAccountId(word: string): AccountId {
  if (isAccountId(word)) return word;
  throw problemError('InvalidAccountId', { word, source: null, line: null });
}

/** @throws ProblemError for what is neither an age nor a date. */
function parseJoinedSince(word: string): JoinedSince {
  const atMs = parseDate(word);
  if (atMs !== null) return { atMs };
  // Eight digits are a date without its hyphens, not the seconds of 234 days.
  const agoMs = /^\d{8}$/u.test(word) ? null : parseDuration(word);
  if (agoMs !== null && agoMs > 0) return { agoMs };
  throw problemError('InvalidJoinedSince', { word });
}

/**
 * Epoch milliseconds of `2026-01-15` (its beginning, UTC) or `2026-01-15T09:30:00Z`, also with an offset; a time without
 * either would mean another moment on every machine. null for anything else, and for a day that no calendar has.
 */
function parseDate(word: string): number | null {
  const [, day, time] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u.exec(word) ?? [];
  if (day === undefined) return null;
  const midnightMs = Date.parse(`${day}T00:00:00.000Z`);
  // `Date` takes the 30th of February for the second of March.
  if (Number.isNaN(midnightMs) || new Date(midnightMs).toISOString().slice(0, 10) !== day) return null;
  const atMs = time === undefined ? midnightMs : Date.parse(word);
  return Number.isNaN(atMs) ? null : atMs;
}

function requireKey(tag: TagFilter): TagFilter {
  if (tag.key === '') throw problemError('InvalidTag', { tag: tag.value === null ? '' : `=${tag.value}` });
  return tag;
}

/** Twelve digits are always meant as an id, and fewer or more as one that was mistyped. */
const exclusionWord =
  (source: '--exclude' | 'protect:') =>
  (word: string): ExclusionWord => {
    if (!/^\d+$/u.test(word) || isAccountId(word)) return { rule: `${source} ${word}`, word };
    throw problemError('InvalidAccountId', { word, source, line: null });
  };

const nameMatcher =
  (glob: string) =>
  (name: string): boolean =>
    matchesGlob(glob.normalize('NFC'), name.normalize('NFC'));

const nonEmpty =
  (flag: string) =>
  (text: string): string => {
    if (text.trim() === '') throw problemError('EmptyValue', { flag });
    return text;
  };

/**
 * Compares the words with the organization: OUs become ids, and ages moments.
 * @param nowMs AWS's time, in epoch milliseconds.
 * @throws ProblemError for an OU that is not there, and for a path that is empty or leads to several.
 */
export async function resolveSelection(
  aws: Aws,
  { joinedSince, ...checked }: CheckedSelection,
  purpose: Purpose,
  nowMs: number,
  signal?: AbortSignal,
): Promise<Selection> {
  const units = createUnitFinder(aws, signal, purpose.onUnits);
  const unitIds = new Set<string>();
  for (const unit of checked.units) unitIds.add(await units.require(unit));
  const resolve = async (words: readonly ExclusionWord[]): Promise<readonly Exclusion[]> => {
    const exclusions: Exclusion[] = [];
    for (const word of words) exclusions.push(await resolveExclusion(word, units, purpose));
    return exclusions;
  };
  return {
    ...checked,
    joinedSinceMs: joinedSince === null ? null : 'atMs' in joinedSince ? joinedSince.atMs : nowMs - joinedSince.agoMs,
    unitIds,
    exclusions: await resolve(checked.exclusions),
    protections: await resolve(checked.protections),
  };
}

async function resolveExclusion(
  { rule, word }: ExclusionWord,
  units: UnitFinder,
  purpose: Purpose,
): Promise<Exclusion> {
  if (isAccountId(word)) return { rule, kind: 'account', id: word };
  if (isUnitId(word)) return { rule, kind: 'unit', id: await units.require(word) };
  const name = { rule, kind: 'name', glob: word, unitId: null, noUnit: null } as const;
  if (/[*?]/u.test(word)) return name;
  try {
    const found = await units.find(word);
    if (typeof found === 'string') return { ...name, unitId: found };
    return { ...name, noUnit: word.includes('/') ? found : null };
  } catch (error) {
    if (!(error instanceof AwsError) || error.failure.kind !== 'denied') throw error;
    const { operation } = error;
    const untold = problem('UnknownOrganizationalUnit', { why: 'cannot-tell', operation, ...nowhere(rule) });
    // An account of that name proves nothing: an OU of the same name may hold others that were meant.
    if (purpose.purpose === 'change') throw new ProblemError(untold);
    purpose.tell(within('taken-as-name', [], untold));
    return name;
  }
}
