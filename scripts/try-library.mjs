// Uses the packed package as a program of somebody else's does: `node scripts/try-library.mjs TARBALL`. In a folder of
// its own it installs nothing but the tarball, compiles examples/library as strictly as TypeScript can, and runs it,
// also bundled as most Lambda functions are.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const tarball = resolve(process.argv[2]);
const repository = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'rootctl-library-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const run = (command, words, more = {}) => {
  try {
    return execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...more });
  } catch (error) {
    throw new Error(`${command} ${words.join(' ')}\n${error.stdout}${error.stderr}`);
  }
};
const tell = (text) => process.stdout.write(`# ${text}\n`);

writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', tarball]);
cpSync(join(repository, 'examples/library'), join(folder, 'src'), { recursive: true });

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  resolveJsonModule: true,
  target: 'es2022',
  types: ['node'],
  rootDir: 'src',
};
const ways = {
  nodenext: { module: 'nodenext', outDir: 'out' },
  bundler: {
    module: 'preserve',
    moduleResolution: 'bundler',
    noEmit: true,
  },
};
for (const [way, options] of Object.entries(ways)) {
  const typeRoots = [join(repository, 'node_modules/@types')];
  const config = { compilerOptions: { ...strictest, typeRoots, ...options }, include: ['src'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json']);
  tell(`compiles: ${way}`);
}

/** Nothing of the person's may reach it: what the library needs it is handed. */
const bare = { env: { PATH: process.env.PATH, HOME: join(folder, 'home'), TMPDIR: folder } };
mkdirSync(join(folder, 'home'));
const programs = readdirSync(join(folder, 'out')).filter(
  (name) => name.endsWith('.js') && name !== 'lambda-handler.js',
);
for (const program of programs) {
  const said = run(process.execPath, [join('out', program)], bare);
  const last = said.trim().split('\n').at(-1);
  if (program === 'plan-show-apply.js' && !/^([1-9]\d*) of \1 accounts are clean$/u.test(last)) throw new Error(said);
  tell(`${program}: ${last}`);
}
// A handler is deployed in one file, as either kind of module.
const entry = `import { createHandler } from './out/lambda-handler.js';
import { connectSandbox } from 'rootctl';
createHandler({ connect: connectSandbox, readBaseline: async () => '{}' })({}, { getRemainingTimeInMillis: () => 9000 })
  .catch(({ message }) => connectSandbox({ accounts: 1 }).then(({ region }) => console.log(region, message)));`;
for (const format of ['esm', 'cjs']) {
  const outfile = join(folder, format === 'esm' ? 'bundle.mjs' : 'bundle.cjs');
  const stdin = { contents: entry, resolveDir: folder };
  await build({ stdin, outfile, bundle: true, platform: 'node', format, logLevel: 'error' });
  tell(`in one file, ${format}: ${run(process.execPath, [outfile], bare).trim()}`);
}
if (readdirSync(join(folder, 'home')).length > 0) throw new Error('something was written to the home folder');
