import { wasCutShort } from '../documents/index.ts';
import type { OutputDocument } from './formats/format.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { number, plural } from './words.ts';

/**
 * What a document that is not complete says before anything else, in every format; null when it is complete. Where the
 * listing is not known to have ended, nobody knows how many accounts there are: then "at least".
 */
export function incompleteSentence(document: OutputDocument, view: Pick<View, 'listing'>): string | null {
  if (document.complete || document.kind === 'rootctl.error') return null;
  return `Not complete: ${whatIsMissing(document, view)}.`;
}

function whatIsMissing(
  document: Exclude<OutputDocument, { kind: 'rootctl.error' }>,
  view: Pick<View, 'listing'>,
): string {
  switch (document.kind) {
    case 'rootctl.status':
      return missingAccounts(document.accounts, 'read', view);
    case 'rootctl.delete':
      return missingAccounts(document.accounts, 'dealt with', view);
    case 'rootctl.doctor':
      return 'not every account could be looked at';
    case 'rootctl.run':
      if (!document.journal.intact) return 'the journal of this run is not intact';
      return document.run.state === 'running' ? 'the run has not ended' : 'the run was ended before its time';
    default:
      return 'it was ended half-way';
  }
}

function missingAccounts(
  accounts: readonly Parameters<typeof wasCutShort>[0][],
  done: string,
  { listing }: Pick<View, 'listing'>,
): string {
  const missing = accounts.filter(wasCutShort).length;
  const were = `${missing === 1 ? 'was' : 'were'} not ${done}`;
  if (listing === 'ended') return `${number(missing)} of ${plural(accounts.length, 'account')} ${were}`;
  if (missing === 0) return `the accounts were not listed to the end, there are at least ${number(accounts.length)}`;
  return `${number(missing)} of at least ${plural(accounts.length, 'account')} ${were}`;
}

export function incompleteLines(document: OutputDocument, view: View): readonly string[] {
  const sentence = incompleteSentence(document, view);
  return sentence === null ? [] : wrap(sentence, view.columns, '  ').map(view.paint.yellow);
}

/** A check mark says that there is nothing left to look at: a document that is not complete has none. */
export const goodMark = ({ complete }: { readonly complete: boolean }): string => (complete ? '✔' : '·');
