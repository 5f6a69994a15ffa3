/**
 * The listing that TAB reads: lines of `id TAB name TAB path`. The shell reads it without Node, so it is made safe when it
 * is written: no line holds a control character, and nothing in it has to be taken apart further than by tabs.
 */

export interface ListedAccount {
  readonly id: string;
  readonly name: string;
  /** `o-…/r-…/ou-…/`, as in documents; null where it is not known. */
  readonly path: string | null;
}

/** An organization as it was listed, and the names of its OUs as far as somebody read them. */
export interface Listing {
  readonly organizationId: string;
  readonly accounts: readonly ListedAccount[];
  /** OU id → name. */
  readonly unitNames: ReadonlyMap<string, string>;
}

/**
 * Its name in the state folder: one for AWS and one for the sandbox, each of the organization that was listed last. Nothing
 * piles up there, and no TAB has to find out which organization the credentials at hand belong to.
 */
export const listingFile = (isSimulated: boolean): string => `completion/${isSimulated ? 'sandbox' : 'aws'}.tsv`;

/** Controls, marks that turn the line around, halves of characters: no terminal is to be handed these. */
const unsafe = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** What is written. Ids of accounts, OUs and organizations tell the lines apart. */
export function listingText({ organizationId, accounts, unitNames }: Listing): string {
  const units = new Map<string, string>();
  const places = new Map<string | null, string>();
  const placeOf = ({ path }: ListedAccount): string => {
    const known = places.get(path);
    if (known !== undefined) return known;
    let place = '';
    const names: (string | undefined)[] = [];
    for (const id of unitIdsIn(path)) {
      names.push(unitNames.get(id));
      place = pathOf(names) ?? id;
      units.set(id, place);
    }
    places.set(path, place);
    return place;
  };
  const line = (...fields: readonly string[]): string =>
    `${fields.map((field) => field.replace(unsafe, '')).join('\t')}\n`;
  let text = line(organizationId, '', '');
  for (const account of [...accounts].sort((one, other) => byId([one.id], [other.id])))
    text += line(account.id, safeName(account.name), placeOf(account));
  const unitLines = [...units].map(([id, place]) => [id, knownName(unitNames.get(id)), place]);
  for (const fields of unitLines.sort(byId)) text += line(...fields);
  return text;
}

/**
 * The names of OUs that were known before; none of another organization's. One that has been renamed since is corrected
 * when it is read the next time.
 */
export function unitNamesIn(text: string, organizationId: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (/^[^\t\n]*/u.exec(text)?.[0] !== organizationId) return names;
  // One after the other: as arrays the lines of 50,000 accounts would be what a run has most of in memory.
  for (const [, id = '', name = ''] of text.matchAll(/(?:^|\n)(ou-[^\t\n]*)\t([^\t\n]+)/gu)) names.set(id, name);
  return names;
}

const byId = ([left = '']: readonly string[], [right = '']: readonly string[]): number =>
  left < right ? -1 : left > right ? 1 : 0;

/** The OUs above an account, outermost first. */
const unitIdsIn = (path: string | null): readonly string[] =>
  (path ?? '').split('/').filter((part) => part.startsWith('ou-'));

/**
 * Names are completed where globs are taken: what is not safe becomes `?`, which matches it. Dropped, it would make a name
 * that no account has.
 */
const safeName = (name: string): string => name.replace(unsafe, '?');

/** A name that can be written down as it is, or none: a path takes no globs, and an id always leads to its OU. */
const knownName = (name = ''): string => (name.search(unsafe) < 0 ? name : '');

/** undefined where a name on the way is not known, or is no part of a path. */
function pathOf(names: readonly (string | undefined)[]): string | undefined {
  const known = names.map(knownName);
  return known.every((name) => name.trim() !== '') ? known.join('/') : undefined;
}
