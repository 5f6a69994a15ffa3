import { Refusal, type SandboxResponse, type ServiceName } from './wire.ts';
import { noXml, type Xml, xml } from './xml.ts';

/** How each service words its answers: AWS Query for IAM and STS, AWS JSON for Organizations and SQS, REST XML for S3. */
const namespaces = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
} as const;

export function queryAnswer(
  service: 'iam' | 'sts',
  operation: string,
  result: Xml,
  requestId: string,
): SandboxResponse {
  // Operations without an output have no …Result element.
  const wrapped = result === noXml ? '' : `<${operation}Result>${result.text}</${operation}Result>`;
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: utf8(
      `<${operation}Response xmlns="${namespaces[service]}">${wrapped}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    ),
  };
}

const jsonTypes = { organizations: 'application/x-amz-json-1.1', sqs: 'application/x-amz-json-1.0' } as const;

export function jsonAnswer(service: 'organizations' | 'sqs', output: object, requestId: string): SandboxResponse {
  return {
    statusCode: 200,
    headers: { 'content-type': jsonTypes[service], 'x-amzn-requestid': requestId },
    body: utf8(JSON.stringify(output)),
  };
}

export function s3Answer(body: { xml: Xml } | { text: string } | undefined, requestId: string): SandboxResponse {
  const headers: Record<string, string> = { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId };
  if (body === undefined) return { statusCode: 204, headers, body: new Uint8Array() };
  if ('text' in body)
    return { statusCode: 200, headers: { ...headers, 'content-type': 'application/json' }, body: utf8(body.text) };
  return { statusCode: 200, headers: { ...headers, 'content-type': 'application/xml' }, body: utf8(body.xml.text) };
}

/** An error in the words of the service's protocol. */
export function refusalAnswer(service: ServiceName, refusal: Refusal, requestId: string): SandboxResponse {
  const { code, statusCode, message, fields, headers } = refusal;
  const sender = statusCode < 500 ? 'Sender' : 'Receiver';
  switch (service) {
    case 'iam':
    case 'sts':
      return {
        statusCode,
        headers: { ...headers, 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
        body: utf8(
          xml`<ErrorResponse xmlns="${namespaces[service]}"><Error><Type>${sender}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
            .text,
        ),
      };
    case 'organizations':
      return {
        statusCode,
        headers: { ...headers, 'content-type': jsonTypes[service], 'x-amzn-requestid': requestId },
        body: utf8(JSON.stringify({ __type: code, Message: message, ...fields })),
      };
    case 'sqs':
      return {
        statusCode,
        // Clients of the older Query protocol look for the code here (Smithy, awsQueryCompatible).
        headers: {
          'x-amzn-query-error': `${code};${sender}`,
          ...headers,
          'content-type': jsonTypes[service],
          'x-amzn-requestid': requestId,
        },
        body: utf8(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message, ...fields })),
      };
    case 's3': {
      let more = '';
      for (const [name, value] of Object.entries(fields)) more += `<${name}>${xml`${value}`.text}</${name}>`;
      return {
        statusCode,
        headers: {
          ...headers,
          'content-type': 'application/xml',
          'x-amz-request-id': requestId,
          'x-amz-id-2': requestId,
        },
        body: utf8(
          `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml`<Code>${code}</Code><Message>${message}</Message>`.text}${more}<RequestId>${requestId}</RequestId></Error>`,
        ),
      };
    }
  }
}

/** Throttling has its own name in each service (reference, "Limits"; SQS and S3 API References). */
export const throttled: Readonly<Record<ServiceName, Refusal>> = {
  iam: new Refusal('Throttling', 400, 'Rate exceeded'),
  sts: new Refusal('Throttling', 400, 'Rate exceeded'),
  organizations: new Refusal(
    'TooManyRequestsException',
    400,
    'AWS Organizations can\u2019t complete your request because you have sent too many requests in too short a period of time.',
    { fields: { Type: 'REQUEST_RATE' } },
  ),
  sqs: new Refusal('RequestThrottled', 403, 'Rate exceeded'),
  s3: new Refusal('SlowDown', 503, 'Please reduce your request rate.'),
};

/** AWS's own failures. */
export const failed: Readonly<Record<ServiceName, Refusal>> = {
  iam: new Refusal('ServiceFailure', 500, 'The request processing has failed because of an unknown error.'),
  sts: new Refusal('InternalFailure', 500, 'The request processing has failed because of an unknown error.'),
  organizations: new Refusal(
    'ServiceException',
    500,
    "AWS Organizations can't complete your request because of an internal service error.",
  ),
  sqs: new Refusal('InternalFailure', 500, 'The request processing has failed because of an unknown error.'),
  s3: new Refusal('InternalError', 500, 'We encountered an internal error. Please try again.'),
};

export const unavailable = new Refusal(
  'ServiceUnavailable',
  503,
  'The request has failed due to a temporary failure of the server.',
);

const utf8 = (text: string): Uint8Array => Buffer.from(text);
