import { grammar } from './grammar.ts';

const { count } = grammar;

type Service = 's3' | 'sqs';

const holders = {
  s3: { one: 'bucket', other: 'buckets' },
  sqs: { one: 'queue', other: 'queues' },
};
const inRegion = (region: string | null): string => (region === null ? '' : ` in ${region}`);

/** Policies of buckets and queues: what is there, which statement locks, and what was done. `owner`: `name (id)`. */
export const unlock = {
  titles: { s3: 'BUCKET', sqs: 'QUEUE', region: 'REGION' },
  none: (service: Service, owner: string, region: string | null) =>
    `No ${holders[service].other} in ${owner}${inRegion(region)}.`,
  listed: (service: Service, holderCount: number, owner: string, region: string | null) =>
    `${count(holderCount, holders[service])} in ${owner}${inRegion(region)}`,
  holder: (service: Service, name: string, owner: string, region: string | null) =>
    `${holders[service].one} ${name} of ${owner}${inRegion(region)}`,
  noPolicy: (holder: string) =>
    `${holder} has no policy, so no policy locks it: check the KMS key, the VPC endpoint policy and the SCPs.`,
  /** @param number from 1. */
  statement: (number: number, sid: string | null) => `statement ${number}${sid === null ? '' : ` (${sid})`}`,
  locks: {
    yes: (statement: string, why: string) => `${statement} locks everyone out. ${why}`,
    unsure: (statement: string, why: string) => `${statement} may lock everyone out. ${why}`,
    no: (statement: string, why: string) => `${statement} does not lock everyone out. ${why}`,
  },
  next: (command: string) => `next: ${command}`,
  nothingLocks: 'No statement locks everyone out.',
  dryRun: 'This is a dry run: the policy was not changed.',
  done: { deleted: 'The policy was deleted.', replaced: 'The policy was replaced.', put: 'The policy was put.' },
  kept: (path: string) => `The old policy is saved in ${path}`,
  restore: (command: string) => `restore: ${command}`,
};
