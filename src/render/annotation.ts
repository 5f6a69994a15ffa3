import { visible } from './text.ts';

export type AnnotationLevel = 'error' | 'warning';

/**
 * A line that GitHub Actions shows beside the run (GitHub Docs, "Workflow commands for GitHub Actions"): what ends a line
 * or a part of it is escaped, so that no name can give a command of its own.
 * @param lines of the text; what AWS says cannot add to them.
 */
export function annotation(level: AnnotationLevel, title: string, lines: readonly string[]): string {
  const text = lines.map((line) => dataOf(visible(line))).join('%0A');
  return `::${level} title=${propertyOf(visible(title))}::${text}`;
}

const dataOf = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const propertyOf = (text: string): string => dataOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Text for the log of a run on GitHub Actions, where the runner takes a line for a command that begins with `::`, blanks
 * aside, or that has `##[` anywhere (actions/runner, `ActionCommand.TryParseV2` and `TryParse`). Nothing in it is one.
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^([^\S\n]*):(?=:)/gmu, '$1: ').replaceAll('##[', '# #[');

/** Whether it is one that `annotation` made for rootctl itself. */
export const isOwnAnnotation = (text: string): boolean => /^::(?:error|warning) title=rootctl::/u.test(text);
