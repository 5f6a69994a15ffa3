import { describe, expect, it } from 'vitest';
import {
  callerCommands,
  callerPolicy,
  guardrailScp,
  judgeResourcePolicy,
  parsePolicy,
} from '../../src/policy/index.ts';
import { createSpeech, en } from '../../src/words/index.ts';
import { ja } from '../../src/words/ja.ts';

const resource = { accountId: '111122223333', partition: 'aws', resourceArn: 'arn:aws:s3:::ledger' };
const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: resource.resourceArn };
const sourceVpce = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };

const judged = (statement: object) => {
  const [first] = judgeResourcePolicy(parsePolicy({ Statement: [statement] }), resource);
  if (first === undefined) throw new Error('one statement was judged');
  return first.why;
};

describe('why a statement locks', () => {
  it.each<[object, string, string]>([
    [
      deny,
      'It denies everyone s3:PutBucketPolicy and s3:DeleteBucketPolicy without any condition.',
      '全員に対して s3:PutBucketPolicy と s3:DeleteBucketPolicy を無条件で拒否しています。',
    ],
    [
      { ...deny, Condition: sourceVpce },
      'It depends on the caller (StringNotEquals aws:SourceVpce): the value of aws:SourceVpce is unknown.',
      '呼び出し元によって異なります (StringNotEquals aws:SourceVpce): aws:SourceVpce の値が不明です。',
    ],
    [
      { ...deny, Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' } },
      'It denies everyone except arn:aws:iam::444455556666:root, and so the whole account, s3:PutBucketPolicy and s3:DeleteBucketPolicy without any condition.',
      'arn:aws:iam::444455556666:root 以外の全員 (したがってアカウント全体) に対して s3:PutBucketPolicy と s3:DeleteBucketPolicy を無条件で拒否しています。',
    ],
  ])('%j', (statement, english, japanese) => {
    const why = judged(JSON.parse(JSON.stringify(statement)));
    expect(en.policy.lock(why)).toBe(english);
    expect(ja.policy.lock(why)).toBe(japanese);
  });
});

it('every statement of a generated policy has its reason in both languages', () => {
  const policies = [callerPolicy({ commands: callerCommands, partition: 'aws' }), guardrailScp({ partition: 'aws' })];
  for (const note of policies.flatMap(({ notes }) => notes)) {
    expect(en.policy.note(note)).toMatch(/^[A-Z].*\.$/u);
    expect(ja.policy.note(note)).toMatch(/。$/u);
  }
});

it('a command does not repeat a flag that it gives itself', () => {
  const { rootctl } = createSpeech(en, ['--sandbox', '--region', 'us-east-1', '--profile', 'audit']);
  expect(rootctl('unlock', 'sqs', '--account', '111122223333', '--region', 'eu-west-1')).toBe(
    'rootctl unlock sqs --account 111122223333 --region eu-west-1 --sandbox --profile audit',
  );
});
