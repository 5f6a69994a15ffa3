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
