import { getEndpointFromInstructions } from '@smithy/core/endpoints';
import { operation as toOperation } from '@smithy/core/schema';
import type { ClientProtocol, HttpRequest, HttpResponse } from '@smithy/types';
import { isAboutSignature } from './failure.ts';
import { refuseForeign } from './foreign.ts';
import type { Signer } from './signature.ts';
import type { AwsTime } from './time.ts';
import type { Transport } from './transport.ts';
import { readPlainXml } from './xml.ts';

/** Any command of an SDK client, seen through what is needed to send it and to know its answer's type. */
export interface SdkCommand<Output extends object> {
  readonly input: object;
  readonly schema?: unknown;
  resolveMiddleware(stack: never, configuration: never, options: never): (args: never) => Promise<{ output: Output }>;
}

/** The part of a client's resolved configuration that carries a call; every SDK client has it. */
interface ClientConfiguration {
  readonly protocol: ClientProtocol<HttpRequest, HttpResponse>;
  readonly region: () => Promise<string>;
  readonly defaultSigningName?: string;
}

export interface SdkClient {
  readonly config: object;
}

export interface DispatchOptions {
  readonly signer: Signer;
  /** The time to sign with, epoch milliseconds. */
  readonly nowMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Sends one command once. Retries, pace and meaning of errors are the caller's.
 * @throws whatever the SDK's protocol makes of an error answer, or the transport's error when none came.
 */
export type Dispatch = <Output extends object>(
  command: SdkCommand<Output>,
  options: DispatchOptions,
) => Promise<Output>;

/**
 * A dispatcher for one client: the SDK's own serializer, endpoint rules, parser and error classes, without its stack of
 * middlewares. The signer is an argument of each call, so one client serves every account and cannot mix them up: the
 * two ways through the SDK's configuration did, in every reply (`docs/performance.md`).
 */
export function createDispatch(
  client: SdkClient,
  transport: Transport,
  userAgent: string,
  time?: Pick<AwsTime, 'accepted' | 'refused'>,
): Dispatch {
  const config = client.config as ClientConfiguration; // the SDK types it per service; the fields are common to all
  let target: Promise<Target> | undefined;
  readPlainly(config.protocol);
  return async (command, { signer, nowMs, signal }) => {
    target ??= resolveTarget(command, config);
    const { context, host, scope } = await target;
    const schema = operationOf(command);
    const request = await config.protocol.serializeRequest(schema, command.input, context as never);
    const body = typeof request.body === 'string' ? request.body : decoder.decode(request.body);
    request.body = body;
    request.headers['host'] = host;
    request.headers['content-length'] = String(Buffer.byteLength(body));
    request.headers['user-agent'] = userAgent;
    request.headers = signer({ path: request.path, headers: request.headers, body }, scope, nowMs);
    const { response } = await transport.handle(request, signal ? { abortSignal: signal } : {});
    nameRequest(response);
    refuseForeign(response, host, schema.name, config.protocol.getShapeId() === queryShapeId ? 'query' : 'json');
    const date = response.headers['date'];
    try {
      const output = await config.protocol.deserializeResponse(schema, context as never, response);
      time?.accepted(date, nowMs);
      return output as never;
    } catch (error) {
      const isCorrected = isAboutSignature(error) && (time?.refused(date, nowMs) ?? false);
      throw withAnswer(error, response, isCorrected);
    }
  };
}

/**
 * The SDK reads the request's id, which is evidence, from a header. What AWS documents for the Query protocol is the
 * element `RequestId` of the body (IAM API Reference, the sample response of every action).
 */
function nameRequest(response: HttpResponse): void {
  if (requestIdHeaders.some((name) => response.headers[name] !== undefined)) return;
  if (!(response.body instanceof Uint8Array)) return;
  const id = /<RequestId>\s*([\w-]{1,128})\s*<\/RequestId>/iu.exec(decoder.decode(response.body))?.[1];
  if (id !== undefined) response.headers['x-amzn-requestid'] = id;
}

/** The SDK's parser of XML, of which each client has its own, keeps what is not plain (`xml.ts`). */
function readPlainly(protocol: object): void {
  const { deserializer } = protocol as { readonly deserializer?: { parseXml?: (xml: string) => unknown } };
  const sdk = deserializer?.parseXml?.bind(deserializer);
  if (deserializer === undefined || sdk === undefined) return;
  deserializer.parseXml = (xml) => readPlainXml(xml) ?? sdk(xml);
}

const requestIdHeaders = ['x-amzn-requestid', 'x-amzn-request-id', 'x-amz-request-id'];

const queryShapeId = 'aws.protocols#awsQuery';

const decoder = new TextDecoder();

interface Target {
  /** What the protocol wants to know of the client, made once: the configuration has sixty fields. */
  readonly context: object;
  readonly host: string;
  readonly scope: { readonly service: string; readonly region: string };
}

async function resolveTarget(command: SdkCommand<object>, config: ClientConfiguration): Promise<Target> {
  const endpoint = await getEndpointFromInstructions(
    command.input as never,
    command.constructor as never,
    config as never,
  );
  const schemes = endpoint.properties?.['authSchemes'] as
    | readonly { signingName?: string; signingRegion?: string }[]
    | undefined;
  const { hostname, port, protocol } = endpoint.url;
  const isDefaultPort = port === '' || (protocol === 'https:' ? port === '443' : port === '80');
  return {
    context: { ...config, endpoint: async () => endpoint },
    host: isDefaultPort ? hostname : `${hostname}:${port}`,
    scope: {
      service: schemes?.[0]?.signingName ?? config.defaultSigningName ?? '',
      region: schemes?.[0]?.signingRegion ?? (await config.region()),
    },
  };
}

const operations = new WeakMap<object, ReturnType<typeof toOperation>>();

/** A command's schema is a tuple `[9, namespace, name, traits, input, output]`; the protocols take it as an object. */
function operationOf(command: SdkCommand<object>): ReturnType<typeof toOperation> {
  const schema = command.schema as [9, string, string, never, never, never];
  let operation = operations.get(schema);
  if (operation === undefined) {
    operation = toOperation(schema[1], schema[2], schema[3], schema[4], schema[5]);
    operations.set(schema, operation);
  }
  return operation;
}

/**
 * A body that could not be parsed throws without the answer's status, which decides what the failure means; a clock
 * that was just corrected makes the refusal worth one more try (`clockSkewCorrected`, the SDK's own word).
 */
function withAnswer(error: unknown, response: HttpResponse, clockSkewCorrected: boolean): unknown {
  if (!(error instanceof Error)) return error;
  const requestId = response.headers['x-amzn-requestid'] ?? response.headers['x-amz-request-id'];
  const known = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : {};
  return Object.assign(error, {
    $metadata: {
      httpStatusCode: response.statusCode,
      requestId,
      ...known,
      ...(clockSkewCorrected && { clockSkewCorrected }),
    },
  });
}
