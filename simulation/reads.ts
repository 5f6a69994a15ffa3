import type { CredentialKindName } from '../src/documents/index.ts';
import { spoiltKinds } from '../src/sandbox/behaviour.ts';
import type { RequestRecord } from '../src/sandbox/index.ts';
import { accountInKeyId } from '../src/sandbox/keys.ts';
import type { Bench, Episode } from './bench.ts';

/** The calls that tell whether a kind is there. */
const readsOf: Readonly<Record<CredentialKindName, string>> = {
  'access-key': 'ListAccessKeys',
  'signing-certificate': 'ListSigningCertificates',
  'login-profile': 'GetLoginProfile',
  'mfa-device': 'ListMFADevices',
};

/** How the sandbox records an answer with status 200 that a fault spoilt. */
export const isSpoiltKind = (outcome: string): boolean => spoilt.has(outcome);
const spoilt: ReadonlySet<string> = new Set(spoiltKinds);

export const isAnswered = ({ outcome }: RequestRecord): boolean => outcome === 'ok' || outcome === 'NoSuchEntity';
/** Some spoilt answers lack nothing that matters, and are taken: what they show counts as seen. */
const isSeen = (record: RequestRecord): boolean => isAnswered(record) || isSpoiltKind(record.outcome);
const isFirstPage = ({ parameters }: RequestRecord): boolean => parameters['Marker'] === undefined;

/**
 * When a kind was last read with an answer before request `before`, milliseconds; null: never in this command.
 * @param isRead whether a request counts: `isAnswered` where the tool is to be blamed for not having seen it.
 */
export function lastReadMs(
  episode: Episode,
  account: string,
  kind: CredentialKindName,
  before = Number.POSITIVE_INFINITY,
  isRead = isSeen,
): number | null {
  const read = episode.requests.findLast(
    (record) =>
      record.number < before &&
      record.callerAccount === account &&
      (record.operation === readsOf[kind] || record.operation === 'GetAccountSummary') &&
      isFirstPage(record) &&
      isRead(record),
  );
  return read?.at ?? null;
}

/** Requests about an account; a session that AWS no longer accepts still names its account in its key. */
export const requestsAbout = (episode: Episode, account: string): readonly RequestRecord[] =>
  episode.requests.filter(
    ({ targetAccount, accessKeyId }) => (targetAccount ?? accountInKeyId(accessKeyId ?? '')) === account,
  );

const throttling = new Set([
  'Throttling',
  'TooManyRequestsException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
]);
const passing = new Set([
  'ServiceFailure',
  'ServiceFailureException',
  'InternalFailure',
  'InternalError',
  'EntityTemporarilyUnmodifiable',
  'ECONNRESET',
  'MalformedResponse',
]);
/** What the tool owes before it gives up: tries of one call (src/aws/call.ts states the same numbers as its own). */
const throttledTriesMin = 60;
const triesMin = 6;
/** How often a session that keeps expiring is opened again (src/root/session.ts). */
const reopenedMin = 5;

/** A session may be another account's. */
export const mayBeMixedUp = ({ story }: Pick<Bench, 'story'>, { isFaulty }: Episode): boolean =>
  story.mixedUp !== null && isFaulty;

/** AWS did not tell when the account joined: never, or in some answer that a fault spoilt. */
export const cannotBeDated = ({ story, sandbox }: Bench, account: string): boolean =>
  story.selection.undated.has(account) ||
  sandbox.requests.some(({ operation, outcome }) => operation === 'ListAccounts' && outcome === 'missing-field');

/** A reading of newcomers shows an account that may be one. */
export const isShownUndated = (bench: Bench, { argv }: Episode, account: string): boolean =>
  argv[0] === 'status' && argv.includes('--joined-since') && cannotBeDated(bench, account);

/** Whether AWS gave cause for an error that a document shows; otherwise why not. */
export function unjustified(bench: Bench, code: string, episode: Episode, account: string): string | null {
  if (code === 'UnknownJoinTime' && cannotBeDated(bench, account)) return null;
  // A session that was mixed up with another account's asks whose it is, and meets what that account does.
  if (mayBeMixedUp(bench, episode) && episode.requests.some((one) => one.operation === 'GetUser' && !isAnswered(one)))
    return null;
  const about = requestsAbout(episode, account);
  const failed = about.filter((record) => !isAnswered(record));
  if (failed.length === 0) return `${code}, although every request about it was answered`;
  if (throttling.has(code) && mostOf(failed, ({ outcome }) => throttling.has(outcome)) < throttledTriesMin) {
    return `${code}: lost to throttling after fewer than ${throttledTriesMin} tries`;
  }
  const isPassing = ({ outcome }: RequestRecord): boolean =>
    passing.has(outcome) || outcome.startsWith('dropped-') || isSpoiltKind(outcome) || throttling.has(outcome);
  // Pages that contradict each other are found out when they are put together: asking for one again would not mend it.
  const isContradiction = failed.some(({ outcome }) => outcome === 'repeated-token');
  if (passing.has(code) && !isContradiction && mostOf(failed, isPassing) < triesMin) {
    return `${code}: given up after fewer than ${triesMin} tries`;
  }
  const opened = about.filter(({ operation, outcome }) => operation === 'AssumeRoot' && outcome === 'ok').length;
  if (code === 'ExpiredToken' && opened < reopenedMin) return `${code}, after ${opened} sessions`;
  if (code === 'AccessDenied' && failed.every(({ outcome }) => outcome !== code))
    return `${code}, which AWS never said`;
  return null;
}

/** How many of the records that fit are of one operation, at most. */
function mostOf(records: readonly RequestRecord[], fits: (record: RequestRecord) => boolean): number {
  const counts = new Map<string, number>();
  for (const record of records.filter(fits)) counts.set(record.operation, (counts.get(record.operation) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
