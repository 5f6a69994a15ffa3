import type { SandboxResetDocument, SandboxShowDocument, SimulatedAccount } from '../documents/index.ts';
import type { Words } from '../words/index.ts';
import { type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';

export const simulatedOrganization = (id: string | null, { sandbox }: Words): string =>
  id === null ? sandbox.noOrganization : sandbox.organization(id);

export function renderSandboxReset({ organizationId, accountCount, path }: SandboxResetDocument, view: View): string {
  const { words } = view.speech;
  const text = words.sandbox.saved(simulatedOrganization(organizationId, words), accountCount, path);
  return `${wrap(text, view.columns, '  ').join('\n')}\n`;
}

export function renderSandboxShow({ organizationId, accounts }: SandboxShowDocument, view: View): string {
  const { words } = view.speech;
  const lines = renderTable({ layouts: [heldColumns(words)], rows: accounts }, view.columns, view.paint);
  return `${simulatedOrganization(organizationId, words)}\n\n${lines.join('\n')}\n`;
}

const none = '–';
const counted = (count: number): string => (count === 0 ? none : String(count));

export function heldColumns({ sandbox, shared }: Words): readonly Column<SimulatedAccount>[] {
  const { titles, yes } = sandbox;
  const { kinds, state: stateWords } = shared;
  return [
    { title: titles.account, cell: ({ id }) => ({ text: id }) },
    { title: titles.name, cell: ({ name }) => ({ text: name }), shrink: { least: 8, comfortable: 16 } },
    { title: titles.state, cell: ({ state }) => ({ text: stateWords(state) }), drop: 1 },
    { title: kinds['login-profile'].title, cell: ({ root }) => ({ text: root.loginProfile === null ? none : yes }) },
    {
      title: kinds['access-key'].title,
      align: 'right',
      cell: ({ root }) => ({ text: counted(root.accessKeys.length) }),
    },
    {
      title: kinds['signing-certificate'].title,
      align: 'right',
      cell: ({ root }) => ({ text: counted(root.signingCertificates.length) }),
    },
    {
      title: kinds['mfa-device'].title,
      align: 'right',
      cell: ({ root }) => ({ text: counted(root.mfaDevices.length) }),
    },
  ];
}
