// What starts inside the executable, in place of bin/rootctl.js.
const { getRawAsset } = require('node:sea');
const { compile, createLoader } = require('./loader.cjs');

// Node would open its inspector for whoever sends this signal, and with it the credentials in this process.
process.on('SIGUSR1', () => {});
// As Node says it of a module that waits at its top for what never comes.
process.exitCode = 13;

const load = createLoader((name) => {
  const text = Buffer.from(getRawAsset(name)).toString('utf8');
  return compile(name, text, Buffer.from(getRawAsset(`${name}.cache`)));
});
load('main.js').ending.then((code) => {
  process.exitCode = code;
});
