import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

interface Log {
  readonly $schema: string;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
  readonly properties?: { readonly absent?: readonly Result[] };
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity': string };
}

export interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly baselineState?: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: Readonly<Record<string, number>>;
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

export const isSarif = (document: unknown): document is Log =>
  typeof document === 'object' &&
  document !== null &&
  '$schema' in document &&
  String(document.$schema).includes('sarif');

const isUriReference = (text: string): boolean => /^[^\s<>"{}|\\^`]*$/u.test(text) && URL.canParse(text, 'x:/');

/** The schema is of draft 4: what it takes from it means the same in draft 7, but for the name of its id. */
function sarifValidator() {
  const file = join(import.meta.dirname, '../fixtures/sarif-2.1.0-rtm.5.json');
  const { $schema: _draft, id: _id, ...rules } = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', (text) => isUriReference(text) && URL.canParse(text));
  ajv.addFormat('uri-reference', isUriReference);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/u);
  return ajv.compile(rules);
}

let validator: ReturnType<typeof sarifValidator> | undefined;

/** @throws Error when it is not SARIF 2.1.0, or not what GitHub's code scanning takes. */
export function requireSarif(log: Log): void {
  validator ??= sarifValidator();
  // What is kept beside the results would be results: `properties` may hold anything.
  const whole = { ...log, runs: log.runs.map((run) => ({ ...run, results: [...run.results, ...absentOf(run)] })) };
  for (const one of [log, whole]) {
    if (!validator(one)) throw new Error(`not SARIF 2.1.0: ${JSON.stringify(validator.errors?.slice(0, 5), null, 1)}`);
  }
  const refused = log.runs.flatMap(refusedByGitHub);
  if (refused.length > 0) throw new Error(`GitHub would not take or show it: ${refused.slice(0, 5).join('; ')}`);
}

const absentOf = ({ properties }: Run): readonly Result[] => properties?.absent ?? [];

/**
 * What its documentation requires besides ("SARIF support for code scanning", supported properties; "SARIF results exceed
 * one or more limits"): a required property may not be empty, and of a rule's tags ten are shown.
 */
function refusedByGitHub({ tool: { driver }, results }: Run): readonly string[] {
  const isText = (text: unknown, most = Number.POSITIVE_INFINITY) =>
    typeof text === 'string' && text !== '' && text.length <= most;
  const rules = driver.rules.flatMap(({ id, shortDescription, fullDescription, help, properties }) => {
    const severity = Number(properties['security-severity']);
    const isWhole =
      isText(id) && isText(shortDescription.text, 1024) && isText(fullDescription.text, 1024) && isText(help.text);
    return [
      ...(isWhole ? [] : [`rule ${id} lacks a text`]),
      ...(typeof properties['security-severity'] === 'string' && severity > 0 && severity <= 10
        ? []
        : [`rule ${id}: severity`]),
      ...(properties.tags.includes('security') && properties.tags.length <= 10 ? [] : [`rule ${id}: tags`]),
    ];
  });
  const found = results.flatMap((result, at) => {
    const { ruleId, ruleIndex, baselineState, message, locations, partialFingerprints } = result;
    const place = locations[0]?.physicalLocation;
    const region = ['startLine', 'startColumn', 'endLine', 'endColumn'].every(
      (side) => (place?.region[side] ?? 0) >= 1,
    );
    return [
      ...(driver.rules[ruleIndex]?.id === ruleId ? [] : [`result ${at}: another rule`]),
      // It takes every result for an open alert: `baselineState` is none of the properties that it looks at.
      ...(baselineState === 'absent' ? [`result ${at}: absent`] : []),
      ...(isText(message.text) ? [] : [`result ${at}: no message`]),
      ...(locations.length === 1 && isText(place?.artifactLocation.uri) && region ? [] : [`result ${at}: no place`]),
      ...(isText(partialFingerprints['primaryLocationLineHash']) ? [] : [`result ${at}: no fingerprint`]),
    ];
  });
  const isFew = driver.rules.length <= 25_000 && results.length <= 25_000;
  return [...(isText(driver.name) ? [] : ['no name']), ...(isFew ? [] : ['too many']), ...rules, ...found];
}
