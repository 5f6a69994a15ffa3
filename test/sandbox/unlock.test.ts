import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import { AssumeRootCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataLake, network, openWorld, payments, refusalOf, taskArn, transports, type World } from './world.ts';

const Bucket = 'payments-prod-ledger';

describe.each(transports)('S3 and SQS %s', (transport) => {
  let world: World;
  let QueueUrl: string;
  beforeEach(async () => {
    world = await openWorld(transport);
    QueueUrl = `${world.endpoint ?? 'http://sqs.us-east-1.localhost'}/${dataLake}/ingest-events`;
  });
  afterEach(() => world.close());
  const session = async (accountId: string, task: string, region = 'us-east-1') => {
    const { Credentials } = await world
      .clients()
      .sts.send(new AssumeRootCommand({ TargetPrincipal: accountId, TaskPolicyArn: { arn: taskArn(task) } }));
    return world.clients(
      {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
      region,
    );
  };
  const unlockS3 = (region?: string, accountId = payments) => session(accountId, 'S3UnlockBucketPolicy', region);

  test('ListBuckets gives each bucket its region', async () => {
    const { Buckets } = await (await unlockS3()).s3.send(new s3.ListBucketsCommand({}));
    expect(Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      [Bucket, 'eu-west-1'],
      ['payments-prod-assets', 'us-east-1'],
      ['ledger', 'eu-west-1'],
    ]);
    expect(Buckets?.[0]?.CreationDate).toBeInstanceOf(Date);
  });

  test('a locked bucket policy can be read, replaced and deleted by the root session', async () => {
    const client = (await unlockS3('eu-west-1')).s3;
    const { Policy = '' } = await client.send(new s3.GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Sid: 'LockedOut', Effect: 'Deny' }] });
    const other = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${payments}:root` },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/*`,
        },
      ],
    });
    await client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: other }));
    expect((await client.send(new s3.GetBucketPolicyCommand({ Bucket }))).Policy).toBe(other);
    await client.send(new s3.DeleteBucketPolicyCommand({ Bucket }));
    expect(await refusalOf(client.send(new s3.GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchBucketPolicy',
      status: 404,
    });
  });

  test("another region's endpoint redirects and names the bucket's region", async () => {
    const client = (await unlockS3('us-east-1')).s3;
    const asked = client.send(new s3.GetBucketPolicyCommand({ Bucket }));
    expect(await refusalOf(asked)).toMatchObject({ name: 'PermanentRedirect', status: 301 });
    const error: unknown = await asked.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } } });
  });

  test('no such bucket, and a bucket of another account', async () => {
    const client = (await unlockS3('eu-west-1', network)).s3;
    expect(await refusalOf(client.send(new s3.GetBucketPolicyCommand({ Bucket: 'nobodys-bucket' })))).toMatchObject({
      name: 'NoSuchBucket',
      status: 404,
    });
    expect(await refusalOf(client.send(new s3.GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
  });

  test.each([
    ['no JSON', 'x'],
    [
      'about another bucket',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::other' }],
      }),
    ],
    [
      'without a principal',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}` }],
      }),
    ],
  ])('a bucket policy that is %s is refused', async (_what, Policy) => {
    const client = (await unlockS3('eu-west-1')).s3;
    expect(await refusalOf(client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy })))).toMatchObject({
      name: 'MalformedPolicy',
      status: 400,
    });
  });

  test('whoever is not root is locked out by the policy', async () => {
    const member = world.clients(world.sandbox.credentials().member, 'eu-west-1').s3;
    expect(await refusalOf(member.send(new s3.GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
  });

  test('a session for another task may not touch buckets or queues', async () => {
    const other = await world.rootSession(payments, 'IAMAuditRootUserCredentials');
    expect(await refusalOf(other.s3.send(new s3.ListBucketsCommand({})))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
    expect(await refusalOf(other.sqs.send(new sqs.ListQueuesCommand({})))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
  });

  test('queues are listed by region and found by name', async () => {
    const client = (await session(dataLake, 'SQSUnlockQueuePolicy')).sqs;
    expect((await client.send(new sqs.ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
    expect((await client.send(new sqs.GetQueueUrlCommand({ QueueName: 'ingest-events' }))).QueueUrl).toBe(QueueUrl);
    expect(await refusalOf(client.send(new sqs.GetQueueUrlCommand({ QueueName: 'nobodys' })))).toMatchObject({
      name: 'QueueDoesNotExist',
      status: 400,
    });
    const elsewhere = (await session(dataLake, 'SQSUnlockQueuePolicy', 'eu-west-1')).sqs;
    expect((await elsewhere.send(new sqs.ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  });

  test('a queue policy is the attribute Policy, and an empty one removes it', async () => {
    const client = (await session(dataLake, 'SQSUnlockQueuePolicy')).sqs;
    const policy = async () =>
      (await client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy', 'QueueArn'] })))
        .Attributes;
    expect(JSON.parse((await policy())?.Policy ?? '')).toMatchObject({ Statement: [{ Sid: 'LockedOut' }] });
    await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }));
    expect(await policy()).toEqual({ QueueArn: `arn:aws:sqs:us-east-1:${dataLake}:ingest-events` });
    expect(
      await refusalOf(client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '{' } }))),
    ).toMatchObject({ status: 400 });
  });

  test("another account's queue is denied by the task policy", async () => {
    const client = (await session(payments, 'SQSUnlockQueuePolicy')).sqs;
    expect(
      await refusalOf(client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }))),
    ).toMatchObject({ name: 'AccessDenied', status: 403 });
  });
});
