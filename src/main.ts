import { runProgram } from './cli/program.ts';
import { systemWorld } from './process/world.ts';

declare const __VERSION__: string;

/** The exit code, once the program has ended. Awaited by whoever starts it: the executable cannot wait at its top. */
export const ending = runProgram(process.argv.slice(2), systemWorld(__VERSION__));
