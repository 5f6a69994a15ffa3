import {
  type DeleteAccount,
  isPartlyUnknown,
  isTroubled,
  isUnaccepted,
  type StatusChange,
  type StatusDocument,
} from '../documents/index.ts';
import { exitClassOf, ProblemError } from '../problems/index.ts';
import { InterruptedError, signalCodes } from '../terminal/interruption.ts';

/** Exit codes, as every `--help` lists them. */
export const exitCodes = { done: 0, failed: 1, found: 2, usage: 64, ...signalCodes } as const;

/** The one place that turns an error into an exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ProblemError && exitClassOf(error.problem) === 'usage') return exitCodes.usage;
  if (error instanceof InterruptedError) return error.exitCode;
  return exitCodes.failed;
}

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
