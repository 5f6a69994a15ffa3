/** Why something cannot be decided. Data: whoever shows it makes a phrase of it. */
export type Doubt =
  | { readonly doubt: 'unknown-operator'; readonly operator: string }
  | { readonly doubt: 'unknown-value'; readonly key: string }
  /** The key is there, and empty: that may count as absent. */
  | { readonly doubt: 'empty-value'; readonly key: string }
  /** A policy variable without a value. */
  | { readonly doubt: 'unresolved-variable'; readonly key: string }
  | { readonly doubt: 'unknown-principal-type'; readonly type: string }
  /** What the operator means without the key is not documented. */
  | { readonly doubt: 'undocumented-absence'; readonly operator: string; readonly key: string }
  /** Several values, and an operator without `ForAnyValue` or `ForAllValues`. */
  | { readonly doubt: 'unquantified-list'; readonly operator: string; readonly key: string }
  | { readonly doubt: 'short-arn'; readonly text: string }
  | { readonly doubt: 'not-boolean'; readonly text: string }
  | { readonly doubt: 'not-comparable'; readonly text: string }
  /** This, or the address compared with it. */
  | { readonly doubt: 'no-address'; readonly text: string };
