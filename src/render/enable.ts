import type { CentralizedRootAccess, EnableDocument } from '../documents/index.ts';
import { openingLines, switchWord } from './header.ts';
import { type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { command, errorPhrase } from './words.ts';

interface Switch {
  readonly name: string;
  readonly read: (access: CentralizedRootAccess) => string;
}

const switches: readonly Switch[] = [
  { name: 'trusted access for IAM', read: ({ trustedAccess }) => switchWord(trustedAccess) },
  {
    name: 'root credentials management',
    read: ({ rootCredentialsManagement }) => switchWord(rootCredentialsManagement),
  },
  { name: 'root sessions', read: ({ rootSessions }) => switchWord(rootSessions) },
  {
    name: 'delegated administrator',
    read: ({ delegatedAdministrators }) =>
      delegatedAdministrators === null ? 'unknown' : delegatedAdministrators.join(', ') || 'none',
  },
];

/** The switches before and now, and what that means. */
export function renderEnable(document: EnableDocument, view: View): string {
  const { before, after, dryRun } = document;
  const isChanged = ({ read }: Switch) => read(before) !== read(after);
  const columns: readonly Column<Switch>[] = [
    { title: '', cell: ({ name }) => ({ text: name }) },
    { title: 'before', cell: ({ read }) => ({ text: read(before) }) },
    {
      title: dryRun ? 'would be' : 'now',
      cell: (one) => ({ text: one.read(after), ...(isChanged(one) ? { paint: view.paint.bold } : {}) }),
    },
  ];
  const rows = switches.filter(
    (one) => one.name !== 'delegated administrator' || isChanged(one) || one.read(after) !== 'none',
  );
  const lines = [
    ...openingLines(document, view),
    ...renderTable({ layouts: [columns], rows }, view.columns, view.paint),
    ...wrap(verdict(document, rows.some(isChanged), view), view.columns),
  ];
  return `${lines.join('\n')}\n`;
}

function verdict(document: EnableDocument, isChanged: boolean, view: View): string {
  const { kind, dryRun, error } = document;
  if (error) {
    const { hint } = view.speech.entryOf(error);
    return `Stopped: ${errorPhrase(error, view.speech)}${hint === null ? '' : `. ${hint}`}`;
  }
  if (dryRun) return isChanged ? 'This is a dry run: nothing was changed.' : 'Nothing would change: it is so already.';
  if (kind === 'rootctl.disable') {
    return isChanged
      ? 'Nothing in the member accounts was deleted or restored.'
      : 'Nothing changed: it was so already.';
  }
  const next = `next: ${command('status', document)}`;
  return isChanged ? `Enabling deletes nothing. ${next}` : `Nothing changed: it was so already. ${next}`;
}
