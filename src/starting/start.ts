import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import * as modules from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';
import { type CompiledFiles, compiledFilesIn, isUsable, orNull, type UserId } from './kept.ts';
import { after, before, createLoader, type Load } from './loader.ts';

/** Who starts the program, and where. */
export interface Starter {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node's version and the architecture, as one text. */
  readonly node: string;
  readonly user: UserId;
  /** Node's own `require` of a file of `dist/`. */
  readonly require: Load;
  /** Where `dist/` is. */
  readonly folder: string;
}

export interface Started {
  readonly load: Load;
  /**
   * Keeps for the next start what was compiled in this one. `run` says what ran: another run calls other functions. Null: this
   * one is not to be kept. Never throws: what the program has done is done, whatever becomes of this.
   */
  readonly keep: (run: string | null) => void;
}

/** So many different runs add their functions; after that a file is left as it is. */
const runsMax = 32;

/**
 * Compiling takes half of a start. Node keeps what V8 has compiled where it can (`module.enableCompileCache`, 22.1), in a
 * folder that it is given; for Node 20 it is done here in the same way: beside a sum of the text that it was made of.
 */
export function start({ env, node, user, require, folder }: Starter): Started {
  const flags = probe();
  // Node keeps by itself, when the process ends.
  const plain: Started = { load: require, keep: () => void orNull(() => areFlagsRestored(flags)) };
  const kept = env['NODE_DISABLE_COMPILE_CACHE'] ? null : cacheFolder(env);
  if (kept === null) return plain;
  if ('enableCompileCache' in modules && typeof modules.enableCompileCache === 'function') {
    if (isUsable(kept, user)) modules.enableCompileCache(kept);
    return plain;
  }
  return keeping(folder, compiledFilesIn(kept, `${node} ${folder}`, user));
}

/** XDG Base Directory Specification: a relative path there counts as none. */
function cacheFolder(env: Starter['env']): string | null {
  const given = env['XDG_CACHE_HOME'] ?? '';
  // A user that the system does not know has no home.
  const folder = isAbsolute(given) ? given : join(orNull(homedir) ?? '', '.cache');
  return isAbsolute(folder) ? join(folder, 'rootctl') : null;
}

const ending = '.cjs';

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));

/** In one piece, which is copied once. */
function readBetween(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const text = Buffer.allocUnsafe(before.length + size + after.length);
    text.write(before);
    const end = before.length + readSync(file, text, before.length, size, null);
    if (end !== before.length + size) throw new Error(`${path} was cut short`);
    text.write(after, end);
    return text;
  } finally {
    closeSync(file);
  }
}

/** The same bytes as long as V8's flags are the same. */
const probe = (): Buffer => new Script('0').createCachedData();

/** What is kept under other flags than those of a start would be refused by every start: as V8 has it by itself again. */
function areFlagsRestored(flags: Buffer): boolean {
  if (probe().equals(flags)) return true;
  process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=0'); // `World.saveMemory`
  return probe().equals(flags);
}

/** The files of `folder`, compiled from what was kept of them. */
export function keeping(folder: string, files: CompiledFiles): Started {
  const flags = probe();
  const all = new Map<string, { readonly text: Buffer; readonly script: Script; readonly runs: readonly string[] }>();
  const load = createLoader((name) => {
    const filename = join(folder, name + ending);
    const text = readBetween(filename);
    const known = files.read(name, text);
    const script = new Script(isAscii(text) ? text.toString('latin1') : text.toString(), {
      filename,
      ...(known === null ? {} : { cachedData: known.data }),
    });
    const runs = known === null || script.cachedDataRejected === true ? null : known.runs;
    // Under other flags (`World.saveMemory`) V8 refuses what was kept, and would refuse at every start what is kept now.
    if (runs !== null || probe().equals(flags)) all.set(name, { text, script, runs: runs ?? [] });
    return script;
  });
  return {
    load,
    keep: (run) => {
      orNull(() => {
        if (run === null) return;
        const added = [...all].filter(([, { runs }]) => !runs.includes(run) && runs.length < runsMax);
        if (added.length === 0 || !areFlagsRestored(flags)) return;
        for (const [name, { text, script, runs }] of added) {
          files.write(name, text, { data: script.createCachedData(), runs: [...runs, run] });
        }
        // The first run of this version, or of this Node.
        if ([...all.values()].some(({ runs }) => runs.length === 0)) files.tidy(namesIn(folder));
      });
    },
  };
}
