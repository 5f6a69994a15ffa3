import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  useKeypress,
  usePagination,
  useState,
} from '@inquirer/core';
import type { Choice } from './prompts.ts';

interface MultiSelectConfig {
  readonly message: string;
  readonly choices: readonly Choice[];
}

/**
 * A list to search by typing and to mark with the space bar. Neither inquirer's `checkbox` (no search) nor its `search`
 * (no marking) does both; its core is made for prompts like this one. Tab marks all that the search shows.
 */
export const multiSelect = createPrompt<readonly string[], MultiSelectConfig>((config, done) => {
  const [filter, setFilter] = useState('');
  const [cursor, setCursor] = useState(0);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [isDone, setDone] = useState(false);
  const words = filter
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  const shown = config.choices.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const at = Math.min(cursor, Math.max(shown.length - 1, 0));

  useKeypress((key, line) => {
    line.clearLine(0);
    if (isEnterKey(key)) {
      setDone(true);
      done(marked);
    } else if (isUpKey(key)) {
      setCursor(Math.max(at - 1, 0));
    } else if (isDownKey(key)) {
      setCursor(Math.min(at + 1, Math.max(shown.length - 1, 0)));
    } else if (isSpaceKey(key)) {
      const value = shown[at]?.value;
      if (value !== undefined)
        setMarked(marked.includes(value) ? marked.filter((one) => one !== value) : [...marked, value]);
    } else if (key.name === 'tab') {
      const values = shown.map(({ value }) => value);
      const isAllMarked = values.every((value) => marked.includes(value));
      setMarked(isAllMarked ? marked.filter((one) => !values.includes(one)) : [...new Set([...marked, ...values])]);
    } else if (isBackspaceKey(key)) {
      setFilter(filter.slice(0, -1));
    } else if (!key.ctrl && key.name !== undefined && key.name.length === 1) {
      setFilter(filter + key.name);
      setCursor(0);
    }
  });

  const page = usePagination({
    items: shown,
    active: at,
    pageSize: 12,
    loop: false,
    renderItem: ({ item, isActive }) =>
      `${isActive ? '›' : ' '} ${marked.includes(item.value) ? '[x]' : '[ ]'} ${item.label}  ${item.detail}`,
  });
  if (isDone) return `${config.message} ${marked.length} chosen`;
  const help = 'type to search · space marks · tab marks all shown · enter goes on';
  return [
    `${config.message} ${filter}`,
    `${shown.length === 0 ? '  nothing matches' : page}\n  ${marked.length} marked · ${help}`,
  ];
});
