import type { SpoiltKind } from './behaviour.ts';
import type { FaultTarget, Strike } from './faults.ts';
import type { SandboxState } from './state.ts';

/**
 * Spoils the body of a successful answer.
 * @returns undefined where this answer has nothing that could be spoilt so.
 */
export type Spoil = (
  { kind, field, chance }: Pick<Strike, 'field' | 'chance'> & { readonly kind: SpoiltKind },
  body: Uint8Array,
  target: FaultTarget,
  parameters: Readonly<Record<string, unknown>>,
) => Uint8Array | undefined;

export function createSpoiler({ organization }: SandboxState): Spoil {
  /** Operation and whose it is → the token of the first page of the listing that is under way. */
  const firstTokens = new Map<string, string>();
  return ({ kind, field, chance }, body, { operation, accountId, resourceId }, parameters) => {
    switch (kind) {
      case 'malformed':
        return body.subarray(0, body.byteLength >> 1);
      case 'empty-body':
        return new Uint8Array();
      case 'html':
        return encoded(
          '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>\n',
        );
      case 'missing-field':
      case 'empty-value': {
        const text = decoded(body);
        const places = (text.startsWith('{') ? placesInJson(kind, JSON.parse(text)) : placesInXml(kind, text)).filter(
          ({ name }) => field === undefined || name === field,
        );
        return encodedOrNone(places[Math.floor(chance * places.length)]?.spoilt());
      }
      case 'truncated-without-marker': {
        const text = decoded(body);
        if (!text.includes('<IsTruncated>')) return undefined;
        return encoded(
          text
            .replace(/<IsTruncated>\w+</u, '<IsTruncated>true<')
            .replace(/<Marker>[^<]*<\/Marker>/u, '')
            .replace(/<member>.*<\/member>/su, ''),
        );
      }
      case 'repeated-token': {
        const listing = `${operation} ${accountId} ${resourceId}`;
        const given = parameters['NextToken'] ?? parameters['Marker'];
        const text = decoded(body);
        const next = /"NextToken":"([^"]+)"|<Marker>([^<]+)<\/Marker>/u.exec(text);
        if (given === undefined && next !== null) firstTokens.set(listing, next[1] ?? next[2] ?? '');
        const first = firstTokens.get(listing);
        // A listing of one page has no token that could come again.
        if (given === undefined || next !== null || first === undefined) return undefined;
        return encoded(
          text.startsWith('{')
            ? JSON.stringify({ ...JSON.parse(text), NextToken: first })
            : text.replace(
                /<IsTruncated>\w+<\/IsTruncated>/u,
                `<IsTruncated>true</IsTruncated><Marker>${first}</Marker>`,
              ),
        );
      }
      case 'short-listing': {
        if (operation !== 'ListAccounts' || parameters['NextToken'] !== undefined) return undefined;
        const { Accounts } = JSON.parse(decoded(body));
        if (!Array.isArray(Accounts)) return undefined;
        return encoded(
          JSON.stringify({ Accounts: Accounts.filter(({ Id }) => Id !== organization?.managementAccountId) }),
        );
      }
    }
  };
}

/** Fields that AWS leaves out when there is nothing to say: without them an answer is as true as with them. */
const leftOut: ReadonlySet<string> = new Set(['PasswordLastUsed', 'NextToken', 'Paths']);

interface Place {
  readonly name: string;
  /** The text with this place spoilt. */
  readonly spoilt: () => string;
}

/** Items of a list are no fields. */
function placesInXml(kind: 'missing-field' | 'empty-value', text: string): readonly Place[] {
  const from = /^<\w+Response[^>]*><\w+Result>/u.exec(text)?.[0].length;
  if (from === undefined) return []; // an answer without an output has no field
  const to = text.lastIndexOf('</', text.indexOf('<ResponseMetadata>') - 1);
  const places: Place[] = [];
  let key = '';
  for (const found of text.slice(from, to).matchAll(/<([A-Z]\w*|entry|value)>/gu)) {
    const begin = from + found.index;
    const open = found[0].length;
    const close = `</${found[1]}>`;
    const end = text.indexOf(close, begin);
    if (end < 0) continue;
    const tag = found[1] ?? '';
    if (tag === 'entry') key = /<key>(\w+)</u.exec(text.slice(begin, end))?.[1] ?? tag;
    const name = tag === 'entry' || tag === 'value' ? key : tag;
    if (kind === 'missing-field') {
      if (!leftOut.has(tag)) places.push({ name, spoilt: () => text.slice(0, begin) + text.slice(end + close.length) });
    } else if (end > begin + open && !text.slice(begin + open, end).includes('<')) {
      places.push({ name, spoilt: () => text.slice(0, begin + open) + text.slice(end) });
    }
  }
  return places;
}

function placesInJson(kind: 'missing-field' | 'empty-value', root: unknown): readonly Place[] {
  const places: Place[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    for (const name of Object.keys(value)) {
      const field = value[name];
      const isLeaf = field !== null && typeof field !== 'object';
      if (!leftOut.has(name) && (kind === 'missing-field' || isLeaf)) {
        const spoilt = (): string => {
          if (kind === 'missing-field') delete value[name];
          else value[name] = '';
          return JSON.stringify(root);
        };
        places.push({ name, spoilt });
      }
      visit(field);
    }
  };
  visit(root);
  return places;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const decoder = new TextDecoder();
const decoded = (body: Uint8Array): string => decoder.decode(body);
const encoded = (text: string): Uint8Array => Buffer.from(text);
const encodedOrNone = (text: string | undefined): Uint8Array | undefined =>
  text === undefined ? undefined : encoded(text);
