// How much is installed, and how much of it a start reads: neither grows without somebody deciding so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packageKiB = 2_048;
/** KiB that the program reads of itself, by what is typed. Compiling costs a millisecond for every 20 of them. */
const startKiB = {
  '--version': 8,
  '--help': 120,
  'status --help': 120,
  'status --sandbox': 768,
};

const { files } = JSON.parse(readFileSync('package.json', 'utf8'));
const leftOut = files.filter((path) => path.startsWith('!')).map((path) => path.slice(1));
const included = files.filter((path) => !path.startsWith('!')).map((path) => path.replace(/^\//u, ''));
const installed = ['package.json', ...included]
  .flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file))
      : [path],
  )
  .filter((file) => !leftOut.some((path) => file === path || file.startsWith(`${path}/`)));
const kib = (bytes) => Math.ceil(bytes / 1024);
const packageBytes = installed
  .filter((file) => statSync(file).isFile())
  .reduce((sum, file) => sum + statSync(file).size, 0);

const folder = mkdtempSync(join(tmpdir(), 'rootctl-size-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const listing = join(folder, 'listing.cjs');
writeFileSync(
  listing,
  `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'read'))}, Object.keys(require.cache).join('\\n')));`,
);
function readBy(words) {
  // As files that Node reads: from what V8 has kept (src/starting) the same would be read in another way.
  const env = { PATH: process.env.PATH, HOME: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
  const { stdout } = spawnSync(process.execPath, ['--require', listing, 'bin/rootctl.js', ...words], { env });
  if (stdout.length === 0) throw new Error(`rootctl ${words.join(' ')} printed nothing: nothing was measured`);
  const read = readFileSync(join(folder, 'read'), 'utf8')
    .split('\n')
    .filter((file) => file !== listing);
  return kib(read.reduce((sum, file) => sum + statSync(file).size, 0));
}

const lines = [['installed', kib(packageBytes), packageKiB]];
spawnSync(process.execPath, ['bin/rootctl.js', 'enable', '--sandbox'], {
  env: { PATH: process.env.PATH, HOME: folder },
});
for (const [typed, limit] of Object.entries(startKiB))
  lines.push([`read by ${typed}`, readBy(typed.split(' ')), limit]);
for (const [what, size, limit] of lines) process.stdout.write(`# ${what}: ${size} of ${limit} KiB\n`);
process.exitCode = lines.every(([, size, limit]) => size <= limit) ? 0 : 1;
