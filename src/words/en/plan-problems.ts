import type { planProblems as entries } from '../../problems/plan.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { documentFlaw } from './document-flaw.ts';

export const planProblems: ProblemWordsOf<keyof typeof entries> = {
  'key-in-use': {
    message: ({ kind, service, region }) => {
      const by = service === null ? '' : ` by ${service}`;
      const where = region === null ? '' : ` in ${region}`;
      return `${kind.replaceAll('-', ' ')} used within the last day${by}${where}: whatever uses it will stop working`;
    },
  },
  'password-without-mfa': { message: () => 'the password has no MFA' },
  'mfa-only': { message: () => 'only MFA devices are left: nobody can sign in with them' },
  PlanRefused: {
    message: ({ why }) => {
      switch (why.is) {
        case 'no-plan':
          return `${why.path} is not a rootctl plan: ${documentFlaw(why.flaw)}`;
        case 'empty':
          return `the plan ${why.path} deletes nothing`;
        case 'simulated':
          return `the plan ${why.path} was made in the sandbox`;
        case 'not-simulated':
          return `the plan ${why.path} was not made in the sandbox`;
        case 'other-organization':
          return `the plan is for organization ${why.planned}, but these credentials belong to ${why.actual}`;
        case 'other-management-account':
          return `the plan names ${why.planned} as the management account, but it is ${why.actual}`;
        case 'dated-ahead':
          return `the plan is dated in the future: ${why.planned}; the time at AWS is ${why.actual}`;
        case 'too-old':
          return `the plan is ${why.hours} hours old`;
        case 'departed': {
          const more = why.others.length === 0 ? '' : ` (nor are ${why.others.join(', ')})`;
          return `account ${why.account} (${why.name}) of the plan is no longer in organization ${why.organizationId}${more}`;
        }
      }
    },
    hint: ({ why }, { cure }) => {
      switch (why.is) {
        case 'no-plan':
        case 'empty':
          return `create a new plan: ${cure}`;
        case 'simulated':
          return 'add --sandbox';
        case 'not-simulated':
          return 'leave out --sandbox';
        case 'other-organization':
          return 'check --profile, or create a new plan';
        case 'other-management-account':
        case 'dated-ahead':
          return 'create a new plan';
        case 'too-old':
          return 'create a new plan, or accept this one with a higher --plan-max-age';
        case 'departed':
          return `create a new plan: ${cure}`;
      }
    },
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
      `the time at AWS is not known, and ${flag} depends on it (not on this machine's clock): nothing was ${flag === '--joined-since' ? 'done' : 'deleted'}`,
    hint: () =>
      'the responses have no valid Date header: check --endpoint-url and any proxy between this machine and AWS',
  },
  OtherOrganization: {
    message: ({ why }) => {
      switch (why.is) {
        case 'other-credentials':
          return `these credentials belong to organization ${why.actual}, not to ${why.expected}`;
        case 'other-baseline':
          return `${why.path ?? 'the baseline'} is a status of organization ${why.expected}, but these credentials belong to ${why.actual}`;
        case 'run-simulated':
          return `run ${why.runId} was made in the sandbox`;
        case 'run-not-simulated':
          return `run ${why.runId} was not made in the sandbox`;
      }
    },
    hint: ({ why }) => {
      switch (why.is) {
        case 'other-credentials':
          return 'check --profile and --org';
        case 'other-baseline':
          return 'check --profile, or use a baseline of this organization';
        case 'run-simulated':
          return 'add --sandbox';
        case 'run-not-simulated':
          return 'leave out --sandbox';
      }
    },
  },
};
