import { type AwsError, malformed } from '../aws/failure.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** More pages than any listing of AWS's has: 50,000 accounts (its quota, 2026) are 2,500 pages of 20. */
const pageCountMax = 20_000;
/** AWS may answer a page without an item and go on; it does not do so for ever. */
const emptyPagesMax = 200;

/**
 * Every page of a listing, one after the other. A page may be empty and still have a successor (Organizations API
 * Reference, `NextToken`); a token that comes again, however much later, would never end, so it is refused, and so is a
 * listing that goes on and on without an item. The next page is asked for before this one is handed on: the work on a
 * page's items would keep that question waiting, and a listing is as long as its questions one after the other.
 * @throws AwsError, which is one account's failure when the listing is one account's.
 */
export async function* eachPage<Item>(
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const seen = new Set<string>();
  let emptyPages = 0;
  for (let asked: Promise<Page<Item>> | null = readPage(undefined); asked !== null; ) {
    const page: Page<Item> = await asked;
    const { items, next } = page;
    emptyPages = items.length === 0 ? emptyPages + 1 : 0;
    const token = next === '' ? undefined : next;
    const endless = token === undefined ? null : endlessness(token, seen, emptyPages);
    asked = token === undefined || endless !== null ? null : readPage(token);
    // A failure is told when its page's turn comes, and is nobody's where the reading has stopped before.
    asked?.catch(() => {});
    yield items;
    if (endless !== null) throw endless;
  }
}

/** Remembers the token; what is wrong with a listing that goes on with it, or null. */
function endlessness(token: string, seen: Set<string>, emptyPages: number): AwsError | null {
  if (seen.has(token)) return malformed('List', { say: 'same-token-twice' });
  seen.add(token);
  return emptyPages >= emptyPagesMax || seen.size >= pageCountMax
    ? malformed('List', { say: 'endless-list', pages: seen.size, empty: emptyPages })
    : null;
}

export async function collectPages<Item>(
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of eachPage(readPage)) items.push(...page);
  return items;
}
