// esbuild splits ES modules only, and Node takes tens of milliseconds more to begin with those than with CommonJS. So what
// it has split is written once more as CommonJS. Parts that are always read together become one file: opening a file costs
// more than reading it.
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * @param split esbuild's `outputFiles` and `metafile` of ES modules, by their paths from here.
 * @param groups name → entry points, by how their paths begin or whole, whose modules, with all that these import, are one
 *   file. What is in an earlier group is left out of a later one.
 * @returns files by path: every other module is a file of its own.
 */
export async function asCommonJs({ outputFiles, metafile }, groups, folder, options) {
  const { outputs } = metafile;
  const texts = new Map(
    Object.keys(outputs).map((path) => [path, outputFiles.find((file) => file.path.endsWith(`/${path}`)).text]),
  );
  const placed = new Map(); // module → { file, name }: the file that carries it, and by what name; null: it is the file
  const members = {};
  for (const [group, entries] of Object.entries(groups)) {
    members[group] = [];
    const place = (path) => {
      if (placed.has(path)) return;
      placed.set(path, { file: `${group}.cjs`, name: `m${members[group].length}` });
      members[group].push(path);
      for (const { path: other, kind } of outputs[path].imports) {
        if (kind === 'import-statement' && other in outputs) place(other);
      }
    };
    for (const entry of entries) {
      // Of a checkout that is reached by a link the paths begin elsewhere.
      const paths = Object.keys(outputs).filter((path) => `/${outputs[path].entryPoint}`.includes(`/${entry}`));
      if (paths.length === 0) throw new Error(`${entry} is no entry of the split program`);
      for (const path of paths) place(path);
    }
  }
  for (const path of texts.keys()) {
    if (!placed.has(path)) placed.set(path, { file: basename(path).replace(/\.js$/u, '.cjs'), name: null });
  }
  const written = new Map();
  const write = async (file, contents, isOwn) => {
    const {
      outputFiles: [{ text }],
    } = await build({
      ...options,
      stdin: { contents, resolveDir: process.cwd(), sourcefile: file },
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      logLevel: 'warning',
      plugins: [{ name: 'placed', setup: (parts) => resolvePlaced(parts, { placed, texts, isOwn }) }],
    });
    written.set(
      join(folder, file),
      // A library that is bundled once more, as an ES module, has no `require`; Node's own modules are had without it.
      text.replaceAll(/\brequire\("(node:[\w/]+)"\)/gu, 'process.getBuiltinModule("$1")'),
    );
  };
  for (const [group, paths] of Object.entries(members)) {
    const lines = paths.map((path, index) => `export * as m${index} from ${JSON.stringify(`/${path}`)};`);
    // The program's own names stand beside those by which its parts are known to each other.
    if (group === 'main') lines.push(`export * from ${JSON.stringify(`/${paths[0]}`)};`);
    await write(`${group}.cjs`, lines.join('\n'), new Set(paths));
  }
  for (const [path, { file, name }] of placed) {
    if (name !== null) continue;
    const names = outputs[path].exports.includes('default') ? ['*', '{ default }'] : ['*'];
    const lines = names.map((what) => `export ${what} from ${JSON.stringify(`/${path}`)};`);
    await write(file, lines.join('\n'), new Set([path]));
  }
  return written;
}

/** A module of this file is bundled; another is asked of the file that carries it, when it is needed. */
function resolvePlaced({ onResolve, onLoad }, { placed, texts, isOwn }) {
  onResolve({ filter: /^[./].*\.js$/ }, ({ path, importer }) => {
    const target = path.startsWith('/') ? path.slice(1) : join(dirname(importer.slice(1)), path);
    if (!placed.has(target)) return undefined;
    return { path: `/${target}`, namespace: isOwn.has(target) ? 'own' : 'elsewhere' };
  });
  onResolve({ filter: /^\.\/[^/]+\.cjs$/ }, ({ path }) => ({ path, external: true }));
  // What was CommonJS asks for Node's own modules by `require`, which must not be meant for whoever bundles this.
  onLoad({ filter: /.*/, namespace: 'own' }, ({ path }) => {
    const text = texts.get(path.slice(1));
    const contents = text.includes('typeof require') ? `const require = process.getBuiltinModule;${text}` : text;
    return { contents, loader: 'js' };
  });
  onResolve({ filter: /^string-width$/ }, ({ path }) => ({ path, namespace: 'when-needed' }));
  onLoad({ filter: /.*/, namespace: 'when-needed' }, () => ({
    contents: 'let width; module.exports = (text) => (width ??= require("./widths.cjs").default)(text);',
    loader: 'js',
  }));
  onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => {
    const { file, name } = placed.get(path.slice(1));
    return { contents: `module.exports = require("./${file}")${name === null ? '' : `.${name}`}`, loader: 'js' };
  });
}
