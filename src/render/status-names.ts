import { asShown, kindNames, type NamedKind } from '../documents/kinds/names.ts';
import type { AccountStatus } from '../documents/status.ts';

export const accountStates = [
  'present',
  'unknown',
  'absent',
  'skipped',
] as const satisfies readonly AccountStatus['status'][];

/** What `--columns` may name, in the order of the widest table; a kind by its flag. */
export const statusColumnNames = (kinds: Readonly<Record<string, NamedKind>> = kindNames): readonly string[] => [
  'account',
  'name',
  'email',
  'ou',
  'joined',
  'state',
  'root',
  ...asShown(kinds).map(({ flag }) => flag),
  'last-used',
  'reason',
];

export const sortOrders = ['default', 'id', 'name', 'last-used'] as const;
export type SortOrder = (typeof sortOrders)[number];

export const rowsChoices = ['accounts', 'credentials'] as const;
export type RowsOf = (typeof rowsChoices)[number];
