import type { TaskPolicyName } from './task-policy.ts';

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
export type PolicyNote = NoteReason & {
  readonly sid: string;
  readonly source: string;
};

export type NoteReason =
  | { readonly note: 'reads' }
  /** These actions have no narrower resource that fits. */
  | { readonly note: 'reads-and-switches' }
  /** Trusted access and delegated administrators of IAM alone. */
  | { readonly note: 'for-iam-only' }
  | { readonly note: 'root-session'; readonly task: TaskPolicyName }
  | { readonly note: 'guardrail' }
  /** `subject`: whom the token must name; null: any workflow of the repository, those of pull requests included. */
  | { readonly note: 'github'; readonly repo: string; readonly subject: string | null; readonly issuer: string };

export interface GeneratedPolicy {
  readonly document: PolicySource;
  readonly notes: readonly PolicyNote[];
}
