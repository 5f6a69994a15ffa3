import { spawn } from 'node:child_process';
import { widthOf } from '../render/index.ts';

/** Shows a text through another program. @returns whether it was seen; if not, somebody else has to show it. */
export type Pager = (command: string, text: string) => Promise<boolean>;

/** What `less` is told where nobody tells it: leave at once what fits, keep colours, leave the screen as it is (as git). */
const lessDefaults = { LESS: 'FRX', LV: '-c' };

/**
 * Runs the pager on this terminal until it is left. It gets Ctrl-C alone: looking on is no work to be broken off. One that is
 * not there or ends badly has shown nothing that can be relied on; whoever stops reading (`q`, `head`) has seen enough.
 */
export function pagerHere(env: Readonly<Record<string, string | undefined>>): Pager {
  return (command, text) =>
    new Promise((resolve) => {
      const ignore = (): void => {};
      process.on('SIGINT', ignore);
      const leave = (wasSeen: boolean): void => {
        process.off('SIGINT', ignore);
        resolve(wasSeen);
      };
      const child = spawn(command, {
        shell: true, // PAGER is a command line (POSIX, `man`)
        stdio: ['pipe', 'inherit', 'inherit'],
        env: { ...lessDefaults, ...env },
      });
      child.on('error', () => leave(false));
      child.on('close', (code, signal) => leave(code === 0 || code === interruptedCode || signal === 'SIGINT'));
      child.stdin.on('error', ignore); // it does not read to the end
      child.stdin.end(text);
    });
}

const interruptedCode = 130;

/** The pager that is wished for; null: none. An empty one and `cat` are none, as for git. */
export function pagerIn(env: Readonly<Record<string, string | undefined>>): string | null {
  const command = env['ROOTCTL_PAGER'] ?? env['PAGER'] ?? 'less';
  return command.trim() === '' || command.trim() === 'cat' ? null : command;
}

/** Whether a terminal shows all of a text at once, with a line left for the prompt. */
export function fits(text: string, { columns, rows }: { readonly columns: number; readonly rows: number }): boolean {
  let used = 0;
  for (const line of text.trimEnd().split('\n')) {
    used += Math.max(1, Math.ceil(widthOf(withoutColour(line)) / columns));
    if (used >= rows) return false;
  }
  return true;
}

const escapeCharacter = '\u001b';
const withoutColour = (line: string): string => line.replace(new RegExp(`${escapeCharacter}\\[[0-9;]*m`, 'gu'), '');
