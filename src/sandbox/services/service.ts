import type { Call } from '../call.ts';
import type { Endpoint } from '../endpoints.ts';
import type { Refusal, SandboxRequest, SandboxResponse } from '../wire.ts';

/** What a request asks for, read from its service's protocol. */
export interface Operation {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Does it, and words the answer. @throws Refusal; NotSimulated. */
  readonly perform: (call: Call, requestId: string) => SandboxResponse;
}

/** How requests and answers are worded (Smithy, "AWS Protocols"): AWS Query, AWS JSON, REST XML. */
export type ProtocolName = 'query' | 'json' | 'rest-xml';

/** A protocol in the words of one service. */
export interface Protocol {
  readonly protocol: ProtocolName;
  /**
   * @param subdomain what stands before the service's own host: of S3's virtual-hosted addresses the bucket.
   * @throws NotSimulated for an operation that AWS may have but the sandbox does not; Refusal for a body that cannot be read.
   */
  readonly read: (request: SandboxRequest, subdomain: string | undefined) => Operation;
  /** An error as the service words it. */
  readonly refused: (refusal: Refusal, requestId: string) => SandboxResponse;
}

/** What an unsigned request on loopback, where every service has the same host, says of the service it is for. */
export interface Unsigned {
  /** `X-Amz-Target`; empty without one. */
  readonly target: string;
  /** The Query protocol's. */
  readonly version: string | undefined;
}

/** One of AWS's services as the sandbox simulates it: all that the rest of the sandbox knows of it. */
export interface Service<Name extends string = string> extends Protocol {
  /** As hosts, signatures and the actions of policies have it. */
  readonly name: Name;
  /** Undefined for a host (in lower case) that is none of its endpoints. */
  readonly endpointOf: (hostname: string) => Endpoint | undefined;
  /** Whether an unsigned request is for it; of one service the rest is, what no other claims. */
  readonly claims: ((request: Unsigned) => boolean) | 'the rest';
  /** S3 signs the path as it is sent; every other service encodes it once more (IAM User Guide, "Create a signed request"). */
  readonly isPathSignedAsSent?: true;
  /** The account that an operation is about, where its parameters say so. */
  readonly accountIn?: (parameters: Operation['parameters']) => unknown;
  /** The id of what else an operation is about; faults can be narrowed to it. */
  readonly resourceIn?: (parameters: Operation['parameters']) => string | undefined;
  /** A policy says no. */
  readonly denied: (message: string) => Refusal;
  /** Throttling has its own name in each service (reference, "Limits"; SQS and S3 API References). */
  readonly throttled: Refusal;
  /** A failure of AWS's own. */
  readonly failed: Refusal;
}
