import { AwsError } from '../aws/failure.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * Every page of a listing, one after the other. A page may be empty and still have a successor (Organizations API
 * Reference, `NextToken`); a token that comes back unchanged would never end, so it is refused.
 * @throws AwsError, which is one account's failure when the listing is one account's.
 */
export async function* eachPage<Item>(
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void, undefined> {
  let token: string | undefined;
  do {
    const page = await readPage(token);
    yield page.items;
    if (page.next !== undefined && page.next !== '' && page.next === token) {
      throw repeated();
    }
    token = page.next;
  } while (token !== undefined && token !== '');
}

export async function collectPages<Item>(
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of eachPage(readPage)) items.push(...page);
  return items;
}

const repeated = (): AwsError =>
  new AwsError('List', {
    kind: 'malformed',
    code: 'MalformedResponse',
    message: 'AWS answered the same page token twice',
    statusCode: null,
    requestId: null,
    effectUnknown: false,
  });
