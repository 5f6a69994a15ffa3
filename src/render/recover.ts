import type { RecoverAccount, RecoverDocument } from '../documents/index.ts';
import { goodMark } from './completeness.ts';
import { openingLines } from './header.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { command, errorPhrase, plural } from './words.ts';

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
  const { paint, columns } = view;
  const who = `${account.name} (${account.id})`;
  const good = goodMark(document);
  switch (account.outcome) {
    case 'allowed':
      return wrap(`${good} ${who}: password recovery is allowed, for ${account.email}`, columns, '  ').map(paint.green);
    case 'already-allowed':
      return wrap(`${good} ${who}: password recovery was allowed already, for ${account.email}`, columns, '  ').map(
        paint.green,
      );
    case 'planned':
      return wrap(`− ${who}: password recovery would be allowed, for ${account.email}`, columns, '  ');
    case 'skipped':
      return wrap(
        `– ${who}: not touched${account.error ? `: ${errorPhrase(account.error, view.speech)}` : ''}`,
        columns,
        '  ',
      ).map(paint.dim);
    case 'failed': {
      const why = account.error ? `: ${errorPhrase(account.error, view.speech)}` : '';
      const cure = account.error ? view.speech.entryOf(account.error).hint : null;
      const hint = cure === null ? '' : ` → ${cure}`;
      return wrap(`✖ ${who}: password recovery is not allowed${why}${hint}`, columns, '  ').map(paint.red);
    }
  }
}

function nextSteps(document: RecoverDocument, view: View): readonly string[] {
  const open = document.accounts.filter(({ outcome }) => outcome === 'allowed' || outcome === 'already-allowed');
  const [only] = open;
  if (only === undefined) return [];
  const address = open.length === 1 ? only.email : "the account's address";
  const targets = open.length <= 3 ? open.map(({ id }) => id).join(' ') : 'ACCOUNT…';
  return [
    open.length === 1 ? 'Now:' : `Now, for each of the ${plural(open.length, 'account')}:`,
    ...wrap(
      `  1. Open the AWS sign-in page, choose root user, enter ${address}, "Forgot password".`,
      view.columns,
      '     ',
    ),
    ...wrap('  2. Do what only root can do, with MFA on.', view.columns, '     '),
    ...wrap(`  3. Close the door again: ${command(`delete ${targets}`, document)}`, view.columns, '     '),
  ];
}
