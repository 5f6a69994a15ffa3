import { exitClassOf, ProblemError, problem } from '../problems/index.ts';

/** The run was stopped by a signal or by `--timeout` before it had a document of its own to print. */
export class InterruptedError extends ProblemError {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;

  /** @param before what there was none of yet. */
  constructor(exitCode: number, before: 'result' | 'change' = 'result') {
    super(problem('Interrupted', { before }));
    this.exitCode = exitCode;
  }
}

/** Exit codes, as every `--help` lists them. */
export const exitCodes = { done: 0, failed: 1, found: 2, usage: 64, interrupted: 130, terminated: 143 } as const;

/** The one place that turns an error into an exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ProblemError && exitClassOf(error.problem) === 'usage') return exitCodes.usage;
  if (error instanceof InterruptedError) return error.exitCode;
  return exitCodes.failed;
}

/** The exit code of a command whose reading was cut short, or null: neither "done" nor "found" may be said of it. */
export const cutShortCode = (isComplete: boolean, interrupted: number | null): number | null =>
  interrupted ?? (isComplete ? null : exitCodes.failed);
