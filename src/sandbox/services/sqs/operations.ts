import type { Call } from '../../call.ts';
import { pageOf } from '../../call.ts';
import { loopbackOf } from '../../endpoints.ts';
import type { Input, JsonOperations } from '../../protocols/json.ts';
import type { Queue } from '../../scenario.ts';
import { type AccountState, readPolicy } from '../../state.ts';
import { NotSimulated, Refusal } from '../../wire.ts';

/** SQS API Reference (AWS JSON 1.0). The policy is the queue attribute `Policy`; an empty one removes it. */
export const sqsOperations: JsonOperations = {
  ListQueues(call, input) {
    const { account } = call.principal;
    call.authorize({ action: 'sqs:ListQueues', resource: '*' });
    const prefix = typeof input['QueueNamePrefix'] === 'string' ? input['QueueNamePrefix'] : '';
    const queues = account.queues.filter(({ region, name }) => region === call.region && name.startsWith(prefix));
    const size = typeof input['MaxResults'] === 'number' ? input['MaxResults'] : 1000;
    const token = typeof input['NextToken'] === 'string' ? input['NextToken'] : undefined;
    const page = pageOf(queues, token, size);
    if (page === undefined) throw new Refusal('InvalidAddress', 404, 'The next token is not valid.');
    return {
      ...(page.items.length > 0 ? { QueueUrls: page.items.map((queue) => urlOf(call, account, queue)) } : {}),
      // A token only comes when MaxResults was given (API Reference, ListQueues).
      ...(page.next !== undefined && input['MaxResults'] !== undefined ? { NextToken: page.next } : {}),
    };
  },
  GetQueueUrl(call, input) {
    const name = requiredText(input, 'QueueName');
    const owner = input['QueueOwnerAWSAccountId'];
    const account =
      typeof owner === 'string'
        ? (call.state.accountsById.get(owner) ?? call.principal.account)
        : call.principal.account;
    const queue = queueIn(call, account, name);
    authorizeOn(call, 'GetQueueUrl', account, queue);
    return { QueueUrl: urlOf(call, account, queue) };
  },
  GetQueueAttributes(call, input) {
    const { account, queue } = queueAt(call, input);
    authorizeOn(call, 'GetQueueAttributes', account, queue);
    const all: Readonly<Record<string, string>> = {
      QueueArn: arnOf(call, account, queue),
      VisibilityTimeout: '30',
      MaximumMessageSize: '262144',
      MessageRetentionPeriod: '345600',
      ApproximateNumberOfMessages: '0',
      ...(queue.policy === undefined ? {} : { Policy: textOf(queue.policy) }),
    };
    const names = Array.isArray(input['AttributeNames']) ? input['AttributeNames'].map(String) : [];
    const wanted = names.includes('All') ? Object.keys(all) : names;
    for (const name of wanted)
      if (!attributeNames.has(name)) throw new Refusal('InvalidAttributeName', 400, `Unknown Attribute ${name}.`);
    const attributes = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
    return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
  },
  SetQueueAttributes(call, input) {
    const { account, queue } = queueAt(call, input);
    authorizeOn(call, 'SetQueueAttributes', account, queue);
    const attributes: unknown = input['Attributes'];
    if (typeof attributes !== 'object' || attributes === null)
      throw new Refusal('MissingParameter', 400, 'The request must contain the parameter Attributes.');
    for (const [name, value] of Object.entries(attributes)) {
      if (name !== 'Policy') throw new NotSimulated(`the queue attribute ${name}, only Policy`);
      queue.policy = policyFrom(String(value));
    }
    call.changed();
    return {};
  },
};

const attributeNames: ReadonlySet<string> = new Set(
  `All Policy VisibilityTimeout MaximumMessageSize MessageRetentionPeriod ApproximateNumberOfMessages
   ApproximateNumberOfMessagesNotVisible CreatedTimestamp LastModifiedTimestamp QueueArn
   ApproximateNumberOfMessagesDelayed DelaySeconds ReceiveMessageWaitTimeSeconds RedrivePolicy FifoQueue
   ContentBasedDeduplication KmsMasterKeyId KmsDataKeyReusePeriodSeconds DeduplicationScope FifoThroughputLimit
   RedriveAllowPolicy SqsManagedSseEnabled`.split(/\s+/),
);

const textOf = (policy: NonNullable<Queue['policy']>): string =>
  typeof policy === 'string' ? policy : JSON.stringify(policy);

function policyFrom(text: string): string | undefined {
  if (text === '') return undefined;
  if ('unreadable' in readPolicy(text))
    throw new Refusal('InvalidAttributeValue', 400, 'Invalid value for the parameter Policy.');
  return text;
}

function authorizeOn(call: Call, operation: string, owner: AccountState, queue: Queue): void {
  const resourcePolicy = queue.policy === undefined ? undefined : readPolicy(queue.policy);
  call.authorize({ action: `sqs:${operation}`, resource: arnOf(call, owner, queue), owner, resourcePolicy });
  // Another account's queue needs its policy's consent, which the sandbox never finds.
  if (owner.id !== call.principal.account.id)
    throw new Refusal('AccessDenied', 403, `Access to the resource ${urlOf(call, owner, queue)} is denied.`);
}

/** The queue that the URL in the request names, whatever its host; without one, that of the address the request came to. */
function queueAt(call: Call, input: Input): { account: AccountState; queue: Queue } {
  const path = /^\/\d{12}\/[^/]+$/.exec(call.request.path)?.[0];
  const url =
    input['QueueUrl'] === undefined && path !== undefined ? `http://localhost${path}` : requiredText(input, 'QueueUrl');
  const match = /^https?:\/\/[^/]+\/(\d{12})\/([A-Za-z0-9_.-]{1,80})$/.exec(url);
  if (match === null) throw new Refusal('InvalidAddress', 404, `The address ${url} is not valid for this endpoint.`);
  const account = call.state.accountsById.get(match[1] ?? '');
  if (account === undefined) throw noSuchQueue;
  return { account, queue: queueIn(call, account, match[2] ?? '') };
}

function queueIn({ region }: Call, account: AccountState, name: string): Queue {
  const queue = account.queues.find((one) => one.name === name && one.region === region);
  if (queue === undefined) throw noSuchQueue;
  return queue;
}

function requiredText(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal('MissingParameter', 400, `The request must contain the parameter ${name}.`);
}

const noSuchQueue = new Refusal('QueueDoesNotExist', 400, 'The specified queue does not exist.', {
  headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
});

/**
 * Clients send their next request to the host that a queue's URL names: it is the sandbox's own, as the client called it, and
 * inside the process one that never leads out of the machine (RFC 6761, 6.3), the region kept where AWS has it.
 */
function urlOf({ request }: Call, account: AccountState, { region, name }: Queue): string {
  const host = request.headers['host'] ?? '';
  const isOwn = loopbackOf(host.replace(/:\d+$/, '').toLowerCase()) !== undefined;
  const own = isOwn ? host : `sqs.${region}.localhost`;
  return `http://${own}/${account.id}/${name}`;
}

const arnOf = ({ state }: Call, account: AccountState, { region, name }: Queue): string =>
  `arn:${state.partition}:sqs:${region}:${account.id}:${name}`;
