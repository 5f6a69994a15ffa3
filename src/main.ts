import { runProgram } from './cli/program.ts';
import { systemWorld } from './process/world.ts';

declare const __VERSION__: string;

/** Carries out what this process was started for. Not at once where it is read: the library shares its parts. */
export async function main(): Promise<void> {
  // Not process.exit: what was written to a pipe must reach its reader first.
  process.exitCode = await runProgram(process.argv.slice(2), systemWorld(__VERSION__));
}
