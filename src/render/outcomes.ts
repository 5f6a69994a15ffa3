import {
  type DeleteAccount,
  type DeleteAction,
  type DeleteOutcome,
  isTrouble,
  isTroubled,
} from '../documents/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Speech } from '../words/index.ts';
import { ouPath } from './ou-path.ts';
import type { View } from './view.ts';
import { countKinds, type KindsView, skipReasonText, wordsFor } from './words.ts';

/** `password deleted; MFA device kept: the password is still seen after 60 s (StillSeen)` */
export const troublePhrase = (account: DeleteAccount, view: KindsView): string =>
  [whatHappened(account, view), whyOf(account, view)].filter((part) => part !== '').join(': ');

function whatHappened({ outcome, actions }: DeleteAccount, view: KindsView): string {
  const done = actions.filter(({ result }) => result === 'deleted' || result === 'already-gone');
  const failed = actions.filter(({ result }) => result === 'failed');
  const kept = actions.filter(({ result }) => result === 'not-attempted');
  const { removal } = view.speech.words;
  // Unverified although AWS's answer was no success: it was lost, and nobody could look again.
  const undone = outcome === 'unverified' ? removal.perhapsDeleted : removal.notDeleted;
  return [
    ...(done.length > 0 ? [removal.deleted(countKinds(done, view))] : []),
    ...failed.map(({ kind, id }) => undone(`${wordsFor(kind, view).one}${id === null ? '' : ` ${id}`}`)),
    ...(kept.length > 0 ? [removal.kept(countKinds(kept, view))] : []),
  ].join('; ');
}

function whyOf(account: DeleteAccount, { speech }: KindsView): string {
  const error = errorOf(account);
  if (error) return speech.phraseOf(error);
  return account.outcome === 'unverified' && account.reason === null ? speech.words.removal.stillSeen : '';
}

export const troubleCure = (account: DeleteAccount, speech: Speech): string =>
  hintFor(account, speech) ?? speech.words.removal.runAgain(speech.rootctl('delete', account.id));

function hintFor(account: DeleteAccount, { entryOf }: Speech): string | null {
  const error = errorOf(account);
  return error ? entryOf(error).hint : null;
}

function errorOf({ error, actions }: DeleteAccount): Problem | null | undefined {
  const isFailed = ({ result }: DeleteAction) => result === 'failed';
  return error ?? actions.find(isFailed)?.error ?? actions.find((action) => action.error !== null)?.error;
}

export const wasSomeGone = ({ outcome, actions }: DeleteAccount): boolean =>
  outcome === 'deleted' && actions.some(({ result }) => result === 'already-gone');

/** Whether somebody must hear of this account, however many there are. What was left alone as it was asked for is counted. */
export const isNotable = (account: DeleteAccount): boolean =>
  isTroubled(account) || account.outcome === 'planned' || wasSomeGone(account);

/** Accounts that the same befell. */
export interface Alike {
  readonly accounts: readonly DeleteAccount[];
  readonly outcome: DeleteOutcome;
  /** `212 accounts failed: denied by SCP …` */
  readonly title: string;
  readonly cure: string | null;
  /** What happened in each of them; null: the same in all, and the title tells it. */
  readonly each: ((account: DeleteAccount) => string) | null;
}

/** From so many accounts on they are told together. */
const alikeFrom = 3;

export const ranks = { failed: 0, partial: 1, unverified: 2, planned: 3, deleted: 4, absent: 5, skipped: 6 };

/**
 * Puts together what has the same outcome for the same reason; the rest is `single`.
 * @param runId of the run that can be gone on with.
 */
export function alikeIn(
  accounts: readonly DeleteAccount[],
  runId: string | null,
  view: KindsView,
): { readonly alike: readonly Alike[]; readonly single: readonly DeleteAccount[] } {
  const { speech } = view;
  const { removal, runs } = speech.words;
  const groups = new Map<string, DeleteAccount[]>();
  for (const account of accounts) {
    const { outcome, reason } = account;
    const why = impersonal(whyOf(account, view), account);
    const hint = impersonal(hintFor(account, speech) ?? '', account);
    const key = JSON.stringify([outcome, reason, why, hint]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [account]);
    else group.push(account);
  }
  const isGroup = ([first, ...others]: readonly DeleteAccount[]) =>
    first?.outcome !== 'planned' && others.length >= alikeFrom - 1;
  const all = [...groups.values()];
  const alike = all.filter(isGroup).flatMap((group): readonly Alike[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { outcome, reason, state } = first;
    const each = (account: DeleteAccount) => (isTrouble(outcome) ? whatHappened(account, view) : '');
    const what = each(first);
    const isSame = group.every((one) => each(one) === what);
    const fate =
      outcome === 'deleted'
        ? removal.verdicts['some-gone-before']
        : reason === null
          ? runs.outcome(outcome)
          : skipReasonText({ reason, state }, speech);
    const title = [removal.alike(group.length, fate), isSame ? what : '', impersonal(whyOf(first, view), first)];
    const hint = hintFor(first, speech);
    const isForAll = hint !== null && hint === impersonal(hint, first);
    const again = runId === null ? null : removal.runAgain(speech.rootctl('runs', 'resume', runId));
    return [
      {
        accounts: group,
        outcome,
        title: title.filter((part) => part !== '').join(': '),
        cure: isTrouble(outcome) ? (isForAll ? hint : again) : null,
        each: isSame ? null : each,
      },
    ];
  });
  alike.sort(
    (left, right) => ranks[left.outcome] - ranks[right.outcome] || right.accounts.length - left.accounts.length,
  );
  return { alike, single: all.filter((group) => !isGroup(group)).flat() };
}

/** AWS names the account in most of what it says: of several it is the same message still. */
const impersonal = (text: string, { id, name }: DeleteAccount): string =>
  text.replaceAll(`${name} (${id})`, '…').replaceAll(id, '…');

/** What went well in one OU. */
interface UnitResult {
  /** Its path; empty where no place is known. */
  readonly unit: string;
  readonly accounts: number;
  readonly credentials: number;
}

/** Of the accounts that need no word each, how many there are in each OU. */
export function byUnit(accounts: readonly DeleteAccount[], { places, ouNames, speech }: View): readonly UnitResult[] {
  const units = new Map<string, UnitResult>();
  for (const account of accounts) {
    if (account.outcome !== 'deleted' || isNotable(account)) continue;
    const placeless = places === undefined ? '' : speech.words.status.placeless;
    const unit = ouPath(places?.get(account.id) ?? null, ouNames) ?? placeless;
    const before = units.get(unit);
    units.set(unit, {
      unit,
      accounts: (before?.accounts ?? 0) + 1,
      credentials: (before?.credentials ?? 0) + account.actions.length,
    });
  }
  const { compare } = speech.words.grammar;
  return [...units.values()].sort((left, right) => compare(left.unit, right.unit));
}
