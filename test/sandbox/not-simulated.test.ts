import * as iam from '@aws-sdk/client-iam';
import { CreateAccountCommand } from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Clients, openWorld, payments, refusalOf, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld('over HTTP');
});
afterEach(() => world.close());

const Bucket = 'ledger';
const sentence = (what: string) => `The rootctl sandbox does not simulate ${what}. Nothing was sent to AWS.`;

describe('a call that is not simulated, over HTTP', () => {
  test.each<[string, string, (clients: Clients) => Promise<unknown>]>([
    ['IAM', 'iam:ListUsers', ({ iam: client }) => client.send(new iam.ListUsersCommand({}))],
    ['STS', 'sts:GetSessionToken', ({ sts }) => sts.send(new GetSessionTokenCommand({}))],
    [
      'Organizations',
      'organizations:CreateAccount',
      ({ organizations }) =>
        organizations.send(new CreateAccountCommand({ AccountName: 'new', Email: 'new@example.com' })),
    ],
    ['S3', "S3's GET /ledger/?location", ({ s3: client }) => client.send(new s3.GetBucketLocationCommand({ Bucket }))],
    [
      'S3, of an object',
      "S3's PUT /ledger/a",
      ({ s3: client }) => client.send(new s3.PutObjectCommand({ Bucket, Key: 'a', Body: 'a' })),
    ],
    [
      'SQS',
      'sqs:ReceiveMessage',
      ({ sqs: client }) =>
        client.send(new sqs.ReceiveMessageCommand({ QueueUrl: `${world.endpoint}/${payments}/events` })),
    ],
    [
      'IAM, about a user',
      'the credentials of arn:aws:iam::111111111111:user/rootctl, only those of root users',
      ({ iam: client }) => client.send(new iam.ListAccessKeysCommand({})),
    ],
  ])("is said in words that the SDK's own parser reads: %s", async (_service, what, ask) => {
    const { s3: _, ...rest } = world.clients();
    const { management } = world.sandbox.credentials();
    const pathStyle = { region: 'us-east-1', maxAttempts: 1, forcePathStyle: true, credentials: management };
    const clients = { ...rest, s3: new s3.S3Client({ ...pathStyle, endpoint: world.endpoint ?? '' }) };
    expect(await refusalOf(ask(clients))).toEqual({ name: 'NotSimulated', status: 501, message: sentence(what) });
  });

  test('is tried once: no SDK takes it for a passing failure', async () => {
    const client = new iam.IAMClient({
      region: 'us-east-1',
      maxAttempts: 3,
      endpoint: world.endpoint ?? '',
      credentials: world.sandbox.credentials().management,
    });
    await expect(client.send(new iam.ListUsersCommand({}))).rejects.toMatchObject({ $metadata: { attempts: 1 } });
  });

  test('about a bucket by HEAD, whose answer has no body, is a status alone', async () => {
    const client = new s3.S3Client({
      region: 'us-east-1',
      maxAttempts: 1,
      endpoint: world.endpoint ?? '',
      forcePathStyle: true,
      credentials: world.sandbox.credentials().management,
    });
    expect(await refusalOf(client.send(new s3.HeadBucketCommand({ Bucket })))).toMatchObject({ status: 501 });
  });
});

/** Signed for a service of which there is no client here; that the signature is wrong does not matter, nobody looks at it. */
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
});
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const queryError = (what: string) =>
  new RegExp(
    `^<ErrorResponse><Error><Type>Receiver</Type><Code>NotSimulated</Code><Message>${what}</Message></Error><RequestId>[\\w-]+</RequestId></ErrorResponse>$`,
  );
const hex = (text: string) => Buffer.from(text).toString('hex');
const jsonError = (what: string) => JSON.stringify({ __type: 'NotSimulated', message: what });

/** What the clients of other services send (AWS CLI 1.46, boto3), and how their parsers want to be told. */
const others: readonly {
  readonly what: string;
  readonly path?: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly type: string;
  readonly expected: string | RegExp;
  readonly more?: Record<string, string>;
}[] = [
  {
    what: 'EC2',
    headers: { ...signedFor('ec2'), ...form },
    body: 'Action=DescribeInstances&Version=2016-11-15',
    type: 'text/xml',
    expected:
      /^<Response><Errors><Error><Code>NotSimulated<\/Code><Message>The rootctl sandbox does not simulate the service ec2. Nothing was sent to AWS.<\/Message><\/Error><\/Errors><RequestID>[\w-]+<\/RequestID><\/Response>$/,
  },
  {
    what: 'CloudFormation (Query)',
    headers: { ...signedFor('cloudformation'), ...form },
    body: 'Action=ListStacks&Version=2010-05-15',
    type: 'text/xml',
    expected: queryError(sentence('the service cloudformation')),
  },
  {
    what: 'SQS in the Query protocol of older SDKs',
    path: `/${payments}/events`,
    headers: { ...signedFor('sqs'), ...form },
    body: 'Action=GetQueueAttributes&Version=2012-11-05&AttributeName.1=All',
    type: 'text/xml',
    expected: queryError(sentence('SQS&apos;s older Query protocol, only its JSON protocol')),
  },
  {
    what: 'CloudTrail (JSON 1.1)',
    headers: {
      ...signedFor('cloudtrail'),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
    },
    body: '{}',
    type: 'application/x-amz-json-1.1',
    expected: jsonError(sentence('the service cloudtrail')),
  },
  {
    what: 'DynamoDB (JSON 1.0)',
    headers: {
      ...signedFor('dynamodb'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
    },
    body: '{}',
    type: 'application/x-amz-json-1.0',
    expected: jsonError(sentence('the service dynamodb')),
  },
  {
    what: 'SQS from a client that remembers the Query protocol',
    headers: {
      ...signedFor('sqs'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.ReceiveMessage',
      'x-amzn-query-mode': 'true',
    },
    body: '{}',
    type: 'application/x-amz-json-1.0',
    expected: jsonError(sentence('sqs:ReceiveMessage')),
    more: { 'x-amzn-query-error': 'NotSimulated;Receiver' },
  },
  {
    what: 'account (REST JSON)',
    path: '/getContactInformation',
    headers: { ...signedFor('account'), 'content-type': 'application/json' },
    body: '{}',
    type: 'application/json',
    expected: jsonError(sentence('the service account')),
    more: { 'x-amzn-errortype': 'NotSimulated' },
  },
  {
    what: 'Lambda (REST JSON, without a body)',
    path: '/2015-03-31/functions/',
    headers: signedFor('lambda'),
    type: 'application/json',
    expected: jsonError(sentence('the service lambda')),
    more: { 'x-amzn-errortype': 'NotSimulated' },
  },
  {
    what: 'S3 Tables, which speaks JSON although its name begins with s3',
    path: '/buckets',
    headers: signedFor('s3tables'),
    type: 'application/json',
    expected: jsonError(sentence('the service s3tables')),
  },
  {
    what: 'Route 53 (REST XML)',
    path: '/2013-04-01/hostedzone',
    headers: signedFor('route53'),
    type: 'text/xml',
    expected: queryError(sentence('the service route53')),
  },
  {
    what: 'S3 Control (REST XML)',
    path: '/v20180820/configuration/publicAccessBlock',
    headers: signedFor('s3'),
    type: 'text/xml',
    expected: queryError(sentence('S3&apos;s GET /v20180820/configuration/publicAccessBlock')),
  },
  {
    what: 'a service that signs people in, unsigned (JSON)',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: '{}',
    type: 'application/x-amz-json-1.1',
    expected: jsonError(sentence('this service')),
  },
  {
    what: 'a service that signs people in, unsigned (REST JSON)',
    path: '/client/register',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    type: 'application/json',
    expected: jsonError(sentence('this service')),
  },
  {
    what: 'an object of S3, unsigned',
    path: '/ledger/a',
    headers: {},
    type: 'application/xml',
    expected:
      /^<Error><Code>NotSimulated<\/Code><Message>The rootctl sandbox does not simulate S3&apos;s GET \/ledger\/a. Nothing was sent to AWS.<\/Message><RequestId>[\w-]+<\/RequestId><\/Error>$/,
  },
];

describe("is said in the error shape of its protocol, with the sandbox's time", () => {
  test.each(others)('$what', async ({ path = '/', headers, body, type, expected, more = {} }) => {
    world.clock.pass(3_600_000);
    const sent = body === undefined ? { headers } : { method: 'POST', headers, body };
    const response = await fetch(`${world.endpoint}${path}`, sent);
    expect(response.status).toBe(501);
    expect(response.headers.get('content-type')).toBe(type);
    if (typeof expected === 'string') expect(await response.text()).toBe(expected);
    else expect(await response.text()).toMatch(expected);
    for (const [name, value] of Object.entries(more)) expect(response.headers.get(name)).toBe(value);
    expect(response.headers.get('date')).toBe(new Date(world.clock.nowMs()).toUTCString());
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\w-]+$/);
  });

  test('CloudWatch (CBOR)', async () => {
    const response = await fetch(`${world.endpoint}/service/GraniteServiceVersion20100801/operation/ListMetrics`, {
      method: 'POST',
      headers: { ...signedFor('monitoring'), 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    });
    expect([response.status, response.headers.get('smithy-protocol')]).toEqual([501, 'rpc-v2-cbor']);
    const bytes = Buffer.from(await response.arrayBuffer());
    const message = sentence('the service monitoring');
    // A map of two; '__type' (0x66), 'NotSimulated' (0x6c), 'message' (0x67), a text with its length in two bytes (0x79).
    const code = `a266${hex('__type')}6c${hex('NotSimulated')}67${hex('message')}`;
    expect(bytes.toString('hex')).toBe(`${code}7900${message.length.toString(16)}${hex(message)}`);
  });
});

test('a request that is too large is heard to its end and told so', async () => {
  const response = await fetch(`${world.endpoint}/ledger/a`, {
    method: 'PUT',
    headers: signedFor('s3'),
    body: Buffer.alloc(3 * 1024 * 1024),
  });
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('requests of 3145728 bytes');
});

test('it stands in the record of requests', async () => {
  await refusalOf(world.clients().iam.send(new iam.ListAccessKeysCommand({})));
  expect(world.sandbox.requests.at(-1)).toMatchObject({ operation: 'ListAccessKeys', outcome: 'NotSimulated' });
});
