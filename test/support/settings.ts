import type { Command } from 'commander';
import { commandTree } from '../../src/cli/tree.ts';
import type { Setting } from '../../src/configuration/settings.ts';
import { settingsOf } from '../../src/flags/settings.ts';
import { firstEnglish } from '../../src/words/first-words.ts';

/** Every command and flag, run by nobody. */
export const program = (): Command =>
  commandTree({
    help: firstEnglish.help,
    version: '1.0.0',
    env: {},
    columns: 100,
    write: () => {},
    run: () => Promise.resolve(),
    showTopic: () => Promise.resolve(),
  });

/** Every setting that there is. */
export const settings: readonly Setting[] = settingsOf(program());
