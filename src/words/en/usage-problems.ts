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
          return 'say what to do';
        case 'missing-argument':
          return `missing required argument '${word}'`;
        case 'missing-value':
          return `option '${word}' argument missing`;
        case 'missing-option':
          return `required option '${word}' not specified`;
        case 'too-many-arguments': {
          const [expected = '0', given = '0'] = limits;
          const of = word === '' ? '' : ` for '${word}'`;
          return `too many arguments${of}. Expected ${count(Number(expected), { one: 'argument', other: 'arguments' })} but got ${given}.`;
        }
        case 'invalid-value':
          return `option '${word}' argument '${value ?? ''}' is invalid: ${ruleSentence(rule, limits)}`;
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
          return `${at} is not YAML: ${said}`;
        case 'unresolvable':
          return `${at} cannot be read: ${said}`;
        case 'unknown-key':
          return `${at}: unknown key ${key}`;
        case 'no-keys':
          return key === ''
            ? `${at}: a configuration is a list of keys and values`
            : `${at}: ${key} must be keys and values`;
        case 'no-single-value':
          return `${at}: ${key} must be one value`;
        case 'no-list':
          return `${at}: ${key} must be a list of accounts`;
        case 'no-single-account':
          return `${at}: ${key} must be one account`;
        case 'invalid-value':
          return `${at}: ${key}: ${ruleSentence(rule, limits)}`;
        case 'endpoint-url-here':
          return `${at}: endpointUrl counts in the home configuration only: this file would send every request elsewhere`;
        case 'home-only':
          return `${at}: ${key} counts in the home configuration only: this file would loosen what protects you`;
        case 'never-in-a-file':
          return `${at}: ${key} is never taken from a file: it decides what is done`;
      }
    },
    hint: ({ fault, key, near, keys }) => {
      if (near !== null) return `did you mean ${near}?`;
      switch (fault) {
        case 'not-yaml':
          return 'mend that line';
        case 'unresolvable':
          return 'write the values out, without aliases';
        case 'endpoint-url-here':
          return 'take it out, and use --endpoint-url or AWS_ENDPOINT_URL';
        case 'home-only':
          return 'take it out, or put it into config.yaml of the configuration folder';
        case 'never-in-a-file':
          return `take it out, and say --${flagIn(key)} on the command line`;
        default:
          return keys.length === 0 ? null : `keys: ${keys.join(', ')}`;
      }
    },
  },
  ContradictingFlags: {
    message: ({ flag, others, why }) => {
      const contradiction = `${flag} contradicts ${others.map((other) => (other === 'selection' ? 'a selection' : other)).join(' and ')}`;
      switch (why) {
        case 'either-or':
          return contradiction;
        case 'sandbox-inside':
          return `${contradiction}: the sandbox answers inside the process`;
        case 'plan-says-all':
          return `${contradiction}: it does exactly what the plan says`;
        case 'part-of':
          return `${flag} belongs to ${others.join(' and ')}`;
      }
    },
    hint: ({ others, why }) => {
      switch (why) {
        case 'either-or':
          return 'leave out one of them';
        case 'sandbox-inside':
          return 'leave out one of them (ROOTCTL_SANDBOX=1 counts as --sandbox)';
        case 'plan-says-all':
          return 'make a new plan with --plan-out';
        case 'part-of':
          return `add ${others.join(' and ')}, or leave it out`;
      }
    },
  },
  UnknownFormat: {
    message: ({ format }) => `unknown output format ${format}`,
    hint: ({ offered }) => `choose one of: ${offered.join(', ')}`,
  },
  FormatNotOffered: {
    message: ({ command, format }) => `rootctl ${command} has no output as ${format}`,
    hint: ({ offered }) => `choose one of: ${offered.join(', ')}`,
  },
  UnreadableFile: {
    message: ({ what, path, code }) => `cannot read the ${files[what]} ${path} (${code})`,
    hint: ({ what }, { rootctl }) => {
      switch (what) {
        case 'baseline':
        case 'reading':
          return `make one: ${rootctl('status', '-o', 'json')} > FILE`;
        case 'plan':
          return `make one: ${rootctl('delete', '--all', '--plan-out', 'FILE')}`;
        case 'scenario':
          return 'the format is described in docs/sandbox.md';
        default:
          return 'check the path and your rights';
      }
    },
  },
  InvalidDocument: { message: ({ flaw }) => documentFlaw(flaw) },
  InvalidBaseline: {
    message: ({ path, flaw }) => `${path} is not a status document: ${documentFlaw(flaw)}`,
    hint: (_, { cure }) => `make one: ${cure} > FILE`,
  },
  IncompleteBaseline: {
    message: ({ path, missing, accounts }) => {
      const what = opening.missing.accounts(missing, accounts, 'read', false);
      return `${path} is no baseline, because its reading was cut short. Not complete: ${what}`;
    },
    hint: (_, { cure }) => `make one of a reading that came to its end: ${cure} > FILE`,
  },
  InvalidReading: {
    message: ({ path, flaw }) => `${path} is not a status document: ${documentFlaw(flaw)}`,
    hint: (_, { cure }) => `make one: ${cure} > FILE`,
  },
  NoReadings: {
    message: () => 'there is no reading to report on',
    hint: (_, { cure }) => `make one: ${cure} > FILE`,
  },
  SeveralOrganizations: {
    message: ({ organizations }) => `the readings are of two organizations: ${organizations.join(' and ')}`,
    hint: () => 'report on each organization by itself',
  },
  ReadingTwice: {
    message: ({ generatedAt }) => `two of the readings are of the same time, ${generatedAt}`,
    hint: () => 'name each reading once',
  },
  NothingDeleted: {
    message: ({ runId, command }) => `run ${runId} (${command}) has no accounts before and after a deletion`,
    hint: ({ runId }, { rootctl }) => `see what it did: ${rootctl('runs', 'show', runId)}`,
  },
  NotConfirmed: {
    message: ({ expected }) =>
      expected === null ? 'no account was chosen: nothing was changed' : 'not confirmed: nothing was changed',
    hint: ({ expected }) =>
      expected === null ? 'mark accounts with the space bar' : `type ${expected} exactly, or use --yes`,
  },
  NoConfirmation: {
    message: ({ command }) => `${command} ${asking[command]}, and there is no terminal to ask in`,
    hint: ({ command }) => {
      if (command === 'runs resume') return 'add --yes';
      return command === 'delete'
        ? 'add --yes, or look at the plan first with --dry-run'
        : 'add --yes, or look first with --dry-run';
    },
  },
};

/** The flag behind a key such as `commands.delete.yes`. */
const flagIn = (key: string): string => key.replace(/^.*\./u, '');

const asking = {
  delete: 'asks for confirmation',
  'runs resume': 'asks first',
  recover: 'asks for confirmation',
  unlock: 'asks before it changes a policy',
  disable: 'asks first',
};
