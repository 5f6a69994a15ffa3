#!/usr/bin/env node
'use strict';
// Node would open its inspector for whoever sends this signal, and with it the credentials in this process.
process.on('SIGUSR1', () => {});
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  // Read when the first SDK client is constructed: a library's notice has no place among a person's results.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // As Node says it of a module that waits at its top for what never comes: who knows no end has not succeeded.
  process.exitCode = 13;
  require('../dist/main.cjs').main();
}
