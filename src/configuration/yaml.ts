// A file of its own, loaded when there is a configuration: of a CommonJS package that is bundled, `import()` would give
// the names only as members of `default`.
export { type Document, isNode, LineCounter, parseDocument } from 'yaml';
