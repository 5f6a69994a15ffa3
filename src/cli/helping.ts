import type { Command } from 'commander';
import { type Setting, variableOf } from '../configuration/settings.ts';
import { commandBelow, helpName } from '../flags/known-words.ts';
import { mistaken } from '../flags/parsing.ts';
import { formatNames } from '../render/format-names.ts';
import { type TopicFacts, type TopicName, topicNames } from '../words/topics.ts';
import type { Help } from './command.ts';

/** `rootctl help`: of the program, of a command however deep, or about a topic. */
export function addHelpCommand(program: Command, help: Help, showTopic: (name: TopicName) => Promise<void>): void {
  program.helpCommand(false);
  const command = program.command(helpName).argument('[word...]').summary(help.helpCommand(topicNames));
  command.description(command.summary()).action(async (words: readonly string[]) => {
    const topic = topicNames.find((name) => name === words[0]);
    if (topic === undefined) return helped(program, words).outputHelp();
    if (words.length > 1) {
      throw mistaken(command, { mistake: 'too-many-arguments', word: helpName, limits: ['1', String(words.length)] });
    }
    return showTopic(topic);
  });
}

/** @throws ProblemError `Usage` for a word that no command on the way knows. */
function helped(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    command = commandBelow(command, word, command === program ? topicNames : []);
  }
  return command;
}

/** What the topics tell of the program. */
export function factsOf(settings: readonly Setting[]): TopicFacts {
  const variables = new Map<string, { variable: string; flag: string; commands: string[] }>();
  for (const setting of settings) {
    const variable = variableOf(setting);
    const known = variables.get(variable) ?? { variable, flag: setting.flag, commands: [] };
    if (setting.command !== null) known.commands.push(setting.command);
    variables.set(variable, known);
  }
  return {
    variables: [...variables.values()],
    formats: formatNames,
  };
}
