/** What goes in and out of the sandbox: an HTTP request and its answer, whatever carried them. */

export interface SandboxRequest {
  readonly method: string;
  /** Without the port. */
  readonly hostname: string;
  /** As sent, percent-encoded. */
  readonly path: string;
  /** Decoded names and values; `null` for a name without `=`. */
  readonly query: Readonly<Record<string, string | string[] | null>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SandboxResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Thrown when a fault drops the connection: no answer comes, and the effect may or may not have happened. */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped';
  /** What Node's sockets say, so that the SDK treats it as a broken connection and may try again. */
  readonly code = 'ECONNRESET';
  readonly when: 'before' | 'after';

  constructor(when: 'before' | 'after') {
    super('socket hang up (sandbox)');
    this.when = when;
  }
}

/** Thrown for a host, service or operation that the sandbox does not simulate. Nothing has left the process. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';

  /** @param what whatever is not simulated, as words that follow "does not simulate". */
  constructor(what: string) {
    super(`The rootctl sandbox does not simulate ${what}. Nothing was sent to AWS.`);
  }
}

/** @param operation empty when the request names none. */
export const notSimulatedOperation = (service: string, operation: string): NotSimulated =>
  new NotSimulated(operation === '' ? `requests to ${service} without an operation` : `${service}:${operation}`);

/** An error answer of AWS's, in the words of the service that gives it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly statusCode: number;
  /** Extra members of the answer, for example `Reason` of a `ConstraintViolationException`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    statusCode: number,
    message: string,
    more: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.fields = more.fields ?? {};
    this.headers = more.headers ?? {};
  }
}

/** How most services say that a policy says no. */
export const accessDenied = (message: string): Refusal => new Refusal('AccessDenied', 403, message);

export const utf8 = (text: string): Uint8Array => Buffer.from(text);
