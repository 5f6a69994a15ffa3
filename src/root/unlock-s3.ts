import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { given, regionPattern } from '../aws/answers.ts';
import type { Aws } from '../aws/clients.ts';
import { AwsError } from '../aws/failure.ts';
import { collectPages } from '../org/pages.ts';
import { problemError } from '../problems/index.ts';
import type { PolicyHolder, PolicyService } from './locked-policy.ts';
import type { RootSession } from './session.ts';

interface Environment {
  readonly aws: Aws;
  readonly session: RootSession;
  readonly partition: string;
  readonly signal?: AbortSignal;
}

/** "Bucket policies are limited to 20 KB in size" (S3 User Guide). */
export const bucketPolicyBytesMax = 20 * 1024;

/** Bucket policies, in a session for the task `S3UnlockBucketPolicy`. The SDK's client is loaded only here. */
export async function openBucketPolicies(environment: Environment): Promise<PolicyService> {
  const { aws, session, partition, signal } = environment;
  const s3 = await import('./s3.ts');
  const clients = new Map<string, S3Client>();
  const clientIn = (region: string): S3Client => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const options: S3ClientConfig = {
      ...aws.shared.clientFor('S3'),
      region,
      credentials: session.identity().credentials,
      maxAttempts: 1, // retries are callWithRetries's, with rootctl's pace
      // The bucket in the path: the only form that a configured endpoint, or a bucket with dots under TLS, can serve.
      forcePathStyle: true,
    };
    const client = new s3.S3Client(options);
    client.middlewareStack.remove('recursionDetectionMiddleware'); // it would look into Lambda's environment
    clients.set(region, client);
    return client;
  };
  const ask = <Output>(operation: string, send: (options: { abortSignal?: AbortSignal }) => Promise<Output>) =>
    aws.shared.call(operation, 's3', () => send(signal ? { abortSignal: signal } : {}), signal);
  /** A bucket answers in its own region only; another one says which it is. */
  const askBucket = async <Output>(
    operation: string,
    region: string,
    send: (client: S3Client, options: { abortSignal?: AbortSignal }) => Promise<Output>,
  ): Promise<Output> => {
    try {
      return await ask(operation, (options) => send(clientIn(region), options));
    } catch (error) {
      const right = redirectedRegion(error);
      if (right === null || right === region) throw error;
      return ask(operation, (options) => send(clientIn(right), options));
    }
  };
  const holderOf = (name: string, region: string): PolicyHolder => ({
    name,
    region,
    arn: `arn:${partition}:s3:::${name}`,
  });

  const list = async (): Promise<readonly PolicyHolder[]> => {
    const buckets = await collectPages(async (ContinuationToken) => {
      // MaxBuckets: only a request with a parameter is answered with the buckets' regions (API Reference, `Bucket`).
      const command = new s3.ListBucketsCommand({ MaxBuckets: 1_000, ContinuationToken });
      const page = await ask('ListBuckets', (options) => clientIn(aws.region).send(command, options));
      return { items: given(page.Buckets), next: page.ContinuationToken };
    });
    return buckets.map(({ Name = '', BucketRegion }) => holderOf(Name, BucketRegion ?? aws.region));
  };
  const read = async ({ name, region }: PolicyHolder): Promise<string | null> => {
    const command = new s3.GetBucketPolicyCommand({ Bucket: name });
    try {
      const answer = await askBucket('GetBucketPolicy', region, (client, options) => client.send(command, options));
      return given(answer.Policy);
    } catch (error) {
      if (error instanceof AwsError && error.failure.code === 'NoSuchBucketPolicy') return null;
      throw error;
    }
  };

  return {
    list,
    find: async (named) => {
      const name = named.replace(/^(?:s3:\/\/|arn:[\w-]+:s3:::)/u, '').replace(/\/$/u, '');
      const buckets = await list();
      const found = buckets.find((bucket) => bucket.name === name);
      if (found !== undefined) return found;
      throw await strangeBucket(name, session.accountId, buckets, () => read(holderOf(name, aws.region)));
    },
    read,
    put: async ({ name, region }, Policy) => {
      const command = new s3.PutBucketPolicyCommand({ Bucket: name, Policy });
      const { $metadata } = await askBucket('PutBucketPolicy', region, (client, options) =>
        client.send(command, options),
      );
      return $metadata.requestId ?? null;
    },
    remove: async ({ name, region }) => {
      const command = new s3.DeleteBucketPolicyCommand({ Bucket: name });
      const { $metadata } = await askBucket('DeleteBucketPolicy', region, (client, options) =>
        client.send(command, options),
      );
      return $metadata.requestId ?? null;
    },
  };
}

/** Not in the account's list: either nobody's, or somebody else's. */
async function strangeBucket(
  name: string,
  accountId: string,
  buckets: readonly PolicyHolder[],
  read: () => Promise<unknown>,
): Promise<Error> {
  const there = buckets.map((bucket) => bucket.name);
  try {
    await read();
  } catch (error) {
    if (!(error instanceof AwsError) || error.failure.kind === 'aborted' || error.failure.kind === 'unreachable')
      throw error;
    // `NotFound`: what the SDK makes of a 404 without a word.
    if (['NoSuchBucket', 'InvalidBucketName', 'NotFound'].includes(error.failure.code)) {
      return problemError('NoSuchBucket', { bucket: name, there });
    }
  }
  return problemError('OtherAccount', {
    service: 's3',
    named: name,
    name,
    region: null,
    account: accountId,
    owner: null,
    there,
  });
}

/** S3 names the bucket's region in a header of every refusal for the wrong one (User Guide, "Redirection"). */
function redirectedRegion(error: unknown): string | null {
  const cause = fieldOf(error, 'cause');
  const headers = fieldOf(fieldOf(cause, '$response'), 'headers');
  const region = fieldOf(headers, 'x-amz-bucket-region') ?? fieldOf(cause, 'Region');
  return typeof region === 'string' && regionPattern.test(region) ? region : null; // it becomes part of a host's name
}

const fieldOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);
