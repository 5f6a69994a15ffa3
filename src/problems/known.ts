import { cureOfAdvice } from './advice.ts';
import { isAwsData } from './aws.ts';
import type { Cure } from './cure.ts';
import { hasFields, oneOf, orNull, text, texts } from './fields.ts';
import { type OwnProblem, type Problem, type ProblemEntry, told, type WithinProblem, wheres } from './problem.ts';
import { type ExitClass, type OwnCode, registry } from './registry.ts';

const origins: ReadonlySet<unknown> = new Set<Problem['from']>(['rootctl', 'aws', 'system', 'told', 'within']);

/** Whether a value is a problem, among the values of a document. */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  'code' in value &&
  'data' in value &&
  origins.has(value.from);

/** The problem behind an entry that was read; where its data is not what its code promises, its own words stand. */
export function problemIn({ code, message, hint, data }: ProblemEntry): Problem {
  const entry = isOwnCode(code) ? registry[code] : undefined;
  if (entry !== undefined && hasFields(entry.data, data)) {
    return { from: 'rootctl', code, data } as OwnProblem; // its fields have just been looked at
  }
  if (isAwsData(data)) return { from: 'aws', code, data };
  if (isWithin(data)) return { from: 'within', code, data };
  if (hasFields(systemFields, data)) return { from: 'system', code, data };
  return told(code, message, hint);
}

const systemFields = { said: text } as const;
const withinFields = {
  where: oneOf(...wheres),
  about: texts,
  problem: { type: 'problem', fits: isSoundProblem },
} as const;
const isWithin = (value: unknown): value is WithinProblem['data'] => hasFields(withinFields, value);

/** A problem whose data is what its code promises. */
function isSoundProblem(value: unknown): value is Problem {
  if (!isProblem(value)) return false;
  switch (value.from) {
    case 'rootctl':
      return isOwnCode(value.code) && hasFields(registry[value.code].data, value.data);
    case 'aws':
      return typeof value.code === 'string' && isAwsData(value.data);
    case 'system':
      return typeof value.code === 'string' && hasFields(systemFields, value.data);
    case 'told':
      return typeof value.code === 'string' && hasFields({ message: text, hint: orNull(text) }, value.data);
    case 'within':
      return typeof value.code === 'string' && isWithin(value.data);
  }
}

export const isOwnCode = (code: string): code is OwnCode => Object.hasOwn(registry, code);

/** What to type against it; null where no command mends it. */
export function cureOf(of: Problem): Cure | null {
  switch (of.from) {
    case 'rootctl': {
      const cure = registry[of.code].cure as ((data: OwnProblem['data']) => Cure | null) | undefined;
      return cure?.(of.data) ?? null;
    }
    case 'aws':
      return of.data.advice === null ? null : cureOfAdvice(of.data.advice);
    case 'within':
      return cureOf(of.data.problem);
    case 'system':
    case 'told':
      return null;
  }
}

/** Whether what is said of it names its code already: an error of the system does, in words that are not rootctl's. */
export function namesItsCode({ from, code, data }: Problem): boolean {
  switch (from) {
    case 'aws':
      return data.said.some((one) => one.say === 'system' && one.code === code);
    case 'system':
      return true;
    case 'within':
      return namesItsCode(data.problem);
    case 'rootctl':
    case 'told':
      return false;
  }
}

export function exitClassOf(of: Problem): ExitClass {
  if (of.from === 'within' && of.data.where === 'setting') return exitClassOf(of.data.problem);
  return of.from === 'rootctl' ? registry[of.code].exit : 'failed';
}
