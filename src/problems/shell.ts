import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { number, oneOf, orNull, text } from './fields.ts';

/** How a command line ends beside its work, and with the sandbox. */
export const shellProblems = {
  /** A signal or `--timeout` ended it before it had a document of its own. `before`: what there was none of yet. */
  Interrupted: define({ before: oneOf('result', 'change') }, { move: 'caller', exit: 'interrupted' }),
  /** `sandbox start` has the saved organization. `since`: ISO 8601. */
  SandboxServed: define({ pid: number, since: text }, { move: 'caller', exit: 'usage' }),
  /** `said`: the words of whoever read it. */
  InvalidScenario: define({ path: text, said: text }, { move: 'caller', exit: 'usage' }),
  /** A code that `explain` does not know. */
  UnknownCode: define(
    { code: text, near: orNull(text) },
    { move: 'caller', exit: 'usage', cure: () => rootctl('explain') },
  ),
  /** `code`: of the system. */
  PortInUse: define({ port: number, code: text }, { move: 'caller', exit: 'usage' }),
} as const;
