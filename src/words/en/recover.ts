import { shared } from './shared.ts';

/** What became of an account whose owner is to set a password again, and what the owner does next. `who`: `name (id)`. */
export const recover = {
  allowed: (who: string, email: string) => `${who}: password recovery is allowed, for ${email}`,
  'already-allowed': (who: string, email: string) => `${who}: password recovery was allowed already, for ${email}`,
  planned: (who: string, email: string) => `${who}: password recovery would be allowed, for ${email}`,
  skipped: (who: string, why: string | null) => `${who}: not touched${why === null ? '' : `: ${why}`}`,
  failed: (who: string, why: string | null, cure: string | null) =>
    `${who}: password recovery is not allowed${why === null ? '' : `: ${why}`}${cure === null ? '' : ` → ${cure}`}`,
  now: (accounts: number) => (accounts === 1 ? 'Now:' : `Now, for each of the ${shared.accounts(accounts)}:`),
  /** @param address null: of several accounts. */
  signIn: (address: string | null) =>
    `Open the AWS sign-in page, choose root user, enter ${address ?? "the account's address"}, "Forgot password".`,
  work: 'Do what only root can do, with MFA on.',
  close: (command: string) => `Close the door again: ${command}`,
};
