import { type AccountStatus, credentialKindNames, type StatusDocument } from '../src/documents/index.ts';
import { checkAttestation } from './attestation.ts';
import { type Bench, type Episode, wasStopped } from './bench.ts';
import { checkCompleteness, missingFrom } from './completeness.ts';
import type { Violation } from './invariants.ts';
import { type Holding, holdingKey } from './ledger.ts';
import { cannotBeDated, isShownUndated, lastReadMs, requestsAbout, unjustified } from './reads.ts';
import { hasMeddling } from './scenario.ts';
import { selects } from './selection.ts';

/** A status against what was really there while it was read. */
export function checkStatus(bench: Bench, episode: Episode, document: StatusDocument): readonly Violation[] {
  return [
    ...checkRoll(bench, episode, document.accounts),
    ...document.accounts.flatMap((account) => checkAccount(bench, episode, account)),
    ...checkCompleteness(bench, episode, document),
    ...checkTime(episode, document),
    ...checkSum(episode, document),
    ...checkAttestation(document),
  ];
}

/** Exactly the selected accounts, each once, in the order of their ids; skipped ones with a reason that holds. */
export function checkRoll(
  bench: Bench,
  episode: Episode,
  accounts: readonly {
    readonly id: string;
    readonly reason: string | null;
    readonly outcome?: string;
    readonly status?: string;
    readonly error?: { readonly code: string } | null;
  }[],
): readonly Violation[] {
  const { story, ledger } = bench;
  const violations: Violation[] = [];
  const ids = accounts.map(({ id }) => id);
  const isSorted = ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id);
  if (!isSorted)
    violations.push({ invariant: 7, text: `the accounts are not in order, or one is there twice: ${ids}` });
  const isSelected = selects(story.selection, episode.argv);
  // Of one that nobody can date a deletion tells that it is left alone, for that or for another reason.
  const isLeftAlone = ({ outcome, status, error }: (typeof accounts)[number]): boolean =>
    (outcome ?? status) === 'skipped' || error?.code === 'UnknownJoinTime';
  const mayBeTold = new Set(accounts.filter(isLeftAlone).flatMap(({ id }) => (cannotBeDated(bench, id) ? id : [])));
  const isKnown = (id: string): boolean => isSelected(id) || mayBeTold.has(id) || isShownUndated(bench, episode, id);
  const strangers = ids.filter((id) => !isKnown(id));
  if (strangers.length > 0) violations.push({ invariant: 2, text: `${strangers} were not selected and are listed` });
  const hasSelection = episode.argv[0] !== 'runs' && !episode.argv.includes('--plan');
  const missing = hasSelection ? missingFrom(bench, episode, new Set(ids)) : [];
  if (missing.length > 0 && episode.listing === 'ended' && !wasStopped(episode)) {
    violations.push({ invariant: 7, text: `${missing} were selected and are not listed` });
  }
  for (const { id, reason, outcome, status } of accounts) {
    if ((outcome ?? status) !== 'skipped') continue;
    const isTrue =
      reason === 'not-active'
        ? ledger.inactiveSinceMs(id) !== null || hasMeddling(story)
        : reason === 'not-tried'
          ? true
          : reason === 'used-recently'
            ? story.isUnusedFor && (story.recentlyUsed.has(id) || unreadable(episode, id))
            : reason === 'changed-since-plan'
              ? hasMeddling(story) || wasUnreadable(bench, id)
              : reason === 'none-of-these-kinds'
                ? story.only.length < credentialKindNames.length // and holds none of them: `checkClaim`
                : isBarredAs(bench, episode, id, reason);
    if (!isTrue) violations.push({ invariant: 7, text: `${id} is skipped as ${reason}, which it is not` });
  }
  return violations;
}

/** What is there although AWS, asked after it had come, must have shown it. */
export function overlooked(
  { ledger }: Bench,
  episode: Episode,
  account: string,
  fits: (holding: Holding) => boolean,
): readonly Holding[] {
  return ledger.heldNow(account).filter((holding) => {
    if (!fits(holding)) return false;
    const readMs = lastReadMs(episode, account, holding.kind);
    return readMs === null || holding.sinceMs < readMs;
  });
}

function checkAccount(bench: Bench, episode: Episode, account: AccountStatus): readonly Violation[] {
  const { id, status, credentials, error } = account;
  const violations: Violation[] = [];
  const denied = overlooked(bench, episode, id, ({ kind, id: credential }) => {
    if (status === 'absent') return true;
    if (status === 'skipped' || status === 'unknown') return false;
    const { loginProfile, accessKeys, mfaDevices, signingCertificates } = credentials ?? {};
    switch (kind) {
      case 'login-profile':
        return loginProfile?.present === false;
      case 'access-key':
        return accessKeys?.every((one) => one.id !== credential) === true;
      case 'mfa-device':
        return mfaDevices?.every((one) => one.serialNumber !== credential) === true;
      case 'signing-certificate':
        return signingCertificates?.every((one) => one.id !== credential) === true;
    }
  });
  if (denied.length > 0) {
    violations.push({
      invariant: 1,
      text: `${id} is ${status}, and holds ${denied.map(holdingKey).join(', ')} unmentioned`,
    });
  }
  const foreign = claimed(account).filter((credential) =>
    bench.ledger.everHeld(id).every((one) => one.id !== credential),
  );
  if (foreign.length > 0) violations.push({ invariant: 1, text: `${id} is said to hold ${foreign}, and never did` });
  if (status === 'absent' && requestsAbout(episode, id).length === 0) {
    violations.push({ invariant: 1, text: `${id} is absent, and was never asked` });
  }
  if (status === 'present') {
    const lagMs = 600_000;
    const isTrue = bench.ledger.everHeld(id).some(({ untilMs }) => untilMs >= episode.startedMs - lagMs);
    if (!isTrue) violations.push({ invariant: 1, text: `${id} is present, and never held anything` });
  }
  if (status === 'unknown') violations.push(...checkUnknown(bench, episode, id, error?.code ?? 'no error'));
  return violations;
}

/** The ids of everything that the document says is there. */
const claimed = ({ credentials }: AccountStatus): readonly string[] => [
  ...(credentials?.accessKeys ?? []).map(({ id }) => id),
  ...(credentials?.signingCertificates ?? []).map(({ id }) => id),
  ...(credentials?.mfaDevices ?? []).map(({ serialNumber }) => serialNumber),
];

function checkUnknown(bench: Bench, episode: Episode, id: string, code: string): readonly Violation[] {
  if (code === 'Aborted' && wasStopped(episode)) return [];
  const isBehind = code === 'InconsistentAnswers' && bench.story.behaviour.consistencyLagMs !== undefined;
  const why = isBehind ? null : unjustified(bench, code, episode, id);
  return why === null ? [] : [{ invariant: 1, text: `${id} is unknown: ${why}` }];
}

function checkSum(episode: Episode, { summary, accounts, complete }: StatusDocument): readonly Violation[] {
  const violations: Violation[] = [];
  const counted = { accounts: accounts.length, present: 0, absent: 0, unknown: 0, skipped: 0 };
  for (const { status } of accounts) counted[status] += 1;
  if (JSON.stringify(counted) !== JSON.stringify(summary)) {
    violations.push({
      invariant: 7,
      text: `the summary says ${JSON.stringify(summary)}, the accounts ${JSON.stringify(counted)}`,
    });
  }
  const isFound = episode.argv.includes('--check') && counted.present > 0;
  const expected = counted.unknown > 0 || !complete ? 1 : isFound ? 2 : 0;
  // With a baseline only what is new counts: `compareWithFirst` looks at that.
  const isCompared = episode.argv.includes('--baseline') && expected === 2;
  if (episode.exitCode !== expected && !isCompared && !isInterruption(episode)) {
    violations.push({ invariant: 7, text: `status exits ${episode.exitCode} instead of ${expected}` });
  }
  return violations;
}

/** Protected goes before excluded, where it can be told. */
function isBarredAs({ story }: Bench, episode: Episode, id: string, reason: string | null): boolean {
  if (story.selection.barred.get(id) === reason) return true;
  const isUntold = episode.isFaulty && story.unknowns.places?.hidden.has(id) === true;
  return isUntold && story.selection.rules.some(({ where, ids }) => where === 'exclude' && ids.includes(id));
}

/** A last use that could not be read is no use that is long ago. */
const unreadable = (episode: Episode, account: string): boolean =>
  requestsAbout(episode, account).some(({ outcome }) => outcome !== 'ok' && outcome !== 'NoSuchEntity');

/**
 * A question about the account went unanswered, in whatever command: what a plan does not tell of a credential cannot be
 * compared with what is there.
 */
export const wasUnreadable = ({ episodes }: Bench, account: string): boolean =>
  episodes.some((episode) => unreadable(episode, account));

/** AWS's time and the program's may differ by so much: whole seconds, an answer's way, its own tolerance of four seconds. */
const timeSlackMs = 10_000;

/** A document is dated by AWS's time, whatever this machine's clock says. */
export function checkTime(
  { argv, startedMs, endedMs, requests }: Episode,
  { generatedAt }: { readonly generatedAt: string },
) {
  const atMs = Date.parse(generatedAt);
  // Whoever asks AWS nothing, for a run that lacks nothing, does not hear its time.
  if (argv[0] === 'runs' && requests.length === 0) return [];
  if (atMs >= startedMs - timeSlackMs && atMs <= endedMs + timeSlackMs) return [];
  const was = new Date(startedMs).toISOString();
  return [{ invariant: 7 as const, text: `${argv.join(' ')} is dated ${generatedAt}, and began at ${was}` }];
}

/** The exit code of a command that was told to stop, by a signal, by `--timeout` or by both. */
export const isInterruption = ({ signalCount, exitCode, mishap, argv }: Episode): boolean =>
  (signalCount > 0 && mishap?.kind === 'signals' && exitCode === (mishap.signal === 'SIGINT' ? 130 : 143)) ||
  (argv.includes('--timeout') && exitCode === 1);
