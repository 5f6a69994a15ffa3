import type { SandboxResetDocument, SandboxShowDocument, SimulatedAccount } from '../documents/index.ts';
import { type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { plural, stateWords } from './words.ts';

const organizationWord = (id: string | null): string =>
  id === null ? 'simulated accounts without an organization' : `simulated organization ${id}`;

export function renderSandboxReset({ organizationId, accountCount, path }: SandboxResetDocument, view: View): string {
  const text = `${organizationWord(organizationId)}: ${plural(accountCount, 'account')}, saved in ${path}`;
  return `${wrap(text, view.columns, '  ').join('\n')}\n`;
}

export function renderSandboxShow({ organizationId, accounts }: SandboxShowDocument, view: View): string {
  const lines = renderTable({ layouts: [heldColumns], rows: accounts }, view.columns, view.paint);
  return `${organizationWord(organizationId)}\n\n${lines.join('\n')}\n`;
}

const dash = (count: number): string => (count === 0 ? '–' : String(count));

const heldColumns: readonly Column<SimulatedAccount>[] = [
  { title: 'ACCOUNT', cell: ({ id }) => ({ text: id }) },
  { title: 'NAME', cell: ({ name }) => ({ text: name }), shrink: { least: 8, comfortable: 16 } },
  { title: 'STATE', cell: ({ state }) => ({ text: stateWords(state) }), drop: 1 },
  { title: 'PASSWORD', cell: ({ root }) => ({ text: root.loginProfile === null ? '–' : 'yes' }) },
  { title: 'KEYS', align: 'right', cell: ({ root }) => ({ text: dash(root.accessKeys.length) }) },
  { title: 'CERTS', align: 'right', cell: ({ root }) => ({ text: dash(root.signingCertificates.length) }) },
  { title: 'MFA', align: 'right', cell: ({ root }) => ({ text: dash(root.mfaDevices.length) }) },
];
