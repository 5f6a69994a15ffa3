// esbuild splits ES modules only, and Node takes tens of milliseconds more to begin with those than with CommonJS. So what
// it has split is written once more as CommonJS. Parts that are always read together become one file: opening a file costs
// more than reading it.
import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * @param split esbuild's `outputFiles` and `metafile` of ES modules, by their paths from here.
 * @param groups name → entry points, by how their paths begin or whole, whose modules, with all that these import, are one
 *   file. What is in an earlier group is left out of a later one.
 * @param later name → sources that become one file, which is read when something of it is first asked for: what most starts never do.
 *   Each must be an entry point, or it is bundled with what imports it.
 * @param apart other sources that are entry points only so that they are not bundled with one of these.
 * @param readers files that read all of these when they are read themselves.
 * @returns files by path: every other module is a file of its own. A file exports what its first module does, and under
 *   names of their own what others ask of the rest.
 */
export async function asCommonJs(
  { outputFiles, metafile: { outputs } },
  { groups, later, apart, readers },
  folder,
  options,
) {
  const modules = new Map(
    Object.keys(outputs).map((path) => {
      const { text } = outputFiles.find((file) => file.path.endsWith(`/${path}`));
      const loaded = new Set(outputs[path].imports.filter(({ kind }) => !isStatic(kind)).map((one) => one.path));
      const { exports } = outputs[path];
      return [path, { text, imported: importsIn(text, path), loaded, exports, file: null, prefix: '' }];
    }),
  );
  const files = new Map();
  const put = (path, file) => {
    const module = modules.get(path);
    if (module.file !== null) return;
    const members = files.get(file) ?? [];
    files.set(file, [...members, path]);
    module.file = file;
    module.prefix = members.length === 0 ? '' : `m${members.length}_`;
  };
  const place = (path, file) => {
    const module = modules.get(path);
    if (module === undefined || module.file !== null) return;
    put(path, file);
    if (file in groups)
      for (const { path: other, kind } of outputs[path].imports) if (isStatic(kind)) place(other, file);
  };
  for (const [file, sources] of Object.entries(later)) {
    for (const source of sources) {
      const holding = Object.keys(outputs).filter((path) => Object.keys(outputs[path].inputs).some(isIt(source)));
      if (holding.length !== 1) throw new Error(`${source} is in ${holding.length} files of the split program`);
      put(holding[0], file);
    }
  }
  for (const [group, entries] of Object.entries(groups)) {
    for (const entry of entries) {
      // Of a checkout that is reached by a link the paths begin elsewhere.
      const paths = Object.keys(outputs).filter((path) => `/${outputs[path].entryPoint}`.includes(`/${entry}`));
      if (paths.length === 0) throw new Error(`${entry} is no entry of the split program`);
      for (const path of paths) place(path, group);
    }
  }
  // What esbuild writes for an entry point that others import, too: it passes on what one of its files has.
  const isPassingOn = (path) =>
    [...Object.values(later).flat(), ...apart].some((source) => isIt(source)(outputs[path].entryPoint ?? '')) &&
    !(outputs[path].entryPoint in outputs[path].inputs);
  for (const path of modules.keys()) if (!isPassingOn(path)) place(path, basename(path, '.js'));

  const written = new Map();
  for (const [file, members] of files) {
    const textIn = async (charset) => {
      const { outputFiles: made } = await build({
        ...options,
        charset,
        stdin: { contents: entryText(file, members, modules), resolveDir: process.cwd(), sourcefile: `${file}.cjs` },
        bundle: true,
        write: false,
        format: 'cjs',
        platform: 'node',
        logLevel: 'warning',
        plugins: [{ name: 'placed', setup: (parts) => resolvePlaced(parts, file, modules, later) }],
      });
      return withoutRequire(made[0].text);
    };
    const [plain, escaped] = [await textIn('utf8'), await textIn('ascii')];
    // V8 keeps a text with a single other character at twice the size. Japanese would be longer escaped.
    const isShort = escaped.length <= Buffer.byteLength(plain) * 1.02;
    const first = readers.includes(file) ? Object.keys(later).map((name) => `require("./${name}.cjs");`) : [];
    written.set(join(folder, `${file}.cjs`), first.join('') + (isShort ? escaped : plain));
  }
  return written;
}

/** Of a checkout that is reached by a link the paths begin elsewhere. */
const isIt = (source) => (path) => `/${path}`.endsWith(`/${source}`);

const isStatic = (kind) => kind === 'import-statement';

/** What a module that esbuild has minified imports of others: path → names. */
function importsIn(text, path) {
  const found = new Map();
  for (const [, names, from] of text.matchAll(/\bimport\{([^}]*)\}from"(\.[^"]+)"/gu)) {
    const target = join(dirname(path), from);
    const said = names.split(',').map((name) => name.split(' as ')[0]);
    found.set(target, [...(found.get(target) ?? []), ...said]);
  }
  return found;
}

/** What these ask of a module: all that it exports, where it is loaded when needed. */
function namesAsked(path, importers, modules) {
  const { exports } = modules.get(path);
  const imported = new Set(importers.flatMap((module) => module.imported.get(path) ?? []));
  const isLoaded = importers.some((module) => module.loaded.has(path));
  return exports.filter((name) => isLoaded || imported.has(name));
}

function entryText(file, members, modules) {
  const lines = members.map((path) => {
    const { prefix, exports } = modules.get(path);
    const others = [...modules.values()].filter((module) => module.file !== file);
    const asked = prefix === '' ? exports : namesAsked(path, others, modules);
    const names = asked.map((name) => `${name} as ${prefix}${name}`);
    return names.length === 0 ? `import "/${path}";` : `export { ${names.join(', ')} } from "/${path}";`;
  });
  return lines.join('\n');
}

/** A module of this file is bundled; what another has is asked of the file that carries it, by name. */
function resolvePlaced({ onResolve, onLoad }, file, modules, later) {
  onResolve({ filter: /^[./].*\.js$/ }, ({ path, importer }) => {
    const target = path.startsWith('/') ? path.slice(1) : join(dirname(importer.slice(1)), path);
    const module = modules.get(target);
    return module && { path: `/${target}`, namespace: module.file === file ? 'own' : 'elsewhere' };
  });
  onResolve({ filter: /^\.\/[^/]+\.cjs$/ }, ({ path }) => ({ path, external: true }));
  // What was CommonJS asks for Node's own modules by `require`, which must not be meant for whoever bundles this.
  onLoad({ filter: /.*/, namespace: 'own' }, ({ path }) => {
    const { text } = modules.get(path.slice(1));
    const contents = text.includes('typeof require') ? `const require = process.getBuiltinModule;${text}` : text;
    return { contents, loader: 'js' };
  });
  onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => {
    const target = path.slice(1);
    const { file: carrier, prefix } = modules.get(target);
    const members = [...modules.values()].filter((module) => module.file === file);
    const names = namesAsked(target, members, modules);
    if (carrier in later) {
      const passed = names.map((name) => `${prefix}${name} as ${name}`);
      return { contents: `export { ${passed.join(', ')} } from "later:${carrier}";`, loader: 'js' };
    }
    const lines = names.map((name, index) => `const v${index} = from.${prefix}${name};`);
    const exported = names.map((name, index) => `v${index} as ${name}`);
    return {
      contents: `const from = require("./${carrier}.cjs");\n${lines.join('\n')}\nexport { ${exported.join(', ')} };`,
      loader: 'js',
    };
  });
  onResolve({ filter: /^later:/ }, ({ path }) => ({ path: path.slice('later:'.length), namespace: 'later' }));
  // Its file is read when one of its names is asked for.
  onLoad({ filter: /.*/, namespace: 'later' }, ({ path: carrier }) => {
    const members = [...modules.values()].filter((module) => module.file === file);
    const names = [...modules].flatMap(([target, module]) =>
      module.file === carrier ? namesAsked(target, members, modules).map((name) => module.prefix + name) : [],
    );
    return {
      contents: `exports.__esModule = true;
for (const name of ${JSON.stringify(names.join(' '))}.split(' '))
  Object.defineProperty(exports, name, { enumerable: true, get: () => require("./${carrier}.cjs")[name] });`,
      loader: 'js',
    };
  });
  onResolve({ filter: /^string-width$/ }, ({ path }) => ({ path, namespace: 'when-needed' }));
  onLoad({ filter: /.*/, namespace: 'when-needed' }, () => ({
    contents: 'let width; module.exports = (text) => (width ??= require("./widths.cjs").default)(text);',
    loader: 'js',
  }));
}

/** A library that is bundled once more, as an ES module, has no `require`; Node's own modules are had without it. */
const withoutRequire = (text) =>
  text
    .replaceAll(/\brequire\("([\w:/]+)"\)/gu, (call, name) =>
      isBuiltin(name) ? `process.getBuiltinModule("${name}")` : call,
    )
    // The names for whoever would import it as an ES module by name.
    .replace(/0&&\(module\.exports=\{[^}]*\}\);?\s*$/u, '');
