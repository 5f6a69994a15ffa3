/** A policy in AWS's own spelling, ready for `JSON.stringify`. */
export interface PolicySource {
  readonly Version: '2012-10-17';
  readonly Statement: readonly StatementSource[];
}

export interface StatementSource {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Why a statement is there, and the page that its facts come from. JSON has no comments, so they travel beside it. */
export interface PolicyNote {
  readonly sid: string;
  readonly comment: string;
  readonly source: string;
}

export interface GeneratedPolicy {
  readonly document: PolicySource;
  readonly notes: readonly PolicyNote[];
}
