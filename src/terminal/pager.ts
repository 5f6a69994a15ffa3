import type { Clock } from '../clock.ts';
import { widthOf } from '../render/text.ts';
import type { Terminal } from './terminal.ts';

/**
 * Shows a text through another program.
 * @param signal closes it. @throws the signal's reason.
 * @returns whether it was seen; if not, somebody else has to show it.
 */
export type Pager = (command: string, text: string, signal?: AbortSignal) => Promise<boolean>;

/**
 * What `less` is told where nobody tells it: leave at once what fits, keep colours, leave the screen as it is (as git). What
 * comes is UTF-8, whatever the locale.
 */
const lessDefaults = { LESS: 'FRX', LESSCHARSET: 'utf-8', LV: '-c' };

/** How long a pager that was asked to close has until it is asked again, in milliseconds. */
const patienceMs = 100;

/**
 * Runs the pager on this terminal until it is left. It gets Ctrl-C alone: looking on is no work to be broken off. One that is
 * not there or ends badly has shown nothing that can be relied on; whoever stops reading (`q`, `head`) has seen enough.
 * @param stream where its text goes; the keys it takes from the terminal.
 */
export function pagerHere(
  env: Readonly<Record<string, string | undefined>>,
  stream: 'stdout' | 'stderr',
  clock: Clock,
): Pager {
  return async (command, text, signal) => {
    // Read when there is something to page.
    const [{ spawn }, { endDescendants }] = await Promise.all([
      import('node:child_process'),
      import('./descendants.ts'),
    ]);
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const ignore = (): void => {};
      process.on('SIGINT', ignore);
      const line = inPlaceOfTheShell(command);
      const child = spawn(line, {
        shell: true, // PAGER is a command line (POSIX, `man`)
        stdio: ['pipe', stream === 'stdout' ? 'inherit' : process.stderr, 'inherit'],
        env: { ...lessDefaults, ...env },
      });
      const left = new AbortController();
      // A shell ends when what it runs has ended; ended itself, it would leave that behind, and at the keys.
      const ask = (): boolean => {
        const wereOthers = child.pid !== undefined && endDescendants(child.pid);
        return (wereOthers && line === command) || child.kill();
      };
      const close = (): void => void askUntil(left.signal, ask, clock);
      const leave = (wasSeen: boolean): void => {
        left.abort();
        process.off('SIGINT', ignore);
        signal?.removeEventListener('abort', close);
        if (signal?.aborted) reject(signal.reason);
        else resolve(wasSeen);
      };
      signal?.addEventListener('abort', close, { once: true });
      child.on('error', () => leave(false));
      child.on('close', (code, killer) => leave(code === 0 || code === interruptedCode || killer === 'SIGINT'));
      child.stdin.on('error', ignore); // it does not read to the end
      child.stdin.end(text);
    });
  };
}

/**
 * Asks again until it is done: `less` forgets a SIGTERM that comes together with a change of the window's size. Never
 * SIGKILL, after which the terminal would stay as the pager had made it.
 */
async function askUntil(isLeft: AbortSignal, ask: () => boolean, clock: Clock): Promise<void> {
  while (!isLeft.aborted && ask()) await clock.sleep(patienceMs, isLeft).catch(() => {});
}

/**
 * What is one simple command takes the shell's place, so that ending the child ends it, and not a shell that leaves it
 * behind. Not in `cmd.exe`, which has no such word.
 */
const inPlaceOfTheShell = (command: string): string =>
  process.platform !== 'win32' && /^[\w./+-]+(?:\s+[\w./+=:,%@-]+)*$/u.test(command)
    ? ['exec', command].join(' ')
    : command;

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

/** Whether a text is to be paged there: on a terminal whose screen it does not fit. */
export const isTooLong = (text: string, { columns, rows, isLive }: Terminal): boolean =>
  isLive && rows !== null && !fits(text, { rows, columns });

const escapeCharacter = '\u001b';
const withoutColour = (line: string): string => line.replace(new RegExp(`${escapeCharacter}\\[[0-9;]*m`, 'gu'), '');
