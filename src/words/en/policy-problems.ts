import type { policyProblems as entries } from '../../problems/policies.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { policy } from './policy.ts';

export const policyProblems: ProblemWordsOf<keyof typeof entries> = {
  PolicyTooLarge: {
    message: ({ path, bytes, bytesMax }) => `${path} has ${bytes} bytes, and AWS takes a policy of ${bytesMax} at most`,
    hint: () => 'shorten the policy',
  },
  PolicyNotUnderstood: { message: policy.fault },
  InvalidPolicy: {
    message: ({ path, ...fault }) => `${path} is not a policy: ${policy.fault(fault)}`,
    hint: () => 'mend that place in the file',
  },
  OtherResource: {
    message: ({ path, holder, place, found }) => `${path} is not about ${holder}: ${place} names ${found}`,
    hint: ({ arn }) => `its resources must be ${arn} or inside it`,
  },
  NoSuchBucket: {
    message: ({ bucket }) => `there is no bucket ${bucket}`,
    hint: ({ there }) => buckets(there),
  },
  NoSuchQueue: {
    message: ({ queue, region, account }) => `account ${account} has no queue ${queue} in ${region}`,
    hint: (_, { cure }) => `list its queues: ${cure}`,
  },
  OtherAccount: {
    message: ({ name, region, account, owner }) =>
      owner === null
        ? `bucket ${name} is not one of account ${account}: it belongs to another`
        : `queue ${name}${region === null ? '' : ` in ${region}`} belongs to account ${owner}, not to ${account}`,
    hint: ({ owner, there }, { cure }) => (owner === null ? buckets(there) : cure),
  },
  InvalidQueue: {
    message: ({ queue }) => `${JSON.stringify(queue)} is no queue`,
    hint: () => 'give its name, its ARN or its URL (https://sqs.REGION.amazonaws.com/ACCOUNT/NAME)',
  },
  NothingNamed: {
    message: ({ service }) => `a policy is changed on one ${service === 's3' ? 'bucket' : 'queue'}, and none is named`,
    hint: ({ service }) => `add ${service === 's3' ? '--bucket' : '--queue'}`,
  },
  NewPolicyLocks: {
    message: ({ statements }) => `the new policy locks everybody out too: ${statements.join(', ')}`,
  },
  PolicyStillSeen: {
    message: ({ name, waitedMs }) =>
      `AWS accepted the change, but still shows the old policy of ${name} after ${waitedMs / 1000} s`,
    hint: (_, { cure }) => `look again: ${cure}`,
  },
  UnknownCommand: {
    message: ({ word }) => `--for ${JSON.stringify(word)} is no command that needs permissions`,
    hint: ({ offered }) => `choose from: ${offered.join(', ')}`,
  },
  InvalidOrganizationId: {
    message: ({ word }) => `${JSON.stringify(word)} is not an organization id`,
    hint: () => 'it is like o-exampleorgid',
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
          return 'a job has either a branch or an environment in its token, not both';
      }
    },
    hint: (_, { rootctl }) => `see ${rootctl('policy', 'iam', '--help')}`,
  },
};

const buckets = (there: readonly string[]): string =>
  there.length === 0
    ? 'the account has no buckets'
    : `its buckets: ${there.slice(0, 10).join(', ')}${there.length > 10 ? ', …' : ''}`;
