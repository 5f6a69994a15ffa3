import type {
  DeleteAccount,
  DeleteAction,
  DeleteOutcome,
  OpenRecovery,
  PlanAccount,
  PlanDocument,
  RunEntry,
  RunEvent,
} from '../documents/index.ts';
import { keyOf } from '../root/removal.ts';
import type { StateFiles } from './files.ts';
import { type JournalLine, journalName, listRunIds, readJournal } from './journal.ts';
import { type Processes, runHolding } from './lock.ts';

type EventOf<Name extends JournalLine['event']> = Extract<JournalLine, { readonly event: Name }>;

/** A run as its journal tells it. */
export interface RunRecord {
  readonly entry: RunEntry;
  readonly path: string;
  readonly problem: string | null;
  readonly lines: readonly JournalLine[];
  readonly header: EventOf<'run'>;
  readonly plan: PlanDocument | null;
}

/** null when there is no such run; a journal without its first line is a run without a name for what it did. */
export async function readRun(files: StateFiles, processes: Processes, runId: string): Promise<RunRecord | null> {
  const text = await files.read(journalName(runId));
  if (text === null) return null;
  const { lines, problem } = readJournal(text);
  const header = only(lines, 'run')[0];
  if (header === undefined) return null;
  const end = lines.at(-1);
  const isEnded = end?.event === 'end';
  const isRunning = !isEnded && (await runHolding(files, processes, header.organization.id)) === runId;
  return {
    entry: {
      id: runId,
      command: header.command,
      startedAt: header.at,
      endedAt: isEnded ? end.at : null,
      state: isEnded && end.state === 'finished' ? 'finished' : isRunning ? 'running' : 'interrupted',
      organizationId: header.organization.id,
      summary: isEnded ? { ...end.summary } : null,
    },
    path: `${files.folder}/${journalName(runId)}`,
    problem,
    lines,
    header,
    plan: only(lines, 'plan')[0]?.plan ?? null,
  };
}

const only = <Name extends JournalLine['event']>(
  lines: readonly JournalLine[],
  event: Name,
): readonly EventOf<Name>[] => lines.filter((line): line is EventOf<Name> => line.event === event);

export async function listRuns(files: StateFiles, processes: Processes): Promise<readonly RunRecord[]> {
  const runs: RunRecord[] = [];
  for (const runId of await listRunIds(files)) {
    const run = await readRun(files, processes, runId);
    if (run !== null) runs.push(run);
  }
  return runs.sort((left, right) => (left.entry.startedAt < right.entry.startedAt ? -1 : 1));
}

const settledOutcomes: ReadonlySet<DeleteOutcome> = new Set(['deleted', 'absent'] as const);

export interface Remainder {
  /** What the plan still lacks: accounts that did not end well, whole; what is gone in them is seen to be gone. */
  readonly accounts: readonly PlanAccount[];
  /** Accounts that are done, as the journal told. */
  readonly settled: readonly DeleteAccount[];
  /** `account kind id` of every deletion that was asked for: gone then means that it worked. */
  readonly askedBefore: ReadonlySet<string>;
}

/** What `runs resume` has to do. Pure. */
export function remainderOf(run: RunRecord): Remainder {
  const accounts = accountsOf(run);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const isSettled = (id: string): boolean => settledOutcomes.has(byId.get(id)?.outcome ?? 'skipped');
  return {
    accounts: (run.plan?.accounts ?? []).filter(({ id }) => !isSettled(id)),
    settled: accounts.filter(({ id }) => isSettled(id)),
    askedBefore: new Set(only(run.lines, 'intent').map((line) => `${line.account} ${keyOf(line)}`)),
  };
}

/** Each planned account as far as the journal tells: what was asked for and never answered is `failed`, not forgotten. */
export function accountsOf(run: RunRecord): readonly DeleteAccount[] {
  const intents = new Set(only(run.lines, 'intent').map((line) => `${line.account} ${keyOf(line)}`));
  const answers = new Map<string, DeleteAction>();
  for (const { account, kind, id, result, at, requestId, error } of only(run.lines, 'answer')) {
    answers.set(`${account} ${keyOf({ kind, id })}`, { kind, id, result, at, requestId, error });
  }
  const outcomes = new Map(only(run.lines, 'account').map((line) => [line.account, line]));
  return (run.plan?.accounts ?? []).map((planned): DeleteAccount => {
    const actions = planned.actions.map(({ kind, id }): DeleteAction => {
      const key = `${planned.id} ${keyOf({ kind, id })}`;
      const answered = answers.get(key);
      if (answered !== undefined) return answered;
      if (!intents.has(key)) return { kind, id, result: 'not-attempted', at: null, requestId: null, error: null };
      const error = {
        code: 'Unanswered',
        message: 'asked for, and the run ended before the answer',
        hint: `rootctl runs resume ${run.entry.id}`,
      };
      return { kind, id, result: 'failed', at: null, requestId: null, error };
    });
    const told = outcomes.get(planned.id);
    const isBegun = actions.some(({ result }) => result !== 'not-attempted');
    return {
      id: planned.id,
      name: planned.name,
      outcome: told?.outcome ?? (isBegun ? 'partial' : 'skipped'),
      reason: told === undefined ? (isBegun ? null : 'not-tried') : asReason(told.reason),
      error: told?.error ?? null,
      actions,
    };
  });
}

const asReason = (reason: string | null): DeleteAccount['reason'] => (reason === 'changed-since-plan' ? reason : null);

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

/**
 * The recoveries that this machine allowed and did not see closed: a recovery is closed by a later deletion of the
 * account's login profile.
 */
export function openRecoveriesOf(runs: readonly RunRecord[]): readonly OpenRecovery[] {
  const open = new Map<string, OpenRecovery>();
  const lines = runs.flatMap((run) => run.lines.map((line) => ({ line, runId: run.entry.id })));
  lines.sort((left, right) => (left.line.at < right.line.at ? -1 : left.line.at > right.line.at ? 1 : 0));
  for (const { line, runId } of lines) {
    if (line.event === 'recovery-intent') {
      const { account, name, email, reason, at } = line;
      open.set(account, { accountId: account, name, email, openedAt: at, runId, reason });
    } else if (line.event === 'recovery-answer' && line.outcome === 'failed') {
      open.delete(line.account);
    } else if (line.event === 'answer' && line.kind === 'login-profile') {
      if (line.result === 'deleted' || line.result === 'already-gone') open.delete(line.account);
    } else if (line.event === 'inventory' && line.credentials?.loginProfile?.present === false) {
      open.delete(line.account);
    }
  }
  return [...open.values()];
}

/**
 * A CloudWatch Logs Insights / CloudTrail Lake query for the events that a run caused: those of the root sessions carry
 * the session's access key id (CloudTrail User Guide, "Track privileged tasks").
 */
export function cloudTrailQueryOf(run: RunRecord): string {
  const sessions = [...new Set(only(run.lines, 'session').map((line) => line.sessionAccessKeyId))];
  const keys = sessions.map((id) => `'${id}'`).join(', ');
  const from = run.entry.startedAt;
  const to = run.entry.endedAt ?? run.lines.at(-1)?.at ?? from;
  return [
    'SELECT eventTime, recipientAccountId, eventSource, eventName, errorCode, requestID, userIdentity.accessKeyId',
    'FROM EVENT_DATA_STORE_ID',
    `WHERE userIdentity.accessKeyId IN (${keys === '' ? "''" : keys})`,
    `AND eventTime BETWEEN '${from.slice(0, 19).replace('T', ' ')}' AND '${to.slice(0, 19).replace('T', ' ')}'`,
    'ORDER BY eventTime',
  ].join('\n');
}
