#!/usr/bin/env node
'use strict';
const { writeSync } = require('node:fs');
const { join } = require('node:path');
// Node would open its inspector for whoever sends this signal, and with it the credentials in this process.
process.on('SIGUSR1', () => {});
const isVersionSaid = () => {
  if (process.argv.length !== 3 || process.argv[2] !== '--version') return false;
  try {
    return writeSync(1, `${require('../package.json').version}\n`) > 0;
  } catch {
    return false; // the program itself tells of a full disk, and of nothing where the reader went away
  }
};
if (!isVersionSaid()) {
  // Read when the first SDK client is constructed: a library's notice has no place among a person's results.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // As Node says it of a module that waits at its top for what never comes: who knows no end has not succeeded.
  process.exitCode = 13;
  const { start } = require('../dist/starting.cjs');
  const { load, keep } = start({
    env: process.env,
    node: `${process.version} ${process.arch}`,
    user: process.geteuid?.(),
    require: (name) => require(`../dist/${name}.cjs`),
    folder: join(__dirname, '../dist'),
  });
  load('main')
    .main()
    .then(() => {
      // V8 lets go of code that was not called for long: what is left after a long run is a part of it. A word that is not
      // at the first place may be a person's.
      const [command] = /^[a-z]*$/u.exec(process.argv[2] ?? '') ?? [''];
      keep(process.uptime() > 10 ? null : `${command} ${process.exitCode}`);
    });
}
