import { describe, expect, test, vi } from 'vitest';
import { openQueuePolicies } from '../../src/root/unlock-sqs.ts';
import { mockedAccountId as account } from '../support/mocked-aws.ts';
import { endpointOf, type WireAnswer, type WireOptions, type WireRequest, wiredSession } from '../support/wire.ts';
import { expectStoppable } from './stopping-requests.ts';

const here = 'eu-west-1';
const urlOf = (name: string, region = here) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
const arnOf = (name: string, region = here) => `arn:aws:sqs:${region}:${account}:${name}`;
const holder = (name: string, region = here) => ({ name, region, url: urlOf(name, region), arn: arnOf(name, region) });
const events = holder('events');
const told = (answer: object, headers = {}): WireAnswer => ({
  headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
  body: JSON.stringify(answer),
});
const refusal = (code: string, status = 400, headers = {}): WireAnswer => ({
  ...told({ __type: `com.amazonaws.sqs#${code}`, message: 'no' }, headers),
  status,
});
const operationOf = ({ headers }: WireRequest) => headers['x-amz-target']?.split('.').at(-1);
const bodyOf = (request: WireRequest | undefined) => JSON.parse(request?.body ?? 'null');

const open = async (
  answer: (request: WireRequest, index: number) => WireAnswer,
  { signal, ...more }: WireOptions & { readonly signal?: AbortSignal } = {},
) => {
  const { aws, session, ...heard } = wiredSession(answer, more);
  const where = { aws, session, partition: 'aws', region: here };
  return { policies: await openQueuePolicies({ ...where, ...(signal && { signal }) }), ...heard };
};

describe('the list of queues', () => {
  test('has every page, of the region', async () => {
    const { policies, sent } = await open((_request, index) =>
      index === 0
        ? told({ QueueUrls: [urlOf('events'), urlOf('two')], NextToken: 'more' })
        : told({ QueueUrls: [urlOf('three.fifo')] }),
    );
    expect(await policies.list()).toEqual([events, holder('two'), holder('three.fifo')]);
    expect(sent.map(({ host }) => host)).toEqual(Array(2).fill('sqs.eu-west-1.amazonaws.com'));
    expect(sent.map(operationOf)).toEqual(['ListQueues', 'ListQueues']);
    expect(sent.map(bodyOf)).toEqual([{ MaxResults: 1_000 }, { MaxResults: 1_000, NextToken: 'more' }]);
  });

  test('is empty where AWS leaves it out, and none where AWS refuses it', async () => {
    expect(await (await open(() => told({}))).policies.list()).toEqual([]);
    const { policies } = await open(() => refusal('AccessDeniedException', 403));
    await expect(policies.list()).rejects.toMatchObject({ operation: 'ListQueues', failure: { kind: 'denied' } });
  });

  test("is asked for with the session's credentials, and tells nobody of whoever calls", async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'somebody');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793');
    const { policies, sent } = await open(() => told({}));
    await policies.list().finally(() => vi.unstubAllEnvs());
    const { headers = {} } = sent[0] ?? {};
    expect(headers['authorization']).toMatch(/Credential=ASIAINSESSION\/\d{8}\/eu-west-1\/sqs\//u);
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('x-amzn-trace-id');
  });
});

describe('a queue', () => {
  const other = '200000000002';
  test.each<[named: string, name: string, region: string]>([
    ['events', 'events', here],
    ['a', 'a', here],
    ['events.fifo', 'events.fifo', here],
    [arnOf('events', 'us-gov-west-1'), 'events', 'us-gov-west-1'],
    [arnOf('events.fifo', 'ap-northeast-1'), 'events.fifo', 'ap-northeast-1'],
    [`arn:aws-cn:sqs:cn-north-1:${account}:e_v-1`, 'e_v-1', 'cn-north-1'],
    [urlOf('events', 'us-west-2'), 'events', 'us-west-2'],
    [urlOf('events.fifo', 'us-west-2'), 'events.fifo', 'us-west-2'],
    [`https://sqs-fips.us-east-2.amazonaws.com/${account}/events`, 'events', 'us-east-2'],
    [`https://us-east-1.queue.amazonaws.com/${account}/events`, 'events', 'us-east-1'],
    [`https://queue.amazonaws.com/${account}/events`, 'events', 'us-east-1'],
    [`https://vpce-0a1b-abcd.sqs.eu-west-1.vpce.amazonaws.com/${account}/events`, 'events', 'eu-west-1'],
    [`https://x.sqs.us-west-2.amazonaws.com/${account}/events`, 'events', 'us-west-2'],
    [`https://sqs.ap-south-1.api.aws:443/${account}/events`, 'events', 'ap-south-1'],
    // What the host of an emulator says is no region.
    [`http://localhost:4566/${account}/events`, 'events', here],
    [`http://localhost:4566/queue/some/${account}/events`, 'events', here],
    [`https://us-west-2.other.example/${account}/events`, 'events', here],
  ])('is found by %s', async (named, name, region) => {
    const { policies, sent } = await open(() => told({ QueueUrl: urlOf(name, region) }));
    expect(await policies.find(named)).toEqual(holder(name, region));
    expect(sent.map(({ host }) => host)).toEqual([expect.stringMatching(`^sqs\\.${region}\\.amazonaws\\.com`)]);
    expect(sent.map((one) => [operationOf(one), bodyOf(one)])).toEqual([['GetQueueUrl', { QueueName: name }]]);
  });

  test.each([
    ['', 'no name'],
    ['not a queue', 'blanks'],
    ['a'.repeat(81), 'too long'],
    ['events.txt', 'no suffix of queues'],
    ['/events', 'a slash before it'],
    ['events/', 'a slash behind it'],
    [`x${arnOf('events')}`, 'something before an ARN'],
    [`${arnOf('events')}/x`, 'something behind an ARN'],
    [`arn:aws:sqs:${here}:12345:events`, 'no account in an ARN'],
    [`arn:aws:sqs:europe:${account}:events`, 'no region in an ARN'],
    [`arn:aws:sns:${here}:${account}:events`, 'another service'],
    [`x${urlOf('events')}`, 'something before a URL'],
    [`${urlOf('events')}/x`, 'something behind a URL'],
    [`ftp://sqs.${here}.amazonaws.com/${account}/events`, 'another protocol'],
    [`https://sqs.${here}.amazonaws.com/12345/events`, 'no account in a URL'],
    [`https://messages.amazonaws.com/${account}/events`, "no region in a host of AWS's"],
    [`https://sqs.amazonaws.com.cn/${account}/events`, "no region in a host of AWS's in China"],
  ])('is not %j: %s', async (named) => {
    const { policies, sent } = await open(() => told({}));
    await expect(policies.find(named)).rejects.toMatchObject({
      problem: { code: 'InvalidQueue', data: { queue: named } },
    });
    expect(sent).toEqual([]);
  });

  test.each([
    [`arn:aws:sqs:us-west-2:${other}:events`, 'us-west-2'],
    [`https://sqs.us-west-2.amazonaws.com/${other}/events`, 'us-west-2'],
    [`http://localhost:4566/${other}/events`, here],
  ])('of another account is not asked for: %s', async (named, region) => {
    const { policies, sent } = await open(() => told({ QueueUrl: urlOf('events') }));
    await expect(policies.find(named)).rejects.toMatchObject({
      problem: {
        code: 'OtherAccount',
        data: { service: 'sqs', named, name: 'events', region, account, owner: other, there: [] },
      },
    });
    expect(sent).toEqual([]);
  });

  test.each<[string, WireAnswer]>([
    ['the SDK’s name', refusal('QueueDoesNotExist')],
    [
      'the older one',
      refusal('QueueDoesNotExist', 400, { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' }),
    ],
    ['an emulator’s', refusal('NonExistentQueue')],
  ])('is not there, by %s', async (_what, answer) => {
    const { policies } = await open(() => answer);
    await expect(policies.find(arnOf('events', 'us-west-2'))).rejects.toMatchObject({
      problem: { code: 'NoSuchQueue', data: { queue: 'events', region: 'us-west-2', account } },
    });
  });

  test('that AWS does not show is not one that is not there', async () => {
    const { policies } = await open(() => refusal('AccessDeniedException', 403));
    await expect(policies.find('events')).rejects.toMatchObject({
      operation: 'GetQueueUrl',
      failure: { kind: 'denied' },
    });
  });
});

describe('a policy', () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  test.each<[string, object, string | null]>([
    ['there', { Policy: policy }, policy],
    ['empty, which is none', { Policy: '' }, null],
    ['left out, which is none', {}, null],
  ])('is read: %s', async (_what, more, expected) => {
    const { policies, sent } = await open(() => told({ Attributes: { QueueArn: events.arn, ...more } }));
    expect(await policies.read(events)).toBe(expected);
    expect(sent.map(operationOf)).toEqual(['GetQueueAttributes']);
    expect(bodyOf(sent[0])).toEqual({ QueueUrl: events.url, AttributeNames: ['Policy', 'QueueArn'] });
  });

  test('of another queue is none of this one’s', async () => {
    const { policies } = await open(() => told({ Attributes: { QueueArn: arnOf('two'), Policy: policy } }));
    await expect(policies.read(events)).rejects.toMatchObject({
      operation: 'GetQueueAttributes',
      failure: { kind: 'malformed', said: [{ say: 'about-another', found: arnOf('two'), asked: events.arn }] },
    });
  });

  test.each([
    ['put', policy],
    ['remove', ''],
  ] as const)('is changed in the queue’s region, and AWS’s request is told: %s', async (change, Policy) => {
    const there = holder('events', 'us-west-2');
    const { policies, sent } = await open((_request, index) =>
      told({}, index === 0 ? { 'x-amzn-requestid': 'req-1' } : {}),
    );
    expect(await policies[change](there, policy)).toBe('req-1');
    expect(await policies[change](there, policy)).toBeNull();
    expect(sent[0]).toMatchObject({ host: 'sqs.us-west-2.amazonaws.com' });
    expect([operationOf(sent[0] as WireRequest), bodyOf(sent[0])]).toEqual([
      'SetQueueAttributes',
      { QueueUrl: there.url, Attributes: { Policy } },
    ]);
  });

  test('that AWS does not let change is told by the call', async () => {
    const { policies } = await open(() => refusal('AccessDeniedException', 403));
    await expect(policies.put(events, policy)).rejects.toMatchObject({ operation: 'SetQueueAttributes' });
  });

  test('goes to AWS, whatever host a queue’s URL names', async () => {
    const { policies, sent } = await open(() => told({}));
    await policies.put({ ...events, url: `https://evil.example/${account}/events` }, policy);
    expect(sent.map(({ host }) => host)).toEqual(['sqs.eu-west-1.amazonaws.com']);
  });
});

test('requests go to the endpoint that is configured, at the pace of SQS', async () => {
  const { policies, sent, paced } = await open(() => told({}), { endpointFor: endpointOf('SQS') });
  await policies.list();
  expect(sent.map(({ host }) => host)).toEqual(['sqs.emulated.example']);
  expect(paced).toEqual(['sqs']);
});

test('whoever stops the run stops each request, and what waits to be tried again', () =>
  expectStoppable(open, (policies) => policies.list(), { failing: refusal('InternalError', 500), whole: told({}) }));
