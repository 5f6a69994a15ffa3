import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { orNull, text } from './fields.ts';

/** Who belongs to the organization, and what its policies say. */
export const organizationProblems = {
  /** A root session was refused, and the service control policy that refuses it was found. `sid`: of its statement. */
  AccessDenied: define(
    { policyId: orNull(text), policyName: orNull(text), sid: orNull(text), target: text, action: orNull(text) },
    { move: 'administrator', exit: 'failed', cure: () => rootctl('doctor') },
  ),
} as const;
