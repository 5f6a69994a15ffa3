// How much is installed, and how much of it every start reads: neither grows without somebody deciding so.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const limits = { packageKiB: 2_048, startKiB: 800 };

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
const packageBytes = installed
  .filter((file) => statSync(file).isFile())
  .reduce((sum, file) => sum + statSync(file).size, 0);

/** The entry and what it imports statically; `import()` is read only when it is needed. */
const started = new Set();
const follow = (file) => {
  if (started.has(file)) return;
  started.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(
    /(?:^|[;}\s])(?:import|export)\s?(?:[^'"();]*?from\s?)?["'](\.[^"']+)["']/gu,
  )) {
    follow(join(dirname(file), path));
  }
};
follow('dist/main.js');
const startBytes = [...started].reduce((sum, file) => sum + statSync(file).size, 0);

const kib = (bytes) => Math.ceil(bytes / 1024);
process.stdout.write(
  `# installed ${kib(packageBytes)} of ${limits.packageKiB} KiB, read at start ${kib(startBytes)} of ${limits.startKiB} KiB in ${started.size} files\n`,
);
if (started.size < 2) throw new Error('no import of dist/main.js was found: nothing was measured');
process.exitCode = kib(packageBytes) <= limits.packageKiB && kib(startBytes) <= limits.startKiB ? 0 : 1;
