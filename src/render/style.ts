import { Chalk, type ColorSupportLevel } from 'chalk';

type Stroke = (text: string) => string;

/** The few colours that rootctl uses. None carries a meaning alone: the word or the mark beside it says the same. */
export interface Paint {
  readonly red: Stroke;
  readonly yellow: Stroke;
  readonly green: Stroke;
  readonly dim: Stroke;
  readonly bold: Stroke;
}

/** @param level chalk's: 0 no colour, 1 sixteen, 2 and 3 more. Whoever calls has looked at NO_COLOR: chalk 5 does not. */
export function createPaint(level: ColorSupportLevel): Paint {
  const chalk = new Chalk({ level });
  return {
    red: (text) => chalk.red(text),
    yellow: (text) => chalk.yellow(text),
    green: (text) => chalk.green(text),
    dim: (text) => chalk.dim(text),
    bold: (text) => chalk.bold(text),
  };
}

export const noPaint: Paint = createPaint(0);
