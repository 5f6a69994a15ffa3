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
  const columns: readonly Column<Switch>[] = [
    { title: '', cell: ({ name }) => ({ text: name }) },
    { title: words.before, cell: ({ before }) => ({ text: before }) },
    {
      title: document.dryRun ? words.wouldBe : words.now,
      cell: (one) => ({ text: one.after, ...(isChanged(one) ? { paint: view.paint.bold } : {}) }),
    },
  ];
  const rows = switchRows(document, view);
  const lines = [
    ...openingLines(document, view),
    ...renderTable({ layouts: [columns], rows }, view.columns, view.paint),
    ...wrap(switchVerdict(document, view), view.columns),
  ];
  return `${lines.join('\n')}\n`;
}

const isChanged = ({ before, after }: Switch): boolean => before !== after;

/** Delegated administrators are told of where there are any. */
export function switchRows(document: EnableDocument, view: View): readonly Switch[] {
  const { features, delegates } = switchesOf(document, view);
  const { nobody } = view.speech.words.switching;
  return isChanged(delegates) || delegates.after !== nobody ? [...features, delegates] : features;
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

/** What that means, and what to do next. */
export function switchVerdict(document: EnableDocument, view: View): string {
  const { kind, dryRun, error } = document;
  const { speech } = view;
  const words = speech.words.switching;
  const hasChanged = switchRows(document, view).some(isChanged);
  if (error) return words.stopped(speech.phraseOf(error), speech.entryOf(error).hint);
  if (dryRun) return hasChanged ? words.dryRun : words.dryRunOfNothing;
  if (kind === 'rootctl.disable') return hasChanged ? words.disabled : words.unchanged;
  return words.next(hasChanged ? words.enabled : words.unchanged, speech.rootctl('status'));
}
