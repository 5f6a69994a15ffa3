import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * The processes that a process has started, with all that these have started: a shell that is ended leaves what it runs
 * behind. Empty where the system does not tell (no `/proc`, no `ps`).
 */
export function descendantsOf(pid: number): readonly number[] {
  const childrenOf = existsSync(childrenOfThread(process.pid, process.pid)) ? childrenInProc : childrenByPs();
  const all: number[] = [];
  const walk = (parent: number): void => {
    for (const child of childrenOf(parent)) {
      if (all.includes(child)) continue;
      all.push(child);
      walk(child);
    }
  };
  walk(pid);
  return all;
}

/** Asks all of them to end. @returns whether there was one. */
export function endDescendants(pid: number): boolean {
  const all = descendantsOf(pid);
  for (const child of all) {
    try {
      process.kill(child, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
  }
  return all.length > 0;
}

/** Linux (proc(5)), where the kernel was built with it. */
const childrenOfThread = (pid: number, thread: number | string): string => `/proc/${pid}/task/${thread}/children`;

/** Each thread has those that it has started: a program in Go starts them from any. */
function childrenInProc(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      numbersIn(readFileSync(childrenOfThread(pid, thread), 'utf8')),
    );
  } catch {
    return [];
  }
}

function childrenByPs(): (pid: number) => readonly number[] {
  if (process.platform === 'win32') return () => [];
  const { pid: ps, stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = (stdout ?? '').split('\n').map(numbersIn);
  return (parent) => pairs.flatMap(([pid, of]) => (pid !== undefined && pid !== ps && of === parent ? [pid] : []));
}

const numbersIn = (text: string): readonly number[] => (text.match(/\d+/gu) ?? []).map(Number);
