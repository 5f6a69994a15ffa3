import type {
  AccountStatus,
  DeleteAccount,
  DeleteDocument,
  DocumentKind,
  StatusDocument,
} from '../../documents/index.ts';
import { written } from '../../documents/index.ts';
import type { Speech } from '../../words/index.ts';
import type { View } from '../view.ts';
import { cannotRender, type Format, type Origin, type OutputDocument, toldIn } from './format.ts';
import { inContractOrder, printable } from './json.ts';

/**
 * A line an account (`kind` `rootctl.status.account` or `rootctl.delete.account`), then a summary line (the document
 * without its accounts, `kind` `rootctl.status.summary` or `rootctl.delete.summary`). Each has a schema of its own.
 * Streamed, the lines come as soon as an account is known; rendered from a finished document, in the order of the ids.
 */
export const ndjson: Format & Required<Pick<Format, 'stream'>> = {
  kinds: ['rootctl.status', 'rootctl.delete'],
  endings: ['.ndjson', '.jsonl'],
  stream: {
    account: (account, { english }, origin) => ndjsonLine(account, english, origin),
    end: (document) => ndjsonSummary(document),
  },
  ...toldIn(linesOf),
};

function* linesOf(document: OutputDocument, { english }: View): Generator<string> {
  if (document.kind !== 'rootctl.status' && document.kind !== 'rootctl.delete') cannotRender('ndjson', document);
  for (const account of document.accounts) yield ndjsonLine(account, english, document);
  yield ndjsonSummary(document);
}

/** One account as one line, newline included. */
function ndjsonLine(account: AccountStatus | DeleteAccount, { entryOf }: Speech, { simulated }: Origin = {}): string {
  const kind = 'outcome' in account ? 'rootctl.delete.account' : 'rootctl.status.account';
  return line(kind, { schemaVersion: '1', kind, ...(simulated ? { simulated } : {}), ...written(account, entryOf) });
}

/** The last line: everything but the accounts. */
function ndjsonSummary(document: StatusDocument | DeleteDocument): string {
  const { accounts: _, ...summary } = document;
  const kind = `${document.kind}.summary` as const;
  return line(kind, { ...summary, kind });
}

const line = (kind: DocumentKind, value: object): string =>
  `${printable(JSON.stringify(inContractOrder(kind, value)))}\n`;
