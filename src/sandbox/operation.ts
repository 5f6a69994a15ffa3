import { hasAction } from './not-simulated.ts';
import type { Route } from './route.ts';
import { iamOperations } from './services/iam/operations.ts';
import { hasOrganizationsOperation } from './services/organizations/operations.ts';
import { s3RequestOf } from './services/s3/operations.ts';
import { sqsOperations } from './services/sqs/operations.ts';
import { stsOperations } from './services/sts/operations.ts';
import { NotSimulated, Refusal, type SandboxRequest, type ServiceName } from './wire.ts';

/** What a request asks for, read from its own protocol. */
export type Operation =
  | { readonly protocol: 'query'; readonly name: string; readonly parameters: Readonly<Record<string, string>> }
  | { readonly protocol: 'json'; readonly name: string; readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly protocol: 's3'; readonly name: string; readonly parameters: Readonly<Record<string, string>> };

/** @throws NotSimulated for an operation that AWS may have but the sandbox does not; Refusal for a body that cannot be read. */
export function operationOf(request: SandboxRequest, route: Route): Operation {
  switch (route.service) {
    case 'iam':
      return simulated(queryOperation(request), (name) => Object.hasOwn(iamOperations, name), 'iam');
    case 'sts':
      return simulated(queryOperation(request), (name) => Object.hasOwn(stsOperations, name), 'sts');
    case 'organizations':
      return simulated(jsonOperation(request), hasOrganizationsOperation, 'organizations');
    case 'sqs':
      // What SDKs spoke before November 2023 (SQS Developer Guide, "AWS JSON protocol").
      if (hasAction(request)) throw new NotSimulated("SQS's older Query protocol, only its JSON protocol");
      return simulated(jsonOperation(request), (name) => Object.hasOwn(sqsOperations, name), 'sqs');
    case 's3': {
      const { operation, bucket } = s3RequestOf({ request, hostBucket: route.bucket });
      return { protocol: 's3', name: operation, parameters: bucket === undefined ? {} : { Bucket: bucket } };
    }
  }
}

function simulated(operation: Operation, has: (name: string) => boolean, service: ServiceName): Operation {
  if (has(operation.name)) return operation;
  throw new NotSimulated(
    operation.name === '' ? `requests to ${service} without an operation` : `${service}:${operation.name}`,
  );
}

/** AWS Query: a form, in the body or in the address. */
function queryOperation(request: SandboxRequest): Operation {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.query)) if (typeof value === 'string') parameters[name] = value;
  if (request.body.byteLength > 0)
    for (const [name, value] of new URLSearchParams(textOf(request.body))) parameters[name] = value;
  const { Action: name = '', Version: _version, ...rest } = parameters;
  return { protocol: 'query', name, parameters: rest };
}

function jsonOperation(request: SandboxRequest): Operation {
  const target = request.headers['x-amz-target'] ?? '';
  const name = target.slice(target.lastIndexOf('.') + 1);
  const text = textOf(request.body);
  let parameters: unknown;
  try {
    parameters = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refusal('SerializationException', 400, 'The request body is not JSON.');
  }
  if (!isObject(parameters)) throw new Refusal('SerializationException', 400, 'The request body is not an object.');
  return { protocol: 'json', name, parameters };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (body: Uint8Array): string => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();

/** The account that an operation is about, where the request itself says so. */
export function targetIn({ name, parameters }: Operation): string | undefined {
  const given = name === 'AssumeRoot' ? parameters['TargetPrincipal'] : parameters['AccountId'];
  return typeof given === 'string' ? /\d{12}/.exec(given)?.[0] : undefined;
}
