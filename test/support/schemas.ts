import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { isSarif, requireSarif } from './sarif.ts';

const folder = join(import.meta.dirname, '../../schemas');
const ajv = new Ajv2020({ strict: true, allErrors: true });
const validators = new Map<string, ValidateFunction>();

function validatorOf(kind: string): ValidateFunction {
  let validator = validators.get(kind);
  if (validator === undefined) {
    const name = `${kind}.schema.json`;
    if (!readdirSync(folder).includes(name)) throw new Error(`no schema is published for ${kind}`);
    validator = ajv.compile(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    validators.set(kind, validator);
  }
  return validator;
}

/** @throws Error when a document that names its kind does not fit the schema that ships with the package, or SARIF its own. */
export function requireValid(document: unknown): void {
  if (isSarif(document)) requireSarif(document);
  if (typeof document !== 'object' || document === null || !('kind' in document)) return;
  const { kind } = document;
  const validate = validatorOf(String(kind));
  if (!validate(document)) throw new Error(`${String(kind)}: ${JSON.stringify(validate.errors, null, 1)}`);
}

/**
 * @param before what the file held before it was written to.
 * @throws Error when a line that was added is none of a journal.
 */
export function requireJournal(text: string, before: string): void {
  if (!text.startsWith(before)) return; // somebody has put it there by hand
  const lines = text.slice(before.length).split('\n').slice(0, -1);
  const validate = validatorOf('rootctl.journal');
  for (const line of lines.filter((one) => one !== '')) {
    if (!validate(JSON.parse(line))) throw new Error(`${line}: ${JSON.stringify(validate.errors, null, 1)}`);
  }
}
