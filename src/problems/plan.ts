import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { documentFlaw } from './document-flaw.ts';
import { number, orNull, text, texts, variants } from './fields.ts';

const newPlan = rootctl('delete', '--all', '--plan-out', 'FILE');

/** Plans: what they warn of, and why one is not carried out. */
export const planProblems = {
  'key-in-use': define({ kind: text, service: orNull(text), region: orNull(text) }, { move: 'owner', exit: 'none' }),
  'password-without-mfa': define({}, { move: 'owner', exit: 'none' }),
  'mfa-only': define({}, { move: 'owner', exit: 'none' }),
  PlanRefused: define(
    {
      why: variants('is', {
        'no-plan': { path: text, flaw: documentFlaw },
        empty: { path: text },
        simulated: { path: text },
        'not-simulated': { path: text },
        'other-organization': { planned: text, actual: text },
        'other-management-account': { planned: text, actual: text },
        /** Made later than now. */
        'dated-ahead': { planned: text, actual: text },
        'too-old': { hours: number },
        /** An account that it names has left, and so have `others`. */
        departed: { account: text, name: text, organizationId: text, others: texts },
      }),
    },
    {
      move: 'caller',
      exit: 'usage',
      cure: ({ why }) => (why.is === 'no-plan' || why.is === 'empty' || why.is === 'departed' ? newPlan : null),
    },
  ),
  /** `--only` names something else. */
  UnknownKind: define({ word: text, offered: texts }, { move: 'caller', exit: 'usage' }),
  PlanTooLarge: define({ accounts: number, maximum: number }, { move: 'caller', exit: 'usage' }),
  /** `flag`: the one that goes by AWS's time. */
  UnknownTime: define({ flag: text }, { move: 'caller', exit: 'usage' }),
  OtherOrganization: define(
    {
      why: variants('is', {
        'other-credentials': { expected: text, actual: text },
        /** A status that is compared with; `path` is null where it is no file. */
        'other-baseline': { path: orNull(text), expected: text, actual: text },
        'run-simulated': { runId: text },
        'run-not-simulated': { runId: text },
      }),
    },
    { move: 'caller', exit: 'usage' },
  ),
} as const;
