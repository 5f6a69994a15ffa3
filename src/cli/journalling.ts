import * as actions from '../actions/journalling.ts';
import type { Organization } from '../org/organization.ts';
import type { JournalledEnvironment } from '../run/journalled.ts';
import type { RunRecord } from '../run/runs.ts';
import type { Context } from './context.ts';

/** The runs of this machine, oldest first. */
export const readRuns = ({ groundwork }: Context): Promise<readonly RunRecord[]> => actions.readRuns(groundwork);

/** What a run's journal needs of the command. */
export const journalOf = ({ groundwork }: Context): JournalledEnvironment => actions.journalOf(groundwork);

/** The first line of a run's journal. */
export const runHeader = (
  { groundwork }: Context,
  organization: Organization,
  about: Parameters<typeof actions.runHeader>[2],
): ReturnType<typeof actions.runHeader> => actions.runHeader(groundwork, organization, about);
