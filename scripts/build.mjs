// Bundles the program and the library, which share their parts, with everything they need into dist/: an installation
// then adds one package. `--code-only` leaves out the declarations, which take longer than all the rest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { writeLicences } from './licences.mjs';
import { schemaDefines } from './packed-schemas.mjs';
import { pageDefines } from './page.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
const declared = process.argv.includes('--code-only') ? null : spawnDeclarations();
const { metafile } = await build({
  entryPoints: ['src/main.ts', 'src/index.ts', 'src/action.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  minify: true,
  charset: 'utf8', // Japanese as it is: escaped, each character would be twice as long
  legalComments: 'none', // the licences are in dist/THIRD-PARTY-LICENSES
  // The SDK's ES modules are shaken, its CommonJS build is not: about half the size and start-up.
  mainFields: ['module', 'main'],
  external: [
    'bowser', // the SDK asks for it in browsers only
    'kerberos', // the proxy agents, for a way to sign in that is not offered here
  ],
  // The proxy agents would print on stderr, whole requests among it, as soon as somebody else's DEBUG is set.
  alias: { debug: fileURLToPath(new URL('./no-debug.cjs', import.meta.url)) },
  plugins: [{ name: 'two-spinners', setup: keepTwoSpinners }],
  define: {
    __VERSION__: JSON.stringify(version),
    ...(await pageDefines()),
    ...schemaDefines(),
    // Printing is left to whoever prints: the SDK would warn on stderr, in a program of somebody else's too.
    'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
    // Of the SDK's own handler, which is not used here.
    'process.env.AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026': 'undefined',
  },
  // What is CommonJS asks for Node's own modules by `require`. Made so, it survives being bundled once more, as CommonJS too.
  banner: { js: 'const require = process.getBuiltinModule;' },
  metafile: true,
  logLevel: 'warning',
});
writeLicences(metafile, version);
// As man reads it, a third as long; it holds no time, so that the same page makes the same file.
writeFileSync('dist/rootctl.1.gz', gzipSync(readFileSync('man/rootctl.1'), { level: 9 }));
if (declared !== null) {
  const [code] = await once(declared, 'exit');
  process.exitCode = code ?? 1;
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
