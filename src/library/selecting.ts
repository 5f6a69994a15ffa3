import type { SelectionRequest } from '../org/selecting.ts';

/** Which accounts are meant. The kinds of inclusion add up; `exclusions`, and what the environment protects, win. */
export interface AccountSelection {
  /** All member accounts. It names every account, so it stands alone, beside `exclusions` only. */
  readonly all?: boolean | undefined;
  /** Twelve digits each. */
  readonly accounts?: readonly string[] | undefined;
  /** OUs with all below them, by id or by path of names (`Workloads/Prod`). */
  readonly units?: readonly string[] | undefined;
  /** A tag that an account has; `value` null: with whatever value. */
  readonly tags?: readonly { readonly key: string; readonly value: string | null }[] | undefined;
  /** Globs (`*`, `?`) of the accounts' names. */
  readonly names?: readonly string[] | undefined;
  /** Accounts that joined the organization since: an age (`30d`, by AWS's time) or a date (`2026-01-15`, UTC). */
  readonly joinedSince?: string | undefined;
  /** Each an account id, a glob of names, or an OU (id or path). */
  readonly exclusions?: readonly string[] | undefined;
}

export const requestOf = (selection: AccountSelection = {}): SelectionRequest => ({
  all: selection.all ?? false,
  accounts: selection.accounts ?? [],
  units: selection.units ?? [],
  tags: selection.tags ?? [],
  names: selection.names ?? [],
  joinedSince: selection.joinedSince ?? null,
  exclusions: selection.exclusions ?? [],
});
