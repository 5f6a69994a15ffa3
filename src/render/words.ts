import type { ChangedCredential, CredentialKindName, SkipReason } from '../documents/index.ts';
import type { Problem } from '../problems/index.ts';
import type { KindWords, Speech } from '../words/index.ts';
import type { View } from './view.ts';

export type KindsView = Pick<View, 'kindWords' | 'speech'>;

export const wordsFor = (kind: CredentialKindName, view: KindsView): KindWords =>
  (view.kindWords ?? view.speech.words.shared.kinds)[kind];

export const skipWords = {
  'management-account': 'the management account',
  'not-active': 'not active',
  excluded: 'excluded',
  protected: 'protected by the configuration',
  'used-recently': 'its root was used recently',
  'changed-since-plan': 'changed since the plan',
  'not-tried': 'not tried',
} satisfies Record<SkipReason, string>;

const numbers = new Intl.NumberFormat('en');

/** `10,000`. */
export const number = (count: number): string => numbers.format(count);

/** `1 account`, `2,140 accounts`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `2 access keys, signing certificate, password, 2 MFA devices`: what a list of credentials comes to. */
export function countKinds(credentials: readonly { readonly kind: CredentialKindName }[], view: KindsView): string {
  const counts = new Map<CredentialKindName, number>();
  for (const { kind } of credentials) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const { shared } = view.speech.words;
  return [...counts].map(([kind, count]) => shared.credentials(count, wordsFor(kind, view))).join(shared.comma);
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

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `SUSPENDED` is `suspended`, `PENDING_CLOSURE` is `pending closure`. */
export const stateWords = (state: string): string => state.toLowerCase().replaceAll('_', ' ');

/** AWS's message and code in one phrase, the code once. */
export function errorPhrase(of: Problem, { entryOf }: Speech): string {
  const { code, message } = entryOf(of);
  return message.includes(code) ? message : `${message} (${code})`;
}

/** The command to paste: what was read in the sandbox is gone on with in the sandbox. */
export function command(text: string, document: { readonly simulated?: true | undefined }): string {
  return document.simulated ? `rootctl ${text} --sandbox` : `rootctl ${text}`;
}

/** A word of a command to paste, quoted when the shell would take it apart. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
