import { isOwnCode, registry } from '../src/problems/index.ts';
import { createSpeech, en, explanationsIn, loadExplanations } from '../src/words/index.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** `docs/errors.md`: every code, from the registry and from what `rootctl explain` says of it. */
export async function errorsPage(): Promise<string> {
  const words = await loadExplanations('en');
  const sections = explanationsIn(words, createSpeech(en, [])).map(({ code, means, cause, cure, move, exit }) => {
    const fields = isOwnCode(code) ? Object.entries(registry[code].data) : [];
    const data = fields.map(([name, { type }]) => `| \`${name}\` | ${cell(type)} |`);
    return [
      `## ${code}`,
      '',
      cell(`${means.slice(0, 1).toUpperCase()}${means.slice(1)}.`),
      '',
      `- **Why:** ${cell(cause)}.`,
      `- **What to do:** ${cell(cure)}.`,
      `- **Whose move:** ${words.moves[move]}.`,
      `- **Exit code:** ${words.exits[exit]}.`,
      ...(data.length === 0 ? [] : ['', '| `data` | type |', '| --- | --- |', ...data]),
    ].join('\n');
  });
  return `${opening}\n${sections.join('\n\n')}\n`;
}

const opening = `# Errors

Every code that \`error.code\` may hold and that rootctl knows more of than its name; AWS has others, which are passed on as they
came. \`rootctl explain CODE\` says the same in a terminal, in English and Japanese. Codes and \`data\` are the promise: sentences may
change. Written by \`npm run errors\`.
`;
