import type { Clock } from '../clock.ts';
import {
  type DeleteAccount,
  type DeleteAction,
  isSettled,
  type JournalLine,
  type OpenRecovery,
  type PlanAccount,
  type PlanDocument,
  parseDeleteAccounts,
  type RunEntry,
  type RunEvent,
  readPlan,
  type SkipReason,
} from '../documents/index.ts';
import { type JournalFlaw, type Obstacle, obstacleOf, type Problem, problem, problemError } from '../problems/index.ts';
import type { Random } from '../random.ts';
import { keyOf } from '../root/removal.ts';
import type { StateFiles } from './files.ts';
import { journalName, listRunIds, readJournal } from './journal.ts';
import { isHeldBy, type Processes } from './lock.ts';

type EventOf<Name extends JournalLine['event']> = Extract<JournalLine, { readonly event: Name }>;

/** A run as its journal tells it. */
export interface RunRecord {
  readonly entry: RunEntry;
  readonly path: string;
  /** Why the journal cannot be relied on; null also for one that only ends too early, as a crash leaves it. */
  readonly damage: JournalFlaw | null;
  readonly lines: readonly JournalLine[];
  readonly header: EventOf<'run'> | null;
  /** As the journal holds it, and only if it could be confirmed: the checks of a plan file are its checks. */
  readonly plan: PlanDocument | null;
  /** The accounts that the plan left alone; null where an earlier version did not write them down. */
  readonly decided: readonly DeleteAccount[] | null;
}

/** A file among the journals that cannot be told as a run. */
export interface UnreadableRun {
  readonly path: string;
  readonly why: Obstacle;
}

/** null when there is no such run. @throws the error of the file system, or ProblemError `UnusableFile`, which says what the file is. */
export async function readRun(files: StateFiles, processes: Processes, runId: string): Promise<RunRecord | null> {
  const text = await files.read(journalName(runId));
  if (text === null) return null;
  const { lines, flaw, isCut } = readJournal(text);
  const header = only(lines, 'run')[0] ?? null;
  const startedAt = header?.at ?? timeIn(runId);
  if (startedAt === null) throw problemError('UnusableFile', { why: { is: 'no-journal' } });
  const planned = only(lines, 'plan')[0];
  const parsed = planned === undefined ? null : readPlan(planned.plan);
  const plan = parsed?.ok === true ? parsed.document : null;
  const organizationId = header?.organization.id ?? plan?.organization.id ?? null;
  const end = isCut ? undefined : lines.at(-1);
  const isEnded = end?.event === 'end';
  const isRunning = !isEnded && organizationId !== null && (await isHeldBy(files, processes, organizationId, runId));
  const damage: JournalFlaw | null =
    flaw ??
    (header === null ? { is: 'no-header' } : null) ??
    (header?.runId === runId ? null : { is: 'other-run' }) ??
    (parsed?.ok === false ? { is: 'no-plan', flaw: parsed.problem.data.flaw } : null) ??
    (plan !== null && plan.organization.id !== organizationId ? { is: 'other-plan' } : null);
  const cut: JournalFlaw | null = isEnded || isRunning ? null : { is: isCut ? 'cut' : 'no-end' };
  return {
    entry: {
      id: runId,
      command: header?.command ?? 'unknown',
      startedAt,
      endedAt: isEnded ? end.at : null,
      state: isEnded && end.state === 'finished' ? 'finished' : isRunning ? 'running' : 'interrupted',
      organizationId,
      problem: sentenceOf(damage ?? cut),
      summary: isEnded ? { ...end.summary } : null,
    },
    path: `${files.folder}/${journalName(runId)}`,
    damage,
    lines,
    header,
    plan,
    decided: planned === undefined ? [] : parseDeleteAccounts(planned.decided),
  };
}

const sentenceOf = (flaw: JournalFlaw | null) =>
  flaw === null ? null : { sentence: problem('JournalFlaw', { flaw }) };

/** `20260131-0930-k3f9`: when it began (UTC), and four characters of chance. */
export function newRunId({ clock, random }: { readonly clock: Clock; readonly random: Random }): string {
  const time = new Date(clock.nowMs()).toISOString().replace(/[-:]/gu, '');
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
  let suffix = '';
  for (let index = 0; index < 4; index += 1) suffix += alphabet[Math.floor(random() * alphabet.length)];
  return `${time.slice(0, 8)}-${time.slice(9, 13)}-${suffix}`;
}

/** A run's id says when it began, to the minute. */
function timeIn(runId: string): string | null {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)-[a-z0-9]{4}$/u.exec(runId) ?? [];
  const time = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
  return Number.isNaN(Date.parse(time)) ? null : time;
}

const only = <Name extends JournalLine['event']>(
  lines: readonly JournalLine[],
  event: Name,
): readonly EventOf<Name>[] => lines.filter((line): line is EventOf<Name> => line.event === event);

/** All runs, oldest first, and what else lies among them: one bad file hides no other. */
export async function listRuns(
  files: StateFiles,
  processes: Processes,
): Promise<{ readonly runs: readonly RunRecord[]; readonly unreadable: readonly UnreadableRun[] }> {
  const runs: RunRecord[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const runId of await listRunIds(files)) {
    try {
      const run = await readRun(files, processes, runId);
      if (run !== null) runs.push(run);
    } catch (error) {
      unreadable.push({ path: `${files.folder}/${journalName(runId)}`, why: obstacleOf(error) });
    }
  }
  runs.sort((left, right) => (left.entry.startedAt < right.entry.startedAt ? -1 : 1));
  return { runs, unreadable };
}

export interface Remainder {
  /** What the plan still lacks: accounts that did not end well, whole; what is gone in them is seen to be gone. */
  readonly accounts: readonly PlanAccount[];
  /** Accounts that are done, as the journal told. */
  readonly settled: readonly DeleteAccount[];
  /** Each account of the plan as the run left it. */
  readonly earlier: ReadonlyMap<string, DeleteAccount>;
  /** `account kind id` of every deletion that was asked for and not refused: gone then means that it worked. */
  readonly askedBefore: ReadonlySet<string>;
  /** Nothing was asked for yet, so nothing has shown that the assumptions hold. */
  readonly isFresh: boolean;
}

/** What `runs resume` has to do. Pure. */
export function remainderOf(run: RunRecord): Remainder {
  const accounts = plannedAccountsOf(run);
  const earlier = new Map(accounts.map((account) => [account.id, account]));
  const settled = accounts.filter(isSettled);
  const done = new Set(settled.map(({ id }) => id));
  return {
    accounts: confirmedIn(run).filter(({ id }) => !done.has(id)),
    settled,
    earlier,
    askedBefore: new Set(
      [...tracesIn(run)].flatMap(([id, { asked, answers, line }]) =>
        [...asked].flatMap((key) =>
          // What AWS refused it has not done, whoever took the credential away since; an answer that was lost is no refusal.
          answers.get(key)?.result === 'failed' && line?.outcome !== 'unverified' ? [] : [`${id} ${key}`],
        ),
      ),
    ),
    isFresh: only(run.lines, 'intent').length === 0,
  };
}

/**
 * What of the plan was shown and confirmed: of a plan file, accounts that could not be read or were protected were told
 * as left alone, and are not taken up again behind the person's back.
 */
function confirmedIn({ plan, decided }: RunRecord): readonly PlanAccount[] {
  const left = new Set((decided ?? []).map(({ id }) => id));
  return (plan?.accounts ?? []).filter(({ id }) => !left.has(id));
}

/** Every account that the run concerned, in the order of their ids: what the plan left alone, and what became of the rest. */
export const accountsOf = (run: RunRecord): readonly DeleteAccount[] =>
  [...(run.decided ?? []), ...plannedAccountsOf(run)].sort((left, right) => (left.id < right.id ? -1 : 1));

/** What the parts of a run wrote of one account, as far as it still speaks: what came later weighs more. */
interface Trace {
  /** The credentials whose deletion was asked for. */
  readonly asked: Set<string>;
  /** By credential: what AWS answered to the last request, or that it was gone before any. */
  readonly answers: Map<string, DeleteAction>;
  /** How the account ended; null where something was asked for, or answered, after that. */
  line: EventOf<'account'> | null;
}

function tracesIn({ lines }: RunRecord): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>();
  const traceOf = (id: string): Trace => {
    const trace = traces.get(id) ?? { asked: new Set(), answers: new Map(), line: null };
    traces.set(id, trace);
    return trace;
  };
  for (const line of lines) {
    if (line.event === 'account') traceOf(line.account).line = line;
    if (line.event !== 'intent' && line.event !== 'answer') continue;
    const trace = traceOf(line.account);
    const key = keyOf(line);
    trace.line = null;
    if (line.event === 'intent') {
      trace.asked.add(key);
      trace.answers.delete(key);
    } else {
      const { kind, id, result, at, requestId, error } = line;
      trace.answers.set(key, { kind, id, result, at, requestId, error });
    }
  }
  return traces;
}

/**
 * Each planned account as far as the journal tells: what was asked for and never answered is `failed`, not forgotten. Where the
 * run ended before the account was looked at again, nobody has seen what became of it.
 */
function plannedAccountsOf(run: RunRecord): readonly DeleteAccount[] {
  const traces = tracesIn(run);
  const unanswered = problem('Unanswered', { runId: run.entry.id });
  return confirmedIn(run).map(({ id, name, actions: planned }): DeleteAccount => {
    const trace = traces.get(id);
    const actions = planned.map(({ kind, id: credential }): DeleteAction => {
      const key = keyOf({ kind, id: credential });
      const nothing = { kind, id: credential, at: null, requestId: null } as const;
      const answer = trace?.answers.get(key);
      if (answer !== undefined) return answer;
      return trace?.asked.has(key) === true
        ? { ...nothing, result: 'failed', error: unanswered }
        : { ...nothing, result: 'not-attempted', error: null };
    });
    const line = trace?.line ?? null;
    if (line === null) {
      const common = { id, name, actions } as const;
      // What AWS refused is where it was, and a refusal has an id; what it did, or may have done, is to be read again.
      if (actions.some(({ result, requestId }) => result === 'deleted' || (result === 'failed' && requestId === null)))
        return { ...common, outcome: 'unverified', reason: null, error: unanswered };
      return actions.some(({ result }) => result === 'failed')
        ? { ...common, outcome: 'failed', reason: null, error: null }
        : { ...common, outcome: 'skipped', reason: 'not-tried', error: null };
    }
    const { outcome, reason, state, error } = line;
    return { id, name, outcome, reason, ...(state === undefined ? {} : { state }), error, actions };
  });
}

/**
 * What a run holds of an account that it may not go on with: somebody protected it, or it left. What was done in it
 * stays told, and what nobody has seen is not seen now either.
 */
export function leftAlone(
  { state: _, ...earlier }: DeleteAccount,
  why: { readonly reason: SkipReason; readonly state?: string } | { readonly error: Problem },
): DeleteAccount {
  // What was refused, or was gone before, has changed nothing.
  const isChanged = earlier.actions.some(({ result }) => result === 'deleted');
  const done = earlier.outcome === 'unverified' ? 'unverified' : isChanged ? 'partial' : null;
  return 'error' in why
    ? { ...earlier, outcome: done ?? 'failed', reason: null, error: why.error }
    : { ...earlier, outcome: done ?? 'skipped', ...why, error: null };
}

/** The journal's lines as `runs show` lists them. */
export function eventsOf(run: RunRecord): readonly RunEvent[] {
  return run.lines
    .filter((line) => line.event !== 'inventory' && line.event !== 'plan')
    .map((line) => ({
      at: line.at,
      event: line.event,
      account: 'account' in line ? line.account : null,
      kind: 'kind' in line ? line.kind : null,
      id: 'id' in line ? line.id : null,
      requestId: 'requestId' in line ? line.requestId : null,
      sessionAccessKeyId: 'sessionAccessKeyId' in line ? line.sessionAccessKeyId : null,
      detail: detailOf(line),
    }));
}

function detailOf(line: JournalLine): string | null {
  switch (line.event) {
    case 'session':
      return line.taskPolicy;
    case 'answer':
      return line.error === null ? line.result : `${line.result}: ${line.error.code}`;
    case 'account':
    case 'recovery-answer':
      return line.error === null ? line.outcome : `${line.outcome}: ${line.error.code}`;
    case 'recovery-intent':
      return line.reason;
    case 'policy-intent':
    case 'policy-answer':
      return line.error === null
        ? `${line.action} ${line.resource}`
        : `${line.action} ${line.resource}: ${line.error.code}`;
    case 'end':
      return line.error === null ? line.state : `${line.state}: ${line.error.code}`;
    default:
      return null;
  }
}

/** IAM shows a change late: what a reading so soon after a recovery does not show may be there. */
const shownAfterMs = 300_000;

/**
 * The recoveries that this machine allowed, or may have, and did not see closed. One is closed by a deletion of the account's
 * login profile that was seen gone, and by a reading that did not show it, unless that came too soon. What a damaged journal says
 * closes none, and those of AWS and of the sandbox, whose ids may be the same, are told apart.
 */
export function openRecoveriesOf(runs: readonly RunRecord[], isSimulated: boolean): readonly OpenRecovery[] {
  const open = new Map<string, OpenRecovery>();
  /** What was open when the latest recovery was asked for: a refusal of that one closes nothing. */
  const before = new Map<string, OpenRecovery | undefined>();
  /** Where a login profile was deleted, and not yet seen gone. */
  const going = new Set<string>();
  const lines = runs
    .filter(({ header }) => header === null || header.simulated === isSimulated)
    .flatMap((run) => run.lines.map((line) => ({ line, runId: run.entry.id, closes: run.damage === null })));
  lines.sort((left, right) => (left.line.at < right.line.at ? -1 : left.line.at > right.line.at ? 1 : 0));
  const notShown = (account: string, at: string): void => {
    const { openedAt } = open.get(account) ?? {};
    if (openedAt !== undefined && Date.parse(at) - Date.parse(openedAt) >= shownAfterMs) open.delete(account);
  };
  for (const { line, runId, closes } of lines) {
    if (!closes && !line.event.startsWith('recovery-')) continue;
    switch (line.event) {
      case 'recovery-intent': {
        const { account, name, email, reason, at } = line;
        const known = open.get(account);
        before.set(account, known);
        going.delete(account);
        const outcome = known?.outcome ?? 'unverified';
        open.set(account, { accountId: account, name, email, outcome, openedAt: at, runId, reason });
        break;
      }
      case 'recovery-answer': {
        const { account, outcome, at } = line;
        const known = before.get(account);
        if (outcome === 'failed' && known !== undefined) open.set(account, known);
        else if (outcome === 'failed') {
          if (closes) open.delete(account);
        } else if (outcome !== 'unverified') {
          // Of a damaged journal the answer may be all that can be read.
          const asked = open.get(account) ?? {
            accountId: account,
            name: '',
            email: '',
            openedAt: at,
            runId,
            reason: null,
          };
          open.set(account, { ...asked, outcome: 'allowed' });
        }
        break;
      }
      case 'answer':
        if (line.kind !== 'login-profile') break;
        if (line.result === 'deleted') going.add(line.account);
        else if (line.result === 'already-gone') notShown(line.account, line.at);
        break;
      case 'account':
        if (going.delete(line.account) && line.outcome === 'deleted') open.delete(line.account);
        break;
      case 'inventory':
        if (line.credentials?.loginProfile?.present === false) notShown(line.account, line.at);
        break;
      default:
    }
  }
  return [...open.values()];
}

/** What of a recovery may stand in a part of its journal that cannot be read. */
const mayHideRecovery = ({ damage, entry: { command } }: RunRecord): boolean =>
  damage !== null && (command === 'recover' || command === 'unknown');

/** Why a recovery may be missing among those that are open; null: all was read. */
export function doubtOfRecoveries(runs: readonly RunRecord[], unreadable: readonly UnreadableRun[]): Problem | null {
  const [other] = unreadable;
  if (other !== undefined) return problem('NoJournal', { path: other.path, why: other.why });
  const run = runs.find(mayHideRecovery);
  return run?.damage ? problem('JournalDamaged', { runId: run.entry.id, flaw: run.damage }) : null;
}

/** A root session lasts for 15 minutes at most (STS API Reference, `AssumeRoot`). */
const sessionMs = 900_000;
const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

/**
 * A CloudWatch Logs Insights / CloudTrail Lake query for the events that a run caused: those of the root sessions carry
 * the session's access key id (CloudTrail User Guide, "Track privileged tasks").
 */
export function cloudTrailQueryOf(run: RunRecord): string {
  const sessions = [...new Set(only(run.lines, 'session').map((line) => line.sessionAccessKeyId))];
  const keys = sessions.map((id) => `'${id}'`).join(', ');
  const from = run.entry.startedAt;
  // What a killed run had asked for may have been done after its last line, as long as its session lived.
  const to = run.entry.endedAt ?? later(run.lines.at(-1)?.at ?? from, sessionMs);
  return [
    'SELECT eventTime, recipientAccountId, eventSource, eventName, errorCode, requestID, userIdentity.accessKeyId',
    'FROM EVENT_DATA_STORE_ID',
    `WHERE userIdentity.accessKeyId IN (${keys === '' ? "''" : keys})`,
    `AND eventTime BETWEEN '${from.slice(0, 19).replace('T', ' ')}' AND '${to.slice(0, 19).replace('T', ' ')}'`,
    'ORDER BY eventTime',
  ].join('\n');
}
