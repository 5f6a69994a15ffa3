import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { number, text, texts } from './fields.ts';

/** What happens while credentials are removed, and with the record of it. */
export const runProblems = {
  StillSeen: define(
    { account: text, credentials: texts, waitedMs: number },
    { move: 'aws', exit: 'none', cure: ({ account }) => rootctl('status', account) },
  ),
  /** A mistake in rootctl. `what`: the error's own words. */
  InternalError: define({ what: text }, { move: 'rootctl', exit: 'failed' }),
} as const;
