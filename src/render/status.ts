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
import { managementSentence } from './management.ts';
import { elapsedTime, relativeTime } from './relative-time.ts';
import { notShownSentence } from './status-display.ts';
import { skipPhrase, statusTable } from './status-table.ts';
import { belowLabel, wrap, wrapParts } from './text.ts';
import { kindsOf, type View } from './view.ts';
import { changedCredentialPhrase, type KindsView, wordsFor } from './words.ts';

const namedAtMost = 3;

/** The same as one text. */
export const renderStatus = (document: StatusDocument, view: View): string =>
  `${[...statusLines(document, view)].join('\n')}\n`;

/** The status for people. An organization without root credentials is one quiet line, if all of it was read. */
export function* statusLines(document: StatusDocument, view: View): Generator<string, void, undefined> {
  const looked = lookedAt(document);
  const notShown = notShownSentence(document.accounts, view);
  yield* openingLines(document, view);
  if (isQuiet(document) && view.isArranged !== true) yield* cleanLines(document, view, looked);
  else {
    yield* organizationLines(document.organization, document.centralizedRootAccess, view);
    yield '';
    yield* statusTable(document, view);
    if (notShown !== null) yield* wrap(notShown, view.columns).map(view.paint.dim);
    yield '';
    yield* invitedLines(document, view);
    yield* totalLines(document, view, looked);
  }
  yield* managementLines(document, view);
  if (document.changes !== null) yield* ['', ...changeLines(document, view)];
  yield* hintLines(document, view);
  yield* nextLines(document, view);
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

const tookText = (view: View): string | null =>
  view.elapsedMs === undefined ? null : elapsedTime(view.elapsedMs, view);

function cleanLines(document: StatusDocument, view: View, looked: number): readonly string[] {
  const { status } = view.speech.words;
  const whose = view.selection ?? 'all';
  const clean = document.complete
    ? wrap(status.clean(looked, whose, tookText(view)), view.columns).map(view.paint.green)
    : wrap(status.cleanSoFar(looked, whose, tookText(view)), view.columns);
  const skipped = document.accounts.filter((account) => account.status === 'skipped' && !wasCutShort(account));
  if (skipped.length === 0) return clean;
  const phrases = skippedPhrases(skipped, document, view);
  return [...clean, ...wrap(status.notLookedAt(phrases), view.columns).map(view.paint.dim)];
}

function skippedPhrases(skipped: readonly AccountStatus[], document: StatusDocument, view: View): readonly string[] {
  const reasons = new Map<string, AccountStatus[]>();
  for (const account of skipped) {
    const reason = skipPhrase(account, document.managementAccount, view);
    reasons.set(reason, [...(reasons.get(reason) ?? []), account]);
  }
  return [...reasons].map(([reason, accounts]) =>
    accounts[0]?.reason === 'management-account'
      ? reason
      : view.speech.words.status.skippedFor(accounts.length, namesOf(accounts), reason),
  );
}

/** The names of the accounts where they are few enough to be named; else none. */
const namesOf = (accounts: readonly AccountStatus[], most = namedAtMost): readonly string[] =>
  accounts.length > most ? [] : accounts.map(({ name }) => name);

function totalLines(document: StatusDocument, view: View, looked: number): readonly string[] {
  const { status } = view.speech.words;
  const { present, unknown } = document.summary;
  const total =
    looked === 0
      ? status.nobodyLookedAt
      : status.total({ present, unknown, looked }, view.selection ?? 'all', document.complete, tookText(view));
  const exposed = document.accounts.filter(({ credentials }) =>
    isUnguarded(credentials, 'login-profile', kindsOf(view)),
  );
  const lines = [...wrap(total, view.columns).map(view.paint.bold)];
  if (exposed.length === 0) return lines;
  const warning = status.passwordsWithoutMfa(exposed.length, namesOf(exposed));
  return [...lines, ...wrap(warning, view.columns, '  ').map(view.paint.yellow)];
}

/** So many invited accounts are named. */
const invitedAtMost = 5;

/** Invited accounts bring the credentials that they had: those that still hold some, the newest first; null when none does. */
export function invitedSentence(document: StatusDocument, view: Pick<View, 'nowMs' | 'speech'>): string | null {
  const holders = document.accounts
    .filter(({ status, joinedMethod }) => status === 'present' && joinedMethod === 'INVITED')
    .sort((one, other) => ((one.joinedAt ?? '') > (other.joinedAt ?? '') ? -1 : 1));
  if (holders.length === 0) return null;
  const words = view.speech.words.status;
  const names = holders
    .slice(0, invitedAtMost)
    .map(({ name, joinedAt }) => (joinedAt === null ? name : words.joinedAgo(name, relativeTime(joinedAt, view))));
  return words.invited(holders.length, names);
}

function invitedLines(document: StatusDocument, view: View): readonly string[] {
  const sentence = invitedSentence(document, view);
  return sentence === null ? [] : wrap(sentence, view.columns, '  ').map(view.paint.yellow);
}

function managementLines({ managementAccount }: StatusDocument, view: View): readonly string[] {
  const sentence = managementSentence(managementAccount, view);
  return sentence === null ? [] : wrap(sentence, view.columns, '  ').map(view.paint.yellow);
}

/** What is new, gone or changed since `--baseline`. */
export function changeLines(
  document: StatusDocument,
  view: Pick<View, 'columns' | 'kinds' | 'paint' | 'speech'>,
): readonly string[] {
  const { title, phrases } = changesOf(document, view);
  const lines = phrases.flatMap(({ text, isWarning }) =>
    wrap(`  ${text}`, view.columns, '    ').map(isWarning ? view.paint.red : (line) => line),
  );
  return [...wrap(title, view.columns), ...lines];
}

/** New accounts that hold nothing are named while they are few. */
const newCleanAtMost = 5;

/** What changed since the baseline, in sentences of an account each; those that hold nothing are counted where they are many. */
export function changesOf(
  document: StatusDocument,
  view: KindsView,
): { readonly title: string; readonly phrases: readonly { readonly text: string; readonly isWarning: boolean }[] } {
  const words = view.speech.words.status.changes;
  const changes = document.changes ?? [];
  if (changes.length === 0) {
    const isKnown = document.complete && !document.accounts.some(isPartlyUnknown);
    return { title: isKnown ? words.none : words.noneSeen, phrases: [] };
  }
  const isNewAndClean = ({ change, after }: StatusChange): boolean => change === 'new' && after === 'absent';
  const newClean = changes.filter(isNewAndClean).length;
  const isCounted = newClean > newCleanAtMost;
  const told = isCounted ? changes.filter((changed) => !isNewAndClean(changed)) : changes;
  const phrases = told.map((changed) => ({ text: changeSentence(changed, view), isWarning: isUnaccepted(changed) }));
  const counted = isCounted ? [{ text: words.newAndClean(newClean), isWarning: false }] : [];
  return { title: words.since, phrases: [...phrases, ...counted] };
}

/** What became of one account, and by which of its credentials. */
export function changeSentence(changed: StatusChange, view: KindsView): string {
  const words = view.speech.words.status.changes;
  const { id, name, added, firstSeen, removed, unreadable } = changed;
  const details = [
    ...added.map((credential) => `+ ${changedCredentialPhrase(credential, view)}`),
    ...firstSeen.map((credential) => `? ${changedCredentialPhrase(credential, view)}`),
    ...unreadable.map((kind) => words.kindUnread(wordsFor(kind, view).all)),
    ...removed.map((credential) => `− ${changedCredentialPhrase(credential, view)}`),
  ];
  return words.of(`${name} (${id})`, changed, details);
}

/** What is said of several accounts is said once. */
function hintLines(document: StatusDocument, { columns, speech }: View): readonly string[] {
  const hints = new Set(
    document.accounts.flatMap(({ error }) => (error === null ? [] : (speech.entryOf(error).hint ?? []))),
  );
  return [...hints].slice(0, namedAtMost).flatMap((hint) => {
    const line = speech.words.lines.hint(hint);
    return wrap(line, columns, belowLabel(line));
  });
}

function nextLines(document: StatusDocument, view: View): readonly string[] {
  const { columns, selection, speech } = view;
  const { next } = speech.words.status;
  const present = document.accounts.filter(({ status }) => status === 'present');
  const unknown = document.accounts.filter(({ status }) => status === 'unknown');
  // What is only part of it is no ground to delete on.
  if (!document.complete) {
    const again = next.readAgain(speech.rootctl('status'));
    return wrap(again, columns, belowLabel(again));
  }
  const targets = selection === 'some' && present.length <= namedAtMost ? present.map(({ id }) => id) : ['--all'];
  const [first, ...others] = [
    ...(present.length > 0 ? [speech.rootctl('delete', ...targets, '--dry-run')] : []),
    ...(unknown.length > 0 ? [next.seeWhy(unknown.length, namesOf(unknown, 1), speech.rootctl('doctor'))] : []),
  ];
  if (first === undefined) return [];
  const opening = next.first(first);
  return wrapParts([opening, ...others], '     ', columns, belowLabel(opening));
}
