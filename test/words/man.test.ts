import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { manPage, textLine } from '../../scripts/man.ts';
import { englishProgram } from '../../scripts/program.ts';
import { topicNames } from '../../src/words/index.ts';

const page = await manPage();
const lines = page.trimEnd().split('\n');
const isRequest = (line: string): boolean => /^[.']/u.test(line);

const commandsBelow = (command: Command): readonly Command[] =>
  command.commands.flatMap((one) => [one, ...commandsBelow(one)]);
const program = englishProgram();
const everyCommand = [program, ...commandsBelow(program)];

test('man/rootctl.1 is what the help says (npm run man)', () => {
  expect(readFileSync('man/rootctl.1', 'utf8')).toBe(page);
});

describe('the man page', () => {
  test('has every flag of every command, found as it is typed', () => {
    const flags = new Set(everyCommand.flatMap(({ options }) => options.map(({ long }) => long ?? '')));
    expect(flags.size).toBeGreaterThan(40);
    for (const flag of [...flags, '--help']) expect(page, flag).toContain(flag.replaceAll('-', '\\-'));
    for (const [at, line] of lines.entries()) {
      if (!isRequest(line)) expect(line, `line ${at + 1}`).not.toMatch(/(?<!\\)-/u);
    }
  });

  test('has every command under its own heading, and the sections that people look for', () => {
    for (const command of everyCommand.slice(1)) {
      const above = command.parent === program ? '' : `${command.parent?.name()} `;
      expect(lines).toContain(`.SS "${above}${command.name()}"`);
    }
    const sections = lines.filter((line) => line.startsWith('.SH')).map((line) => line.slice(5, -1));
    expect(sections).toEqual([
      ...['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'GLOBAL OPTIONS', 'SELECTION', 'FORMATTING', 'SAFETY'],
      ...['EXIT STATUS', 'ENVIRONMENT', 'CONFIGURATION', 'FILES', 'EXAMPLES', 'SEE ALSO'],
    ]);
    expect(sections.length).toBeGreaterThan(topicNames.length);
    expect(page).toContain('there is no telemetry');
  });

  test('says the same wherever and whenever it is made: no time, no signs that a locale decides over', () => {
    expect(page).toMatch(/^\.TH ROOTCTL 1 "" "rootctl \d+\.\d+\.\d+[^"]*" "rootctl"$/mu);
    expect(page).toMatch(/^[\n\x20-\x7e]+$/u);
  });

  test('has no request that is made of what somebody wrote', () => {
    const requests = new Set(lines.filter(isRequest).map((line) => line.split(' ')[0]));
    expect([...requests].sort()).toEqual(
      ['.PP', '.RE', '.RS', '.SH', '.SS', '.TH', '.TP', '.\\"', '.ad', '.br', '.fi', '.nf', '.nh'].sort(),
    );
  });
});

test.each([
  ['.rootctl.yaml is a file', '\\&.rootctl.yaml is a file'],
  ["'quoted'", '\\(aqquoted\\(aq'],
  ['C:\\fBold', 'C:\\efBold'],
  ['--dry-run', '\\-\\-dry\\-run'],
  ['~/.config', '\\(ti/.config'],
  ['ID …', 'ID \\[u2026]'],
  ['𠮷', '\\[u20BB7]'],
])('a line of text is shown as it is: %s', (text, line) => {
  expect(textLine(text)).toBe(line);
});
