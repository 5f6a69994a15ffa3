import type { Command } from 'commander';
import type { Aws } from '../aws/clients.ts';
import { type AccountId, isAccountId } from '../org/account.ts';
import { type Exclusion, parseAccountList, type Selection, SelectionError, type TagFilter } from '../org/selection.ts';
import { isUnitId, resolveUnit } from '../org/units.ts';
import { matchesGlob } from '../policy/index.ts';
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
    .option('--exclude <account>', 'leave out an id, an OU id or a name glob; always wins; may be repeated', repeated);
}

/** The words of the command line, checked but not yet compared with the organization. */
export interface ParsedSelection {
  readonly all: boolean;
  readonly accountIds: ReadonlySet<AccountId>;
  readonly units: readonly string[];
  readonly tags: readonly TagFilter[];
  readonly names: readonly ((name: string) => boolean)[];
  readonly exclusions: readonly Exclusion[];
  readonly protections: readonly Exclusion[];
}

export const isEmptySelection = (selection: ParsedSelection): boolean =>
  !selection.all &&
  selection.accountIds.size === 0 &&
  selection.units.length === 0 &&
  selection.tags.length === 0 &&
  selection.names.length === 0;

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
    exclusions: (options.exclude ?? []).map(nonEmpty('--exclude')).map(parseExclusion),
    protections: protect.map(nonEmpty('protect')).map(parseExclusion),
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

/** Compares the words with the organization: OUs become ids. @throws SelectionError for one that is not there. */
export async function resolveSelection(aws: Aws, parsed: ParsedSelection, signal?: AbortSignal): Promise<Selection> {
  const unitIds = new Set<string>();
  for (const unit of parsed.units) unitIds.add(await resolveUnit(aws, unit, signal));
  for (const exclusion of [...parsed.exclusions, ...parsed.protections]) {
    if (exclusion.kind === 'unit') await resolveUnit(aws, exclusion.id, signal);
  }
  return { ...parsed, unitIds };
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

/** An id, an OU's id, or a glob of names: twelve digits are always meant as an id. */
function parseExclusion(text: string): Exclusion {
  if (isAccountId(text)) return { kind: 'account', id: text };
  if (isUnitId(text)) return { kind: 'unit', id: text };
  if (/^\d+$/u.test(text)) {
    throw new SelectionError(
      'InvalidAccountId',
      `${text} is not an account id`,
      'an account id has 12 digits, leading zeros included',
    );
  }
  // Without regard to case: a name left out by mistake costs a second run, one taken in by mistake costs credentials.
  return { kind: 'name', matches: (name) => matchesGlob(text, name, { ignoreCase: true }) };
}

const nameMatcher =
  (glob: string) =>
  (name: string): boolean =>
    matchesGlob(glob, name);

const nonEmpty =
  (flag: string) =>
  (text: string): string => {
    if (text.trim() === '') throw new UsageError('EmptyValue', `${flag} is empty`, 'give it a value, or leave it out');
    return text;
  };
