import { connectingProblems } from './connecting.ts';
import type { Cure } from './cure.ts';
import type { DataOf, Fields } from './fields.ts';
import { organizationProblems } from './organization.ts';
import { outputProblems } from './output.ts';
import { planProblems } from './plan.ts';
import { policyProblems } from './policies.ts';
import { runProblems } from './run.ts';
import { selectionProblems } from './selection.ts';
import { shellProblems } from './shell.ts';
import { stateProblems } from './state.ts';
import { usageProblems } from './usage.ts';

/**
 * Whose move it is: `caller` mends the command line, a file or the machine; `administrator` a policy or the
 * organization; `owner` is whoever owns the member account; `aws`: wait, or run again; `rootctl`: report it.
 */
export type Move = 'caller' | 'administrator' | 'owner' | 'aws' | 'rootctl';

/** `usage`: 64, nothing was done. `failed`: 1. `interrupted`: 130, or 143 for SIGTERM. `none`: ends no command by itself. */
export type ExitClass = 'usage' | 'failed' | 'interrupted' | 'none';

/** One way to end or to be unknown. Its sentences stand in `words`, by its code. */
export interface Entry<Shape extends Fields> {
  readonly data: Shape;
  readonly move: Move;
  readonly exit: ExitClass;
  readonly cure?: (data: DataOf<Shape>) => Cure | null;
}

/** Every way of rootctl's own, by its code; those of AWS carry AWS's codes. `docs/errors.md` is written from this. */
export const registry = {
  ...shellProblems,
  ...usageProblems,
  ...outputProblems,
  ...selectionProblems,
  ...connectingProblems,
  ...organizationProblems,
  ...planProblems,
  ...policyProblems,
  ...runProblems,
  ...stateProblems,
} as const;

export type OwnCode = keyof typeof registry;
export type DataOfCode<Code extends OwnCode> = DataOf<(typeof registry)[Code]['data']>;
