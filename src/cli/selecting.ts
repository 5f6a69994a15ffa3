import type { Command } from 'commander';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import { type AccountId, isAccountId } from '../org/account.ts';
import {
  type Exclusion,
  type Purpose,
  parseAccountList,
  type Selection,
  SelectionError,
  type TagFilter,
} from '../org/selection.ts';
import { createUnitFinder, isUnitId, type UnitFinder } from '../org/units.ts';
import { matchesGlob } from '../policy/index.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { repeated } from './options.ts';
import type { World } from './world.ts';

/** The selection flags of `status`, `delete` and `report`. */
export interface SelectionOptions {
  readonly all?: boolean;
  readonly accounts?: readonly string[];
  readonly ou?: readonly string[];
  readonly tag?: readonly string[];
  readonly name?: readonly string[];
  readonly exclude?: readonly string[];
}

export function addSelectionOptions(command: Command): Command {
  return command
    .argument('[account...]', 'account ids (12 digits)')
    .option('--all', 'all member accounts')
    .option(
      '--accounts <ids>',
      'ids with commas, @FILE (one a line, # comments) or - for stdin; may be repeated',
      repeated,
    )
    .option(
      '--ou <ou>',
      'an OU with all below it: its id or its path of names (Workloads/Prod); may be repeated',
      repeated,
    )
    .option('--tag <key[=value]>', 'accounts with this tag; may be repeated', repeated)
    .option('--name <glob>', 'accounts whose name matches (* and ?); may be repeated', repeated)
    .option(
      '--exclude <account>',
      'leave out an id, a name glob, or an OU (id or path); always wins; may be repeated',
      repeated,
    );
}

/** The words of the command line, checked but not yet compared with the organization. */
export interface ParsedSelection {
  readonly all: boolean;
  readonly accountIds: ReadonlySet<AccountId>;
  readonly units: readonly string[];
  readonly tags: readonly TagFilter[];
  readonly names: readonly ((name: string) => boolean)[];
  readonly exclusions: readonly ExclusionWord[];
  readonly protections: readonly ExclusionWord[];
}

/** An entry of `--exclude` or `protect:` as it was written. `rule` is how messages name it. */
interface ExclusionWord {
  readonly rule: string;
  readonly word: string;
}

export const isEmptySelection = (selection: ParsedSelection): boolean =>
  !selection.all &&
  selection.accountIds.size === 0 &&
  selection.units.length === 0 &&
  selection.tags.length === 0 &&
  selection.names.length === 0;

/** Whether the accounts were named one by one, and in no other way. */
export const namesIdsOnly = (selection: ParsedSelection): boolean =>
  selection.accountIds.size > 0 && isEmptySelection({ ...selection, accountIds: new Set() });

/** @throws SelectionError or UsageError, before anything is asked of AWS. */
export async function parseSelection(
  positional: readonly string[],
  options: SelectionOptions,
  protect: readonly string[],
  world: World,
): Promise<ParsedSelection> {
  const ids = new Set<AccountId>();
  for (const word of positional) {
    for (const id of parseAccountList(word, 'the arguments')) ids.add(id);
  }
  for (const list of options.accounts ?? []) {
    for (const id of await readAccountList(list, world)) ids.add(id);
  }
  const selection: ParsedSelection = {
    all: options.all === true,
    accountIds: ids,
    units: (options.ou ?? []).map(nonEmpty('--ou')),
    tags: (options.tag ?? []).map(parseTag),
    names: (options.name ?? []).map(nonEmpty('--name')).map(nameMatcher),
    exclusions: (options.exclude ?? []).map(nonEmpty('--exclude')).map(exclusionWord('--exclude')),
    protections: protect.map(nonEmpty('protect')).map(exclusionWord('protect:')),
  };
  if (selection.all && !isEmptySelection({ ...selection, all: false })) {
    throw new UsageError(
      'ContradictingSelection',
      '--all contradicts the other selection flags: it already names every account',
      'leave out --all, or the others; to leave accounts out use --exclude',
    );
  }
  return selection;
}

/** A warning is kept by --quiet: a rule that does nothing is not what its author believes. */
export const purposeOf = ({ warn }: Context, purpose: Purpose['purpose']): Purpose => ({
  purpose,
  tell: (warning) => warn(`warning: ${warning}`),
});

/**
 * Compares the words with the organization: OUs become ids.
 * @throws SelectionError for an OU that is not there, and for a path that is empty or leads to several.
 */
export async function resolveSelection(
  aws: Aws,
  parsed: ParsedSelection,
  purpose: Purpose,
  signal?: AbortSignal,
): Promise<Selection> {
  const units = createUnitFinder(aws, signal);
  const unitIds = new Set<string>();
  for (const unit of parsed.units) unitIds.add(await units.require(unit));
  const resolve = async (words: readonly ExclusionWord[]): Promise<readonly Exclusion[]> => {
    const exclusions: Exclusion[] = [];
    for (const word of words) exclusions.push(await resolveExclusion(word, units, purpose));
    return exclusions;
  };
  return {
    ...parsed,
    unitIds,
    exclusions: await resolve(parsed.exclusions),
    protections: await resolve(parsed.protections),
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
    const why = `whether ${rule} is an organizational unit cannot be told: ${error.operation} is denied`;
    if (purpose.purpose === 'change') {
      // An account of that name proves nothing: an OU of the same name may hold others that were meant.
      const hint =
        'allow organizations:ListRoots and organizations:ListOrganizationalUnitsForParent, or name ids, or accounts by a pattern with *';
      throw new SelectionError('UnknownOrganizationalUnit', why, hint);
    }
    purpose.tell(`${why}; it is taken as the name of accounts alone`);
    return name;
  }
}

/** Ids with commas, `@FILE` or `-` for stdin. */
export async function readAccountList(list: string, world: World): Promise<readonly AccountId[]> {
  if (list === '-') return parseAccountList(await world.readStdin(), 'stdin');
  if (!list.startsWith('@')) return parseAccountList(list, '--accounts');
  const path = list.slice(1);
  let text: string;
  try {
    text = await world.readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new SelectionError(
      'UnreadableFile',
      `cannot read the account list ${path} (${code})`,
      'check the path and your rights',
    );
  }
  return parseAccountList(text, path);
}

function parseTag(text: string): TagFilter {
  const at = text.indexOf('=');
  const key = at < 0 ? text : text.slice(0, at);
  if (key === '')
    throw new UsageError(
      'InvalidTag',
      `--tag ${JSON.stringify(text)} has no key`,
      'write --tag KEY or --tag KEY=VALUE',
    );
  return { key, value: at < 0 ? null : text.slice(at + 1) };
}

/** Twelve digits are always meant as an id, and fewer or more as one that was mistyped. */
const exclusionWord =
  (source: '--exclude' | 'protect:') =>
  (word: string): ExclusionWord => {
    if (!/^\d+$/u.test(word) || isAccountId(word)) return { rule: `${source} ${word}`, word };
    throw new SelectionError(
      'InvalidAccountId',
      `${source} ${word} is not an account id`,
      'an account id has 12 digits, leading zeros included',
    );
  };

const nameMatcher =
  (glob: string) =>
  (name: string): boolean =>
    matchesGlob(glob.normalize('NFC'), name.normalize('NFC'));

const nonEmpty =
  (flag: string) =>
  (text: string): string => {
    if (text.trim() === '') throw new UsageError('EmptyValue', `${flag} is empty`, 'give it a value, or leave it out');
    return text;
  };
