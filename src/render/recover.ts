import type { RecoverAccount, RecoverDocument } from '../documents/index.ts';
import { goodMark } from './completeness.ts';
import { openingLines } from './header.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';

/** What became of each account, and what the owner of the e-mail address does next. */
export function renderRecover(document: RecoverDocument, view: View): string {
  const lines = [
    ...openingLines(document, view),
    ...document.accounts.flatMap((account) => accountLines(account, document, view)),
    ...nextSteps(document, view),
  ];
  return `${lines.join('\n')}\n`;
}

function accountLines(account: RecoverAccount, document: RecoverDocument, view: View): readonly string[] {
  const { paint, columns, speech } = view;
  const words = speech.words.recover;
  const { name, id, email, outcome, error } = account;
  const who = `${name} (${id})`;
  const why = error === null ? null : speech.phraseOf(error);
  switch (outcome) {
    case 'allowed':
    case 'already-allowed':
      return wrap(`${goodMark(document)} ${words[outcome](who, email)}`, columns, '  ').map(paint.green);
    case 'planned':
      return wrap(`− ${words.planned(who, email)}`, columns, '  ');
    case 'skipped':
      return wrap(`– ${words.skipped(who, why)}`, columns, '  ').map(paint.dim);
    case 'failed':
    case 'unverified': {
      const cure = error === null ? null : speech.entryOf(error).hint;
      return wrap(`${outcome === 'failed' ? '✖' : '⚠'} ${words[outcome](who, why, cure)}`, columns, '  ').map(
        outcome === 'failed' ? paint.red : paint.yellow,
      );
    }
  }
}

/** As many accounts as a command of one line names. */
const namedMax = 3;

function nextSteps(document: RecoverDocument, view: View): readonly string[] {
  const next = recoverySteps(document, view);
  if (next === null) return [];
  return [
    ...wrap(next.opening, view.columns, '  '),
    ...next.steps.flatMap((step, index) => wrap(`  ${index + 1}. ${step}`, view.columns, '     ')),
  ];
}

/** What the owner of the address does now; null where nothing was allowed. */
export function recoverySteps(
  document: RecoverDocument,
  { speech }: Pick<View, 'speech'>,
): { readonly opening: string; readonly steps: readonly string[] } | null {
  const open = document.accounts.filter(({ outcome }) => outcome === 'allowed' || outcome === 'already-allowed');
  const [only] = open;
  if (only === undefined) return null;
  const words = speech.words.recover;
  const address = open.length === 1 ? only.email : null;
  const targets = open.length <= namedMax ? open.map(({ id }) => id) : ['ACCOUNT…'];
  const steps = [words.signIn(address), words.work, words.close(speech.rootctl('delete', ...targets))];
  return { opening: words.now(open.length), steps };
}
