import { carries, type PolicyFault, type ProblemError, problemError } from '../problems/index.ts';

/** An element and its negation in one value: `Action` is `only` these patterns, `NotAction` is `all-but` these. */
export interface Patterns {
  readonly match: 'only' | 'all-but';
  readonly patterns: readonly string[];
}

/** One entry of `Principal`: `"*"` alone is kept as type `AWS`, value `*`, which AWS documents as equal. */
export interface Principal {
  readonly type: string;
  readonly value: string;
}

export interface Principals {
  readonly match: 'only' | 'all-but';
  readonly principals: readonly Principal[];
}

/** One line of a `Condition` block. All lines of a statement must hold; of `values` any (or, negated, none). */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** Position in the policy, from 0. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  /** Null when the statement has neither `Resource` nor `NotResource`, as in a role's trust policy: any resource. */
  readonly resources: Patterns | null;
  /** Null in identity policies and service control policies, which have no principal: any principal. */
  readonly principals: Principals | null;
  readonly conditions: readonly Condition[];
}

export interface PolicyDocument {
  /** Policy variables exist in `2012-10-17` only; a policy without `Version` is read as `2008-10-17` (IAM User Guide, "Version"). */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
}

/** What it tells of is one line, whatever the policy contains. */
const refused = (place: string, fault: PolicyFault['fault'], about = ''): ProblemError =>
  problemError('PolicyNotUnderstood', { place: oneLine(place), fault, about: oneLine(about) });

/** Why a text is not understood as a policy, from what was thrown for it; null for any other error. */
export const policyFaultOf = (error: unknown): PolicyFault | null =>
  carries(error, 'PolicyNotUnderstood') ? error.problem.data : null;

const oneLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');

/**
 * Reads a policy document, from JSON text or from a value that was JSON. Elements that this reader does not know are
 * refused, not skipped: a part of a policy that is not understood must not silently lose its effect.
 * @throws ProblemError `PolicyNotUnderstood`
 */
export function parsePolicy(source: unknown): PolicyDocument {
  const policy = record('policy', typeof source === 'string' ? parseJson(source) : source);
  refuseOthers('', policy, ['Version', 'Id', 'Statement']);
  const { Version: version = '2008-10-17', Statement: listed } = policy;
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw refused('Version', 'no-version');
  }
  if (listed === undefined) throw refused('Statement', 'missing');
  return {
    version,
    statements: Array.isArray(listed)
      ? listed.map((statement: unknown, index) => parseStatement(`Statement[${index}]`, statement, index))
      : [parseStatement('Statement', listed, 0)],
  };
}

function parseStatement(place: string, value: unknown, index: number): Statement {
  const statement = record(place, value);
  refuseOthers(`${place}.`, statement, statementElements);
  const { Sid: sid = null, Effect: effect, Condition: condition } = statement;
  if (sid !== null && typeof sid !== 'string') throw refused(`${place}.Sid`, 'no-string');
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw refused(`${place}.Effect`, 'no-effect');
  }
  const actions = parsePatterns(place, statement, 'Action', 'NotAction');
  if (actions === null) throw refused(`${place}.Action`, 'missing-with-negation');
  return {
    index,
    sid,
    effect,
    actions,
    resources: parsePatterns(place, statement, 'Resource', 'NotResource'),
    principals: parsePrincipals(place, statement),
    conditions: parseConditions(`${place}.Condition`, condition),
  };
}

const statementElements = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'],
  'Condition',
];

function parsePatterns(place: string, statement: JsonObject, name: string, negatedName: string): Patterns | null {
  const present = oneOf(place, statement, name, negatedName);
  if (present === null) return null;
  const patterns = strings(`${place}.${present}`, statement[present]);
  return { match: present === name ? 'only' : 'all-but', patterns };
}

function parsePrincipals(place: string, statement: JsonObject): Principals | null {
  const present = oneOf(place, statement, 'Principal', 'NotPrincipal');
  if (present === null) return null;
  const value = statement[present];
  const match = present === 'Principal' ? 'only' : 'all-but';
  if (value === '*') return { match, principals: [{ type: 'AWS', value: '*' }] };
  const principals = Object.entries(record(`${place}.${present}`, value)).flatMap(([type, values]) =>
    strings(`${place}.${present}.${type}`, values).map((principal) => ({ type, value: principal })),
  );
  return { match, principals };
}

function parseConditions(place: string, value: unknown): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(record(place, value)).flatMap(([operator, block]) =>
    Object.entries(record(`${place}.${operator}`, block)).map(([key, values]) => ({
      operator,
      key,
      values: strings(`${place}.${operator}.${key}`, values),
    })),
  );
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused('policy', 'not-json', error instanceof Error ? error.message : '');
  }
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(place: string, value: unknown): JsonObject {
  if (!isRecord(value)) throw refused(place, 'no-object');
  return value;
}

/** One string or a list of them; booleans and numbers are taken as AWS takes them, by their JSON spelling. */
function strings(place: string, value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string' || typeof item === 'boolean' || typeof item === 'number') return String(item);
    throw refused(place, 'no-strings');
  });
}

function oneOf(place: string, statement: JsonObject, name: string, negatedName: string): string | null {
  if (!Object.hasOwn(statement, name)) return Object.hasOwn(statement, negatedName) ? negatedName : null;
  if (Object.hasOwn(statement, negatedName)) {
    throw refused(`${place}.${negatedName}`, 'beside-negation', name);
  }
  return name;
}

function refuseOthers(prefix: string, object: JsonObject, known: readonly string[]): void {
  const stranger = Object.keys(object).find((name) => !known.includes(name));
  if (stranger !== undefined) throw refused(`${prefix}${stranger}`, 'no-element');
}
