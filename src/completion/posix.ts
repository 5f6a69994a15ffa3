import { type Grammar, operandCases, valueCases } from './grammar.ts';

/** A word of a shell of Bourne's family, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The cases of `command flag` that set `takes`: the same words in bash and zsh. */
export const takesCases = (grammar: Grammar): string =>
  valueCases(grammar)
    .map(({ keys, offer }) => {
      const patterns = keys.map(({ path, flag }) =>
        path === '*' ? `*${quoted(` ${flag}`)}` : quoted(`${path} ${flag}`),
      );
      return `  ${patterns.join('|')}) takes=${quoted(offer)} ;;`;
    })
    .join('\n');

/** The cases of `command count-of-operands`. */
export const operandTakesCases = (grammar: Grammar): string =>
  operandCases(grammar)
    .map(({ path, isRepeated, offer }) => {
      const pattern = isRepeated ? `${quoted(`${path} `)}*` : quoted(`${path} 0`);
      return `  ${pattern}) takes=${quoted(offer)} ;;`;
    })
    .join('\n');
