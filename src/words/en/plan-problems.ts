import type { planProblems as entries } from '../../problems/plan.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';
import { obstacle } from './state-problems.ts';

export const planProblems: ProblemWordsOf<keyof typeof entries> = {
  'key-in-use': {
    message: ({ kind, service, region }) => {
      const by = service === null ? '' : ` by ${service}`;
      const where = region === null ? '' : ` in ${region}`;
      return `${kind.replaceAll('-', ' ')} used within a day${by}${where}: what uses it stops working`;
    },
  },
  'password-without-mfa': { message: () => 'the password has no MFA' },
  'mfa-only': { message: () => 'only MFA devices: nothing that signs in' },
  PlanRefused: {
    message: ({ why }) => {
      switch (why.is) {
        case 'no-plan':
          return `${why.path} is not a plan of rootctl: ${documentFlaw(why.flaw)}`;
        case 'empty':
          return `${why.path} plans nothing`;
        case 'simulated':
          return `the plan ${why.path} was simulated`;
        case 'not-simulated':
          return `the plan ${why.path} was not simulated`;
        case 'other-organization':
          return `the plan is for organization ${why.planned}, and these credentials belong to ${why.actual}`;
        case 'other-management-account':
          return `the plan calls ${why.planned} the management account, and it is ${why.actual}`;
        case 'dated-ahead':
          return `the plan is dated ${why.planned}, and at AWS it is ${why.actual}`;
        case 'too-old':
          return `the plan is ${why.hours} hours old`;
        case 'departed': {
          const more = why.others.length === 0 ? '' : ` (nor ${why.others.join(', ')})`;
          return `the plan holds account ${why.account} (${why.name}), which is not in organization ${why.organizationId} any more${more}`;
        }
      }
    },
    hint: ({ why }, { cure }) => {
      switch (why.is) {
        case 'no-plan':
        case 'empty':
          return `make a new one: ${cure}`;
        case 'simulated':
          return 'add --sandbox';
        case 'not-simulated':
          return 'leave --sandbox out';
        case 'other-organization':
          return 'check --profile, or make a new plan';
        case 'other-management-account':
        case 'dated-ahead':
          return 'make a new plan';
        case 'too-old':
          return 'make a new one, or allow it with --plan-max-age';
        case 'departed':
          return `make a new plan: ${cure}`;
      }
    },
  },
  UnwritableFile: {
    message: ({ what, why }) => `cannot write the ${what}: ${obstacle(why)}`,
    hint: () => 'check the path and your rights',
  },
  UnknownKind: {
    message: ({ word }) => `--only ${JSON.stringify(word)} is not a kind of credential`,
    hint: ({ offered }) => `choose from: ${offered.join(', ')}`,
  },
  PlanTooLarge: {
    message: ({ accounts, maximum }) => `the plan has ${accounts} accounts, more than --max-accounts ${maximum}`,
    hint: () => 'narrow the selection, or raise --max-accounts',
  },
  UnknownTime: {
    message: ({ flag }) =>
      `AWS did not tell its time, and ${flag} goes by that and not by this machine's clock: nothing was deleted`,
    hint: () => 'its answers lack a Date that fits: check --endpoint-url and any proxy between this machine and AWS',
  },
  OtherOrganization: {
    message: ({ why }) => {
      switch (why.is) {
        case 'other-credentials':
          return `these credentials belong to organization ${why.actual}, not ${why.expected}`;
        case 'run-simulated':
          return `run ${why.runId} was simulated`;
        case 'run-not-simulated':
          return `run ${why.runId} was not simulated`;
      }
    },
    hint: ({ why }) => {
      switch (why.is) {
        case 'other-credentials':
          return 'check --profile, or --org';
        case 'run-simulated':
          return 'add --sandbox';
        case 'run-not-simulated':
          return 'leave --sandbox out';
      }
    },
  },
};
