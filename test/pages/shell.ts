import { spawnSync } from 'node:child_process';
import type { Scene } from '../support/scene.ts';

/** As much of a shell as pages need: quotes, comments, pipes, redirections, `&&`. */
export interface Call {
  readonly words: readonly string[];
  /** The file that its stdout goes to. */
  readonly into: string | null;
}

/** Commands whose output goes from one to the next. */
export type Pipeline = readonly Call[];

const token = /\s*(?:(&&|\|\||[|<>;&])|((?:"[^"]*"|'[^']*'|[^\s"'|<>;&])+))/uy;

/** @returns one pipeline for each command of the line; null for what only a real shell understands. */
export function parseLine(line: string): readonly Pipeline[] | null {
  const pipelines: { words: string[]; into: string | null }[][] = [[{ words: [], into: null }]];
  let isFile = false;
  token.lastIndex = 0;
  for (let found = token.exec(line); found !== null; found = token.exec(line)) {
    const [, operator, raw = ''] = found;
    const call = pipelines.at(-1)?.at(-1);
    if (call === undefined) return null;
    if (operator === undefined && raw.startsWith('#')) break;
    const live = raw.replaceAll(/'[^']*'/gu, '');
    if (operator === undefined && (/[$`]/u.test(live) || /[(){}]/u.test(live.replaceAll(/"[^"]*"/gu, '')))) return null;
    const word = raw.replaceAll(/"([^"]*)"|'([^']*)'/gu, (_all, double, single) => double ?? single);
    if (operator === '&&') pipelines.push([{ words: [], into: null }]);
    else if (operator === '|') pipelines.at(-1)?.push({ words: [], into: null });
    else if (operator === '>') isFile = true;
    else if (operator !== undefined) return null;
    else if (isFile) {
      call.into = word;
      isFile = false;
    } else call.words.push(word);
  }
  return pipelines;
}

/** What stands beside a command, behind `#`. */
export const remarkOf = (line: string): string => /(?:^|\s)#(?![^'"]*['"]).*$/u.exec(line)?.[0] ?? '';

export interface Ran {
  readonly code: number;
  /** What a person at a terminal sees, in its order. */
  readonly seen: string;
}

/** Runs a line in the scene: rootctl in this process, `jq` for real, `uniq` in a line, files in memory. */
export async function runLine(scene: Scene, line: string, columns: number): Promise<Ran> {
  const pipelines = parseLine(line);
  if (pipelines === null) throw new Error(`only a real shell understands: ${line}`);
  let seen = '';
  let code = 0;
  for (const pipeline of pipelines) {
    if (code !== 0) break;
    let piped = '';
    for (const [index, { words, into }] of pipeline.entries()) {
      const isLast = index === pipeline.length - 1;
      const show = (text: string): void => {
        seen += text;
      };
      const [program = '', ...args] = words;
      let stdout = '';
      if (program === 'rootctl') {
        scene.inputs.set('-', piped);
        const shows = isLast && into === null;
        const terminal = { columns, isLive: false };
        const result = await scene.run(args, {
          stdout: { ...terminal, ...(shows ? { write: show } : {}) },
          stderr: { ...terminal, write: show },
        });
        ({ code, stdout } = result);
      } else if (program === 'jq') {
        const file = scene.inputs.get(args.at(-1) ?? '');
        const filters = file === undefined ? args : args.slice(0, -1);
        const result = spawnSync('jq', [...filters], { input: file ?? piped, encoding: 'utf8' });
        if (result.error !== undefined) throw new Error('jq is missing: install it, since pages pipe into it');
        ({ stdout } = result);
        code = result.status ?? 1;
        if (isLast && into === null) show(stdout);
        show(result.stderr);
      } else if (program === 'uniq') {
        stdout = piped.replaceAll(/^(.*\n)\1*/gmu, '$1');
        if (isLast && into === null) show(stdout);
      } else throw new Error(`no page may ask for ${program} without a class of its own: ${line}`);
      if (into !== null) scene.inputs.set(into, stdout);
      piped = stdout;
    }
  }
  return { code, seen };
}
