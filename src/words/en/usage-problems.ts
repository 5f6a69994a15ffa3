import type { usageProblems as entries, NamedFile } from '../../problems/usage.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';
import { grammar } from './grammar.ts';
import { opening } from './opening.ts';
import { ruleSentence } from './rules.ts';

const { count } = grammar;

const files: Readonly<Record<NamedFile, string>> = {
  'account-list': 'account list',
  baseline: 'baseline',
  configuration: 'configuration',
  plan: 'plan',
  policy: 'policy',
  reading: 'reading',
  scenario: 'scenario',
};

export const usageProblems: ProblemWordsOf<keyof typeof entries> = {
  Usage: {
    message: ({ mistake, word, value, rule, limits }) => {
      switch (mistake) {
        case 'unknown-command':
          return `unknown command '${word}'`;
        case 'unknown-option':
          return `unknown option '${word}'`;
        case 'no-command':
          return 'no command given';
        case 'missing-argument':
          return `required argument '${word}' is missing`;
        case 'missing-value':
          return `option '${word}' needs a value`;
        case 'missing-option':
          return `required option '${word}' is missing`;
        case 'too-many-arguments': {
          const [expected = '0', given = '0'] = limits;
          const of = word === '' ? '' : ` for '${word}'`;
          return `too many arguments${of}: expected ${count(Number(expected), { one: 'argument', other: 'arguments' })}, got ${given}`;
        }
        case 'invalid-value':
          return `value '${value ?? ''}' of option '${word}' is invalid: ${ruleSentence(rule, limits)}`;
        case 'invalid-variable':
          return `${word}=${value ?? ''} is invalid: ${ruleSentence(rule, limits)}`;
      }
    },
    hint: ({ mistake, near, see }) => {
      if (near !== null) return `did you mean ${near}?`;
      return mistake === 'no-command' ? `${see} --help lists the commands` : `see ${see} --help`;
    },
  },
  InvalidValue: { message: ({ rule, limits }) => ruleSentence(rule, limits) },
  InvalidConfig: {
    message: ({ at, fault, key, said, rule, limits }) => {
      switch (fault) {
        case 'not-yaml':
          return `${at} is not YAML: ${said || 'it is nested too deeply'}`;
        case 'unresolvable':
          return `${at} cannot be read: ${said || 'it is nested too deeply'}`;
        case 'key-twice':
          return `${at}: ${key} is there a second time`;
        case 'unknown-key':
          return `${at}: unknown key ${key}`;
        case 'no-keys':
          return key === ''
            ? `${at}: the configuration must consist of keys and values`
            : `${at}: ${key} must consist of keys and values`;
        case 'no-single-value':
          return `${at}: ${key} must be one value`;
        case 'no-list':
          return `${at}: ${key} must be a list of accounts`;
        case 'no-single-account':
          return `${at}: ${key} must be one account`;
        case 'invalid-value':
          return `${at}: ${key}: ${ruleSentence(rule, limits)}`;
        case 'endpoint-url-here':
          return `${at}: endpointUrl is allowed in the user configuration only, because it redirects every request`;
        case 'home-only':
          return `${at}: ${key} is allowed in the user configuration only, because it loosens a safety limit`;
        case 'never-in-a-file':
          return `${at}: ${key} is not allowed in a file, because it decides what is done`;
      }
    },
    hint: ({ fault, key, near, keys }) => {
      if (near !== null) return `did you mean ${near}?`;
      switch (fault) {
        case 'not-yaml':
          return 'fix that line';
        case 'key-twice':
          return 'remove one of the two';
        case 'unresolvable':
          return 'write the values out, without aliases';
        case 'endpoint-url-here':
          return 'remove it, and use --endpoint-url or AWS_ENDPOINT_URL';
        case 'home-only':
          return 'remove it, or put it into the user configuration ($XDG_CONFIG_HOME/rootctl/config.yaml, by default in ~/.config)';
        case 'never-in-a-file':
          return `remove it, and use --${flagIn(key)} on the command line`;
        default:
          return keys.length === 0 ? null : `known keys: ${keys.join(', ')}`;
      }
    },
  },
  ContradictingFlags: {
    message: ({ flag, others, why }) => {
      const contradiction = `${flag} cannot be combined with ${others.map((other) => (other === 'selection' ? 'a selection of accounts' : other)).join(' and ')}`;
      switch (why) {
        case 'either-or':
          return contradiction;
        case 'sandbox-inside':
          return `${contradiction}: the sandbox runs inside the process`;
        case 'plan-says-all':
          return `${contradiction}: it carries out exactly what the plan says`;
        case 'part-of':
          return `${flag} works only together with ${others.join(' and ')}`;
        case 'stdin-once':
          return `${flag} (stdin) can be read only once`;
      }
    },
    hint: ({ others, why }) => {
      switch (why) {
        case 'either-or':
          return 'leave out one of them';
        case 'sandbox-inside':
          return 'leave out one of them (ROOTCTL_SANDBOX=1 has the same effect as --sandbox)';
        case 'plan-says-all':
          return 'create a new plan with --plan-out';
        case 'part-of':
          return `add ${others.join(' and ')}, or leave out this flag`;
        case 'stdin-once':
          return 'save one of the inputs to a file, and give the file instead';
      }
    },
  },
  UnknownFormat: {
    message: ({ format }) => `unknown output format ${format}`,
    hint: ({ offered }) => `choose one of: ${offered.join(', ')}`,
  },
  FormatNotOffered: {
    message: ({ command, format }) => `rootctl ${command} has no ${format} output`,
    hint: ({ offered }) => `choose one of: ${offered.join(', ')}`,
  },
  UnreadableFile: {
    message: ({ what, path, code }) => `cannot read the ${files[what]} ${path} (${code})`,
    hint: ({ what }, { rootctl }) => {
      switch (what) {
        case 'baseline':
        case 'reading':
          return `create one: ${rootctl('status', '-o', 'json')} > FILE`;
        case 'plan':
          return `create one: ${rootctl('delete', '--all', '--plan-out', 'FILE')}`;
        case 'scenario':
          return 'the format is described in docs/sandbox.md';
        default:
          return 'check the path and its permissions';
      }
    },
  },
  InvalidDocument: { message: ({ flaw }) => documentFlaw(flaw) },
  InvalidBaseline: {
    message: ({ path, flaw }) => `${path} is not a status document: ${documentFlaw(flaw)}`,
    hint: (_, { cure }) => `create one: ${cure} > FILE`,
  },
  IncompleteBaseline: {
    message: ({ path, missing, accounts }) => {
      const what = opening.missing.accounts(missing, accounts, 'read', false);
      return `${path ?? 'the given status'} cannot be a baseline, because its reading was cut short: ${what}`;
    },
    hint: (_, { cure }) => `create one from a complete reading: ${cure} > FILE`,
  },
  LaterBaseline: {
    message: ({ path, generatedAt, readAt }) =>
      `${path ?? 'the given status'} cannot be a baseline: it was made at ${generatedAt}, after the reading that is compared with it (${readAt})`,
    hint: () => 'give the earlier one to --baseline',
  },
  InvalidReading: {
    message: ({ path, flaw }) => `${path} is not a status document: ${documentFlaw(flaw)}`,
    hint: (_, { cure }) => `create one: ${cure} > FILE`,
  },
  NoReadings: {
    message: () => 'there is no reading to report on',
    hint: (_, { cure }) => `create one: ${cure} > FILE`,
  },
  SeveralOrganizations: {
    message: ({ organizations }) => `the readings are of different organizations: ${organizations.join(' and ')}`,
    hint: () => 'report on each organization separately',
  },
  ReadingTwice: {
    message: ({ generatedAt }) => `two of the readings have the same time, ${generatedAt}`,
    hint: () => 'give each reading once',
  },
  NothingDeleted: {
    message: ({ runId, command }) => `run ${runId} (${command}) does not record accounts before and after a deletion`,
    hint: ({ runId }, { rootctl }) => `see what it did: ${rootctl('runs', 'show', runId)}`,
  },
  NotConfirmed: {
    message: ({ expected }) =>
      expected === null ? 'no account was chosen: nothing was changed' : 'not confirmed: nothing was changed',
    hint: ({ expected }) =>
      expected === null ? 'mark accounts with the space bar' : `type ${expected} exactly, or use --yes`,
  },
  NoConfirmation: {
    message: ({ command }) => `${command} ${asking[command]}, but there is no terminal to ask in`,
    hint: ({ command }) => {
      if (command === 'runs resume') return 'add --yes';
      return command === 'delete'
        ? 'add --yes, or check the plan first with --dry-run'
        : 'add --yes, or check first with --dry-run';
    },
  },
};

/** The flag behind a key such as `commands.delete.yes`. */
const flagIn = (key: string): string => key.replace(/^.*\./u, '');

const asking = {
  delete: 'asks for confirmation',
  'runs resume': 'asks for confirmation',
  recover: 'asks for confirmation',
  unlock: 'asks before it changes a policy',
  disable: 'asks for confirmation',
};
