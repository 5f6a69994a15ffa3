import type { Command } from 'commander';
import { describe, exampleLines, inherit } from '../flags/help-page.ts';
import { addGlobalOptions } from '../flags/options.ts';
import { CommandLine } from '../flags/parsing.ts';
import type { World } from '../process/world.ts';
import type { TopicName } from '../words/topics.ts';
import type { AnyCommandModule, Help, Run } from './command.ts';
import { commands } from './commands/index.ts';
import { addHelpCommand } from './helping.ts';

interface Planting {
  readonly help: Help;
  readonly version: string;
  readonly env: World['env'];
  /** How wide the help may be. */
  readonly columns: number;
  readonly write: (text: string) => void;
  readonly run: Run;
  readonly showTopic: (name: TopicName) => Promise<void>;
  /** Commands whose flags may be asked for; of the others the name alone is laid out. Default: all of them. */
  readonly isMeant?: ((name: string) => boolean) | undefined;
}

/** Every command and flag, with their help in one language: what is parsed, helped, configured and printed as a manual. */
export function commandTree(planting: Planting): Command {
  const { help, version, env, columns, write, run, showTopic, isMeant = () => true } = planting;
  const program = new CommandLine('rootctl', env);
  inherit(program, help, Math.min(columns, 100), write)
    .description(help.about)
    .version(version, '--version', help.version);
  addGlobalOptions(program, help);
  for (const module of commands) {
    const command = addCommand(program, module, help);
    if (isMeant(module.name)) layOut(command, module, run, help);
  }
  addHelpCommand(program, help, showTopic);
  program.addHelpText('after', () => {
    const lines = exampleLines(programExamples, help.examples);
    return `\n${help.examplesTitle}\n${lines}\n\n${help.exitCodes}\n${help.documents}`;
  });
  return program;
}

/** Of the whole program: what stands behind each is in the words, by the same key. */
export const programExamples = {
  doctor: 'rootctl doctor',
  status: 'rootctl status',
  delete: 'rootctl delete --all --dry-run',
};

function addCommand(program: Command, { name }: AnyCommandModule, help: Help): Command {
  const { summary } = help.commands[name];
  return program.command(name).summary(summary).description(summary);
}

function layOut(command: Command, module: AnyCommandModule, run: Run, help: Help): void {
  module.define(command, run, help);
  describe(command, module.examples, help.commands[module.name].examples, help);
}
