#!/usr/bin/env node
// Node would open its inspector for whoever sends this signal, and with it the credentials in this process.
process.on('SIGUSR1', () => {});
// Read when the first SDK client is constructed: a library's notice has no place among a person's results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { main } = await import('../dist/main.js');
await main();
