import { isatty } from 'node:tty';
import { runProgram } from './cli/program.ts';
import { systemWorld } from './process/world.ts';

declare const __VERSION__: string;

/** Carries out what this process was started for. Not at once where it is read: the library shares its parts. */
export async function main(): Promise<void> {
  endAsHungUp();
  // Not process.exit: what was written to a pipe must reach its reader first.
  process.exitCode = await runProgram(process.argv.slice(2), systemWorld(__VERSION__));
}

/**
 * Where a terminal was closed meanwhile Node aborts at its end (`ResetStdio` in node.cc asserts that the terminal can be given
 * back). All is said and written by then: the process ends as the closing of a terminal ends processes.
 */
function endAsHungUp(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.once('exit', () => {
    if (terminals.every((descriptor) => isatty(descriptor))) return;
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  });
}
