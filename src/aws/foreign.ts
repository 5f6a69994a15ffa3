import type { HttpRequest, HttpResponse } from '@smithy/types';
import type { Saying } from '../problems/index.ts';
import { wrongInJson, wrongInQuery, wrongInS3 } from './answers.ts';
import { ForeignAnswerError } from './failure.ts';
import type { Transport } from './transport.ts';

/** The wire's three ways to write an answer that rootctl meets: IAM and STS, Organizations and SQS, S3. */
export type WireFormat = 'query' | 'json' | 's3';

const wrongIn: Readonly<Record<WireFormat, (operation: string, body: string) => Saying | null>> = {
  query: wrongInQuery,
  json: wrongInJson,
  s3: wrongInS3,
};

/** How an error begins. Without a body an error's status says all there is to say. */
const errorBeginnings: Readonly<Record<WireFormat, RegExp>> = {
  query: /^\s*(?:<\?xml[^>]*\?>\s*)?<(?:ErrorResponse|Response)\b/u,
  json: /^\s*\{/u,
  s3: /^\s*(?:<\?xml[^>]*\?>\s*)?<Error\b/u,
};

/**
 * What is not AWS's answer to this very call is no answer: the SDK would read an empty body, a web page or another
 * operation's answer as one in which nothing stands. Unlike the errors of the SDK's parsers this one names who answered.
 * @throws ForeignAnswerError
 */
export function refuseForeign(
  { statusCode, headers, body }: HttpResponse,
  host: string,
  operation: string,
  format: WireFormat,
): void {
  const text = body instanceof Uint8Array ? decoder.decode(body) : '';
  if (statusCode >= 300) {
    if (errorBeginnings[format].test(text)) return; // S3's redirects among them
    if (statusCode < 400) throw new ForeignAnswerError(host, statusCode, { say: 'redirect' });
    if (text.trim() === '') return;
    throw new ForeignAnswerError(host, statusCode, contentOf(headers));
  }
  const wrong = wrongIn[format](operation, text);
  if (wrong === null) return;
  const what =
    text.trim() === '' ? ({ say: 'empty-body' } as const) : /<!doctype|<html/iu.test(text) ? contentOf(headers) : wrong;
  throw new ForeignAnswerError(host, statusCode, what);
}

const contentOf = (headers: Readonly<Record<string, string>>): Saying => ({
  say: 'content-type',
  type: /^[\w.+-]+\/[\w.+-]+/u.exec(headers['content-type'] ?? '')?.[0] ?? null,
});

const decoder = new TextDecoder(); // leaves a byte order mark out

/** The same for the SDK's own clients of S3 and SQS, which know no other way to look at an answer's text. */
export function refusingForeign(transport: Transport): Transport {
  return {
    handle: async (request, options) => {
      const answer = await transport.handle(request, options);
      const { operation, format } = operationIn(request);
      refuseForeign(answer.response, request.hostname, operation, format);
      return answer;
    },
    destroy: () => transport.destroy(),
  };
}

const policyOperations: Readonly<Record<string, string>> = { PUT: 'PutBucketPolicy', DELETE: 'DeleteBucketPolicy' };

/** SQS names the operation in a header; of S3 rootctl asks for policies, and for the list of buckets. */
function operationIn({ headers, method, query }: HttpRequest): { operation: string; format: 'json' | 's3' } {
  const target = headers['x-amz-target'];
  if (target !== undefined) return { operation: target.split('.')[1] ?? '', format: 'json' };
  const isPolicy = query !== undefined && 'policy' in query;
  return { operation: isPolicy ? (policyOperations[method] ?? 'GetBucketPolicy') : 'ListBuckets', format: 's3' };
}
