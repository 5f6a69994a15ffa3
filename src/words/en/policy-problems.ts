import type { policyProblems as entries } from '../../problems/policies.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { policy } from './policy.ts';

export const policyProblems: ProblemWordsOf<keyof typeof entries> = {
  PolicyTooLarge: {
    message: ({ path, bytes, bytesMax }) => `${path} has ${bytes} bytes, more than the ${bytesMax} that AWS accepts`,
    hint: () => 'shorten the policy',
  },
  PolicyNotUnderstood: { message: (data) => policy.fault(data) },
  InvalidPolicy: {
    message: ({ path, ...fault }) => `${path} is not a policy: ${policy.fault(fault)}`,
    hint: () => 'fix that place in the file',
  },
  OtherResource: {
    message: ({ path, holder, place, found }) => `${path} is not a policy for ${holder}: ${place} is ${found}`,
    hint: ({ arn }) => `its resources must be ${arn}, or something inside it`,
  },
  NoSuchBucket: {
    message: ({ bucket }) => `bucket ${bucket} does not exist`,
    hint: ({ there }) => buckets(there),
  },
  NoSuchQueue: {
    message: ({ queue, region, account }) => `account ${account} has no queue ${queue} in ${region}`,
    hint: (_, { cure }) => `list its queues: ${cure}`,
  },
  OtherAccount: {
    message: ({ name, region, account, owner }) =>
      owner === null
        ? `bucket ${name} belongs to another account, not to ${account}`
        : `queue ${name}${region === null ? '' : ` in ${region}`} belongs to account ${owner}, not to ${account}`,
    hint: ({ owner, there }, { cure }) => (owner === null ? buckets(there) : `name its owner: ${cure}`),
  },
  InvalidQueue: {
    message: ({ queue }) => `${JSON.stringify(queue)} does not identify a queue`,
    hint: () => 'give its name, its ARN or its URL (https://sqs.REGION.amazonaws.com/ACCOUNT/NAME)',
  },
  NothingNamed: {
    message: ({ service }) => `changing a policy needs a ${service === 's3' ? 'bucket' : 'queue'}, and none was given`,
    hint: ({ service }) => `add ${service === 's3' ? '--bucket' : '--queue'}`,
  },
  NewPolicyLocks: {
    message: ({ statements }) => `the new policy would lock everyone out too: ${statements.join(', ')}`,
  },
  PolicyChanged: {
    message: ({ name }) => `the policy of ${name} changed after it was shown, so rootctl did not change it`,
    hint: (_, { cure }) => `before you run the command again, look at it: ${cure}`,
  },
  PolicyStillSeen: {
    message: ({ name, waitedMs }) =>
      `AWS accepted the change but still shows the old policy of ${name} after ${waitedMs / 1000} s`,
    hint: (_, { cure }) => `check again: ${cure}`,
  },
  PolicyInDoubt: {
    message: ({ name }) => `whether the policy of ${name} was changed could not be seen`,
    hint: (_, { cure }) => `check again: ${cure}`,
  },
  UnknownCommand: {
    message: ({ word }) => `--for ${JSON.stringify(word)} is not a command that needs permissions`,
    hint: ({ offered }) => `choose from: ${offered.join(', ')}`,
  },
  InvalidOrganizationId: {
    message: ({ word }) => `${JSON.stringify(word)} is not an organization id`,
    hint: () => 'write it like o-exampleorgid',
  },
  MissingRepository: {
    message: () => '--oidc github needs a repository',
    hint: () => 'add --repo owner/name',
  },
  InvalidTrust: {
    message: ({ fault, word }) => {
      switch (fault) {
        case 'no-repository':
          return `not a GitHub repository (owner/name): ${JSON.stringify(word)}`;
        case 'no-name':
          return `not a branch or environment: ${JSON.stringify(word)}`;
        case 'branch-and-environment':
          return 'the token of a CI job names either a branch or an environment, not both: use --branch or --environment';
      }
    },
    hint: (_, { rootctl }) => `see ${rootctl('policy', 'iam', '--help')}`,
  },
};

const buckets = (there: readonly string[]): string =>
  there.length === 0
    ? 'the account has no buckets'
    : `buckets of the account: ${there.slice(0, 10).join(', ')}${there.length > 10 ? ', …' : ''}`;
