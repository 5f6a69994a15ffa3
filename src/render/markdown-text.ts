import { visible } from './text.ts';

/**
 * Text that Markdown shows as it is: no table cell ends, no HTML, no link, no image, no emphasis, nobody is mentioned
 * (GitHub looks for mentions after it has removed the backslashes, so a zero-width space follows the `@`).
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`|*_~[\]#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '\\@&#8203;')
    .replaceAll('://', '\\:&#8203;//')
    .replace(/\bwww\./gi, '$&&#8203;');
}

/** @param rows of plain text: it is escaped here. */
export function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map((row) => line(row.map(markdownText)))].join('\n');
}

/** A fence longer than any run of backticks inside. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.split('\n').map(visible).join('\n')}\n${fence}`;
}
