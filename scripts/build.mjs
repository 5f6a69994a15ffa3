// Bundles the program and the library, which share their parts, with everything they need into dist/: an installation
// then adds one package. `--code-only` leaves out the declarations, which take longer than all the rest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { asCommonJs } from './commonjs.mjs';
import { writeLicences } from './licences.mjs';
import { schemaDefines } from './packed-schemas.mjs';
import { pageDefines } from './page.mjs';

/** What is read together, from what every start needs to what most commands at work do. */
const groups = {
  main: ['src/main.ts'],
  failing: ['src/output/failing.ts', 'src/words/en/sayings.ts', 'src/words/speech.ts', 'src/render/style.ts'],
  work: ['src/cli/desk.ts', 'src/cli/work/status.ts'],
  sandbox: ['src/actions/sandbox/saved.ts'],
  commands: ['src/cli/work/'],
};

const inFolder = (folder, ...names) => names.map((name) => `src/${folder}/${name}.ts`);

/**
 * What no `status` asks for in any form. The commands that do read it when they begin: what tells of a deletion must be there
 * before the deletion is done, whatever becomes of these files meanwhile.
 */
const later = {
  pages: [
    ...inFolder('render', 'plan', 'delete', 'runs', 'doctor', 'report', 'recover'),
    ...inFolder('render', 'enable', 'sandbox', 'config', 'unlock'),
  ],
  sentences: inFolder(
    'words/en',
    'doctor',
    'policy',
    'recover',
    'report',
    'switching',
    'unlock',
    'runs',
    'deletion',
    'removal',
    'config',
  ),
  documents: inFolder(
    'documents',
    'plan',
    'delete',
    'doctor',
    'enable',
    'recover',
    'report',
    'runs',
    'sandbox',
    'unlock',
    'journal',
    'config',
  ),
};

/** What is asked for by one of these and by others as well, and would be bundled with the first. */
const apart = ['src/documents/report-names.ts'];

/** How each file is written. */
const written = {
  target: 'node20.19',
  minify: true,
  charset: 'utf8', // Japanese as it is: escaped, each character would be twice as long
  legalComments: 'none', // the licences are in dist/THIRD-PARTY-LICENSES
};
/** It becomes a `require` at the same moment: what V8 has kept of a file (src/starting) knows no `import()`. */
const asCommon = { ...written, supported: { 'dynamic-import': false } };

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
const declared = process.argv.includes('--code-only') ? null : spawnDeclarations();
const split = await build({
  write: false,
  entryPoints: [
    ...['main', 'index', 'action'].map((name) => ({ in: `src/${name}.ts`, out: name })),
    ...[...Object.values(later).flat(), ...apart].map((source, index) => ({ in: source, out: `later/${index}` })),
  ],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  ...written,
  // The SDK's ES modules are shaken, its CommonJS build is not: about half the size and start-up.
  mainFields: ['module', 'main'],
  external: [
    'bowser', // the SDK asks for it in browsers only
  ],
  // The proxy agents would print on stderr, whole requests among it, as soon as somebody else's DEBUG is set.
  alias: { debug: fileURLToPath(new URL('./no-debug.cjs', import.meta.url)) },
  plugins: [
    { name: 'two-spinners', setup: keepTwoSpinners },
    { name: 'widths-when-needed', setup: measureWhenNeeded },
    { name: 'unused', setup: leaveOutUnused },
    { name: 'given-handler', setup: leaveOutHandler },
    { name: 'versions', setup: keepVersions },
  ],
  define: {
    __VERSION__: JSON.stringify(version),
    ...(await pageDefines()),
    ...schemaDefines(),
    // Printing is left to whoever prints: the SDK would warn on stderr, in a program of somebody else's too.
    'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
    // Of the SDK's own handler, which is not used here.
    'process.env.AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026': 'undefined',
  },
  metafile: true,
  logLevel: 'warning',
});
const files = await asCommonJs(split, { groups, later, apart, readers: ['commands'] }, 'dist', asCommon);
const { exports: names } = split.metafile.outputs['dist/index.js'];
files.set('dist/index.js', `import library from './index.cjs';\nexport const { ${names.join(', ')} } = library;\n`);
files.set('dist/widths.cjs', await alone("export { default } from 'string-width';"));
// Before anything else is read, and so with nothing of the others in it.
files.set('dist/starting.cjs', await alone("export { start } from './src/starting/start.ts';"));
files.set('dist/action.js', "import './action.cjs';\n");
mkdirSync('dist', { recursive: true });
for (const [path, text] of files) writeFileSync(path, text);
writeLicences(split.metafile, version);
// As man reads it, a third as long; it holds no time, so that the same page makes the same file.
writeFileSync('dist/rootctl.1.gz', gzipSync(readFileSync('man/rootctl.1'), { level: 9 }));
if (declared !== null) {
  const [code] = await once(declared, 'exit');
  process.exitCode = code ?? 1;
}

/** What is not split with the rest, as a file of its own. */
async function alone(contents) {
  const own = {
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  };
  const { outputFiles } = await build({ ...own, ...asCommon });
  return outputFiles[0].text;
}

/** What `string-width` prepares costs ten milliseconds, and only what is not plain is measured by it: read when needed. */
function measureWhenNeeded({ onResolve }) {
  onResolve({ filter: /^string-width$/ }, ({ path, importer }) =>
    importer.endsWith('/src/render/text.ts') ? { path, external: true } : undefined,
  );
}

/** What a library can do that is not offered here: commander starts programs, the proxy agents sign in by Kerberos. */
function leaveOutUnused({ onResolve, onLoad }) {
  const nothing = ({ path }) => ({ path, namespace: 'nothing' });
  onResolve({ filter: /^node:child_process$/ }, (asked) =>
    asked.importer.includes('/node_modules/commander/') ? nothing(asked) : undefined,
  );
  onResolve({ filter: /^kerberos$/ }, nothing);
  onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
}

/** The SDK's own way to HTTP, which is replaced by rootctl's for every client, reads all of Node's. */
function leaveOutHandler({ onResolve, onLoad }) {
  onResolve({ filter: /^@smithy\/node-http-handler$/ }, ({ path, importer }) =>
    /\/client-(?:iam|organizations|s3|sqs|sts)\/dist-es\/runtimeConfig\.js$/.test(importer)
      ? { path, namespace: 'given-handler', pluginData: importer }
      : undefined,
  );
  onLoad({ filter: /.*/, namespace: 'given-handler' }, ({ pluginData }) => ({
    contents: `export { streamCollector } from '@smithy/core/serde';
export const NodeHttpHandler = { create: (given) => given };`,
    resolveDir: dirname(pluginData),
  }));
}

/** Of its `package.json` a client of the SDK tells its version in `User-Agent`. */
function keepVersions({ onLoad }) {
  onLoad({ filter: /[\\/]node_modules[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$/ }, ({ path }) => {
    const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
    return { contents: JSON.stringify({ name, version }), loader: 'json' };
  });
}

/** Of the spinners that `ora` brings along it shows two unasked; the ninety others weigh 25 KiB. */
function keepTwoSpinners({ onLoad }) {
  onLoad({ filter: /spinners\.json$/ }, ({ path }) => {
    const { dots, line } = JSON.parse(readFileSync(path, 'utf8'));
    return { contents: JSON.stringify({ dots, line }), loader: 'json' };
  });
}

/** The compiler works beside the bundler. */
function spawnDeclarations() {
  mkdirSync('dist', { recursive: true });
  return spawn(process.execPath, [fileURLToPath(new URL('./declarations.mjs', import.meta.url))], { stdio: 'inherit' });
}
