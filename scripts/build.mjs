// Bundles the program with everything it needs into dist/: an installation then adds one package.
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeLicences } from './licences.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  minify: true,
  keepNames: true,
  legalComments: 'none', // the licences are in dist/THIRD-PARTY-LICENSES
  // The SDK's ES modules are shaken, its CommonJS build is not: about half the size and start-up.
  mainFields: ['module', 'main'],
  external: [
    'bowser', // the SDK asks for it in browsers only
    'kerberos', // the proxy agents, for a way to sign in that is not offered here
  ],
  // The proxy agents would print on stderr, whole requests among it, as soon as somebody else's DEBUG is set.
  alias: { debug: fileURLToPath(new URL('./no-debug.cjs', import.meta.url)) },
  define: { __VERSION__: JSON.stringify(version) },
  // commander is CommonJS and asks for node:events by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
});
writeLicences(metafile, version);
