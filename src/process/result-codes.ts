import {
  type DeleteAccount,
  isPartlyUnknown,
  isTroubled,
  isUnaccepted,
  type StatusChange,
  type StatusDocument,
} from '../documents/index.ts';
import { exitCodes } from './exit-codes.ts';

/** The exit code of a command whose reading was cut short, or null: neither "done" nor "found" may be said of it. */
export const cutShortCode = (isComplete: boolean, interrupted: number | null): number | null =>
  interrupted ?? (isComplete ? null : exitCodes.failed);

/** What could not be looked at outweighs what was found. */
export function statusCode(
  document: StatusDocument,
  isCheck: boolean,
  changes: readonly StatusChange[] | null,
): number {
  if (document.summary.unknown > 0) return exitCodes.failed;
  if (!isCheck) return exitCodes.done;
  // Where old credentials are accepted, a kind that cannot be read may hold one that nobody has accepted.
  if (changes !== null && document.accounts.some(isPartlyUnknown)) return exitCodes.failed;
  const found = changes === null ? document.summary.present > 0 : changes.some(isUnaccepted);
  return found ? exitCodes.found : exitCodes.done;
}

export const deletionCode = ({ accounts }: { readonly accounts: readonly DeleteAccount[] }): number =>
  accounts.some(isTroubled) ? exitCodes.failed : exitCodes.done;
