import { controlMappings, controlsOf, type FrameworkName, type Judged, verdictsOf } from '../controls/index.ts';
import {
  type AccountHistory,
  compareStatus,
  type ReportDocument,
  type StatusDocument,
  statusSummaryOf,
  wasCutShort,
} from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import { evidenceOf } from '../run/evidence.ts';
import { accountsOf } from '../run/runs.ts';
import type { Environment } from './environment.ts';
import { doneWith, headingOf } from './heading.ts';
import { requireRun } from './runs.ts';
import { sourceOf } from './source.ts';

export interface ReportRequest {
  /** One, or several of a period, in any order. */
  readonly readings: readonly StatusDocument[];
  /** Controls of these alone; of none in particular: of all. */
  readonly frameworks: readonly FrameworkName[];
}

type ReportEnvironment = Pick<Environment, 'clock' | 'product'>;

/**
 * What was read, and what the controls say of it: of the last reading, and over the period what became clean and what
 * came back.
 * @throws ProblemError `NoReadings`, `SeveralOrganizations`, `ReadingTwice`
 */
export function report({ readings, frameworks }: ReportRequest, environment: ReportEnvironment): ReportDocument {
  const ordered = [...readings].sort((left, right) => (left.generatedAt < right.generatedAt ? -1 : 1));
  const last = ordered.at(-1);
  if (last === undefined) throw problemError('NoReadings', {});
  requireOnePeriod(ordered);
  const earlier = ordered.slice(0, -1);
  const baseline = earlier.find(({ complete }) => complete);
  const { organization, centralizedRootAccess, managementAccount, summary, accounts, complete } = last;
  return {
    // One of the sandbox has all of the sandbox: `requireOnePeriod`.
    ...headingOf(doneWith(last.simulated === true, environment), 'rootctl.report', complete),
    organization,
    centralizedRootAccess,
    managementAccount,
    summary,
    readings: ordered.map((reading) => ({
      generatedAt: reading.generatedAt,
      complete: reading.complete,
      summary: reading.summary,
    })),
    accounts,
    run: null,
    before: null,
    changes: baseline === undefined ? last.changes : compareStatus(baseline, last),
    history: earlier.length === 0 ? null : historyOf(ordered),
    ...judged(last, frameworks),
  };
}

/**
 * What a run found, what it removed, and what the controls say of what is known to be left.
 * @throws ProblemError `UnknownRun`, `UnreadableJournal`; `NothingDeleted` for a run of another command.
 */
export async function reportRun(
  { runId, frameworks }: { readonly runId: string; readonly frameworks: readonly FrameworkName[] },
  environment: ReportEnvironment & Pick<Environment, 'processes' | 'report' | 'state'>,
): Promise<ReportDocument> {
  const run = await requireRun(runId, environment);
  const { header } = run;
  if (header?.command !== 'delete') throw problemError('NothingDeleted', { runId, command: run.entry.command });
  const { before, after } = evidenceOf(run);
  const { id, startedAt, endedAt, state } = run.entry;
  const accounts = accountsOf(run);
  const complete = state === 'finished' && run.entry.problem === null && !accounts.some(wasCutShort);
  const reading = {
    organization: header.organization,
    // A journal does not hold them.
    centralizedRootAccess: {
      trustedAccess: null,
      rootCredentialsManagement: null,
      rootSessions: null,
      delegatedAdministrators: null,
    },
    managementAccount: null,
    accounts: after,
    complete,
  };
  return {
    ...headingOf(doneWith(header.simulated, environment), 'rootctl.report', complete),
    ...reading,
    summary: statusSummaryOf(after),
    readings: [{ generatedAt: startedAt, complete, summary: statusSummaryOf(before) }],
    run: { id, startedAt, endedAt, state, accounts },
    before,
    changes: null,
    history: null,
    ...judged(reading, frameworks),
  };
}

function judged(
  reading: Judged,
  frameworks: readonly FrameworkName[],
): Pick<ReportDocument, 'controls' | 'mappings' | 'verdicts'> {
  const known = controlsOf(frameworks);
  const subjects = new Set(known.map(({ subject }) => subject));
  return {
    controls: known.map(({ exemption: _, ...control }) => control),
    mappings: controlMappings.filter((one) => one.subjects?.some((subject) => subjects.has(subject)) ?? true),
    verdicts: verdictsOf(reading, known),
  };
}

/** Readings of one organization, each told once: anything else would be a history of nothing. */
function requireOnePeriod(ordered: readonly StatusDocument[]): void {
  for (const [index, reading] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined) continue;
    const [mine, its] = [sourceOf(before), sourceOf(reading)];
    if (mine !== its) throw problemError('SeveralOrganizations', { organizations: [mine, its] });
    if (before.generatedAt === reading.generatedAt)
      throw problemError('ReadingTwice', { generatedAt: reading.generatedAt });
  }
}

/**
 * Account by account, over readings from the oldest to the latest. Clean is an account as long as every reading that
 * came to its end saw it without root credentials: one that does not list it did not see it. A reading that was cut short
 * can only tell that some are there.
 */
function historyOf(ordered: readonly StatusDocument[]): readonly AccountHistory[] {
  const histories = new Map<string, { cleanSince: string | null; wasClean: boolean; readonly cameBackAt: string[] }>();
  const fresh = () => ({ cleanSince: null, wasClean: false, cameBackAt: [] });
  for (const { accounts, complete, generatedAt } of ordered) {
    const listed = new Set(accounts.map(({ id }) => id));
    if (complete) for (const [id, history] of histories) if (!listed.has(id)) history.cleanSince = null;
    for (const { id, status } of accounts) {
      const history = histories.get(id) ?? fresh();
      histories.set(id, history);
      if (status === 'present') {
        if (history.wasClean) history.cameBackAt.push(generatedAt);
        history.wasClean = false;
        history.cleanSince = null;
      } else if (complete && status === 'absent') {
        history.wasClean = true;
        history.cleanSince ??= generatedAt;
      } else if (complete) {
        history.cleanSince = null; // nobody saw whether it still was
      }
    }
  }
  return [...histories]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([account, { cleanSince, cameBackAt }]) => ({ account, cleanSince, cameBackAt }));
}
