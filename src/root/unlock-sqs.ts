import type { QueueAttributeName, SQSClient, SQSClientConfig } from '@aws-sdk/client-sqs';
import { given } from '../aws/answers.ts';
import type { Aws } from '../aws/clients.ts';
import { AwsError, malformed } from '../aws/failure.ts';
import { collectPages } from '../org/pages.ts';
import { problemError } from '../problems/index.ts';
import type { PolicyHolder, PolicyService } from './locked-policy.ts';
import type { RootSession } from './session.ts';

interface Environment {
  readonly aws: Aws;
  readonly session: RootSession;
  readonly partition: string;
  /** Where queues are looked for when their name does not say it. */
  readonly region: string;
  readonly signal?: AbortSignal;
}

/** "Policy: 8,192 bytes" (SQS Developer Guide, "Quotas related to policies"). */
export const queuePolicyBytesMax = 8_192;

/** Queue policies, in a session for the task `SQSUnlockQueuePolicy`. The SDK's client is loaded only here. */
export async function openQueuePolicies(environment: Environment): Promise<PolicyService> {
  const { aws, session, partition, signal } = environment;
  const sqs = await import('./sqs.ts');
  const clients = new Map<string, SQSClient>();
  const clientIn = (region: string): SQSClient => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const options: SQSClientConfig = {
      ...aws.shared.clientFor('SQS'),
      region,
      credentials: session.identity().credentials,
      maxAttempts: 1, // retries are callWithRetries's, with rootctl's pace
      useQueueUrlAsEndpoint: false, // a URL that somebody pasted must not decide where a root user's request goes
    };
    const client = new sqs.SQSClient(options);
    client.middlewareStack.remove('recursionDetectionMiddleware'); // it would look into Lambda's environment
    clients.set(region, client);
    return client;
  };
  const ask = <Output>(
    operation: string,
    region: string,
    send: (client: SQSClient, options: { abortSignal?: AbortSignal }) => Promise<Output>,
  ): Promise<Output> =>
    aws.shared.call(operation, 'sqs', () => send(clientIn(region), signal ? { abortSignal: signal } : {}), signal);
  const holderOf = (url: string, region: string): PolicyHolder => {
    const name = url.split('/').at(-1) ?? url;
    return { name, region, url, arn: `arn:${partition}:sqs:${region}:${session.accountId}:${name}` };
  };
  const setPolicy = async ({ url, region }: PolicyHolder, Policy: string): Promise<string | null> => {
    const command = new sqs.SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } });
    const { $metadata } = await ask('SetQueueAttributes', region, (client, options) => client.send(command, options));
    return $metadata.requestId ?? null;
  };

  return {
    list: async () => {
      const { region } = environment;
      const urls = await collectPages(async (NextToken) => {
        const command = new sqs.ListQueuesCommand({ MaxResults: 1_000, NextToken });
        const page = await ask('ListQueues', region, (client, options) => client.send(command, options));
        return { items: page.QueueUrls ?? [], next: page.NextToken };
      });
      return urls.map((url) => holderOf(url, region));
    },
    find: async (named) => {
      const wanted = parseQueue(named);
      const region = wanted.region ?? environment.region;
      const { name, accountId: owner } = wanted;
      const account = session.accountId;
      if (owner !== null && owner !== account) {
        throw problemError('OtherAccount', { service: 'sqs', named, name, region, account, owner, there: [] });
      }
      try {
        const command = new sqs.GetQueueUrlCommand({ QueueName: name });
        const { QueueUrl } = await ask('GetQueueUrl', region, (client, options) => client.send(command, options));
        return holderOf(given(QueueUrl), region);
      } catch (error) {
        if (!(error instanceof AwsError) || !noSuchQueue.has(error.failure.code)) throw error;
        throw problemError('NoSuchQueue', { queue: name, region, account });
      }
    },
    read: async ({ url, region, arn }) => {
      // The ARN is asked for too: SQS leaves an empty list of attributes out, and so would a broken answer.
      const AttributeNames: QueueAttributeName[] = ['Policy', 'QueueArn'];
      const command = new sqs.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames });
      const { Attributes } = await ask('GetQueueAttributes', region, (client, options) =>
        client.send(command, options),
      );
      const { QueueArn, Policy: policy = '' } = Attributes ?? {};
      if (QueueArn !== arn)
        throw malformed('GetQueueAttributes', { say: 'about-another', found: String(QueueArn), asked: arn });
      return policy === '' ? null : policy;
    },
    put: setPolicy,
    remove: (holder) => setPolicy(holder, ''), // an empty policy is none (API Reference, `SetQueueAttributes`)
  };
}

/** The SDK's name, and the older one that the wire's header carries. */
const noSuchQueue: ReadonlySet<string> = new Set([
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NonExistentQueue',
]);

interface NamedQueue {
  readonly name: string;
  readonly region: string | null;
  readonly accountId: string | null;
}

const region = '[a-z]{2,3}(?:-[a-z]+)+-\\d{1,2}';
const arnForm = new RegExp(`^arn:[\\w-]+:sqs:(${region}):(\\d{12}):([\\w-]{1,80}(?:\\.fifo)?)$`, 'u');
const urlForm = /^https?:\/\/([^/]+)\/(?:[^/]+\/)*(\d{12})\/([\w-]{1,80}(?:\.fifo)?)$/u;
/**
 * `sqs.REGION.amazonaws.com`, that of a VPC endpoint (`vpce-….sqs.REGION.vpce.amazonaws.com`), or the older
 * `REGION.queue.amazonaws.com` (SQS Developer Guide, "Amazon SQS endpoints").
 */
const hostForm = new RegExp(`(?:^|\\.)(?:sqs(?:-fips)?\\.(${region})|(${region})\\.queue)\\.`, 'u');
/** Any other host is an emulator's. */
const hostOfAws = /\.(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/u;

/** The region that a host names; null for an emulator's. @throws ProblemError for one of AWS's that names none. */
function regionOf(host: string, queue: string): string | null {
  const [name = ''] = host.toLowerCase().split(':');
  const [, current, older] = hostForm.exec(name) ?? [];
  const found = current ?? older ?? (name === 'queue.amazonaws.com' ? 'us-east-1' : null);
  if (found === null && hostOfAws.test(name)) throw problemError('InvalidQueue', { queue });
  return found;
}

/** A queue by ARN, URL or name. @throws ProblemError when it is none of them. */
function parseQueue(text: string): NamedQueue {
  const arn = arnForm.exec(text);
  if (arn !== null) return { region: arn[1] ?? null, accountId: arn[2] ?? null, name: arn[3] ?? '' };
  const url = urlForm.exec(text);
  if (url !== null) {
    return { region: regionOf(url[1] ?? '', text), accountId: url[2] ?? null, name: url[3] ?? '' };
  }
  if (/^[\w-]{1,80}(?:\.fifo)?$/u.test(text)) return { name: text, region: null, accountId: null };
  throw problemError('InvalidQueue', { queue: text });
}
