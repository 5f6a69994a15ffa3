import { describe, expect, test, vi } from 'vitest';
import { openBucketPolicies } from '../../src/root/unlock-s3.ts';
import { mockedAccountId } from '../support/mocked-aws.ts';
import { endpointOf, type WireAnswer, type WireOptions, type WireRequest, wiredSession } from '../support/wire.ts';
import { expectStoppable } from './stopping-requests.ts';

const listing = (buckets: readonly (readonly [name: string, region?: string])[], next = ''): WireAnswer => ({
  body: `<ListAllMyBucketsResult><Buckets>${buckets
    .map(
      ([name, region = '']) =>
        `<Bucket><Name>${name}</Name>${region === '' ? '' : `<BucketRegion>${region}</BucketRegion>`}</Bucket>`,
    )
    .join(
      '',
    )}</Buckets>${next === '' ? '' : `<ContinuationToken>${next}</ContinuationToken>`}</ListAllMyBucketsResult>`,
});
const refusal = (code: string, status: number, headers = {}, more = ''): WireAnswer => ({
  status,
  headers: { 'x-amz-request-id': 'req-1', ...headers },
  body: `<Error><Code>${code}</Code><Message>no</Message>${more}</Error>`,
});
const policy = '{"Version":"2012-10-17","Statement":[]}';
const holder = (name: string, region: string) => ({ name, region, arn: `arn:aws:s3:::${name}` });
const ledger = holder('ledger', 'eu-west-1');
const isListing = ({ path }: WireRequest) => path === '/';

const open = async (
  answer: (request: WireRequest, index: number) => WireAnswer,
  { signal, ...more }: WireOptions & { readonly signal?: AbortSignal } = {},
) => {
  const { aws, session, ...heard } = wiredSession(answer, more);
  const { sent } = heard;
  const policies = await openBucketPolicies({ aws, session, partition: 'aws', ...(signal && { signal }) });
  return { policies, ...heard, hosts: () => sent.map(({ host }) => host) };
};

describe('the list of buckets', () => {
  test('has every page, and of each bucket its region; without one it is where the list was asked for', async () => {
    const { policies, sent } = await open((_request, index) =>
      index === 0 ? listing([['one', 'eu-west-1'], ['two']], 'more') : listing([['three', 'us-west-2']]),
    );
    expect(await policies.list()).toEqual([
      holder('one', 'eu-west-1'),
      holder('two', 'us-east-1'),
      holder('three', 'us-west-2'),
    ]);
    expect(sent.map(({ query }) => [query?.['max-buckets'], query?.['continuation-token']])).toEqual([
      ['1000', undefined],
      ['1000', 'more'],
    ]);
  });

  test("is asked for with the session's credentials, and tells nobody of whoever calls", async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'somebody');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793');
    const { policies, sent } = await open(() => listing([]));
    await policies.list().finally(() => vi.unstubAllEnvs());
    const { headers = {} } = sent[0] ?? {};
    expect(headers['authorization']).toMatch(/Credential=ASIAINSESSION\/\d{8}\/us-east-1\/s3\//u);
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('x-amzn-trace-id');
  });
});

describe('a bucket is found', () => {
  const buckets = listing([
    ['ledger', 'eu-west-1'],
    ['ledger-two', 'us-east-1'],
    ['s3', 'us-east-1'],
  ]);
  test.each(['ledger', 's3://ledger', 's3://ledger/', 'arn:aws:s3:::ledger', 'arn:aws-cn:s3:::ledger'])(
    'by %s',
    async (named) => {
      const { policies, sent } = await open(() => buckets);
      expect(await policies.find(named)).toEqual(ledger);
      expect(sent).toHaveLength(1);
    },
  );

  test.each(['edger', 'Ledger', 'leds3://ger', 'ledarn:aws:s3:::ger', 'led/ger'])('but not by %s', async (named) => {
    const { policies } = await open((request) => (isListing(request) ? buckets : refusal('NoSuchBucket', 404)));
    await expect(policies.find(named)).rejects.toMatchObject({ problem: { code: 'NoSuchBucket' } });
  });
});

describe('a bucket that is not in the list', () => {
  const find = async (answer: WireAnswer) => {
    const { policies } = await open((request) => (isListing(request) ? listing([['ledger', 'eu-west-1']]) : answer));
    return policies.find('s3://strange');
  };

  test.each<[string, WireAnswer]>([
    ['NoSuchBucket', refusal('NoSuchBucket', 404)],
    ['InvalidBucketName', refusal('InvalidBucketName', 400)],
    ['404 without a word', { status: 404, headers: { 'x-amz-request-id': 'req-1' } }],
  ])('is nobody’s where AWS says %s', async (_what, answer) => {
    await expect(find(answer)).rejects.toMatchObject({
      problem: { code: 'NoSuchBucket', data: { bucket: 'strange', there: ['ledger'] } },
    });
  });

  test.each<[string, WireAnswer]>([
    ['may not be read', refusal('AccessDenied', 403)],
    ['has no policy', refusal('NoSuchBucketPolicy', 404)],
    ['lets everybody read its policy', { body: policy }],
  ])('is somebody else’s where it %s', async (_what, answer) => {
    await expect(find(answer)).rejects.toMatchObject({
      problem: {
        code: 'OtherAccount',
        data: {
          service: 's3',
          named: 'strange',
          name: 'strange',
          region: null,
          account: mockedAccountId,
          owner: null,
          there: ['ledger'],
        },
      },
    });
  });

  test.each<[string, string]>([
    ['ENOTFOUND', 'unreachable'],
    ['AbortError', 'aborted'],
  ])('is nobody knows whose where nobody answers (%s)', async (name, kind) => {
    const { policies } = await open((request) => {
      if (isListing(request)) return listing([]);
      throw Object.assign(new Error(name), name === 'AbortError' ? { name } : { code: name });
    });
    await expect(policies.find('strange')).rejects.toMatchObject({ failure: { kind } });
  });
});

describe('a policy', () => {
  test('is read as it is, or is none where AWS says so', async () => {
    const there = await open(() => ({ body: policy }));
    expect(await there.policies.read(ledger)).toBe(policy);
    const [request] = there.sent;
    expect(request).toMatchObject({ method: 'GET', host: 's3.eu-west-1.amazonaws.com', path: '/ledger/' });
    expect(Object.keys(request?.query ?? {})).toContain('policy');
    const none = await open(() => refusal('NoSuchBucketPolicy', 404));
    expect(await none.policies.read(ledger)).toBeNull();
  });

  test.each(['AccessDenied', 'NoSuchBucket'])('that cannot be read is not none: %s', async (code) => {
    const { policies } = await open(() => refusal(code, 403));
    await expect(policies.read(ledger)).rejects.toMatchObject({ operation: 'GetBucketPolicy', failure: { code } });
  });

  test.each([
    ['put', 'PUT', policy],
    ['remove', 'DELETE', ''],
  ] as const)('is changed in the bucket’s region, and AWS’s request is told: %s', async (change, method, body) => {
    const { policies, sent } = await open((_request, index) => ({
      status: 204,
      ...(index === 0 ? { headers: { 'x-amz-request-id': 'req-1' } } : {}),
    }));
    expect(await policies[change](ledger, policy)).toBe('req-1');
    expect(await policies[change](ledger, policy)).toBeNull();
    expect(sent[0]).toMatchObject({ method, host: 's3.eu-west-1.amazonaws.com', path: '/ledger/', body });
  });

  test.each([
    ['put', 'PutBucketPolicy'],
    ['remove', 'DeleteBucketPolicy'],
  ] as const)('that AWS does not let change is told by the call: %s', async (change, operation) => {
    const { policies } = await open(() => refusal('AccessDenied', 403));
    await expect(policies[change](ledger, policy)).rejects.toMatchObject({ operation, failure: { kind: 'denied' } });
  });
});

describe('a bucket that is in another region', () => {
  const moved = (region: string) => refusal('PermanentRedirect', 301, { 'x-amz-bucket-region': region });
  const here = 's3.eu-west-1.amazonaws.com';

  test.each<[string, WireAnswer]>([
    ['in a header', moved('ap-northeast-1')],
    ['in its answer', refusal('AuthorizationHeaderMalformed', 400, {}, '<Region>ap-northeast-1</Region>')],
  ])('is asked there once, where AWS names it %s', async (_where, answer) => {
    for (const change of ['read', 'put', 'remove'] as const) {
      const { policies, hosts } = await open((_request, index) =>
        index === 0 ? answer : change === 'read' ? { body: policy } : { status: 204 },
      );
      await policies[change](ledger, policy);
      expect(hosts()).toEqual([here, 's3.ap-northeast-1.amazonaws.com']);
    }
  });

  test('is followed no further than once', async () => {
    const { policies, hosts } = await open((_request, index) => moved(['ap-northeast-1', 'us-west-2'][index] ?? ''));
    await expect(policies.read(ledger)).rejects.toMatchObject({ failure: { code: 'PermanentRedirect' } });
    expect(hosts()).toEqual([here, 's3.ap-northeast-1.amazonaws.com']);
  });

  test.each<[string, WireAnswer]>([
    ['the region that was asked', moved('eu-west-1')],
    ['what is no region', moved('evil.example/')],
    ['no region', refusal('PermanentRedirect', 301)],
  ])('is asked nowhere else where AWS names %s', async (_what, answer) => {
    const { policies, hosts } = await open(() => answer);
    await expect(policies.read(ledger)).rejects.toMatchObject({ failure: { code: 'PermanentRedirect' } });
    expect(hosts()).toEqual([here]);
  });
});

test('requests go to the endpoint that is configured, at the pace of S3', async () => {
  const { policies, sent, paced } = await open(() => listing([]), { endpointFor: endpointOf('S3') });
  await policies.list();
  expect(sent.map(({ host }) => host)).toEqual(['s3.emulated.example']);
  expect(paced).toEqual(['s3']);
});

test('whoever stops the run stops each request, and what waits to be tried again', () =>
  expectStoppable(open, (policies) => policies.read(ledger), {
    failing: refusal('InternalError', 500),
    whole: { body: policy },
  }));
