import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { environment, programWords, type RunOptions, until } from './program.ts';

/** The program in a real terminal, as a person sees it. */
export interface Screen {
  /** The lines on the screen and above it, without the blanks at their ends. */
  readonly lines: () => readonly string[];
  readonly text: () => string;
  /** Every byte that the program wrote. */
  readonly raw: () => string;
  readonly type: (keys: string) => void;
  /** Makes the window another size. */
  readonly resize: (columns: number, rows: number) => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Closes the window, as a person or a lost connection does. */
  readonly close: () => void;
  readonly sees: (words: string | RegExp) => Promise<void>;
  readonly ended: Promise<number>;
}

export function openScreen(args: readonly string[], options: RunOptions, columns = 120, rows = 50): Screen {
  return openScreenOf([...programWords(), ...args], options, columns, rows);
}

/** The same of any command, for what the program finds when a shell starts it. */
export function openScreenOf(
  [file = '', ...args]: readonly string[],
  options: RunOptions,
  columns = 120,
  rows = 50,
): Screen {
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 2_000, allowProposedApi: true });
  const child = spawn(file, [...args], {
    cols: columns,
    rows,
    cwd: options.home.folder,
    env: environment(options.home, { TERM: 'xterm-256color', ...options.env }) as Record<string, string>,
  });
  let raw = '';
  let isEnded = false;
  let pending = 0;
  child.onData((data) => {
    raw += data;
    pending += 1;
    emulator.write(data, () => {
      pending -= 1;
    });
  });
  const ended = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => {
      isEnded = true;
      void until(() => pending === 0).then(() => resolve(exitCode));
    });
  });
  onTestFinished(() => {
    if (!isEnded) child.kill('SIGKILL');
    emulator.dispose();
  });
  const lines = (): readonly string[] => {
    const { active } = emulator.buffer;
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  };
  const text = (): string => lines().join('\n').trimEnd();
  return {
    lines,
    text,
    raw: () => raw,
    type: (keys) => child.write(keys),
    resize: (newColumns, newRows) => {
      emulator.resize(newColumns, newRows);
      child.resize(newColumns, newRows);
    },
    kill: (signal) => child.kill(signal),
    close: () => (child as unknown as { readonly destroy: () => void }).destroy(), // its types leave it out
    sees: async (words) => {
      const startMs = performance.now();
      await until(() => {
        // Named, because a test that only runs out of time does not say what was on the screen.
        if (performance.now() - startMs > 30_000) throw new Error(`never seen: ${words}\n${text()}`);
        const isThere = typeof words === 'string' ? text().includes(words) : words.test(text());
        if (!isThere && isEnded && pending === 0) throw new Error(`the program ended without ${words}:\n${text()}`);
        return isThere;
      });
    },
    ended,
  };
}
