import { wasCutShort } from '../documents/index.ts';
import type { OutputDocument } from './formats/format.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';

type CompletenessView = Pick<View, 'listing' | 'speech'>;

/**
 * What a document that is not complete says before anything else, in every format; null when it is complete. Where the
 * listing is not known to have ended, nobody knows how many accounts there are: then "at least".
 */
export function incompleteSentence(document: OutputDocument, view: CompletenessView): string | null {
  if (document.complete || document.kind === 'rootctl.error') return null;
  return view.speech.words.opening.notComplete(whatIsMissing(document, view));
}

function whatIsMissing(
  document: Exclude<OutputDocument, { kind: 'rootctl.error' }>,
  { listing, speech }: CompletenessView,
): string {
  const { missing } = speech.words.opening;
  switch (document.kind) {
    case 'rootctl.status':
    case 'rootctl.delete': {
      const done = document.kind === 'rootctl.status' ? 'read' : 'dealt-with';
      const untold = document.accounts.map((account) => wasCutShort(account)).filter(Boolean).length;
      return missing.accounts(untold, document.accounts.length, done, listing === 'ended');
    }
    case 'rootctl.report': {
      const { accounts, run } = document;
      if (run !== null) return run.state === 'running' ? missing['end-of-run'] : missing['rest-of-run'];
      const untold = accounts.filter(wasCutShort).length;
      return missing.accounts(untold, accounts.length, 'read', listing === 'ended');
    }
    case 'rootctl.doctor':
      return missing.checks;
    case 'rootctl.run':
      if (!document.journal.intact) return missing.journal;
      return document.run.state === 'running' ? missing['end-of-run'] : missing['rest-of-run'];
    case 'rootctl.runs':
      return missing.journals;
    default:
      return missing.rest;
  }
}

export function incompleteLines(document: OutputDocument, view: View): readonly string[] {
  const sentence = incompleteSentence(document, view);
  return sentence === null ? [] : wrap(sentence, view.columns, '  ').map(view.paint.yellow);
}

/** A check mark says that there is nothing left to look at: a document that is not complete has none. */
export const goodMark = ({ complete }: { readonly complete: boolean }): string => (complete ? '✔' : '·');
