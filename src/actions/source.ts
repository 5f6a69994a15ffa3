import type { StatusDocument } from '../documents/index.ts';

/** Where a reading comes from. */
export interface Origin {
  readonly organization: Pick<StatusDocument['organization'], 'id'>;
  readonly simulated?: boolean | undefined;
}

/** The sandbox may use the id of a real organization. */
export const sourceOf = ({ organization: { id }, simulated = false }: Origin): string =>
  simulated ? `sandbox:${id}` : id;
