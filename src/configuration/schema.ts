import { commandsIn } from './parsing.ts';
import { keyOf, placeOf, type Setting } from './settings.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema (draft 2020-12) of a configuration file, for editors. Numbers and truths may be written as texts. */
export function configurationSchema(settings: readonly Setting[]): Schema {
  const commands = commandsIn(settings)
    .map((command) => [command, propertiesOf(settings, command)] as const)
    .filter(([, properties]) => Object.keys(properties).length > 0);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:rootctl:schema:1:configuration',
    title: '.rootctl.yaml',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...propertiesOf(settings, null),
      protect: {
        ...describe('account ids, name globs, and OUs by id or path, which no command touches'),
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      },
      commands: {
        ...describe('defaults by command'),
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          commands.map(([command, properties]) => [
            command,
            { type: 'object', additionalProperties: false, properties },
          ]),
        ),
      },
    },
  };
}

function propertiesOf(settings: readonly Setting[], command: string | null): Readonly<Record<string, Schema>> {
  const own = settings.filter((setting) => setting.command === command && placeOf(setting) !== null);
  return Object.fromEntries(own.map((setting) => [keyOf(setting), { ...aboutOf(setting), ...ruleOf(setting) }]));
}

const describe = (description: string): Schema => ({ description });

const aboutOf = (setting: Setting): Schema =>
  placeOf(setting) === 'home' ? describe(`${setting.about} (in the home file only)`) : describe(setting.about);

const numberOrText = (number: Schema, pattern: string): Schema => ({
  anyOf: [number, { type: 'string', pattern }],
});

function ruleOf({ rule }: Setting): Schema {
  const [first = '', second = ''] = rule?.limits ?? [];
  switch (rule?.name) {
    case undefined:
      return { type: 'string' };
    case 'whole-number':
      return numberOrText({ type: 'integer', minimum: Number(first), maximum: Number(second) }, String.raw`^\d+$`);
    case 'rate':
      return numberOrText(
        { type: 'number', minimum: Number(first), maximum: Number(second) },
        String.raw`^\d{1,6}(\.\d{1,3})?$`,
      );
    case 'duration':
    case 'duration-above-zero':
      return numberOrText({ type: 'number', minimum: 0 }, String.raw`^(\d{1,10}[smhd]?|\d{1,10}\.\d{1,3}s?)$`);
    case 'account-id':
      return numberOrText({ type: 'integer', minimum: 0 }, String.raw`^\d{12}$`);
    case 'http-url':
      return { type: 'string', pattern: '^https?://' };
    case 'region':
      return { type: 'string', pattern: String.raw`^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$` };
    case 'one-of':
      return { enum: rule?.limits };
    case 'switch':
      return { enum: [true, false, 0, 1, 'true', 'false', '0', '1'] };
  }
}
