import {
  type AccountStatus,
  type CsvValue,
  type DeleteAccount,
  type DeleteDocument,
  type KindDescriptions,
  kindsAsShown,
  type ReportDocument,
  type StatusDocument,
} from '../../documents/index.ts';
import { writtenControl, writtenVerdict } from '../../words/index.ts';
import { ouPath } from '../ou-path.ts';
import { accountChanges, credentialSheet, type Field, messageOf, sheetOf } from '../sheets.ts';
import { csvTitlesOf, inStates } from '../status-display.ts';
import { visible } from '../text.ts';
import { kindsOf, type View } from '../view.ts';
import { cannotRender, everyResult, type Format, type Origin, type OutputDocument, toldIn } from './format.ts';

/**
 * RFC 4180 (CRLF, quotes doubled). `status`: a row an account; several credentials of a kind share a field, separated
 * by spaces; `path` is the path of the OUs' names, where they are known; an empty field is what could not be read, `0`
 * and `no` what is not there; compared with a baseline, the column `change` says what became of the account, and one that
 * has left is a row of its own, whatever a row is. `delete`: a row a credential, and a row with empty credential fields for an account
 * without any. `report`: a row a verdict, its evidence as JSON; an empty `account_id` is the organization. The others:
 * `sheets.ts`. Text is made visible and cannot run as a formula.
 */
export const csv: Format = {
  kinds: everyResult,
  endings: ['.csv'],
  ...toldIn(linesOf),
  placed: ({ accounts }) => accounts,
  arranges: ['rows', 'columns', 'state'],
};

function* linesOf(document: OutputDocument, view: View): Generator<string> {
  const { titles, rows } = rowsOf(document, view);
  // What the sandbox answered has one column more, that says so.
  yield csvLine(document, titles, 'simulated');
  for (const row of rows) yield csvLine(document, row);
}

interface Rows {
  readonly titles: readonly string[];
  readonly rows: Iterable<readonly Field[]>;
}

function rowsOf(document: OutputDocument, view: View): Rows {
  switch (document.kind) {
    case 'rootctl.status': {
      if (view.rows === 'credentials') {
        const { titles, rows } = credentialSheet(document, view);
        return { titles, rows: [...rows, ...leftRows(document, titles, view)] };
      }
      const kinds = kindsOf(view);
      const columns = { ...statusColumns(kinds), ...changeColumn(document) };
      const wanted = view.shownColumns?.flatMap((name) => csvTitlesOf(name, kinds));
      const titles = wanted === undefined ? Object.keys(columns) : [...wanted, ...Object.keys(changeColumn(document))];
      const reads = titles.flatMap((title) => columns[title] ?? []);
      return { titles, rows: statusRows(document, reads, leftRows(document, titles, view), view) };
    }
    case 'rootctl.delete':
      return { titles: deleteTitles, rows: accountRows(document, view) };
    case 'rootctl.report':
      return { titles: reportTitles, rows: verdictRows(document, view) };
    case 'rootctl.error':
      return cannotRender('csv', document);
    default:
      return sheetOf(document, view);
  }
}

function* statusRows(
  { accounts }: StatusDocument,
  reads: readonly StatusColumns[string][],
  left: readonly (readonly Field[])[],
  view: View,
): Generator<readonly Field[]> {
  for (const account of inStates(accounts, view)) yield reads.map((read) => joined(read(account, view)));
  yield* left;
}

function* accountRows({ accounts }: DeleteDocument, view: View): Generator<readonly Field[]> {
  for (const account of accounts) yield* deleteRows(account, view);
}

/** Several values are one field. */
const joined = (value: CsvValue): Field =>
  typeof value === 'object' ? value?.filter((one) => one !== null).join(' ') : value;

/** One column more, that says what became of the account since the baseline. */
function changeColumn(document: StatusDocument): StatusColumns {
  const changeOf = accountChanges(document);
  return changeOf === null ? {} : { change: ({ id }) => changeOf.get(id) };
}

/** An account that has left is no account of the reading any more, and in none of the states that may be asked for. */
function leftRows(
  { changes }: StatusDocument,
  titles: readonly string[],
  { states }: View,
): readonly (readonly Field[])[] {
  if (states !== undefined) return [];
  const left = changes?.filter(({ change }) => change === 'left') ?? [];
  return left.map(({ id, name, change }) => {
    const known = new Map([
      ['account_id', id],
      ['name', name],
      ['change', change],
    ]);
    return titles.map((title) => known.get(title));
  });
}

type StatusColumns = Readonly<Record<string, (account: AccountStatus, view: View) => CsvValue>>;

const statusColumns = (kinds: KindDescriptions): StatusColumns => ({
  account_id: ({ id }) => id,
  name: ({ name }) => name,
  email: ({ email }) => email,
  state: ({ state }) => state,
  path: ({ path }, view) => ouPath(path, view.ouNames) ?? path,
  joined_at: ({ joinedAt }) => joinedAt,
  joined_method: ({ joinedMethod }) => joinedMethod,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  ...Object.fromEntries(
    kindsAsShown(kinds).flatMap(({ csv: columns }) =>
      Object.entries(columns).map(([title, read]) => [title, ({ credentials }: AccountStatus) => read(credentials)]),
    ),
  ),
  last_used_at: ({ lastUsedAt }) => lastUsedAt,
  error_code: ({ error }) => error?.code,
  error_message: ({ error }, view) => messageOf(error, view),
});

const deleteTitles = [
  'account_id',
  'name',
  'outcome',
  'reason',
  'credential_kind',
  'credential_id',
  'result',
  'at',
  'request_id',
  'error_code',
  'error_message',
  'state',
];

function deleteRows(
  { id, name, outcome, reason, state, error, actions }: DeleteAccount,
  view: View,
): readonly (readonly Field[])[] {
  const account = [id, name, outcome, reason];
  if (actions.length === 0) return [[...account, '', '', '', '', '', error?.code, messageOf(error, view), state]];
  return actions.map((action) => {
    const cause = action.error ?? error;
    return [
      ...account,
      action.kind,
      action.id,
      action.result,
      action.at,
      action.requestId,
      cause?.code,
      messageOf(cause, view),
      state,
    ];
  });
}

const reportTitles = [
  'account_id',
  'name',
  'control',
  'framework',
  'version',
  'control_id',
  'title',
  'verdict',
  'reason_code',
  'reason',
  'evidence',
  'source',
];

function* verdictRows(document: ReportDocument, { english }: View): Generator<readonly Field[]> {
  const { accounts, controls } = document;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const known = new Map(controls.map((control) => [control.key, writtenControl(control, english)]));
  for (const verdict of document.verdicts) {
    const { account, control: key, verdict: word, reasonCode, reason, evidence } = writtenVerdict(verdict, english);
    const control = known.get(key);
    const name = account === null ? '' : names.get(account);
    const about = [control?.framework, control?.version, control?.id, control?.title];
    const why = [word, reasonCode, reason, JSON.stringify(evidence), control?.source];
    yield [account, name, key, ...about, ...why];
  }
}

const csvLine = ({ simulated }: Origin, row: readonly Field[], mark = 'true'): string =>
  `${(simulated ? [...row, mark] : row).map(csvField).join(',')}\r\n`;

/**
 * One field: visible, safe from spreadsheets, quoted when it must be. A row that begins with `::` would be a command to the
 * runner of GitHub Actions (`annotation.ts`), and is none in quotes.
 */
export function csvField(value: Field): string {
  const text = harmless(visible(`${value ?? ''}`));
  return /[",\r\n]|^ | $|^\s*::/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A spreadsheet runs what begins with `=`, `+`, `-`, `@` (also after blanks, and in their full-width forms, which Excel
 * in Japanese takes for the same; OWASP, "CSV Injection"): an apostrophe in front makes it text.
 */
function harmless(text: string): string {
  return /^[\s\p{Z}'"]*[=+\-@|%\u2212]/u.test(text.normalize('NFKC')) || /^\\[trn]/.test(text) ? `'${text}` : text;
}
