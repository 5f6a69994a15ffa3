import { doctor as lookAround } from '../actions/doctor.ts';
import { status as readStatus } from '../actions/status.ts';
import { held } from '../documents/index.ts';
import type { DoctorDocument, StatusDocument } from './documents.ts';
import { type Environment, perform } from './environment.ts';
import { type AccountSelection, requestOf } from './selecting.ts';

export interface StatusRequest {
  /** All member accounts unless given. */
  readonly selection?: AccountSelection | undefined;
  /** An earlier, complete status of the same organization: `changes` tells what became of its accounts since. */
  readonly baseline?: StatusDocument | undefined;
}

/**
 * Reads the root credentials of the selected accounts, and changes nothing. Stopped, it tells of what it has read until
 * then, with `complete: false`.
 * @throws ProblemError when the selection or the baseline does not fit the organization, when the baseline was cut short,
 * or when nothing could be read at all.
 */
export const status = ({ selection, baseline }: StatusRequest, environment: Environment): Promise<StatusDocument> =>
  perform('rootctl.status', environment, (inner) =>
    readStatus(
      {
        selection: requestOf(selection),
        ...(baseline === undefined ? {} : { baseline: { document: held(baseline), path: null } }),
      },
      inner,
    ),
  );

/**
 * Looks whether everything is in place, and changes nothing. Every check is always there: what could not be looked at is
 * `unknown`. The order is the order in which to mend. With `state` it tells of recoveries that were left open, too.
 */
export const doctor = (environment: Environment): Promise<DoctorDocument> =>
  perform('rootctl.doctor', environment, (inner) => lookAround({ ...inner, connect: async () => inner.aws }));
