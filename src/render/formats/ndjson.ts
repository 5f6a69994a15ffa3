import type {
  AccountStatus,
  DeleteAccount,
  DeleteDocument,
  DocumentKind,
  StatusDocument,
} from '../../documents/index.ts';
import { written } from '../../documents/index.ts';
import type { Speech } from '../../words/index.ts';
import { cannotRender, type Format, type Origin } from './format.ts';
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
  render: (document, { english }) => {
    switch (document.kind) {
      case 'rootctl.status':
        return (
          document.accounts.map((account) => ndjsonLine(account, english, document)).join('') + ndjsonSummary(document)
        );
      case 'rootctl.delete':
        return (
          document.accounts.map((account) => ndjsonLine(account, english, document)).join('') + ndjsonSummary(document)
        );
      default:
        return cannotRender('ndjson', document);
    }
  },
};

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
