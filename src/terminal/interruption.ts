import { ProblemError, problem } from '../problems/index.ts';

/** How a program ends that a signal has stopped: 128 and the signal's number, as shells have it. */
export const signalCodes = { interrupted: 130, terminated: 143 } as const;

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
