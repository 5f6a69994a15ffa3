import { rootctl } from './cure.ts';
import { define } from './define.ts';
import { type DataOf, number, oneOf, orNull, text, texts } from './fields.ts';

/** What is wrong with a place in a policy, such as `Statement[1].Effect`. */
const policyFault = {
  place: text,
  fault: oneOf(
    'not-json',
    'no-object',
    'missing',
    'missing-with-negation',
    'no-string',
    'no-strings',
    'no-version',
    'no-effect',
    'beside-negation',
    'no-element',
    /** A policy of a resource must name a principal. */
    'no-principal',
  ),
  /** What the JSON parser said, or the element that stands beside it. */
  about: text,
} as const;
export type PolicyFault = DataOf<typeof policyFault>;

/** A bucket or a queue whose policy is to be looked at again. */
const policyHolder = { service: oneOf('s3', 'sqs'), account: text, name: text, region: text } as const;
const lookAgain = ({ service, account, name, region }: DataOf<typeof policyHolder>) =>
  service === 's3'
    ? rootctl('unlock', 's3', '--account', account, '--bucket', name)
    : rootctl('unlock', 'sqs', '--account', account, '--queue', name, '--region', region);

/** Policies of buckets and queues, and those that rootctl writes. */
export const policyProblems = {
  /** A text is not a policy. What it tells of is one line, whatever the policy contains. */
  PolicyNotUnderstood: define(policyFault, { move: 'administrator', exit: 'none' }),
  /** The file for `--put-policy` is at fault: AWS would refuse it, or it is about something else. */
  PolicyTooLarge: define({ path: text, bytes: number, bytesMax: number }, { move: 'caller', exit: 'usage' }),
  InvalidPolicy: define({ path: text, ...policyFault }, { move: 'caller', exit: 'usage' }),
  OtherResource: define(
    { path: text, holder: text, arn: text, place: text, found: text },
    { move: 'caller', exit: 'usage' },
  ),
  /** `there`: the buckets of the account. */
  NoSuchBucket: define({ bucket: text, there: texts }, { move: 'caller', exit: 'failed' }),
  NoSuchQueue: define(
    { queue: text, region: text, account: text },
    {
      move: 'caller',
      exit: 'failed',
      cure: ({ account, region }) => rootctl('unlock', 'sqs', '--account', account, '--region', region),
    },
  ),
  /** It is there, and another account's. `owner`: of a queue; a bucket does not tell. `there`: the buckets of the account. */
  OtherAccount: define(
    {
      service: oneOf('s3', 'sqs'),
      named: text,
      name: text,
      region: orNull(text),
      account: text,
      owner: orNull(text),
      there: texts,
    },
    {
      move: 'caller',
      exit: 'failed',
      cure: ({ owner, named }) =>
        owner === null ? null : rootctl('unlock', 'sqs', '--account', owner, '--queue', named),
    },
  ),
  InvalidQueue: define({ queue: text }, { move: 'caller', exit: 'failed' }),
  /** A policy is changed on one bucket or queue, and none is named. */
  NothingNamed: define({ service: oneOf('s3', 'sqs') }, { move: 'caller', exit: 'usage' }),
  /** The policy that is put locks everybody out, too: these statements of it. */
  NewPolicyLocks: define({ statements: texts }, { move: 'caller', exit: 'none' }),
  /** Somebody else changed, put or deleted the policy after it was shown and before rootctl changed it. */
  PolicyChanged: define(policyHolder, { move: 'caller', exit: 'failed', cure: lookAgain }),
  /** AWS accepted the change of a policy, and still shows the old one. */
  PolicyStillSeen: define({ ...policyHolder, waitedMs: number }, { move: 'aws', exit: 'failed', cure: lookAgain }),
  /** AWS was asked to change a policy, and its answer was lost, or what the policy is now. */
  PolicyInDoubt: define(policyHolder, { move: 'caller', exit: 'failed', cure: lookAgain }),
  /** `policy iam --for`: a word that is no command, or one that needs no permission. */
  UnknownCommand: define({ word: text, offered: texts }, { move: 'caller', exit: 'usage' }),
  InvalidOrganizationId: define({ word: text }, { move: 'caller', exit: 'usage' }),
  MissingRepository: define({}, { move: 'caller', exit: 'usage' }),
  /** What the role shall trust. `word`: what is no repository, or no name of a branch or environment; else empty. */
  InvalidTrust: define(
    { fault: oneOf('no-repository', 'no-name', 'branch-and-environment'), word: text },
    { move: 'caller', exit: 'usage' },
  ),
} as const;
