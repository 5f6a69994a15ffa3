import { status as readStatus } from '../actions/status.ts';
import type { StatusDocument } from './documents.ts';
import { type Environment, perform } from './environment.ts';
import { type AccountSelection, requestOf } from './selecting.ts';

export interface StatusRequest {
  /** All member accounts unless given. */
  readonly selection?: AccountSelection | undefined;
}

/**
 * Reads the root credentials of the selected accounts, and changes nothing. Stopped, it tells of what it has read until
 * then, with `complete: false`.
 * @throws ProblemError when the selection does not fit the organization, or nothing could be read at all.
 */
export const status = ({ selection }: StatusRequest, environment: Environment): Promise<StatusDocument> =>
  perform(environment, (inner) => readStatus({ selection: requestOf(selection) }, inner));
