import {
  type AccountStatus,
  isPartlyUnknown,
  isUnaccepted,
  isUnguarded,
  type StatusChange,
  type StatusDocument,
  wasCutShort,
} from '../documents/index.ts';
import { openingLines, organizationLines } from './header.ts';
import { elapsedTime } from './relative-time.ts';
import { skipPhrase, statusTable } from './status-table.ts';
import { wrap, wrapParts } from './text.ts';
import { kindsOf, type View } from './view.ts';
import { changedCredentialPhrase, command, listed, number, plural, wordsFor } from './words.ts';

const namedAtMost = 3;

/** The status for people. An organization without root credentials is one quiet line, if all of it was read. */
export function renderStatus(document: StatusDocument, view: View): string {
  const looked = lookedAt(document);
  const body = isQuiet(document)
    ? cleanLines(document, view, looked)
    : [
        ...organizationLines(document.organization, document.centralizedRootAccess, view),
        '',
        ...statusTable(document, view),
        '',
        ...totalLines(document, view, looked),
      ];
  const lines = [
    ...openingLines(document, view),
    ...body,
    ...managementLines(document, view),
    ...(view.baseline === undefined ? [] : ['', ...changeLines(view.baseline, document, view)]),
    ...hintLines(document, view),
    ...nextLines(document, view),
  ];
  return `${lines.join('\n')}\n`;
}

const lookedAt = ({ summary }: StatusDocument): number => summary.accounts - summary.skipped;

/** Nothing was found, where something was looked at: one line instead of a table. */
const isQuiet = (document: StatusDocument): boolean =>
  document.summary.present + document.summary.unknown === 0 && (lookedAt(document) > 0 || !document.complete);

/** Up to so many accounts the table names the OU of clean ones too: one call for each OU. */
const namedAccountsMax = 200;

/** The accounts whose OU the table shows by name. */
export function placedInTable(document: StatusDocument): readonly AccountStatus[] {
  if (isQuiet(document)) return [];
  const { accounts } = document;
  return accounts.length <= namedAccountsMax ? accounts : accounts.filter(({ status }) => status !== 'absent');
}

function cleanLines(document: StatusDocument, view: View, looked: number): readonly string[] {
  const which = view.selection === 'some' ? 'selected' : 'member';
  const time = view.elapsedMs === undefined ? '' : ` (read in ${elapsedTime(view.elapsedMs)})`;
  const clean = document.complete
    ? wrap(
        `${looked === 1 ? `The ${which} account is` : `All ${number(looked)} ${which} accounts are`} free of root credentials${time}.`,
        view.columns,
      ).map(view.paint.green)
    : wrap(`${soFar(looked, which)}${time}.`, view.columns);
  const skipped = document.accounts.filter((account) => account.status === 'skipped' && !wasCutShort(account));
  if (skipped.length === 0) return clean;
  return [...clean, ...wrap(`Not looked at: ${skippedPhrase(skipped, document)}.`, view.columns).map(view.paint.dim)];
}

function soFar(looked: number, which: string): string {
  if (looked === 0) return 'No account was looked at';
  const who = looked === 1 ? `The one ${which} account` : `None of the ${number(looked)} ${which} accounts`;
  return `${who} that ${looked === 1 ? 'was read holds no' : 'were read holds'} root credentials`;
}

function skippedPhrase(skipped: readonly AccountStatus[], document: StatusDocument): string {
  const reasons = new Map<string, AccountStatus[]>();
  for (const account of skipped) {
    const reason = skipPhrase(account, document.managementAccount);
    reasons.set(reason, [...(reasons.get(reason) ?? []), account]);
  }
  return [...reasons]
    .map(([reason, accounts]) => {
      if (accounts[0]?.reason === 'management-account') return reason;
      return accounts.length > namedAtMost
        ? `${plural(accounts.length, 'account')} (${reason})`
        : `${listed(accounts.map(({ name }) => name))} (${reason})`;
    })
    .join(', ');
}

function totalLines(document: StatusDocument, view: View, looked: number): readonly string[] {
  const { present, unknown } = document.summary;
  const which = view.selection === 'some' ? 'selected account' : 'member account';
  const unread = unknown === 0 ? '' : `, ${number(unknown)} could not be read`;
  const time = view.elapsedMs === undefined ? '' : ` (read in ${elapsedTime(view.elapsedMs)})`;
  const total =
    looked === 0
      ? 'No account was looked at.'
      : `${number(present)} of ${plural(looked, which)}${document.complete ? '' : ' looked at'} ${present === 1 ? 'holds' : 'hold'} root credentials${unread}${time}.`;
  const exposed = document.accounts.filter(({ credentials }) =>
    isUnguarded(credentials, 'login-profile', kindsOf(view)),
  );
  const lines = [...wrap(total, view.columns).map(view.paint.bold)];
  if (exposed.length === 0) return lines;
  const who =
    exposed.length > namedAtMost
      ? `${plural(exposed.length, 'account')} have`
      : `${listed(exposed.map(({ name }) => name))} ${exposed.length === 1 ? 'has' : 'have'}`;
  return [...lines, ...wrap(`⚠ ${who} a root password without MFA.`, view.columns, '  ').map(view.paint.yellow)];
}

/** Outside the feature, and what an auditor asks first. */
function managementLines({ managementAccount }: StatusDocument, view: View): readonly string[] {
  if (managementAccount === null) return [];
  const faults = [
    ...(managementAccount.accessKeysPresent ? ['has access keys'] : []),
    ...(managementAccount.mfaEnabled ? [] : ['has no MFA']),
  ];
  if (faults.length === 0) return [];
  const text = `⚠ The management account's root ${listed(faults)}: sign in as its root user to mend that.`;
  return wrap(text, view.columns, '  ').map(view.paint.yellow);
}

const changeWords = {
  appeared: 'has root credentials now',
  new: 'is new, and has root credentials',
  'was-unknown': 'was unknown, and has root credentials',
  went: 'has none left',
  changed: 'changed',
  unreadable: 'could be read then, and not now',
} satisfies Record<StatusChange['change'], string>;

/** What is new, gone or changed since `--baseline`. */
export function changeLines(
  changes: readonly StatusChange[],
  document: StatusDocument,
  view: Pick<View, 'columns' | 'paint' | 'kindWords' | 'speech'>,
): readonly string[] {
  if (changes.length === 0) {
    const isKnown = document.complete && !document.accounts.some(isPartlyUnknown);
    return [isKnown ? 'Nothing changed since the baseline.' : 'What could be read has not changed since the baseline.'];
  }
  const lines = changes.flatMap((changed) => {
    const { id, name, change, added, firstSeen, removed, unreadable } = changed;
    const details = [
      ...added.map((credential) => `+ ${changedCredentialPhrase(credential, view)}`),
      ...firstSeen.map((credential) => `? ${changedCredentialPhrase(credential, view)}`),
      ...unreadable.map((kind) => `${wordsFor(kind, view).all} unknown`),
      ...removed.map((credential) => `− ${changedCredentialPhrase(credential, view)}`),
    ];
    const text = `${name} (${id}) ${changeWords[change]}${details.length > 0 ? `: ${details.join(', ')}` : ''}`;
    return wrap(`  ${text}`, view.columns, '    ').map(isUnaccepted(changed) ? view.paint.red : (line) => line);
  });
  return ['Since the baseline:', ...lines];
}

/** What is said of several accounts is said once. */
function hintLines(document: StatusDocument, view: View): readonly string[] {
  const hints = new Set(
    document.accounts.flatMap(({ error }) => (error === null ? [] : (view.speech.entryOf(error).hint ?? []))),
  );
  return [...hints].slice(0, namedAtMost).flatMap((hint) => wrap(`hint: ${hint}`, view.columns, '      '));
}

function nextLines(document: StatusDocument, view: View): readonly string[] {
  const present = document.accounts.filter(({ status }) => status === 'present');
  const unknown = document.accounts.filter(({ status }) => status === 'unknown');
  // What is only part of it is no ground to delete on.
  if (!document.complete) return wrap(`next: read again: ${command('status', document)}`, view.columns, '      ');
  const targets =
    view.selection === 'some' && present.length <= namedAtMost ? present.map(({ id }) => id).join(' ') : '--all';
  const parts = [
    ...(present.length > 0 ? [command(`delete ${targets} --dry-run`, document)] : []),
    ...(unknown.length > 0 ? [`see why ${who(unknown)} could not be read: ${command('doctor', document)}`] : []),
  ];
  return parts.length === 0 ? [] : wrapParts([`next: ${parts[0]}`, ...parts.slice(1)], '     ', view.columns, '      ');
}

const who = (accounts: readonly AccountStatus[]): string =>
  accounts.length === 1 ? (accounts[0]?.name ?? '') : plural(accounts.length, 'account');
