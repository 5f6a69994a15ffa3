import {
  type AccountStatus,
  type DeleteDocument,
  isTroubled,
  isUnaccepted,
  type StatusChange,
} from '../documents/index.ts';
import type { Speaker } from '../terminal/speaker.ts';

interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** GitHub shows ten annotations of a step, and a text as long as the page is wide: so many accounts are named. */
const namedMax = 10;

const named = (accounts: readonly Named[]) =>
  [
    accounts.length,
    accounts.slice(0, namedMax).map(({ id, name }) => (name === null ? id : `${id} (${name})`)),
    Math.max(accounts.length - namedMax, 0),
  ] as const;

/**
 * Beside the run on GitHub Actions: what could not be read, and, where `--check` asks for it, what was found.
 * @param changes since the baseline: of what is found only what is new counts then.
 */
export function annotateStatus(
  accounts: readonly Pick<AccountStatus, 'id' | 'name' | 'status'>[],
  { isCheck, changes }: { readonly isCheck: boolean; readonly changes: readonly StatusChange[] | null },
  { annotate, speech }: Speaker,
): void {
  const { annotations } = speech.words;
  const unknown = accounts.filter(({ status }) => status === 'unknown');
  if (unknown.length > 0) annotate('error', [annotations.unknown(...named(unknown))]);
  if (!isCheck) return;
  const unaccepted = new Set(changes?.filter(isUnaccepted).map(({ id }) => id));
  const found = accounts.filter(({ id, status }) => (changes === null ? status === 'present' : unaccepted.has(id)));
  if (found.length === 0) return;
  annotate('error', [annotations[changes === null ? 'present' : 'appeared'](...named(found))]);
}

/** Beside the run on GitHub Actions: what was not deleted. */
export function annotateDeletion({ accounts }: Pick<DeleteDocument, 'accounts'>, { annotate, speech }: Speaker): void {
  const troubled = accounts.filter(isTroubled);
  if (troubled.length > 0) annotate('error', [speech.words.annotations.undeleted(...named(troubled))]);
}
