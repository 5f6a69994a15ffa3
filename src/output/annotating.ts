import {
  type AccountStatus,
  type DeleteDocument,
  isTroubled,
  isUnaccepted,
  type StatusChange,
} from '../documents/index.ts';
import type { Speaker } from '../terminal/speaker.ts';
import type { Output } from './output.ts';

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

/** How what a result comes to is told beside it: on GitHub Actions always, elsewhere where only a program reads the result. */
const pointing =
  (output: Pick<Output, 'isForPeople'>, { annotate, point }: Speaker) =>
  (text: string): void =>
    output.isForPeople() ? annotate('error', [text]) : point('error', text);

/**
 * Beside the result: what could not be read, and, where `--check` asks for it, what was found.
 * @param changes since the baseline: of what is found only what is new counts then.
 */
export function annotateStatus(
  accounts: readonly Pick<AccountStatus, 'id' | 'name' | 'status'>[],
  { isCheck, changes }: { readonly isCheck: boolean; readonly changes: readonly StatusChange[] | null },
  output: Pick<Output, 'isForPeople'>,
  speaker: Speaker,
): void {
  const { annotations } = speaker.speech.words;
  const tell = pointing(output, speaker);
  const unknown = accounts.filter(({ status }) => status === 'unknown');
  if (unknown.length > 0) tell(annotations.unknown(...named(unknown)));
  if (!isCheck) return;
  const unaccepted = new Set(changes?.filter(isUnaccepted).map(({ id }) => id));
  const found = accounts.filter(({ id, status }) => (changes === null ? status === 'present' : unaccepted.has(id)));
  if (found.length === 0) return;
  tell(annotations[changes === null ? 'present' : 'appeared'](...named(found)));
}

/** Beside the result: what was not deleted, or would not be. */
export function annotateDeletion(
  { accounts, dryRun }: Pick<DeleteDocument, 'accounts' | 'dryRun'>,
  output: Pick<Output, 'isForPeople'>,
  speaker: Speaker,
): void {
  const { annotations } = speaker.speech.words;
  const tell = pointing(output, speaker);
  const troubled = accounts.filter((account) => isTroubled(account) && account.outcome !== 'planned');
  if (troubled.length > 0) tell(annotations[dryRun ? 'unplanned' : 'undeleted'](...named(troubled)));
  const changed = accounts.filter((account) => isTroubled(account) && account.outcome === 'planned');
  if (changed.length > 0) tell(annotations.changed(...named(changed)));
}
