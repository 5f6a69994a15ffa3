import { problem } from '../problems/problem.ts';
import { ProblemError } from '../problems/thrown.ts';

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
