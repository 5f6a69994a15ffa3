import type { DeleteAccount, DeleteDocument } from '../src/documents/index.ts';
import { told } from '../src/problems/index.ts';
import { createPaint, formats, type View } from '../src/render/index.ts';
import { createSpeech, en } from '../src/words/index.ts';
import type { Episode } from './bench.ts';
import type { Violation } from './invariants.ts';

const speech = createSpeech(en, []);
const view: View = { columns: 80, nowMs: 0, paint: createPaint(0), speech, english: speech };

/** So many that went well that a result counts them, and tells one by one of the others alone. */
const others: readonly DeleteAccount[] = Array.from({ length: 60 }, (_, index) => ({
  id: String(900_000_000_000 + index),
  name: 'another',
  outcome: 'deleted',
  reason: null,
  error: null,
  actions: [],
}));

/** However many accounts a run had, people hear of each that is not simply deleted. */
export function checkTelling(episode: Episode, document: DeleteDocument): readonly Violation[] {
  const noted = document.accounts.filter(({ outcome, reason, actions }) => {
    if (outcome === 'deleted') return actions.some(({ result }) => result === 'already-gone');
    return outcome === 'skipped' ? reason === 'not-tried' || reason === 'changed-since-plan' : outcome !== 'absent';
  });
  if (noted.length === 0) return [];
  const large: DeleteDocument = revived({ ...document, accounts: [...document.accounts, ...others] });
  return ([formats.table, formats.markdown] as const).flatMap((format) => {
    const text = format.render(large, view);
    return noted
      .filter(({ id }) => !text.includes(id))
      .map(({ id, outcome }) => ({
        invariant: 7,
        text: `${episode.argv.join(' ')}: a large result does not name ${id}, which is ${outcome}`,
      }));
  });
}

/** A document as it was before it was written as JSON: where it holds the words of a problem, it is one again. */
function revived(document: DeleteDocument): DeleteDocument {
  return JSON.parse(JSON.stringify(document), (key, value) =>
    key === 'error' && value !== null && 'message' in value ? told(value.code, value.message, value.hint) : value,
  );
}
