import type { CentralizedRootAccess, EnableDocument } from '../documents/index.ts';
import { openingLines } from './header.ts';
import { type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';

interface Switch {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The switches before and now, and what that means. */
export function renderEnable(document: EnableDocument, view: View): string {
  const words = view.speech.words.switching;
  const isChanged = ({ before, after }: Switch) => before !== after;
  const columns: readonly Column<Switch>[] = [
    { title: '', cell: ({ name }) => ({ text: name }) },
    { title: words.before, cell: ({ before }) => ({ text: before }) },
    {
      title: document.dryRun ? words.wouldBe : words.now,
      cell: (one) => ({ text: one.after, ...(isChanged(one) ? { paint: view.paint.bold } : {}) }),
    },
  ];
  const { features, delegates } = switchesOf(document, view);
  const rows = isChanged(delegates) || delegates.after !== words.nobody ? [...features, delegates] : features;
  const lines = [
    ...openingLines(document, view),
    ...renderTable({ layouts: [columns], rows }, view.columns, view.paint),
    ...wrap(verdict(document, rows.some(isChanged), view), view.columns),
  ];
  return `${lines.join('\n')}\n`;
}

function switchesOf({ before, after }: EnableDocument, { speech }: View) {
  const { names, nobody } = speech.words.switching;
  const { onOff } = speech.words.opening;
  const row = (name: string, read: (access: CentralizedRootAccess) => string): Switch => ({
    name,
    before: read(before),
    after: read(after),
  });
  return {
    features: [
      row(names['trusted-access'], ({ trustedAccess }) => onOff(trustedAccess)),
      row(names['root-credentials-management'], ({ rootCredentialsManagement }) => onOff(rootCredentialsManagement)),
      row(names['root-sessions'], ({ rootSessions }) => onOff(rootSessions)),
    ],
    delegates: row(names['delegated-administrator'], ({ delegatedAdministrators: ids }) =>
      ids === null ? onOff(null) : ids.join(', ') || nobody,
    ),
  };
}

function verdict({ kind, dryRun, error }: EnableDocument, isChanged: boolean, { speech }: View): string {
  const words = speech.words.switching;
  if (error) return words.stopped(speech.phraseOf(error), speech.entryOf(error).hint);
  if (dryRun) return isChanged ? words.dryRun : words.dryRunOfNothing;
  if (kind === 'rootctl.disable') return isChanged ? words.disabled : words.unchanged;
  return words.next(isChanged ? words.enabled : words.unchanged, speech.rootctl('status'));
}
