// What a schema makes of a type, written out for people and for compilers that do not have the schema's library.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * The types that are inferred from a schema, written out. One that stands inside another is called by its name where
 * both are exported: the same structure cannot mean two things here.
 */
export function inferredTypes({ entry, program, moduleAt, exportsOf, referencesOf }) {
  const checker = program.getTypeChecker();
  const published = publishedSchemas();
  const exported = new Map(exportsOf(entry).map(({ name, target }) => [target.id, { name, target }]));
  const inferred = new Map();
  for (const { name, target } of exported.values()) {
    const [statement] = moduleAt(target.file).own.get(target.name);
    if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters !== undefined) continue;
    if (!referencesOf(target).some(({ id, isValue }) => isValue || id === null || isHiddenAlias(id))) continue;
    const alias = program
      .getSourceFile(target.file)
      .statements.find((one) => ts.isTypeAliasDeclaration(one) && one.name.text === target.name);
    inferred.set(target.id, { name, alias, type: checker.getTypeAtLocation(alias.name) });
  }
  /** A name that only the code has for a type is no help outside. */
  function isHiddenAlias(id) {
    const [file, name] = id.split('#');
    return !exported.has(id) && moduleAt(file).own.get(name).some(ts.isTypeAliasDeclaration);
  }
  /** The name of a type that was declared, not inferred; null where it has none outside. */
  function declaredNameOf({ symbol, aliasSymbol, aliasTypeArguments }) {
    for (const named of aliasTypeArguments === undefined ? [aliasSymbol, symbol] : [symbol]) {
      const [declaration] = named?.declarations ?? [];
      if (declaration === undefined || !('name' in declaration)) continue;
      const id = `${declaration.getSourceFile().fileName}#${declaration.name.getText()}`;
      if (exported.has(id) && !inferred.has(id)) return exported.get(id).name;
    }
    return null;
  }
  /** Numbers, texts and lists of them are as clear as a name for them. */
  const isWorthAName = (type) =>
    type.isUnion() ? !type.types.some(isEmpty) : isObject(type) && !checker.isArrayType(type);
  const structures = new Map();
  for (const { name, type } of inferred.values()) {
    const structure = write(type, '', null, false);
    if (!structures.has(structure)) structures.set(structure, name);
  }

  function nameOf(type, self) {
    const declared = declaredNameOf(type);
    if (declared !== null || self === null || !isWorthAName(type)) return declared;
    const name = structures.get(write(type, '', null, false));
    return name === undefined || name === self ? null : name;
  }

  /** @param self the name of the type that is being written out; null: nothing is called by its name. */
  function write(type, indent, self, isInside = true) {
    if (indent.length > depthMax) throw new Error(`a type in src/index.ts has no end (${checker.typeToString(type)})`);
    const known = isInside ? nameOf(type, self) : null;
    if (known !== null) return known;
    if (type.isUnion()) return writeUnion(type, indent, self);
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type);
      const written = write(element, indent, self);
      return `readonly ${element.isUnion() && / \| /u.test(written) ? `(${written})` : written}[]`;
    }
    if (!isObject(type) || isBuiltIn(type)) return checker.typeToString(type, undefined, literalStyle);
    const properties = checker.getPropertiesOfType(type);
    const { order, descriptions } = published.objectOf(properties.map(({ name }) => name));
    const members = [...properties]
      .sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name))
      .map((property) => writeMember(property, `${indent}  `, self, descriptions[property.name] ?? null));
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index !== undefined)
      members.push(`${indent}  readonly [key: string]: ${write(index.type, `${indent}  `, self)};`);
    return members.length === 0 ? '{}' : `{\n${members.join('\n')}\n${indent}}`;
  }

  /** A map, a promise: every program has them by their names. */
  function isBuiltIn({ symbol }) {
    const source = symbol?.declarations?.[0]?.getSourceFile();
    return source !== undefined && program.isSourceFileDefaultLibrary(source);
  }

  function writeUnion(type, indent, self) {
    const empty = type.types.filter((one) => isEmpty(one) && !isMissing(one)).map((one) => checker.typeToString(one));
    const full = checker.getNonNullableType(type);
    if (empty.length === 0) return full.isUnion() ? unionOf(full, indent, self) : write(full, indent, self);
    const name = full.isUnion() ? nameOf(full, self) : null;
    if (!full.isUnion() || name !== null) return [name ?? write(full, indent, self), ...empty.sort()].join(' | ');
    return listed([...partsOf(full, indent, self), ...empty.sort()], indent);
  }

  function unionOf(type, indent, self) {
    return nameOf(type, self) ?? listed(partsOf(type, indent, self), indent);
  }

  /** What stands for a field that is left out (`exactOptionalPropertyTypes`): its question mark says it. */
  function isMissing(one) {
    return (one.flags & ts.TypeFlags.Undefined) !== 0 && one !== checker.getUndefinedType();
  }

  function partsOf({ types }, indent, self) {
    if (types.every(({ flags }) => flags & ts.TypeFlags.BooleanLiteral)) return ['boolean'];
    if (types.every((one) => one.isStringLiteral()))
      return published.enumOf(types.map(({ value }) => value)).map((word) => `'${word}'`);
    return types.map((one) => write(one, `${indent}    `, self));
  }

  function writeMember(property, indent, self, description) {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const written = write(checker.getTypeOfSymbol(property), indent, self);
    const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(property.name) ? property.name : `'${property.name}'`;
    const comment = self === null ? null : (commentOf(property) ?? description);
    const declared = `${indent}readonly ${name}${isOptional ? '?' : ''}:${spaced(written)};`;
    return (comment === null ? '' : `${commentText(comment, indent)}\n`) + declared;
  }

  /** The comment above the field in its schema: zod's types and ours map it, and the compiler remembers from where. */
  function commentOf(property) {
    let origin = property;
    while (origin.declarations === undefined && origin.links?.syntheticOrigin !== undefined)
      origin = origin.links.syntheticOrigin;
    const [declaration] = origin.declarations ?? [];
    return declaration === undefined ? null : commentAbove(declaration);
  }

  /** The comment above the schema that the type is inferred from, or above the type that it is made of. */
  function commentOfOrigin(alias) {
    const origins = [];
    const visit = (node) => {
      if (ts.isTypeQueryNode(node)) origins.push(checker.getSymbolAtLocation(node.exprName));
      else if (ts.isQualifiedName(node)) origins.push(checker.getSymbolAtLocation(node.right));
      ts.forEachChild(node, visit);
    };
    visit(alias.type);
    const [origin] = origins.filter((symbol) => symbol?.name !== 'infer');
    if (origin === undefined) return null;
    const symbol = origin.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(origin) : origin;
    const [declaration] = symbol.declarations ?? [];
    if (declaration === undefined) return null;
    if (!ts.isTypeAliasDeclaration(declaration)) return commentAbove(declaration.parent.parent);
    return commentAbove(declaration) ?? commentOfOrigin(declaration);
  }

  return {
    has: (id) => inferred.has(id),
    print: (id, name) => {
      const { alias, type } = inferred.get(id);
      const comment = commentAbove(alias) ?? commentOfOrigin(alias);
      const lead = comment === null ? '' : `${commentText(comment, '')}\n`;
      const body = write(type, '', name, false);
      if (isObject(type) && !checker.isArrayType(type)) return `${lead}interface ${name} ${body}`;
      return `${lead}type ${name} =${spaced(body)};`;
    },
  };
}

/** Columns of indentation. */
const depthMax = 60;

/** What is several objects at once is one with all their fields. */
const isObject = (type) =>
  (type.flags & ts.TypeFlags.Object) !== 0 || (type.isIntersection() && type.types.every(isObject));
const isEmpty = ({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;
/** On one line where there is room. */
function listed(parts, indent) {
  const line = parts.join(' | ');
  const isShort = !line.includes('\n') && line.length + indent.length < 90;
  return isShort ? line : parts.map((part) => `\n${indent}  | ${part}`).join('');
}

const spaced = (text) => (text.startsWith('\n') ? text : ` ${text}`);
const literalStyle = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/**
 * What the published JSON Schemas say beyond the types: the order of fields and words, in which the compiler forgets
 * them, and what a field is. Objects and enumerations are known by their words.
 */
function publishedSchemas() {
  const objects = new Map();
  const enums = new Map();
  const keyOf = (words) => [...words].sort().join();
  const visit = (schema, named) => {
    if (typeof schema !== 'object' || schema === null) return;
    if (Array.isArray(schema.enum)) enums.set(keyOf(schema.enum), schema.enum);
    if (typeof schema.properties === 'object') {
      const fields = Object.entries(schema.properties);
      const saidOf = (field) => field.description ?? named[field.$ref?.slice('#/$defs/'.length)]?.description;
      const described = fields.map(([name, field]) => [name, saidOf(field) ?? saidOf(field.anyOf?.[0] ?? {})]);
      const order = fields.map(([name]) => name);
      objects.set(keyOf(order), { order, descriptions: Object.fromEntries(described) });
    }
    for (const inner of Object.values(schema)) visit(inner, named);
  };
  for (const file of readdirSync('schemas').sort()) {
    if (!file.endsWith('.schema.json')) continue;
    const schema = JSON.parse(readFileSync(join('schemas', file), 'utf8'));
    visit(schema, schema.$defs ?? {});
  }
  return {
    objectOf: (names) => objects.get(keyOf(names)) ?? { order: names, descriptions: {} },
    enumOf: (words) => enums.get(keyOf(words)) ?? words,
  };
}

/** The text of the comment that stands directly above, line by line; null where there is none. */
function commentAbove(node) {
  const last = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  if (last === undefined) return null;
  return last
    .getText()
    .replace(/^\/\*\*\s*\*?\s*|\s*\*\/$/gu, '')
    .replace(/\n\s*\* ?/gu, '\n');
}

function commentText(comment, indent) {
  const lines = comment.split('\n');
  if (lines.length === 1) return `${indent}/** ${comment} */`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join('\n');
}
