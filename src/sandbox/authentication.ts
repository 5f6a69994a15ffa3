import type { Callers, Principal } from './callers.ts';
import type { Route } from './route.ts';
import type { ProtocolName } from './services/service.ts';
import { amzDateMs, createSignatureCheck } from './signature.ts';
import type { SandboxState } from './state.ts';
import { Refusal, type SandboxRequest } from './wire.ts';

type Problem =
  | 'unsigned'
  | 'unknown-key'
  | 'bad-token'
  | 'bad-signature'
  | 'bad-scope'
  | 'skewed'
  | 'expired'
  | 'suspended';

/**
 * The same problem has another code in each protocol.
 * Sources: "Common errors" of the IAM, STS, Organizations and SQS API references, "Error responses" of S3's. What a
 * suspended account's credentials are told is documented nowhere; they are treated as unknown.
 */
const answers: Readonly<Record<Problem, Record<ProtocolName, readonly [code: string, status: number]>>> = {
  unsigned: {
    query: ['MissingAuthenticationToken', 403],
    json: ['MissingAuthenticationTokenException', 400],
    'rest-xml': ['AccessDenied', 403],
  },
  'unknown-key': {
    query: ['InvalidClientTokenId', 403],
    json: ['UnrecognizedClientException', 400],
    'rest-xml': ['InvalidAccessKeyId', 403],
  },
  'bad-token': {
    query: ['InvalidClientTokenId', 403],
    json: ['UnrecognizedClientException', 400],
    'rest-xml': ['InvalidToken', 400],
  },
  'bad-signature': {
    query: ['SignatureDoesNotMatch', 403],
    json: ['InvalidSignatureException', 400],
    'rest-xml': ['SignatureDoesNotMatch', 403],
  },
  'bad-scope': {
    query: ['SignatureDoesNotMatch', 403],
    json: ['InvalidSignatureException', 400],
    'rest-xml': ['AuthorizationHeaderMalformed', 400],
  },
  skewed: {
    query: ['SignatureDoesNotMatch', 403],
    json: ['InvalidSignatureException', 400],
    'rest-xml': ['RequestTimeTooSkewed', 403],
  },
  expired: { query: ['ExpiredToken', 403], json: ['ExpiredTokenException', 400], 'rest-xml': ['ExpiredToken', 400] },
  suspended: {
    query: ['InvalidClientTokenId', 403],
    json: ['UnrecognizedClientException', 400],
    'rest-xml': ['InvalidAccessKeyId', 403],
  },
};

const messages: Readonly<Record<Problem, string>> = {
  unsigned: 'Request is missing Authentication Token',
  'unknown-key': 'The security token included in the request is invalid.',
  'bad-token': 'The security token included in the request is invalid',
  'bad-signature':
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  'bad-scope': 'Credential should be scoped to a valid region and to the correct service.',
  skewed: 'Signature expired: the date of the request is too far from the time of the service.',
  expired: 'The security token included in the request is expired',
  suspended: 'The security token included in the request is invalid.',
};

const signatureWindowDefaultMs = 15 * 60_000;

/** Finds out who signed a request. @throws Refusal in the words of the service. */
export function createAuthentication(
  state: SandboxState,
  callers: Callers,
): (request: SandboxRequest, route: Route, nowMs: number) => Principal {
  const checkSignature = createSignatureCheck();
  // Thousands of requests arrive each second, and Date.parse is slow.
  let dateText: string | undefined;
  let dateMs = Number.NaN;
  const dateOf = (text: string | undefined): number => {
    if (text !== dateText) {
      dateText = text;
      dateMs = amzDateMs(text);
    }
    return dateMs;
  };

  return (request, route, nowMs) => {
    const { service, authorization } = route;
    const refuse = (problem: Problem): never => {
      const [code, statusCode] = answers[problem][service.protocol];
      throw new Refusal(code, statusCode, messages[problem]);
    };
    if (authorization === undefined)
      return refuse(request.headers['authorization'] === undefined ? 'unsigned' : 'bad-signature');
    const key = callers.find(authorization.accessKeyId);
    if (key === undefined) return refuse('unknown-key');
    const { signingRegion = authorization.region } = route;
    if (authorization.service !== service.name || authorization.region !== signingRegion) return refuse('bad-scope');

    const window = state.behaviour.signatureWindowMs;
    const skewMs = Math.abs(dateOf(request.headers['x-amz-date']) - nowMs);
    if (window !== null && !(skewMs <= (window ?? signatureWindowDefaultMs))) return refuse('skewed');
    const { isPathSignedAsSent = false } = service;
    const verdict = checkSignature(request, authorization, key.secretAccessKey, isPathSignedAsSent);
    if (verdict !== 'good') return refuse('bad-signature');

    const token = request.headers['x-amz-security-token'];
    let principal = key.principal;
    if (principal === undefined) {
      const session = token === undefined ? undefined : callers.sessionOf(key.accessKeyId, token);
      if (session === undefined) return refuse('bad-token');
      if (session.expiresAtMs <= nowMs) return refuse('expired');
      principal = callers.principalOf(key.accessKeyId, session);
    } else if (token !== undefined) return refuse('bad-token');
    if (principal === undefined) return refuse('unknown-key');
    if (principal.account.state !== 'ACTIVE') return refuse('suspended');
    return principal;
  };
}
