// Makes dist/index.d.ts: one file that needs nothing beside it, though the documents' types are inferred by zod and the
// code is full of the SDK's. Whoever installs the package has neither. The compiler writes the declarations of each
// module; here those that src/index.ts reaches are put together, and what zod inferred is written out.
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { inferredTypes } from './inferred-types.mjs';

/** Packages whose types no declaration may name; that they are not even read halves the time. */
const unread = /^@(?:aws-sdk|smithy)\//u;

/**
 * @returns the text; `hidden`: the types that an exported one names without being exported themselves.
 * @throws Error naming what cannot be said without somebody else's types.
 */
export function bundleDeclarations(entry) {
  const modules = openModules(resolve(entry));
  const inferred = inferredTypes(modules);
  const done = new Map();
  const hidden = [];
  const waiting = modules.exportsOf(modules.entry).map(({ name, target }) => ({ name, target, isExported: true }));
  const nameOf = new Map(waiting.map(({ name, target }) => [target.id, name]));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { name, target, isExported } = next;
    if (done.has(target.id)) continue;
    const refer = (other) => {
      if (!nameOf.has(other.id)) {
        if ([...nameOf.values()].includes(other.name)) throw new Error(`two things named ${other.name} are reached`);
        nameOf.set(other.id, other.name);
        hidden.push(other.name);
        waiting.push({ name: other.name, target: other, isExported: false });
      }
      return nameOf.get(other.id);
    };
    const text = inferred.has(target.id) ? inferred.print(target.id, name) : modules.print(target, name, refer);
    done.set(target.id, isExported ? text.replace(/^(?=(?:declare|interface|type) )/gmu, 'export ') : text);
  }
  const text = `${[...done.values()].join('\n\n')}\n\nexport {};\n`;
  const leaks = [...text.matchAll(/^.*(?:\bany\b|\bimport\(|\bz\.).*$/gmu)]
    .map(([line]) => line)
    .filter((line) => !/^\s*(?:\*|\/\*\*)/u.test(line));
  if (leaks.length > 0) throw new Error(`dist/index.d.ts would need another package's types:\n${leaks.join('\n')}`);
  return { text, hidden };
}

/** The modules as the compiler declares them, and where each name in them leads. */
function openModules(entry) {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options: given } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const options = { ...given, noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true };
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(host.getCurrentDirectory(), (name) => name, options);
  host.resolveModuleNameLiterals = (literals, from, _reference, using) =>
    literals.map(({ text }) =>
      unread.test(text) ? { resolvedModule: undefined } : ts.resolveModuleName(text, from, using, host, cache),
    );
  const program = ts.createProgram([entry], options, host);
  const parsed = new Map();

  function moduleAt(file) {
    const known = parsed.get(file);
    if (known !== undefined) return known;
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} is no module of the program`);
    let text = '';
    const keep = (_name, written) => {
      text = written;
    };
    program.emit(source, keep, undefined, true);
    const module = readModule(file, ts.createSourceFile(`${file}.d.ts`, text, ts.ScriptTarget.Latest, true));
    parsed.set(file, module);
    return module;
  }

  /** Where a name of a module is declared; null for what is neither in it nor brought into it. */
  function find(file, name) {
    const module = moduleAt(file);
    if (module.own.has(name)) return { id: `${file}#${name}`, file, name };
    const imported = module.imported.get(name);
    if (imported !== undefined) {
      if (imported.from === null || imported.name === null) return { id: null, package: imported.package };
      return findExport(imported.from, imported.name);
    }
    return null;
  }

  function findExport(file, name) {
    const module = moduleAt(file);
    const passed = module.passedOn.find((one) => one.name === name);
    if (passed !== undefined) {
      if (passed.from === null) return { id: null, package: 'another package' };
      return passed.from === file ? find(file, passed.original) : findExport(passed.from, passed.original);
    }
    if (module.own.has(name)) return { id: `${file}#${name}`, file, name };
    for (const other of module.all) {
      const found = other === null ? null : findExport(other, name);
      if (found !== null) return found;
    }
    return null;
  }

  /** What a declaration names: types and, by `typeof`, values. */
  function referencesOf({ file, name }) {
    const found = [];
    const visit = (node) => {
      const word = leftmost(node);
      const target = word === null ? null : find(file, word.text);
      if (target !== null) found.push({ id: target.id, isValue: ts.isTypeQueryNode(node) });
      ts.forEachChild(node, visit);
    };
    for (const statement of moduleAt(file).own.get(name)) visit(statement);
    return found;
  }

  /** The statements' text under their name outside, with the names that they refer to as they are outside. */
  function print({ id, file, name: own }, name, refer) {
    const { declared, own: statements } = moduleAt(file);
    const printOne = (statement) => {
      const edits = [{ node: declaredName(statement), text: name }];
      const visit = (node) => {
        const word = leftmost(node);
        const found = word === null ? null : find(file, word.text);
        if (found?.id === null)
          throw new Error(`${own} in ${file} names ${word.text} of ${found.package}: give it a type of rootctl's own`);
        if (found !== null) edits.push({ node: word, text: found.id === id ? name : refer(found) });
        ts.forEachChild(node, visit);
      };
      visit(statement);
      const start = (ts.getJSDocCommentsAndTags(statement)[0] ?? statement).getStart(declared);
      return edits
        .sort((one, other) => other.node.pos - one.node.pos)
        .reduce(
          (text, { node, text: replacement }) =>
            text.slice(0, node.getStart(declared) - start) + replacement + text.slice(node.end - start),
          declared.text.slice(start, statement.end),
        )
        .replace(/^export (?=declare|interface|type)/mu, '')
        .replace(/^(?: {4})+/gmu, (indent) => ' '.repeat(indent.length / 2));
    };
    return statements.get(own).map(printOne).join('\n');
  }

  return {
    entry,
    program,
    moduleAt,
    referencesOf,
    print,
    exportsOf: (file) =>
      moduleAt(file).passedOn.map(({ name }) => {
        const target = findExport(file, name);
        if (target === null || target.id === null) throw new Error(`src/index.ts exports ${name}, which is not there`);
        return { name, target };
      }),
  };
}

/** What the compiler declares of a module: the statements by name, what it imports, and what it passes on. */
function readModule(file, declared) {
  const module = { file, declared, own: new Map(), imported: new Map(), passedOn: [], all: [] };
  const targetOf = ({ text }) => (text.startsWith('.') ? join(dirname(file), text) : null);
  for (const statement of declared.statements) {
    const { moduleSpecifier } = statement;
    if (ts.isImportDeclaration(statement)) {
      const from = { from: targetOf(moduleSpecifier), package: moduleSpecifier.text };
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined) continue;
      if (ts.isNamespaceImport(bindings)) module.imported.set(bindings.name.text, { ...from, name: null });
      else
        for (const { name, propertyName } of bindings.elements)
          module.imported.set(name.text, { ...from, name: (propertyName ?? name).text });
    } else if (ts.isExportDeclaration(statement)) {
      const from = moduleSpecifier === undefined ? file : targetOf(moduleSpecifier);
      if (statement.exportClause === undefined) module.all.push(from);
      else
        for (const { name, propertyName } of statement.exportClause.elements)
          module.passedOn.push({ name: name.text, from, original: (propertyName ?? name).text });
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) module.own.set(name.text, [statement]);
    } else if (statement.name !== undefined) {
      module.own.set(statement.name.text, [...(module.own.get(statement.name.text) ?? []), statement]);
    }
  }
  return module;
}

/** The word of a type, a heritage clause or a `typeof` that says which declaration is meant. */
function leftmost(node) {
  let word = null;
  if (ts.isTypeReferenceNode(node)) word = node.typeName;
  else if (ts.isTypeQueryNode(node)) word = node.exprName;
  else if (ts.isExpressionWithTypeArguments(node)) word = node.expression;
  while (word !== null && !ts.isIdentifier(word)) word = word.left ?? word.expression ?? null;
  return word;
}

const declaredName = (statement) =>
  ts.isVariableStatement(statement) ? statement.declarationList.declarations[0].name : statement.name;

export function writeDeclarations() {
  const { text, hidden } = bundleDeclarations('src/index.ts');
  writeFileSync('dist/index.d.ts', text);
  return hidden;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const hidden = writeDeclarations();
  for (const name of hidden) process.stdout.write(`# ${name} is part of the declarations, and has no name outside\n`);
}
