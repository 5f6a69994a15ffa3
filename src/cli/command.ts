import type { Command } from 'commander';
import type { Words } from '../words/index.ts';
import type { Desk } from './desk.ts';

/** Runs a command at its desk, once commander has read the flags. @param work answers the exit code. */
export type Run = (work: (desk: Desk) => Promise<number>) => Promise<void>;

/** What the help says in one language. */
export type Help = Words['help'];

export type CommandName = keyof Help['commands'];

/**
 * One command: one file in `commands/`, one line in `commands/index.ts`, and its words. Help and completion read that
 * list.
 */
export interface CommandModule<Name extends CommandName> {
  readonly name: Name;
  /** Shown first in the command's help. What stands behind each is in the words, by the same key. */
  readonly examples: { readonly [Key in keyof Help['commands'][Name]['examples']]: string };
  readonly define: (command: Command, run: Run, help: Help) => void;
}

export type AnyCommandModule = { [Name in CommandName]: CommandModule<Name> }[CommandName];
