import * as z from 'zod/mini';
import { type DocumentKind, documentSchemas, type ReportDocument, written } from '../../documents/index.ts';
import { type Speech, writtenReport, writtenVerdict } from '../../words/index.ts';
import type { View } from '../view.ts';
import { asWritten } from '../written.ts';
import { everyKind, type Format, type OutputDocument, toldIn } from './format.ts';

/** The document as the contract writes it: its key order, two spaces, newline at the end. */
export const json: Format = {
  kinds: everyKind,
  endings: ['.json'],
  ...toldIn(textsOf),
};

function textsOf(document: OutputDocument, { english }: View): Iterable<string> {
  if (document.kind === 'rootctl.report') return reportTexts(document, english);
  if ('accounts' in document) return withAccounts(document, document.accounts, english.entryOf);
  return [`${printable(pretty(asWritten(document, english)))}\n`];
}

interface Listing {
  readonly kind: DocumentKind;
  readonly accounts: readonly unknown[];
}

const pretty = (document: { readonly kind: DocumentKind }): string =>
  JSON.stringify(inContractOrder(document.kind, document), null, 2);

/**
 * Account by account: ordering ten thousand accounts at once would hold a second copy of all of them, for the sake of a
 * text that is their third.
 */
function* withAccounts(document: Listing, accounts: readonly unknown[], entryOf: Speech['entryOf']): Generator<string> {
  const shell = printable(pretty(written({ ...document, accounts: [] }, entryOf)));
  const [before = '', after = ''] = accounts.length === 0 ? [shell] : shell.split('\n  "accounts": []');
  yield before;
  let separator = '\n  "accounts": [\n';
  const schema = accountSchema(document.kind);
  for (const account of accounts) {
    const ordered = inOrderOf(schema, written(account, entryOf));
    yield `${separator}${printable(JSON.stringify(ordered, null, 2)).replace(/^/gmu, '    ')}`;
    separator = ',\n';
  }
  yield `${accounts.length === 0 ? '' : '\n  ]'}${after}\n`;
}

/** A verdict a line: as objects over several lines those of a large organization would be longer than a text can be. */
function* reportTexts(document: ReportDocument, english: Speech): Generator<string> {
  const { accounts, verdicts } = document;
  const shell = writtenReport({ ...document, accounts: [] }, english);
  for (const text of withAccounts(shell, accounts, english.entryOf)) {
    const at = text.indexOf('\n  "verdicts": []');
    if (at < 0) {
      yield text;
      continue;
    }
    yield `${text.slice(0, at)}\n  "verdicts": [`;
    let separator = '\n';
    for (const verdict of verdicts) {
      yield `${separator}    ${printable(JSON.stringify(writtenVerdict(verdict, english)))}`;
      separator = ',\n';
    }
    yield `${separator === '\n' ? '' : '\n  '}]${text.slice(at + '\n  "verdicts": []'.length)}`;
  }
}

/**
 * Of one account of such a document. Within its document each account would be held against the schema together with all
 * that the document has besides, its changes among it.
 */
function accountSchema(kind: DocumentKind): z.core.$ZodType {
  const schema: z.core.$ZodType = documentSchemas[kind];
  const accounts = schema instanceof z.ZodMiniObject ? schema.shape['accounts'] : undefined;
  if (accounts instanceof z.ZodMiniArray) return accounts._zod.def.element;
  throw new Error(`${kind} lists no accounts`);
}

/**
 * The schema's parser returns keys in the schema's order. A document that does not fit its schema is a mistake of
 * rootctl's that tests look for; whoever has just deleted credentials gets it as it is rather than not at all.
 */
export const inContractOrder = (kind: DocumentKind, document: unknown): unknown =>
  inOrderOf(documentSchemas[kind], document);

function inOrderOf(schema: z.core.$ZodType, value: unknown): unknown {
  const parsed = z.safeParse(schema, value);
  return parsed.success ? parsed.data : value;
}

/**
 * JSON with every character that could steer a terminal escaped, which JSON itself asks for only below U+0020: C1
 * controls and bidirectional overrides in a name would otherwise reach the terminal. So is what makes a line a command to
 * the runner of GitHub Actions (`##[`). The value stays the same.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]|#(?=#\[)/gu, (character) => {
    if (character === '\n') return character; // only between tokens: inside a string JSON has escaped it already
    return Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join('');
  });
}
