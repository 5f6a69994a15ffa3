import { credentialKindNames, type DeleteAccount, type DeleteDocument } from '../src/documents/index.ts';
import { type Bench, type Episode, wasStopped } from './bench.ts';
import { checkCompleteness } from './completeness.ts';
import type { Violation } from './invariants.ts';
import { holdingKey } from './ledger.ts';
import { isAnswered, lastReadMs, mayBeMixedUp, requestsAbout, unjustified } from './reads.ts';
import { hasMeddling } from './scenario.ts';
import { checkRoll, checkTime, isInterruption, overlooked, wasUnreadable } from './status-invariants.ts';
import { checkTelling } from './telling.ts';

/** The document of a deletion, or of its resumption, against what was really there and what really happened. */
export function checkDeletion(bench: Bench, episode: Episode, document: DeleteDocument): readonly Violation[] {
  return [
    ...checkRoll(bench, episode, document.accounts),
    ...checkResumed(bench, episode, document),
    ...document.accounts.flatMap((account) => [
      ...checkClaim(bench, episode, account),
      ...checkActions(bench, episode, account),
      ...checkCause(bench, episode, account),
    ]),
    ...checkEffects(bench, episode, document),
    ...checkCompleteness(bench, episode, document),
    ...checkTime(episode, document),
    ...checkSum(episode, document),
    ...checkTelling(episode, document),
  ];
}

/** A resumed run tells of every account that the run concerned: of those that could not be read or have left since, too. */
function checkResumed(bench: Bench, episode: Episode, { accounts }: DeleteDocument): readonly Violation[] {
  if (episode.argv[0] !== 'runs') return [];
  const { story, ledger, evidence, episodes } = bench;
  const told = new Set(accounts.map(({ id }) => id));
  const journal = [...evidence.journals.values()].find(({ name }) => name.includes(episode.argv[2] ?? ''));
  const planned = [...(journal?.planned ?? [])].map((what) => what.slice(0, 12));
  const began = episodes.findLast(({ argv }) => argv[0] === 'delete' && !argv.includes('--plan-out'));
  const leftBefore = (id: string): boolean =>
    ledger.isDeparted(id) && (ledger.inactiveSinceMs(id) ?? 0) <= (began?.endedMs ?? 0);
  // A plan file has its accounts from the plan alone.
  const concerned = began?.argv.includes('--plan') ? [] : [...story.selection.listed].filter((id) => !leftBefore(id));
  const dropped = [...new Set([...planned, ...concerned])].filter((id) => !told.has(id));
  return dropped.length === 0
    ? []
    : [{ invariant: 7, text: `${episode.argv.join(' ')} does not tell of ${dropped}, which the run concerned` }];
}

const relevant = ({ story }: Bench) => new Set<string>(story.only);

/** Never `deleted`, `absent` or without what is meant while something is there that a look would have shown. */
function checkClaim(bench: Bench, episode: Episode, { id, outcome, reason }: DeleteAccount): readonly Violation[] {
  if (outcome !== 'deleted' && outcome !== 'absent' && reason !== 'none-of-these-kinds') return [];
  // What a deletion is about may be some kinds; what is called absent has none at all.
  const kinds: ReadonlySet<string> = outcome === 'absent' ? new Set(credentialKindNames) : relevant(bench);
  // Whose a session is may be asked in one that was mixed up.
  const isAsked = requestsAbout(episode, id).some(({ operation }) => operation !== 'GetUser');
  if (!isAsked && episode.argv[0] !== 'runs')
    return [{ invariant: 1, text: `${id} is ${outcome}, and was never asked` }];
  // An account that an earlier part of the run had finished is not looked at again: what came later is no business of it.
  const left = isAsked
    ? overlooked(bench, episode, id, ({ kind }) => kinds.has(kind))
    : bench.ledger.heldNow(id).filter(({ kind, sinceMs }) => kinds.has(kind) && sinceMs === Number.NEGATIVE_INFINITY);
  if (left.length === 0) return [];
  return [{ invariant: 1, text: `${id} is ${outcome}, and still holds ${left.map(holdingKey).join(', ')}` }];
}

/** Each action against the credential that it names. */
function checkActions(bench: Bench, episode: Episode, account: DeleteAccount): readonly Violation[] {
  const { ledger } = bench;
  const violations: Violation[] = [];
  for (const action of account.actions) {
    const key = holdingKey(action);
    const what = `${account.id} ${key}`;
    const ours = ledger.effects.filter(({ holding }) => `${holding.account} ${holdingKey(holding)}` === what);
    const inThisPart = ours.filter(({ record }) => episode.requests.includes(record));
    const held = ledger.heldNow(account.id).find((holding) => holdingKey(holding) === key);
    const isHeldFromBefore = held !== undefined && held.sinceMs < episode.startedMs;
    // What this run deleted and somebody set anew is another credential of the same name.
    const isUntouched = ours.length === 0 && (isHeldFromBefore || !wasAskedFor(bench, what));
    if (action.result === 'deleted' && isUntouched) {
      violations.push({ invariant: 1, text: `${what} is said to be deleted, and was not` });
    }
    const isAsked = requestsAbout(episode, account.id).length > 0;
    const isStillShown = isAsked && bench.evidence.isShown(account.id, action.kind, action.id);
    if (account.outcome === 'deleted' && isStillShown) {
      violations.push({ invariant: 1, text: `${account.id} is deleted, and AWS still shows ${key}` });
    }
    if (action.result === 'already-gone' && isHeldFromBefore) {
      violations.push({ invariant: 1, text: `${what} is said to be gone already, and is there` });
    }
    if (action.result === 'already-gone' && ours.length > 0 && !isRemovedSince(bench, what)) {
      violations.push({ invariant: 7, text: `${what} is said to be gone already, and this run deleted it` });
    }
    if (action.result === 'not-attempted' && inThisPart.length > 0) {
      violations.push({ invariant: 7, text: `${what} is said not to have been attempted, and was deleted` });
    }
    if (action.result === 'planned' && !episode.argv.includes('--plan-out')) {
      violations.push({ invariant: 7, text: `${what} is only planned after a real run` });
    }
    const effect = inThisPart.at(-1);
    if (action.result === 'failed' && effect !== undefined && !wasStopped(episode)) {
      const readMs = lastReadMs(episode, account.id, action.kind, undefined, isAnswered);
      const isSeenGone =
        readMs !== null && readMs > effect.atMs && bench.story.behaviour.consistencyLagMs === undefined;
      if (isSeenGone) violations.push({ invariant: 7, text: `${what} is said to have failed, and was seen gone` });
    }
  }
  return violations;
}

/** Asked for and taken away by somebody else at the same moment: "gone, and this run had asked for it" is `deleted`. */
const wasAskedFor = ({ evidence }: Bench, what: string): boolean =>
  [...evidence.journals.values()].some(({ intents }) => intents.has(what));

/** Somebody else took away what had come again. */
const isRemovedSince = ({ ledger }: Bench, what: string): boolean =>
  ledger.holdings.some(
    (holding) => `${holding.account} ${holdingKey(holding)}` === what && holding.removedBy === 'somebody-else',
  );

/** What a resumed run did not look at again is told as an earlier part of it met it. */
function unjustifiedIn(bench: Bench, code: string, episode: Episode, id: string): string | null {
  const isToldAgain = episode.argv[0] === 'runs' && requestsAbout(episode, id).length === 0;
  const parts = isToldAgain
    ? bench.episodes.filter(({ argv }) => argv[0] === 'delete' || argv[1] === 'resume')
    : [episode];
  const reasons = parts.map((part) => unjustified(bench, code, part, id));
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** An account fails only where a request about it failed, or something was really in the way. */
function checkCause(bench: Bench, episode: Episode, account: DeleteAccount): readonly Violation[] {
  const { id, outcome, error, actions } = account;
  if (outcome !== 'failed' && outcome !== 'partial' && outcome !== 'unverified') return [];
  const code = error?.code ?? actions.find((action) => action.error !== null)?.error?.code ?? 'no error';
  const { story, evidence } = bench;
  // What an earlier part did is told, and that the account may not be gone on with.
  if (account.reason === 'not-active' && bench.ledger.inactiveSinceMs(id) !== null) return [];
  if (wasStopped(episode) || episode.mishap?.kind === 'full-disk') return [];
  switch (code) {
    case 'PasswordWithoutMFA': {
      const isTrue = story.only.includes('mfa-device') && !story.only.includes('login-profile');
      return isTrue ? [] : [{ invariant: 7, text: `${id} is refused for a password that would stay` }];
    }
    case 'StillSeen':
    case 'InconsistentAnswers': {
      const isTrue = story.behaviour.consistencyLagMs !== undefined || hasMeddling(story) || wasUnreadable(bench, id);
      return isTrue
        ? []
        : [{ invariant: 7, text: `${id} is ${outcome} as ${code}, and AWS shows at once what is gone` }];
    }
    case 'ChangedSincePlan': {
      const isTrue = hasMeddling(story) || wasUnreadable(bench, id);
      return isTrue || evidence.journals.size === 0
        ? []
        : [{ invariant: 7, text: `${id} is ${code}, and nobody changed it` }];
    }
    case 'AccountNotInOrganization':
      return bench.ledger.isDeparted(id) ? [] : [{ invariant: 7, text: `${id} is told to have left, and is there` }];
    case 'WrongAccountSession':
      return story.mixedUp !== null ? [] : [{ invariant: 7, text: `${id} met a session of another account` }];
    default: {
      const isOthers = mayBeMixedUp(bench, episode); // what it meets is then another account's affair
      const why = isOthers || code === 'JournalUnwritable' ? null : unjustifiedIn(bench, code, episode, id);
      return why === null ? [] : [{ invariant: 7, text: `${id} is ${outcome}: ${why}` }];
    }
  }
}

/** Whatever took effect in this command is told by its document. */
function checkEffects({ ledger }: Bench, episode: Episode, document: DeleteDocument): readonly Violation[] {
  const told = new Set(
    document.accounts.flatMap(({ id, actions }) => actions.map((action) => `${id} ${holdingKey(action)}`)),
  );
  return ledger.effects
    .filter(({ record }) => episode.requests.includes(record))
    .map(({ holding }) => `${holding.account} ${holdingKey(holding)}`)
    .filter((what) => !told.has(what))
    .map((what): Violation => ({ invariant: 7, text: `${what} was deleted, and the document does not mention it` }));
}

const troubled: ReadonlySet<string> = new Set(['failed', 'partial', 'unverified']);

function checkSum(episode: Episode, { summary, accounts, dryRun }: DeleteDocument): readonly Violation[] {
  const violations: Violation[] = [];
  const counted: Record<string, number> = { accounts: accounts.length };
  for (const outcome of ['deleted', 'absent', 'partial', 'failed', 'unverified', 'skipped', 'planned']) {
    counted[outcome] = accounts.filter((account) => account.outcome === outcome).length;
  }
  if (Object.entries(summary).some(([name, count]) => counted[name] !== count)) {
    violations.push({
      invariant: 7,
      text: `the summary says ${JSON.stringify(summary)}, the accounts ${JSON.stringify(counted)}`,
    });
  }
  const isTroubled = accounts.some(
    ({ outcome, reason }) =>
      troubled.has(outcome) || (!dryRun && (reason === 'changed-since-plan' || reason === 'not-tried')),
  );
  const isStopped = /^error: /mu.test(episode.stderr);
  const expected = isTroubled || isStopped ? 1 : 0;
  if (episode.exitCode !== expected && !isInterruption(episode)) {
    violations.push({ invariant: 7, text: `${episode.argv[0]} exits ${episode.exitCode} instead of ${expected}` });
  }
  if (episode.signalCount > 0 && episode.exitCode === 0) {
    violations.push({ invariant: 7, text: `${episode.argv[0]} was interrupted and exits 0` });
  }
  return violations;
}
