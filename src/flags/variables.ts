import type { Command } from 'commander';
import { decisive, type Setting, strangeVariables, type Variables, variableOf } from '../configuration/settings.ts';
import { nearest } from '../org/nearest.ts';
import { nameOf } from './settings.ts';

/** What somebody should know of the environment before the command begins. */
interface Said {
  /** Variables by which the environment decides what will be changed. */
  readonly decided: readonly { readonly variable: string; readonly flag: string }[];
  /** What looks like a variable of rootctl's and is none, and what it may have been meant for. */
  readonly strange: readonly { readonly name: string; readonly near: string | null }[];
}

/**
 * What the environment decides, and what it seems to say and does not: neither a deletion that a variable confirms nor a
 * limit that a typing mistake leaves out is to go unseen.
 */
export function saidByVariables(acting: Command, env: Variables, settings: () => readonly Setting[]): Said {
  const changesSomething = acting.options.some((option) => nameOf(option) === 'yes');
  const decided = acting.options.filter(
    (option) => decisive.includes(nameOf(option)) && acting.getOptionValueSource(option.attributeName()) === 'env',
  );
  const { strange, known } = hasOwnVariable(env) ? strangeVariables(env, settings()) : { strange: [], known: [] };
  return {
    decided: changesSomething
      ? decided.map((option) => ({ variable: variableOf({ flag: nameOf(option) }), flag: option.long ?? '' }))
      : [],
    strange: strange.map((name) => ({ name, near: nearest(bare(name), known, bare) })),
  };
}

/** What all names begin with says nothing about how near they are. */
const bare = (name: string): string => name.replace(/^ROOTCTL_/u, '');

const hasOwnVariable = (env: Variables): boolean => Object.keys(env).some((name) => name.startsWith('ROOTCTL_'));
