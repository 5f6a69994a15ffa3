import {
  type Advice,
  type AwsData,
  type AwsProblem,
  awsProblem,
  type FailureKind,
  isProblem,
  isUntrusted,
  ProblemError,
  type Saying,
  systemCodeOf,
} from '../problems/index.ts';

export interface Failure {
  readonly kind: FailureKind;
  /** AWS's error code, or one of ours where AWS never answered (`ConnectionFailed`, `MalformedResponse`, …). */
  readonly code: string;
  /** In AWS's words or the network's; empty where only rootctl has some. */
  readonly message: string;
  readonly statusCode: number | null;
  readonly requestId: string | null;
  /** True when the request may have taken effect although no usable answer came back. */
  readonly effectUnknown: boolean;
  /** What to do, where only the place that failed knows it; else the code tells. */
  readonly advice?: Advice;
  /** What rootctl says of it, around `message`; nothing where AWS said it all. */
  readonly said?: readonly Saying[];
}

/** A call to AWS that did not succeed. `operation` is AWS's own name, e.g. `ListAccessKeys`. */
export class AwsError extends ProblemError<AwsProblem> {
  override readonly name = 'AwsError';
  readonly failure: Failure;
  readonly operation: string;
  /** An earlier try of the same call was lost and may have done its work: "not found" can then mean "done". */
  readonly mayHaveTakenEffect: boolean;
  /** Of `AssumeRoot`: the task policy that the session was asked for; the caller may hold one and not another. */
  readonly taskPolicy: string | null;

  constructor(
    operation: string,
    failure: Failure,
    cause?: unknown,
    mayHaveTakenEffect = failure.effectUnknown,
    taskPolicy: string | null = null,
  ) {
    const { code, kind, said = [], message, statusCode, requestId } = failure;
    super(
      awsProblem(code, { operation, kind, said, message, statusCode, requestId }, taskPolicy, failure.advice),
      cause,
    );
    this.operation = operation;
    this.failure = failure;
    this.mayHaveTakenEffect = mayHaveTakenEffect;
    this.taskPolicy = taskPolicy;
  }
}

/** The reason that every abort in the program carries, so that whatever was waiting ends as a failure like any other. */
export const aborted = (): AwsError =>
  new AwsError('Run', {
    kind: 'aborted',
    code: 'Aborted',
    message: '',
    statusCode: null,
    requestId: null,
    effectUnknown: true,
  });

/**
 * An answer that parses and still lacks what AWS promises: no answer at all.
 * @param effectUnknown the call changes something, and may have done so.
 */
export const malformed = (operation: string, said: Saying | readonly Saying[], effectUnknown = false): AwsError =>
  new AwsError(operation, {
    kind: 'malformed',
    code: 'MalformedResponse',
    message: '',
    said: [said].flat(),
    statusCode: null,
    requestId: null,
    effectUnknown,
  });

/** What stands in a stack trace, and in the SDK's own errors about this one. */
const traced = ({ said, message }: AwsData): string =>
  [...said.map(({ say, ...about }) => [say, ...Object.values(about)].join(' ')), message]
    .filter((part) => part !== '')
    .join(': ');

/** No answer of AWS's came. It knows of no operation: whoever asked tells, in an `AwsError` (`failureOf`). */
class NoAnswerError extends ProblemError<AwsProblem> {
  constructor(code: string, data: Omit<AwsData, 'operation' | 'requestId' | 'advice'>) {
    const problem = awsProblem(code, { operation: 'Request', requestId: null, ...data }, null);
    super(problem, undefined, traced(problem.data));
  }
}

/** Something answered that is not AWS: a proxy's page, a sign-in form, a web server. What it said is not repeated. */
export class ForeignAnswerError extends NoAnswerError {
  override readonly name = 'ForeignAnswerError';
  readonly statusCode: number;

  constructor(host: string, statusCode: number, what: Saying) {
    const said: readonly Saying[] = [{ say: 'not-aws', host, status: statusCode }, what];
    const kind = statusCode === 429 || statusCode >= 500 ? 'transient' : 'malformed';
    super('MalformedResponse', { kind, said, message: '', statusCode });
    this.statusCode = statusCode;
  }
}

/** The connection failed, before an answer or in the middle of one. `code` is Node's, or `ProxyRefused`. */
export class ConnectionError extends NoAnswerError {
  override readonly name = 'ConnectionError';
  /** Where Node's own errors have it, and the SDK's copies of them. */
  readonly code: string;
  /** Whose fault it is: the endpoint's (or the way to it), or the proxy's, which then was asked for nothing yet. */
  readonly at: 'endpoint' | 'proxy';

  /** @param theirs what the network said beside it. */
  constructor(code: string, said: readonly Saying[], theirs = '', at: 'endpoint' | 'proxy' = 'endpoint') {
    super(code, { kind: 'unreachable', said, message: theirs, statusCode: null });
    this.code = code;
    this.at = at;
  }
}

const throttlingCodes = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
  'PriorRequestNotComplete',
]);
const deniedCodes = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError']);
const expiredCodes = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
const credentialCodes = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'InvalidAccessKeyId',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'AuthFailure',
  'OptInRequired',
  'CredentialsProviderError',
  'TokenProviderError',
]);
const transientCodes = new Set([
  'ServiceFailure',
  'ServiceFailureException',
  'InternalFailure',
  'InternalError',
  'InternalServerError',
  'ServiceException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'RequestTimeout',
  'RequestTimeoutException',
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'ConcurrentModificationException',
  'ConcurrentModification',
  'EntityTemporarilyUnmodifiable',
  'IDPCommunicationError',
]);
/** Nobody was there to be sent anything. */
const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ProxyRefused']);
const networkCodes = new Set([
  ...unsentCodes,
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
  'ConnectionTimedOut',
  'ConnectionDropped',
]);

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function fields(error: unknown): Record<string, unknown> {
  return typeof error === 'object' && error !== null ? { ...error } : {};
}

/** Reads an error of the SDK, of Node's network stack or of a parser. Never throws, never guesses from a message. */
export function failureOf(error: unknown): Failure {
  if (error instanceof AwsError) return error.failure;
  const own = fields(error);
  const metadata = fields(own['$metadata']);
  const statusCode = typeof metadata['httpStatusCode'] === 'number' ? metadata['httpStatusCode'] : null;
  const requestId = text(metadata['requestId'])?.slice(0, wordMax) ?? null;
  const name = error instanceof Error ? error.name : 'UnknownError';
  const base = { ...wordsOf(error), statusCode, requestId };
  if (error instanceof ForeignAnswerError) {
    const { code, data } = error.problem;
    return {
      ...base,
      statusCode: error.statusCode,
      kind: data.kind,
      code,
      effectUnknown: error.statusCode < 300 || error.statusCode >= 500, // a gateway may have handed the call on
    };
  }

  if (name === 'AbortError') return { ...base, kind: 'aborted', code: 'Aborted', effectUnknown: true };
  const networkCode = networkCodeOf(error);
  if (networkCode !== null) {
    const isUnsent = unsentCodes.has(networkCode) || (error instanceof ConnectionError && error.at === 'proxy');
    return { ...base, kind: 'unreachable', code: networkCode, effectUnknown: !isUnsent };
  }
  const code = awsCode(own, name);
  if (throttlingCodes.has(code) || statusCode === 429)
    return { ...base, kind: 'throttled', code, effectUnknown: false };
  if (statusCode !== null && statusCode < 300) {
    // The answer said "success" but could not be parsed: the effect, if the call had one, may have happened.
    const unparsable = { message: '', said: [{ say: 'unparsable' }] } as const;
    return { ...base, ...unparsable, kind: 'malformed', code: 'MalformedResponse', effectUnknown: true };
  }
  if (statusCode === 503) return { ...base, kind: 'throttled', code: known(code, statusCode), effectUnknown: true };
  if (deniedCodes.has(code)) return { ...base, kind: 'denied', code, effectUnknown: false };
  if (signatureCodes.has(code) && metadata['clockSkewCorrected'] === true) {
    return { ...base, kind: 'transient', code, effectUnknown: false };
  }
  if (expiredCodes.has(code)) return { ...base, kind: 'expired-session', code, effectUnknown: false };
  if (credentialCodes.has(code)) return { ...base, kind: 'credentials', code, effectUnknown: false };
  if (transientCodes.has(code) || (statusCode !== null && statusCode >= 500)) {
    return { ...base, kind: 'transient', code: known(code, statusCode), effectUnknown: (statusCode ?? 0) >= 500 };
  }
  if (code === 'NoSuchEntity' || code === 'NoSuchEntityException') {
    return { ...base, kind: 'not-found', code: 'NoSuchEntity', effectUnknown: false };
  }
  if (code === 'DeleteConflict' || code === 'EntityAlreadyExists') {
    return { ...base, kind: 'conflict', code, effectUnknown: false };
  }
  const isParserError = statusCode === null && (name === 'SyntaxError' || own['$response'] !== undefined);
  if (isParserError) return { ...base, kind: 'malformed', code: 'MalformedResponse', effectUnknown: true };
  return { ...base, kind: 'other', code: known(code, statusCode), effectUnknown: false };
}

/** What an error says; ours keep their words apart from the network's, also inside an error that the SDK has made of them. */
export function wordsOf(error: unknown): { readonly said: readonly Saying[]; readonly message: string } {
  const { problem } = fields(error);
  if (isProblem(problem) && problem.from === 'aws')
    return { said: problem.data.said, message: oneLine(problem.data.message) };
  if (!(error instanceof Error)) return { said: [], message: oneLine(String(error)) };
  const code = systemCodeOf(error);
  return { said: code === null ? [] : [{ say: 'system', code }], message: oneLine(error.message) };
}

const known = (code: string, statusCode: number | null): string =>
  (code === 'Unknown' || code === 'Error' || code === 'UnknownError') && statusCode !== null
    ? `HTTP${statusCode}`
    : code;

/** Only a refused signature can have been refused for the clock: any other refusal is one whatever the clock said. */
const signatureCodes: ReadonlySet<string> = new Set([
  ...credentialCodes,
  ...expiredCodes,
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
]);

export const isAboutSignature = (error: unknown): boolean =>
  error instanceof Error && signatureCodes.has(awsCode(fields(error), error.name));

/** The wire's code (`Error.Code` of the Query protocol) wins over the SDK's class name, which carries an `Exception` suffix. */
function awsCode(own: Record<string, unknown>, name: string): string {
  const code = text(own['Code']) ?? text(fields(own['Error'])['Code']) ?? name;
  return (code.includes('#') ? (code.split('#').at(-1) ?? code) : code).slice(0, wordMax);
}

/** Of a code or a request id, in characters: each of AWS's has a fraction of it. */
const wordMax = 256;

function networkCodeOf(error: unknown): string | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    const code = text(fields(current)['code']);
    if (code !== null && (networkCodes.has(code) || /^(?:ERR_SSL|HPE_)/u.test(code) || isUntrusted(code))) return code;
    if (current instanceof AggregateError) {
      const inner: string | null = current.errors.map(networkCodeOf).find((found) => found !== null) ?? null;
      if (inner !== null) return inner;
    }
  }
  return null;
}

/**
 * Words of others are one line before they become data: whatever they write, one error is one line. AWS's longest have
 * some hundred characters; of megabytes nobody reads the rest, and everybody waits for it.
 */
const oneLine = (message: string): string => message.slice(0, 4_096).replace(/\s+/gu, ' ').trim();
