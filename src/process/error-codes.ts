import { exitClassOf } from '../problems/known.ts';
import { ProblemError } from '../problems/thrown.ts';
import { InterruptedError } from '../terminal/interruption.ts';
import { exitCodes } from './exit-codes.ts';

/** The one place that turns an error into an exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ProblemError && exitClassOf(error.problem) === 'usage') return exitCodes.usage;
  if (error instanceof InterruptedError) return error.exitCode;
  return exitCodes.failed;
}
