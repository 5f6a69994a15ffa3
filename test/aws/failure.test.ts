import { expect, test } from 'vitest';
import { AwsError, aborted, failureOf } from '../../src/aws/failure.ts';
import type { FailureKind } from '../../src/problems/index.ts';
import { refusal } from '../support/mocked-aws.ts';

const withCode = (code: string, extra: object = {}) => Object.assign(new Error(code), { code, ...extra });

test.each<[string, unknown, FailureKind, string, boolean]>([
  ['IAM denies', refusal('AccessDenied', 403), 'denied', 'AccessDenied', false],
  ['Organizations denies', refusal('AccessDeniedException', 400), 'denied', 'AccessDeniedException', false],
  ['STS throttles', refusal('Throttling', 400), 'throttled', 'Throttling', false],
  ['Organizations throttles', refusal('TooManyRequestsException', 400), 'throttled', 'TooManyRequestsException', false],
  ['S3 throttles', refusal('SlowDown', 503), 'throttled', 'SlowDown', false],
  ['HTTP 429 of a proxy', refusal('Unknown', 429), 'throttled', 'Unknown', false],
  ['HTTP 503 without a code', refusal('Unknown', 503), 'throttled', 'HTTP503', true],
  ['HTTP 500', refusal('ServiceFailure', 500), 'transient', 'ServiceFailure', true],
  ['HTTP 502 of a proxy', refusal('Error', 502), 'transient', 'HTTP502', true],
  [
    'a change under way',
    refusal('EntityTemporarilyUnmodifiable', 409),
    'transient',
    'EntityTemporarilyUnmodifiable',
    false,
  ],
  [
    'a concurrent change',
    refusal('ConcurrentModificationException'),
    'transient',
    'ConcurrentModificationException',
    false,
  ],
  ['gone', refusal('NoSuchEntity', 404), 'not-found', 'NoSuchEntity', false],
  ['gone, by the class name', refusal('NoSuchEntityException', 404), 'not-found', 'NoSuchEntity', false],
  ['in use', refusal('DeleteConflict', 409), 'conflict', 'DeleteConflict', false],
  ['there already', refusal('EntityAlreadyExists', 409), 'conflict', 'EntityAlreadyExists', false],
  ['an expired session', refusal('ExpiredToken', 403), 'expired-session', 'ExpiredToken', false],
  ['an unknown key', refusal('InvalidClientTokenId', 403), 'credentials', 'InvalidClientTokenId', false],
  ['a wrong signature', refusal('SignatureDoesNotMatch', 403), 'credentials', 'SignatureDoesNotMatch', false],
  [
    'no credentials',
    Object.assign(new Error('none'), { name: 'CredentialsProviderError' }),
    'credentials',
    'CredentialsProviderError',
    false,
  ],
  ['another refusal', refusal('ValidationError', 400), 'other', 'ValidationError', false],
  ['nobody listens', withCode('ECONNREFUSED'), 'unreachable', 'ECONNREFUSED', false],
  ['no such host', withCode('ENOTFOUND'), 'unreachable', 'ENOTFOUND', false],
  ['hung up in the middle', withCode('ECONNRESET'), 'unreachable', 'ECONNRESET', true],
  ['silence', withCode('ETIMEDOUT'), 'unreachable', 'ETIMEDOUT', true],
  [
    'a certificate that is not trusted',
    withCode('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'unreachable',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    true,
  ],
  ['a cause further down', new Error('x', { cause: withCode('ECONNRESET') }), 'unreachable', 'ECONNRESET', true],
  [
    'several addresses, none reached',
    new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]),
    'unreachable',
    'ECONNREFUSED',
    false,
  ],
  ['success that cannot be parsed', refusal('SyntaxError', 200), 'malformed', 'MalformedResponse', true],
  ['something that is no error', 'boo', 'other', 'UnknownError', false],
  ['nothing', undefined, 'other', 'UnknownError', false],
  ['given up', Object.assign(new Error('x'), { name: 'AbortError' }), 'aborted', 'Aborted', true],
  [
    'a clock that was off',
    Object.assign(refusal('SignatureDoesNotMatch', 403), {
      $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
    }),
    'transient',
    'SignatureDoesNotMatch',
    false,
  ],
])('%s', (_name, error, kind, code, effectUnknown) => {
  expect(failureOf(error)).toMatchObject({ kind, code, effectUnknown });
});

test('an answer keeps its status and request id; its message is one line', () => {
  const failure = failureOf(refusal('AccessDenied', 403, 'User:\n  arn is not\tauthorized'));
  expect(failure).toMatchObject({ statusCode: 403, requestId: 'req-1', message: 'User: arn is not authorized' });
});

test('an AwsError keeps its failure', () => {
  const error = aborted();
  expect(failureOf(error)).toBe(error.failure);
  expect(new AwsError('X', error.failure)).toMatchObject({ operation: 'X', mayHaveTakenEffect: true });
});

test('a message never decides', () => {
  expect(failureOf(new Error('AccessDenied: Throttling ExpiredToken')).kind).toBe('other');
});
