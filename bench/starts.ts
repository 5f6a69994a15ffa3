import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = 31;

interface Start {
  readonly words: readonly string[];
  /** At most so many times `node -e 0`. */
  readonly factor: number;
}

export const sandboxStarts: readonly Start[] = [
  { words: ['--version'], factor: 1.2 },
  { words: ['--help'], factor: 2 },
  { words: ['delete', '--help'], factor: 2 },
  { words: ['delete', '--al'], factor: 2 },
  { words: ['status', '--sandbox'], factor: 5 },
];

interface Program {
  readonly name: string;
  /** A file, and the words before those of rootctl. */
  readonly command: readonly [string, ...string[]];
  /** The Node that it runs in. */
  readonly node: string;
}

type Print = (cells: readonly string[]) => void;

/**
 * How long starts take against `node -e 0`: medians of whole processes in turns, so that what disturbs one disturbs the
 * other, in an environment without what makes every Node slower.
 * @returns whether every line reached what it must.
 */
export async function printStarts(print: Print, program: Program, starts: readonly Start[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-bench-'));
  const env = { PATH: process.env['PATH'], HOME: folder };
  const millisecondsOf = (file: string, words: readonly string[]): number => {
    const beganMs = performance.now();
    const { error } = spawnSync(file, [...words], { env, cwd: folder, stdio: 'ignore' });
    if (error !== undefined) throw error;
    return performance.now() - beganMs;
  };
  const [file, ...before] = program.command;
  const lines: boolean[] = [];
  const tell = (what: string, factor: number, pairs: readonly (readonly [number, number])[]): void => {
    const bare = median(pairs.map(([first]) => first));
    const own = median(pairs.map(([, second]) => second));
    const ratio = own / bare;
    lines.push(ratio <= factor);
    print([
      `${program.name}: ${what}, ${own.toFixed(0)} ms against ${bare.toFixed(0)} ms`,
      `≤ ${factor} × node -e 0`,
      ...['', '', ratio.toFixed(2), '', '', '', '', '', '', ''],
      ratio <= factor ? 'reached' : 'MISSED',
    ]);
  };
  try {
    millisecondsOf(file, [...before, 'enable', '--sandbox']);
    for (const { words, factor } of starts) {
      const pairs = Array.from(
        { length: rounds },
        () => [millisecondsOf(program.node, ['-e', '0']), millisecondsOf(file, [...before, ...words])] as const,
      );
      tell(words.join(' '), factor, pairs);
    }
    const pairs: (readonly [number, number])[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pairs.push([millisecondsOf(program.node, ['-e', '0']), await untilFirstRequest(program, folder)]);
    }
    tell('status, until its first request', 4, pairs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return lines.every(Boolean);
}

/** `rootctl` as it is installed. */
export const printProgram = (print: Print): Promise<boolean> =>
  printStarts(
    print,
    { name: 'start', command: [process.execPath, resolve('bin/rootctl.js')], node: process.execPath },
    sandboxStarts,
  );

/** From the start of a `status` of AWS until it asks something. Nobody answers. */
async function untilFirstRequest({ command: [file, ...before] }: Program, folder: string): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = once(server, 'request');
  const beganMs = performance.now();
  const child = spawn(file, [...before, 'status', '--endpoint-url', `http://127.0.0.1:${port}`], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_REGION: 'us-east-1',
    },
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await Promise.race([asked, ended.then(() => Promise.reject(new Error('status ended without a request')))]);
  const milliseconds = performance.now() - beganMs;
  child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  await ended;
  return milliseconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
