import type { ChangedCredential, CredentialKindName, SkipReason } from '../documents/index.ts';
import type { KindWords, Speech } from '../words/index.ts';
import type { View } from './view.ts';

export type KindsView = Pick<View, 'speech'>;

export const wordsFor = (kind: CredentialKindName, { speech }: KindsView): KindWords => speech.words.shared.kinds[kind];

/**
 * `2 access keys, signing certificate, password, 2 MFA devices`: what a list of credentials comes to; where there is
 * little room, `2 keys, cert, pw, 2 MFA`.
 */
export function countKinds(
  credentials: readonly { readonly kind: CredentialKindName }[],
  view: KindsView,
  how: 'long' | 'brief' = 'long',
): string {
  const counts = new Map<CredentialKindName, number>();
  for (const { kind } of credentials) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const { shared } = view.speech.words;
  const text = (kind: CredentialKindName, count: number): string =>
    how === 'long' ? shared.credentials(count, wordsFor(kind, view)) : shared.brief(count, wordsFor(kind, view).brief);
  return [...counts].map(([kind, count]) => text(kind, count)).join(how === 'long' ? shared.comma : ', ');
}

/** `access key AKIA…`, `password (created …)`: a credential, and what makes it another one of its id. */
export function changedCredentialPhrase(
  { kind, id, status, createdAt, differsIn }: ChangedCredential,
  view: KindsView,
): string {
  const { one } = wordsFor(kind, view);
  const name = id === null ? one : `${one} ${id}`;
  switch (differsIn) {
    case 'status':
      return `${name} (${status})`;
    case 'createdAt':
      return view.speech.words.status.changes.createdAt(name, createdAt ?? '?');
    case null:
      return name;
  }
}

/** Why an account is left alone: `excluded`; `suspended`, since AWS's state says more than that it is not active. */
export function skipReasonText(
  { reason, state }: { readonly reason: SkipReason; readonly state?: string | undefined },
  { words: { shared } }: Pick<Speech, 'words'>,
): string {
  return reason === 'not-active' && state !== undefined ? shared.state(state) : shared.skipped[reason];
}
