const { Script } = require('node:vm');

/** @param cachedData what V8 made of the same text before; where it does not fit, V8 compiles the text. */
exports.compile = (name, text, cachedData) =>
  new Script(text, { filename: `rootctl/${name}`, ...(cachedData === undefined ? {} : { cachedData }) });
