import type { Command } from 'commander';
import { commandTree } from '../src/cli/tree.ts';
import { firstEnglish } from '../src/words/first-words.ts';

/** Every command and flag with its help in English, for what is written from them; nothing of it is run. */
export function englishProgram(): Command {
  const nothing = () => Promise.resolve();
  return commandTree({
    help: firstEnglish.help,
    version: '',
    env: {},
    columns: 100,
    write: () => {},
    run: nothing,
    showTopic: nothing,
  });
}
