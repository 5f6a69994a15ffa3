// Finds what a person reads outside src/words: sentences, phrases and labels, in the syntax tree of every source file.
//   node scripts/sentences.mjs            lists them, `file:line: text`, and counts them by file
//   node scripts/sentences.mjs --count    the counts only
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/**
 * Words of people belong to the first, words of AWS to the second, and the third are scripts for shells; the last is what
 * docs/errors.md calls types of data.
 */
const leftAlone = ['src/words/', 'src/sandbox/', 'src/completion/', 'src/problems/fields.ts'];
/** In these parts a single word is a label, too; further down it is a code or a name. */
const shown = /^src\/(render|cli|actions|main)\b/u;
/** Properties and functions whose text is shown, be it a single word. */
const labelProperties = new Set(['title', 'label', 'one', 'many', 'hint', 'cure', 'message', 'heading', 'summary']);
const labelCalls = new Set(['plural', 'red', 'yellow', 'green', 'dim', 'bold']);
/** What is passed to these is compared with something or taken apart by it, not shown. */
const comparing = new Set([
  'includes',
  'startsWith',
  'endsWith',
  'indexOf',
  'has',
  'get',
  'match',
  'test',
  'localeCompare',
  'problem',
  'problemError',
  'matchMedia',
]);
/** What another program says, a header, and names of AWS: the same in every language. */
const notForPeople = new Set(['Command failed: \ufffc', 'Basic \ufffc', 'Bearer \ufffc', 'Root', 'Organizations']);
/** English for readers of the JSON Schemas, not of the program. */
const schemaCalls = new Set(['meta', 'describe']);
/** Thrown at a programming mistake: for whoever mends the program, like its comments. */
const mistakes = new Set(['Error', 'RangeError', 'TypeError']);
/** Properties that hold a code or a name. */
const codeProperties = new Set([
  'code',
  'name',
  'kind',
  'type',
  'Sid',
  'Effect',
  'Action',
  'Version',
  'Principal',
  'Service',
]);

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** Stands for what a template fills in: some word. */
const filled = '\ufffc';
const word = /^["'“‘(\ufffc]*(?:\p{Lu}?\p{Ll}[\p{Ll}'’-]*(?:\/s)?|I|A)["'”’)\ufffc]*[.,:;!?…]*$/u;
const unit = /^(?:ms|s|m|h|d|kB|KiB|MiB)$/u;
const name = /^["'(]*[\p{Lu}\p{N}][\p{L}\p{N}-]*["')]*[.,:;!?…]*$/u;
/** `(${…}` and `${…},` are words that are filled in, `x=${…}` is none. */
const filling = /^[^\p{L}\p{N}=/]*\ufffc[^\p{L}\p{N}=/]*$/u;
const flag = /^\(?--?[a-z][\w-]*\)?[.,:;]?$/u;

const rootctlVerb =
  /^(?:config|status|delete|resume|recover|unlock|enable|disable|doctor|policy|report|runs|sandbox|completion|explain|show|iam|scp|s3|sqs|help|reset|start|schema)$/u;
const typed =
  /^(?:--?[\w-]+(?:=.*)?|[A-Z][A-Z0-9_=|-]*|<.*>|[^\p{L}]*|[\w./-]*\ufffc.*|us-east-1|root-[a-z-]+|AccessDenied)$/u;

/** `rootctl status --all`, `status --all`, `aws sso login`: typed, the same in every language. */
function isCommand(text) {
  const words = text.trim().split(/\s+/u);
  const verb = words[0] === 'aws' ? /^[a-z0-9-]+$/u : rootctlVerb;
  if (words[0] !== 'aws' && words[0] !== 'rootctl' && !rootctlVerb.test(words[0] ?? '')) return false;
  return words.slice(1).every((token, index) => typed.test(token) || (index < 3 && verb.test(token)));
}

/** A whole command line that help shows, with a verb and what goes with it, what a shell runs, or a flag with its value. */
function isTypedExample(text) {
  const [program, verb = ''] = text.split(' ');
  return (
    (program === 'rootctl' && rootctlVerb.test(verb)) ||
    /^(?:--[a-z-]+ [a-z]+|eval "\$\(rootctl [a-z ]+\)")$/u.test(text)
  );
}

/** @param {string} text with `filled` where something is filled in */
export function isPhrase(text) {
  if (japanese.test(text)) return true;
  if (isCommand(text) || isTypedExample(text)) return false;
  // A blank at an edge means that it is put together with something.
  const whole = `${/^\s/u.test(text) ? filled : ''}${text}${/\s$/u.test(text) ? filled : ''}`;
  const tokens = whole.split(/\s+/u).filter((token) => !/^"\w+":$/u.test(token));
  const isWord = (token) => word.test(token) && !unit.test(token);
  return tokens.some((token, index) => {
    const next = tokens[index + 1];
    if (next === undefined) return false;
    const isOther = (one) => filling.test(one) || name.test(one) || flag.test(one);
    return (isWord(token) && (isWord(next) || isOther(next))) || (isOther(token) && isWord(next));
  });
}

/** `Password`, `### Accounts`, `Done.`, `yes ⚠`: labels of one word. */
const isCapitalised = (text) => /^(?:#+ )?\p{Lu}\p{Ll}+(?:[.:!?…]| [^\p{L}\p{N}])?$/u.test(text);
const isLowerCase = (text) => /^\p{Ll}{3,}(?:[.:!?…]| [^\p{L}\p{N}])?$/u.test(text);

/**
 * @param {string} file its path from the root of the repository, with `/`
 * @param {string} code
 * @returns {readonly { readonly line: number, readonly text: string }[]}
 */
export function sentencesIn(file, code) {
  if (leftAlone.some((folder) => file.startsWith(folder))) return [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const found = [];
  const look = (node) => {
    if (isSkipped(node)) return;
    const text = textOf(node);
    if (text !== undefined && !notForPeople.has(text) && (isPhrase(text) || isLabel(file, node, text)))
      found.push({
        line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
        text: text.replaceAll(filled, '…').replaceAll('\n', '\\n'),
      });
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => filled + literal.text).join('');
  return undefined;
}

const nameOf = (callee) =>
  ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';

/** Whole branches of the tree that hold no words for people. */
function isSkipped(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isCallExpression(node) && schemaCalls.has(nameOf(node.expression))) return true;
  if (ts.isNewExpression(node) && mistakes.has(nameOf(node.expression))) return true;
  const { parent } = node;
  if (parent === undefined || textOf(node) === undefined) return false;
  if (propertyOf(node) === 'class') return true; // of an element: names of styles
  if (ts.isCallExpression(parent)) {
    const callee = nameOf(parent.expression);
    const isPattern = /^replace(?:All)?$/u.test(callee) && parent.arguments[0] === node;
    return isPattern || comparing.has(callee) || parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  }
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === 'split'; // a list, written with blanks
  if (ts.isBinaryExpression(parent)) return /^[!=]==?$/u.test(parent.operatorToken.getText());
  if (ts.isNewExpression(parent)) return nameOf(parent.expression) === 'RegExp';
  if ('name' in parent && parent.name === node) return true; // a key
  return ts.isCaseClause(parent) || ts.isElementAccessExpression(parent) || ts.isComputedPropertyName(parent);
}

/** A single word, told from a code by where it stands. */
function isLabel(file, node, text) {
  const property = propertyOf(node);
  if (property !== undefined && labelProperties.has(property)) return isCapitalised(text) || isLowerCase(text);
  const { parent } = node;
  if (!shown.test(file) || (property !== undefined && codeProperties.has(property))) return false;
  if (ts.isCallExpression(parent) && labelCalls.has(nameOf(parent.expression)))
    return isCapitalised(text) || isLowerCase(text);
  if (property === 'text') return isCapitalised(text) || isLowerCase(text);
  // The first argument of an error is its code.
  if (ts.isNewExpression(parent)) return parent.arguments?.[0] !== node && isCapitalised(text);
  return isCapitalised(text);
}

/** The key under which a text stands, through the branches of a condition. */
function propertyOf(node) {
  let at = node;
  while (ts.isConditionalExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  const isProperty = ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isProperty && parent.initializer === at ? parent.name.getText() : undefined;
}

/** @param {string} root the repository */
export function allSentences(root) {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => relative(root, join(root, 'src', file)).replaceAll('\\', '/'))
    .sort()
    .map((file) => ({ file, sentences: sentencesIn(file, readFileSync(join(root, file), 'utf8')) }))
    .filter(({ sentences }) => sentences.length > 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const all = allSentences(join(import.meta.dirname, '..'));
  for (const { file, sentences } of all) {
    if (process.argv.includes('--count')) process.stdout.write(`${String(sentences.length).padStart(5)} ${file}\n`);
    else for (const { line, text } of sentences) process.stdout.write(`${file}:${line}: ${text}\n`);
  }
  const total = all.reduce((sum, { sentences }) => sum + sentences.length, 0);
  process.stdout.write(`# ${total} sentences in ${all.length} files outside src/words\n`);
}
