import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { credentials, flag, number, orNull, text, texts, variants } from './fields.ts';

const resumed = ({ runId }: { readonly runId: string }) => rootctl('runs', 'resume', runId);

/** What happens while credentials are removed. */
export const runProblems = {
  /** AWS gave no answer about what must be known first. `what`: kinds by their flags, or `last-use`. */
  NotRead: define({ what: texts }, { move: 'aws', exit: 'none' }),
  /** `--only` has a kind and not the one that it guards: `flag` would go, and the `guarded` one (`missing` by flag) stay. */
  PasswordWithoutMFA: define({ flag: text, guarded: text, missing: text }, { move: 'caller', exit: 'none' }),
  /** What is there is not what the plan holds. */
  ChangedSincePlan: define(
    {
      account: text,
      how: variants('is', {
        /** There is one again of the kind that `kept` guards. */
        'guarded-appeared': { guarded: text, kept: text },
        appeared: { credentials },
        /** The same id, another credential. */
        'created-anew': { kind: text, at: text },
        status: { kind: text, before: orNull(text), now: orNull(text) },
        /** Only one side knows when it was created. */
        indistinct: { kind: text, at: text },
      }),
    },
    {
      move: 'caller',
      exit: 'none',
      cure: ({ account, how }) =>
        how.is === 'appeared' || how.is === 'guarded-appeared' ? rootctl('delete', account) : null,
    },
  ),
  /** `kept`: the kind that stays because it guards what is still seen. */
  StillSeen: define(
    { account: text, credentials, waitedMs: number, kept: orNull(text) },
    {
      move: 'aws',
      exit: 'none',
      cure: ({ account, kept }) => (kept === null ? rootctl('status', account) : rootctl('delete', account)),
    },
  ),
  /** The run ended between a request and its answer. */
  Unanswered: define({ runId: text }, { move: 'caller', exit: 'none', cure: resumed }),
  /** A resumed run meets an account that has left. */
  AccountNotInOrganization: define({ account: text, organizationId: text }, { move: 'owner', exit: 'none' }),
  /** `areFirst`: all of the first accounts, before any other was begun. */
  TooManyFailures: define(
    { failed: number, areFirst: flag, runId: text },
    { move: 'caller', exit: 'failed', cure: resumed },
  ),
  /** A root session answered as somebody else: credentials are being mixed up, and nothing may go on. */
  WrongAccountSession: define({ expectedArn: text, actualArn: text }, { move: 'rootctl', exit: 'failed' }),
  /** The run was stopped before this account was begun with. */
  NotTried: define({}, { move: 'caller', exit: 'none' }),
  /** A mistake in rootctl. `what`: the error's own words. */
  InternalError: define({ what: text }, { move: 'rootctl', exit: 'failed' }),
} as const;
