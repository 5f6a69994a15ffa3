import { readFile } from 'node:fs/promises';
import type { Command, Option } from 'commander';
import { commands } from '../src/cli/commands/index.ts';
import { factsOf } from '../src/cli/helping.ts';
import { programExamples } from '../src/cli/tree.ts';
import { helpName } from '../src/flags/known-words.ts';
import { settingsOf } from '../src/flags/settings.ts';
import { en, loadTopics, type Topic, type TopicName } from '../src/words/index.ts';
import { englishProgram } from './program.ts';

/**
 * `man/rootctl.1`, from what `--help` and `rootctl help TOPIC` are made of. The same whoever makes it, and whenever: it
 * has the version of `package.json` and no date.
 */
export async function manPage(): Promise<string> {
  const about: { readonly version: string; readonly description: string } = JSON.parse(
    await readFile('package.json', 'utf8'),
  );
  const program = englishProgram();
  const topics = await loadTopics('en');
  const facts = factsOf(settingsOf(program));
  const topic = (name: TopicName): readonly string[] => topicText(topics[name](facts));
  const lines = [
    '.\\" Written by npm run man from the help of the commands.',
    `.TH ROOTCTL 1 "" ${quoted(`rootctl ${about.version}`)} "rootctl"`,
    '.nh', // a flag that is broken at its hyphen is not found
    '.ad l',
    ...section('NAME', [`rootctl \\- ${escaped(beginSmall(about.description))}`]),
    ...section('SYNOPSIS', synopsis()),
    ...section('DESCRIPTION', description.flatMap(paragraph)),
    ...section('COMMANDS', commandsText(program)),
    ...section('GLOBAL OPTIONS', [...paragraph('Every command takes these.'), ...flagsText(program)]),
    ...section('SELECTION', topic('selection')),
    ...section('FORMATTING', topic('formatting')),
    ...section('SAFETY', topic('safety')),
    ...section('EXIT STATUS', topic('exit-codes')),
    ...section('ENVIRONMENT', topic('environment')),
    ...section('CONFIGURATION', configuration.flatMap(blockText)),
    ...section('FILES', terms(files)),
    ...section('EXAMPLES', examplesText(programExamples, en.help.examples)),
    ...section('SEE ALSO', seeAlso.flatMap(paragraph)),
  ];
  return `${lines.join('\n')}\n`;
}

type Block = Topic['blocks'][number];

const description = [
  'rootctl works from the management account of an AWS organization, or from a delegated administrator of IAM, and needs nothing in the member accounts. It turns on centralized root access, shows every member account’s root password, access keys, signing certificates and MFA devices with their last use, removes them through root sessions of 15 minutes at most, reads them again to prove that they are gone, and keeps the evidence.',
  'What could not be read is unknown, never absent. Nothing outside the selection is touched, nothing in the management account, and nothing without a confirmed plan.',
  'To try it without AWS, add --sandbox to any command: it uses a simulated organization, and nothing leaves the machine.',
];

const configuration: readonly Block[] = [
  'A file in YAML keeps defaults for all commands, and for each below commands:. Its keys are named like the flags; only endpointUrl is older than this rule. protect: names accounts and OUs that no command touches; the lists of all files add up.',
  {
    lines: [
      'region: eu-west-1',
      'protect:',
      '  - "111122223333"',
      '  - Workloads/Prod',
      'commands:',
      '  delete:',
      '    max-accounts: 50',
      '    unused-for: 90d',
    ],
  },
  'Which flag, variable or file wins is told under ENVIRONMENT. A mistyped key ends the command with its line and the nearest known key.',
];

const files: readonly (readonly [string, string])[] = [
  ['.rootctl.yaml', 'the configuration of the working folder; --config FILE stands in its place'],
  ['~/.config/rootctl/config.yaml', 'the home configuration (below $XDG_CONFIG_HOME)'],
  [
    '~/.local/state/rootctl/runs/',
    'a journal for each run: JSON Lines, each line with the hash of the one before, mode 0600 (here and below: under $XDG_STATE_HOME)',
  ],
  ['~/.local/state/rootctl/backups/', 'bucket and queue policies as they were before unlock changed them'],
  [
    '~/.local/state/rootctl/completion/',
    'ids, names and OUs of the organization that was listed last, for the TAB key; may be deleted',
  ],
  ['~/.local/state/rootctl/sandbox/', 'the simulated organization'],
  [
    '~/.cache/rootctl/',
    'what Node has compiled of rootctl, for the next start (below $XDG_CACHE_HOME); may be deleted',
  ],
];

const seeAlso = [
  'rootctl COMMAND --help, rootctl help TOPIC and rootctl explain CODE tell the same in English and in Japanese (--lang ja). README.md and docs/ of the project tell more: what AWS does and where that is documented, the formats, the configuration, the sandbox, roles and alarms, and how to get back in at night.',
  'aws(1), less(1)',
];

const synopsis = (): readonly string[] => [
  `\\fBrootctl\\fR [options] ${emphasis('command')} [arguments]`,
  '.br',
  `\\fBrootctl\\fR \\fB${helpName}\\fR [${emphasis('command')} | ${emphasis('topic')}]`,
  '.br',
  '\\fBrootctl\\fR \\fB\\-\\-version\\fR',
];

function commandsText(program: Command): readonly string[] {
  return program.commands.flatMap((command) => {
    const module = commands.find(({ name }) => name === command.name());
    const examples =
      module === undefined
        ? []
        : [
            ...paragraph('Examples:'),
            '.RS 4',
            ...examplesText(module.examples, en.help.commands[module.name].examples),
            '.RE',
          ];
    return [...commandText(command), ...examples, ...command.commands.flatMap(commandText)];
  });
}

function commandText(command: Command): readonly string[] {
  const help = command.createHelp();
  const described = help
    .visibleArguments(command)
    .map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)] as const)
    .filter(([, about]) => about !== '');
  return [
    `.SS ${quoted(pathOf(command))}`,
    `\\fBrootctl ${escaped(pathOf(command))}\\fR ${escaped(command.usage())}`.trimEnd(),
    ...paragraph(`${capital(command.summary())}.`),
    ...terms(described),
    ...flagsText(command),
  ];
}

const pathOf = (command: Command): string =>
  command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/** `--help` itself stands once, among those of every command. */
function flagsText(command: Command): readonly string[] {
  const help = command.createHelp();
  const isShown = ({ long }: Option): boolean => command.parent === null || long !== '--help';
  return terms(
    help
      .visibleOptions(command)
      .filter(isShown)
      .map((option) => [help.optionTerm(option), help.optionDescription(option)]),
  );
}

type Lines = Readonly<Record<string, string>>;

/** A line that is too long for a tag is a paragraph, which wraps. */
const tagColumnsMax = 66;

function examplesText(lines: Lines, about: Lines): readonly string[] {
  return Object.entries(lines).flatMap(([key, line]) => {
    const said = about[key] ?? '';
    const command = `\\fB${escaped(line)}\\fR`;
    if (said === '') return ['.PP', command];
    const text = textLine(said);
    return line.length > tagColumnsMax ? ['.PP', command, '.RS 4', text, '.RE'] : ['.TP 4', command, text];
  });
}

const topicText = ({ title, blocks }: Topic): readonly string[] => [
  ...paragraph(`${title}.`),
  ...blocks.flatMap(blockText),
];

function blockText(block: Block): readonly string[] {
  if (typeof block === 'string') return paragraph(block);
  if ('terms' in block) return terms(block.terms);
  return ['.PP', '.RS 4', '.nf', ...block.lines.map(textLine), '.fi', '.RE'];
}

const terms = (list: readonly (readonly [string, string])[]): readonly string[] =>
  list.flatMap(([term, text]) => ['.TP', `\\fB${escaped(term)}\\fR`, textLine(text)]);

/** Nothing stands above the first paragraph of a section: mandoc takes `.PP` there for a mistake. */
function section(title: string, lines: readonly string[]): readonly string[] {
  const [first, ...rest] = lines;
  return [`.SH ${quoted(title)}`, ...(first === '.PP' ? rest : lines)];
}

const paragraph = (text: string): readonly string[] => ['.PP', textLine(text)];
const emphasis = (text: string): string => `\\fI${escaped(text)}\\fR`;
const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const beginSmall = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
const quoted = (text: string): string => `"${escaped(text).replaceAll('"', '\\(dq')}"`;

/** A line of text, whatever stands in it: a dot at its beginning would make a request of it. */
export const textLine = (text: string): string => (text.startsWith('.') ? `\\&${escaped(text)}` : escaped(text));

const asTyped: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/**
 * What is typed can be copied and searched for as it is typed: roff makes typographic signs of plain ones, so each is
 * asked for by name (groff_char(7)). What is not ASCII is asked for by number, whatever encoding is expected.
 */
const escaped = (text: string): string =>
  text
    .replace(/[-\\'`^~]/gu, (sign) => asTyped[sign] ?? sign)
    .replace(
      /[^\n\x20-\x7e]/gu,
      (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
