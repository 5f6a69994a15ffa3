// The files of dist/ as functions, each compiled when it is asked for: what the executable and the making of its code
// cache have in common. A file of dist/ knows its neighbours by name alone, so their folder does not matter.
const { Script } = require('node:vm');
const { posix } = require('node:path');

/**
 * @param compiled gives the script of a file, which evaluates to a function of `module`, `exports` and `require`.
 * @returns a `require` for these files, as if none had been loaded before.
 */
exports.createLoader = (compiled) => {
  const loaded = new Map();
  const load = (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    compiled(name).runInThisContext()(module, module.exports, requireFile);
    return module.exports;
  };
  const requireFile = (id) => (id.startsWith('.') ? load(posix.parse(id).name) : process.getBuiltinModule(id));
  return load;
};

/** @param cachedData what V8 made of the same text before; where it does not fit, V8 compiles the text. */
exports.compile = (name, text, cachedData) =>
  new Script(text, { filename: `rootctl/${name}`, ...(cachedData === undefined ? {} : { cachedData }) });
