import type { AccountId } from '../../org/account.ts';
import { checkSelection, type SelectionRequest } from '../../org/selecting.ts';
import { parseAccountList, type TagFilter } from '../../org/selection.ts';
import { problemError } from '../../problems/index.ts';
import { readNamedFile } from '../../process/named-files.ts';
import type { World } from '../../process/world.ts';
import type { SelectionOptions } from '../selecting.ts';

/**
 * The request behind the flags. Every word of it is looked at, and those of `protect:` with it, before anything is asked
 * of AWS.
 * @throws ProblemError
 */
export async function parseSelection(
  positional: readonly string[],
  options: SelectionOptions,
  protections: readonly string[],
  world: Pick<World, 'readFile' | 'readStdin'>,
): Promise<SelectionRequest> {
  const accounts = positional.flatMap((word) => parseAccountList(word, null));
  for (const list of options.accounts ?? []) accounts.push(...(await readAccountList(list, world)));
  const request: SelectionRequest = {
    all: options.all === true,
    accounts: [...new Set(accounts)],
    units: options.ou ?? [],
    tags: (options.tag ?? []).map(parseTag),
    names: options.name ?? [],
    joinedSince: options.joinedSince ?? null,
    exclusions: options.exclude ?? [],
  };
  checkSelection(request, protections);
  return request;
}

/** Ids with commas, `@FILE` or `-` for stdin. */
export async function readAccountList(
  list: string,
  world: Pick<World, 'readFile' | 'readStdin'>,
): Promise<readonly AccountId[]> {
  if (list === '-') return parseAccountList(await world.readStdin(), 'stdin');
  if (!list.startsWith('@')) return parseAccountList(list, '--accounts');
  const path = list.slice(1);
  return parseAccountList(await readNamedFile(world, path, 'account-list'), path);
}

function parseTag(text: string): TagFilter {
  const at = text.indexOf('=');
  const key = at < 0 ? text : text.slice(0, at);
  if (key === '') throw problemError('InvalidTag', { tag: text });
  return { key, value: at < 0 ? null : text.slice(at + 1) };
}
