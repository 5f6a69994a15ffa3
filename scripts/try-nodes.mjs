// The packed package on each Node that it names, from nothing: `node scripts/try-nodes.mjs rootctl-0.1.0.tgz`. Each runs
// npm itself on that Node, with a cache of its own, in an empty folder. The Nodes come from npm, as the package `node`
// brings them: as packages with nothing but the program.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The oldest there is in `engines`, and the newest of each line that is maintained. */
const versions = ['20.19.0', '20', '22', '24', '26'];
const commands = ['rootctl --version', 'rootctl enable --sandbox', 'rootctl status --sandbox'];

const tarball = resolve(process.argv[2] ?? '');
const { version: expected } = JSON.parse(readFileSync('package.json', 'utf8'));
const npm = findNpm();
const work = mkdtempSync(join(tmpdir(), 'rootctl-nodes-'));
const execute = promisify(execFile);
// For each process that is started: it says itself what it ran on. No quotes, which NODE_OPTIONS takes for its own.
const tell = "--import=data:text/javascript,process.on('exit',()=>console.error('ran-on',process.version))";

try {
  const results = await Promise.allSettled(versions.map(tryOn));
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') process.stdout.write(`# Node ${result.value}\n`);
    else process.stdout.write(`Node ${versions[index]}: ${result.reason.stderr ?? ''}${result.reason.stack}\n`);
  }
  process.exitCode = results.every(({ status }) => status === 'fulfilled') ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function tryOn(wanted) {
  const node = await install(wanted);
  const folder = join(work, `empty-${wanted}`);
  mkdirSync(folder);
  const cache = join(work, `cache-${wanted}`);
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
    npm_config_cache: cache,
    npm_config_update_notifier: 'false',
    XDG_STATE_HOME: join(work, `state-${wanted}`),
    NODE_OPTIONS: tell,
  };
  const { stdout, stderr, code } = await execute(
    node,
    [npm, 'exec', '--yes', `--package=${tarball}`, '--call', commands.join(' && ')],
    { cwd: folder, env },
  ).then(
    (done) => ({ ...done, code: 0 }),
    (error) => error,
  );
  require(code === 1, `exit code ${code}\n${stdout}${stderr}`); // 1: a policy hides one account
  const ranOn = stderr.match(/(?<=^ran-on )v.*$/gmu) ?? [];
  const isRight = ranOn.length === commands.length + 1 && ranOn.every((one) => isOf(wanted, one)); // npm too
  require(isRight, `ran on ${ranOn.join(', ')}`);
  require(stdout.startsWith(`${expected}\n`), `--version says ${stdout.split('\n')[0]}`);
  require(/payments-prod .*present/u.test(stdout), stdout);
  require(!/warning/iu.test(stderr), `warns: ${stderr}`);
  const [npx] = readdirSync(join(cache, '_npx'));
  const installed = join(cache, '_npx', npx, 'node_modules');
  const packages = readdirSync(installed).filter((name) => !name.startsWith('.'));
  require(packages.join() === 'rootctl', `installed: ${packages}`);
  const { scripts = {} } = JSON.parse(readFileSync(join(installed, 'rootctl/package.json'), 'utf8'));
  const hooks = ['preinstall', 'install', 'postinstall'].filter((name) => name in scripts);
  require(hooks.length === 0, `scripts run at installation: ${hooks}`);
  return ranOn[0];
}

async function install(wanted) {
  const folder = join(work, `node-${wanted}`);
  mkdirSync(folder);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const args = [npm, 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--no-save'];
  await execute(process.execPath, [...args, `--prefix=${folder}`, `${name}@${wanted}`], { cwd: folder });
  const program = join(folder, 'node_modules', name, 'bin', 'node');
  require(existsSync(program), `${name}@${wanted} has no ${program}`);
  return program;
}

function findNpm() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find((file) => existsSync(file));
  require(path !== undefined, 'npm is not on the PATH');
  return realpathSync(path);
}

function isOf(wanted, version) {
  return version === `v${wanted}` || version.startsWith(`v${wanted}.`);
}

function require(condition, words) {
  if (!condition) throw new Error(words);
}
