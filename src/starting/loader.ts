import { posix } from 'node:path';
import type { Script } from 'node:vm';

/** The files of `dist/`, as functions that Node's own modules would be: each of `module`, `exports` and `require`. */
export type Load = (name: string) => unknown;

/** What a file's text is between `before` and `after`. */
type Body = (module: { exports: unknown }, exports: unknown, require: Load) => void;

/** A file's text as an expression stands between these: a function of what a CommonJS module is given. */
export const before = '(function(module,exports,require){';
export const after = '\n})';

/**
 * @param compiled gives the script of a file, by the file's name without its ending: of its text between `before` and `after`.
 * @returns a `require` for these files, as if none had been loaded before. A file of `dist/` knows its neighbours by name
 *   alone, so where they are does not matter.
 */
export function createLoader(compiled: (name: string) => Script): Load {
  const loaded = new Map<string, { exports: unknown }>();
  const load: Load = (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const body: Body = compiled(name).runInThisContext();
    const module = { exports: {} };
    loaded.set(name, module); // before it is run: two files may ask for each other
    try {
      body(module, module.exports, requireFile);
    } catch (error) {
      loaded.delete(name);
      throw error;
    }
    return module.exports;
  };
  const requireFile: Load = (id) => (id.startsWith('.') ? load(posix.parse(id).name) : process.getBuiltinModule(id));
  return load;
}
