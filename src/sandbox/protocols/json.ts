import type { Call } from '../call.ts';
import type { Protocol } from '../services/service.ts';
import { notSimulatedOperation, Refusal, type SandboxRequest, utf8 } from '../wire.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Output = Readonly<Record<string, unknown>>;
export type JsonOperations = Readonly<Record<string, (call: Call, input: Input) => Output>>;

interface JsonService {
  readonly name: string;
  readonly version: '1.0' | '1.1';
  readonly operations: JsonOperations;
  /** The body of an error. */
  readonly errorOf: (refusal: Refusal) => object;
  /** Clients of its older Query protocol look for the code in a header (Smithy, awsQueryCompatible). */
  readonly isQueryCompatible?: true;
}

/** AWS JSON: an object is asked, under a target, and an object answers. */
export function jsonProtocol({ name, version, operations, errorOf, isQueryCompatible }: JsonService): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    protocol: 'json',
    read(request) {
      const target = request.headers['x-amz-target'] ?? '';
      const operation = target.slice(target.lastIndexOf('.') + 1);
      const input = inputOf(request);
      const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (perform === undefined) throw notSimulatedOperation(name, operation);
      return {
        name: operation,
        parameters: input,
        perform: (call, requestId) => ({
          statusCode: 200,
          headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
          body: utf8(JSON.stringify(perform(call, input))),
        }),
      };
    },
    refused(refusal, requestId) {
      const { code, statusCode, headers } = refusal;
      const type = statusCode < 500 ? 'Sender' : 'Receiver';
      return {
        statusCode,
        headers: {
          ...(isQueryCompatible === true ? { 'x-amzn-query-error': `${code};${type}` } : {}),
          ...headers,
          'content-type': contentType,
          'x-amzn-requestid': requestId,
        },
        body: utf8(JSON.stringify(errorOf(refusal))),
      };
    },
  };
}

function inputOf({ body }: SandboxRequest): Input {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  let input: unknown;
  try {
    input = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refusal('SerializationException', 400, 'The request body is not JSON.');
  }
  if (!isObject(input)) throw new Refusal('SerializationException', 400, 'The request body is not an object.');
  return input;
}

const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
