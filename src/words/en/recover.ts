import { shared } from './shared.ts';

/** What became of an account whose owner is to set a password again, and what the owner does next. `who`: `name (id)`. */
export const recover = {
  allowed: (who: string, email: string) => `${who}: password recovery for ${email} is allowed`,
  'already-allowed': (who: string, email: string) => `${who}: password recovery for ${email} was already allowed`,
  planned: (who: string, email: string) => `${who}: password recovery for ${email} would be allowed`,
  skipped: (who: string, why: string | null) => `${who}: not changed${why === null ? '' : `: ${why}`}`,
  failed: (who: string, why: string | null, cure: string | null) =>
    `${who}: password recovery could not be allowed${why === null ? '' : `: ${why}`}${cure === null ? '' : ` → ${cure}`}`,
  unverified: (who: string, why: string | null, cure: string | null) =>
    `${who}: password recovery may or may not be allowed${why === null ? '' : `: ${why}`}${cure === null ? '' : ` → ${cure}`}`,
  now: (accounts: number) => (accounts === 1 ? 'Now:' : `Now, for each of the ${shared.accounts(accounts)}:`),
  /** @param address null: of several accounts. */
  signIn: (address: string | null) =>
    `Open the AWS sign-in page, choose Root user, enter ${address ?? 'the email address of the account'}, and follow "Forgot password?".`,
  work: 'Set up MFA, then do what only the root user can do.',
  close: (command: string) => `Afterwards, delete the root password again: ${command}`,
};
