import type { Obstacle } from './obstacle.ts';
import { type OwnProblem, type Problem, type ProblemWith, problem, told } from './problem.ts';
import type { DataOfCode, OwnCode } from './registry.ts';

/** The one base of what is thrown: an error that carries a problem. Its `message` is for a stack trace, not for people. */
export class ProblemError<P extends Problem = Problem> extends Error {
  override readonly name: string = 'ProblemError';
  readonly problem: P;

  constructor(of: P, cause?: unknown, traced = `${of.code} ${JSON.stringify(of.data)}`) {
    super(of.from === 'told' ? of.data.message : traced, { cause });
    this.problem = of;
  }
}

/** @throws nothing: `throw problemError('UnknownAccount', { … })`. */
export const problemError = <Code extends OwnCode>(
  code: Code,
  data: DataOfCode<Code>,
  cause?: unknown,
): ProblemError<OwnProblem> => new ProblemError(problem(code, data), cause);

/** Whether this was thrown for a problem of this code, of rootctl's own. */
export const carries = <Code extends OwnCode>(error: unknown, code: Code): error is ProblemError<ProblemWith<Code>> =>
  error instanceof ProblemError && error.problem.from === 'rootctl' && error.problem.code === code;

/** The problem that an error carries. Of the others the system's have a code; any more is a mistake of rootctl's. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (!(error instanceof Error)) return problem('InternalError', { what: String(error) });
  const { message } = error;
  const system = systemCodeOf(error);
  if (system !== null) return { from: 'system', code: system, data: { said: message } };
  return 'code' in error && typeof error.code === 'string'
    ? told(error.code, message, null)
    : problem('InternalError', { what: message });
}

/**
 * The code of an error that Node made of one of the operating system, else null. Node words all of them alike, with the
 * code in it (Node.js, "Errors", "Class: SystemError"): `ENOSPC: no space left on device, write`.
 */
export const systemCodeOf = (error: object): string | null =>
  'syscall' in error && 'code' in error && typeof error.syscall === 'string' && typeof error.code === 'string'
    ? error.code
    : null;

/** Why a file could not be used, from what was thrown. */
export const obstacleOf = (error: unknown): Obstacle =>
  carries(error, 'UnusableFile')
    ? error.problem.data.why
    : { is: 'system', said: error instanceof Error ? error.message : String(error) };
