declare const accountIdBrand: unique symbol;
/** Twelve digits, checked once at the edge. */
export type AccountId = string & { readonly [accountIdBrand]: true };

export const isAccountId = (text: string): text is AccountId => /^\d{12}$/u.test(text);

/** Where an account is in its life (Organizations API Reference, `Account.State`). */
export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED' | 'UNKNOWN';

/** An invited account brings the root credentials that it had. */
export type JoinedMethod = 'INVITED' | 'CREATED';

export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
  /** `o-…/r-…/ou-…/…/`: ids from the organization down to the account's parent; null where AWS does not tell. */
  readonly path: string | null;
  /** When it joined the organization, UTC with milliseconds; null where AWS does not tell. */
  readonly joinedAt: string | null;
  /** How it joined (Organizations API Reference, `Account.JoinedMethod`); null where AWS does not tell, or tells another. */
  readonly joinedMethod: JoinedMethod | null;
}

/** The ids of the roots and OUs above an account, outermost first. */
export function parentIdsOf(account: Account): readonly string[] {
  return (account.path ?? '').split('/').filter((part) => part.startsWith('r-') || part.startsWith('ou-'));
}
