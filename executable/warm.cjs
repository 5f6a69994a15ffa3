// Run by the very Node that is inside the executable: `node warm.cjs FOLDER`. Runs what people run first, on the sandbox,
// so that the code cache holds the functions that this takes and not only their names, then writes each file as it is loaded, and
// its cache beside it.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { after, before, createLoader } = require('../src/starting/loader.ts');
const { compile } = require('./compile.cjs');

const commands = [
  ['--version'],
  ['--help'],
  ['enable', '--sandbox'],
  ['status', '--sandbox'],
  ['delete', '--all', '--exclude', 'legacy-erp', '--dry-run', '--sandbox', '--lang', 'ja'],
];
const folder = process.argv[2];
const texts = new Map(
  readdirSync(folder)
    .filter((name) => !name.endsWith('.cache'))
    .map((name) => [name, `${before}${readFileSync(join(folder, name), 'utf8')}${after}`]),
);
const scripts = new Map();
const scriptOf = (name) => {
  if (!scripts.has(name)) scripts.set(name, compile(name, texts.get(name)));
  return scripts.get(name);
};

async function warm() {
  for (const words of commands) {
    process.argv = [process.argv[0], process.argv[1], ...words];
    await createLoader(scriptOf)('main').main();
    // An SCP hides one account, which is 1.
    const isRight = process.exitCode === (words.includes('status') ? 1 : 0);
    if (!isRight) throw new Error(`rootctl ${words.join(' ')}: ${process.exitCode}`);
  }
  const ran = scripts.size;
  // What no command above asked for is loaded at least, so that it is known that it can be.
  const load = createLoader(scriptOf);
  for (const name of texts.keys()) load(name);
  process.exitCode = 0;
  for (const [name, text] of texts) {
    const cache = scriptOf(name).createCachedData();
    if (compile(name, text, cache).cachedDataRejected) throw new Error(`V8 does not take its own cache of ${name}`);
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.cache`), cache);
  }
  process.stderr.write(`# code cache of ${texts.size} files, ${ran} of them after running\n`);
}

void warm();
