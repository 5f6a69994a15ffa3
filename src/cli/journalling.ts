import type { Organization } from '../org/organization.ts';
import { type Journal, type JournalEvent, openJournal } from '../run/journal.ts';
import { listRuns, type RunRecord } from '../run/runs.ts';
import { type Context, organizationEntryOf } from './context.ts';
import { errorEntryOf } from './errors.ts';

type RunHeader = Extract<JournalEvent, { readonly event: 'run' }>;

/** The runs of this machine, oldest first; what lies among their journals and is none is said and left out. */
export async function readRuns(context: Context): Promise<readonly RunRecord[]> {
  const { runs, unreadable } = await listRuns(context.world.state, context.world.processes);
  for (const { path, problem } of unreadable) context.warn(`warning: ${path} is not the journal of a run: ${problem}`);
  return runs;
}

/**
 * Writes a run's journal around its work: the header before anything is asked for, the end after everything is
 * answered, also when the work breaks off.
 * @param work returns the counts for the journal's last line.
 * @throws JournalError before anything was done; what the work throws.
 */
export async function withJournal(
  context: Context,
  organization: Organization,
  about: Pick<RunHeader, 'runId' | 'command' | 'options'>,
  work: (journal: Journal) => Promise<Readonly<Record<string, number>>>,
): Promise<void> {
  const { world, stops } = context;
  const journal = await openJournal(world.state, about.runId, context.clock);
  try {
    await journal.record({
      event: 'run',
      ...about,
      rootctlVersion: world.version,
      organization: organizationEntryOf(organization),
      pid: world.processes.pid,
      simulated: context.isSimulated,
    });
    const summary = await work(journal);
    const state = stops.exitCode() === null ? 'finished' : 'interrupted';
    await journal.record({ event: 'end', state, summary, error: null });
  } catch (error) {
    const entry = errorEntryOf(error);
    await journal.record({ event: 'end', state: 'interrupted', summary: {}, error: entry }).catch(() => {});
    throw error;
  } finally {
    await journal.close().catch(() => {});
  }
}
