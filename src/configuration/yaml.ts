// A file of its own, loaded when there is a configuration: of a CommonJS package that is bundled, `import()` would give
// the names only as members of `default`.
export { type Document, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
