import type { ConfigDocument, EffectiveSetting } from '../documents/index.ts';
import type { Words } from '../words/index.ts';
import { incompleteLines } from './completeness.ts';
import { type Column, renderTable } from './table.ts';
import type { View } from './view.ts';

/** What somebody says, or what holds by itself; the rest is silence. */
export const settingsShown = ({ settings }: ConfigDocument): readonly EffectiveSetting[] =>
  settings.filter(({ value }) => value !== null);

export function settingName({ command, name }: EffectiveSetting): string {
  if (name === 'protect') return name;
  return command === null ? `--${name}` : `${command} --${name}`;
}

export function renderConfig(document: ConfigDocument, view: View): string {
  const rows = settingsShown(document);
  const lines = renderTable({ layouts: [configColumns(view.speech.words)], rows }, view.columns, view.paint);
  return `${[...incompleteLines(document, view), ...lines].join('\n')}\n`;
}

export const configColumns = ({ config: { titles, preset } }: Words): readonly Column<EffectiveSetting>[] => [
  {
    title: titles.setting,
    cell: (setting) => ({ text: settingName(setting) }),
    shrink: { least: 10, comfortable: 34 },
  },
  { title: titles.value, cell: ({ value }) => ({ text: value ?? '' }), shrink: { least: 8, comfortable: 30 } },
  { title: titles.from, cell: ({ from }) => ({ text: from ?? preset }), shrink: { least: 8, comfortable: 40 } },
];
