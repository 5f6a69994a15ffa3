import { malformed } from '../aws/failure.ts';

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
 * listing that goes on and on without an item.
 * @throws AwsError, which is one account's failure when the listing is one account's.
 */
export async function* eachPage<Item>(
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const seen = new Set<string>();
  let token: string | undefined;
  let emptyPages = 0;
  do {
    const page = await readPage(token);
    yield page.items;
    emptyPages = page.items.length === 0 ? emptyPages + 1 : 0;
    token = page.next === '' ? undefined : page.next;
    if (token === undefined) return;
    if (seen.has(token)) throw malformed('List', { say: 'same-token-twice' });
    seen.add(token);
    if (emptyPages >= emptyPagesMax || seen.size >= pageCountMax) {
      throw malformed('List', { say: 'endless-list', pages: seen.size, empty: emptyPages });
    }
  } while (token !== undefined);
}

export async function collectPages<Item>(
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of eachPage(readPage)) items.push(...page);
  return items;
}
