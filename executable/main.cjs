// What starts inside the executable, in place of bin/rootctl.js.
// Node would open its inspector for whoever sends this signal, and with it the credentials in this process.
process.on('SIGUSR1', () => {});
const isVersionSaid = () => {
  if (process.argv.length !== 3 || process.argv[2] !== '--version') return false;
  try {
    return require('node:fs').writeSync(1, `${__VERSION__}\n`) > 0; // put in when it is made
  } catch {
    return false; // the program itself tells of it
  }
};
if (!isVersionSaid()) {
  // As Node says it of a module that waits at its top for what never comes.
  process.exitCode = 13;
  const { getRawAsset } = require('node:sea');
  const { createLoader } = require('../src/starting/loader.ts');
  const { compile } = require('./compile.cjs');
  const load = createLoader((name) => {
    const text = Buffer.from(getRawAsset(name)).toString('utf8');
    return compile(name, text, Buffer.from(getRawAsset(`${name}.cache`)));
  });
  load('main').main();
}
