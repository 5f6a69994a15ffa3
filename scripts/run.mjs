// Runs a TypeScript program of the repository: Node 20 cannot, and a loader would be one more dependency.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { schemaDefines } from './packed-schemas.mjs';
import { pageDefines } from './page.mjs';

const [entry, ...words] = process.argv.slice(2);
const folder = join('node_modules', '.cache', 'rootctl');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${basename(join(entry, '..'))}-${basename(entry, '.ts')}.mjs`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: 'inline',
  mainFields: ['module', 'main'],
  external: ['esbuild', 'vitest', '@lydell/node-pty', '@xterm/headless', 'playwright-core'],
  define: { __VERSION__: JSON.stringify('0.0.0-development'), ...(await pageDefines()), ...schemaDefines() },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const child = spawn(process.execPath, ['--enable-source-maps', outfile, ...words], {
  stdio: 'inherit',
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
