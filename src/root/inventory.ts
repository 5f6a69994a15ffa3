import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { given, type SummaryKey } from '../aws/answers.ts';
import { AwsError } from '../aws/failure.ts';
import type { Clock } from '../clock.ts';
import type { AccountCredentials } from '../documents/index.ts';
import { poll } from '../poll.ts';
import { kindsInRemovalOrder } from './kinds/index.ts';
import type { CredentialKind, KindReading } from './kinds/kind.ts';
import { loginProfile } from './kinds/login-profile.ts';
import type { RootSession } from './session.ts';

/** What one account holds, as far as AWS told. What could not be read is null, never empty. */
export interface Inventory {
  readonly status: 'present' | 'absent' | 'unknown';
  readonly credentials: AccountCredentials;
  /** The latest use of the password or of an access key; ISO 8601. */
  readonly lastUsedAt: string | null;
  /** False when a last use could not be read: "not used since" must not be concluded from it then. */
  readonly isLastUseKnown: boolean;
  /** Why something is null or a last use is missing: the first refusal met. */
  readonly error: AwsError | null;
}

interface InventoryOptions {
  /**
   * Whether the last use is asked for where there is no password, too: of one that is gone IAM still tells it (IAM API Reference,
   * `PasswordLastUsed` of `User`).
   */
  readonly isUseDecisive?: boolean;
  readonly kinds?: readonly CredentialKind[];
}

type Reading = KindReading & { readonly isPresent: boolean | null; readonly error: AwsError | null };

/** AWS's two views of an account may differ for a moment after a change: how often, and how patiently, both are read. */
const disagreementDelaysMs = [1_000, 2_000];

/**
 * Reads an account's root credentials in an Audit session. One `GetAccountSummary` tells whether there are any; details
 * are read only of the kinds that it shows. When the summary is refused the lists decide.
 * @throws AwsError only when the whole reading was given up; a kind that cannot be read is `null` instead.
 */
export async function readInventory(
  session: RootSession,
  clock: Clock,
  signal?: AbortSignal,
  { isUseDecisive = false, kinds = kindsInRemovalOrder }: InventoryOptions = {},
): Promise<Inventory> {
  const look = async () => {
    const summary = await readSummary(session);
    const hasAny = kinds.some(({ description }) => (summary.counts?.[description.summary.key] ?? 0) > 0);
    const readings = await Promise.all(
      kinds.map((kind) => readKind(kind, session, summary, isUseDecisive && hasAny && kind === loginProfile)),
    );
    const disagreeing = kinds.filter(
      (kind, index) =>
        readings[index]?.isPresent === false && (summary.counts?.[kind.description.summary.key] ?? 0) > 0,
    );
    return { readings, disagreeing, error: summary.error };
  };
  const isAgreed = ({ disagreeing }: Awaited<ReturnType<typeof look>>): boolean => disagreeing.length === 0;
  const seen = await poll(look, isAgreed, disagreementDelaysMs, { clock, signal });
  if (isAgreed(seen)) return inventoryOf(kinds, seen.readings, seen.error);
  const doubtful = seen.readings.map((reading, index) => {
    const kind = kinds[index];
    return kind !== undefined && seen.disagreeing.includes(kind) ? doubted(reading, kind) : reading;
  });
  return inventoryOf(kinds, doubtful, null);
}

interface Summary {
  readonly counts: Partial<Readonly<Record<SummaryKey, number>>> | null;
  readonly error: AwsError | null;
}

async function readSummary(session: RootSession): Promise<Summary> {
  try {
    const { SummaryMap } = await session.ask(new GetAccountSummaryCommand({}));
    return { counts: given(SummaryMap), error: null };
  } catch (error) {
    return { counts: null, error: refusalOf(error) };
  }
}

async function readKind(
  kind: CredentialKind,
  session: RootSession,
  { counts }: Summary,
  isAlwaysRead: boolean,
): Promise<Reading> {
  const count = counts?.[kind.description.summary.key];
  if (count === 0 && !isAlwaysRead)
    return { credentials: kind.absent, lastUses: [], incomplete: null, isPresent: false, error: null };
  try {
    const reading = await kind.read(session.ask);
    const found = kind.description.list(credentialsOf([kind], [reading]));
    const isPresent = found === null ? null : found.length > 0;
    // A copy: parts of an answer's text would keep all of it, and these are kept of every account.
    const credentials = isPresent === true ? structuredClone(reading.credentials) : reading.credentials;
    return { ...reading, credentials, isPresent, error: reading.incomplete };
  } catch (error) {
    const isKnown = (count ?? 0) > 0;
    const credentials = isKnown ? kind.presentUnread : kind.unread;
    const refusal = refusalOf(error);
    return { credentials, lastUses: [], incomplete: refusal, isPresent: isKnown ? true : null, error: refusal };
  }
}

/** An interrupted or mixed-up run is not an account that could not be read. */
function refusalOf(error: unknown): AwsError {
  if (error instanceof AwsError && error.failure.kind !== 'aborted') return error;
  throw error;
}

/** The summary says "there is one", the list says "there is none": we do not know, and say so. */
function doubted(reading: Reading, kind: CredentialKind): Reading {
  const error = new AwsError('GetAccountSummary', {
    kind: 'other',
    code: 'InconsistentAnswers',
    message: '',
    said: [{ say: 'contradiction', kind: kind.description.flag }],
    statusCode: null,
    requestId: null,
    effectUnknown: false,
  });
  return { ...reading, credentials: kind.unread, isPresent: null, error };
}

/** A field a kind, in the order of the JSON; what no reading tells of is null. */
function credentialsOf(kinds: readonly CredentialKind[], readings: readonly KindReading[]): AccountCredentials {
  const inOrder = [...kinds].sort((left, right) => left.description.rank.json - right.description.rank.json);
  return Object.assign({}, ...inOrder.map(({ unread }) => unread), ...readings.map(({ credentials }) => credentials));
}

function inventoryOf(
  kinds: readonly CredentialKind[],
  readings: readonly Reading[],
  summaryError: AwsError | null,
): Inventory {
  const isPresent = readings.some((reading) => reading.isPresent === true);
  const isUnknown = readings.some((reading) => reading.isPresent === null);
  const firstError = readings.map((reading) => reading.error).find((error) => error !== null) ?? null;
  const lastUses = readings.flatMap((reading) => reading.lastUses).filter((lastUse) => lastUse !== null);
  return {
    status: isPresent ? 'present' : isUnknown ? 'unknown' : 'absent',
    credentials: credentialsOf(kinds, readings),
    lastUsedAt: lastUses.sort().at(-1) ?? null,
    isLastUseKnown: readings.every((reading) => reading.incomplete === null),
    // A refused summary is no loss when the lists told everything.
    error: firstError ?? (isUnknown ? summaryError : null),
  };
}
