import { AwsError, type Failure } from '../../src/aws/failure.ts';

/** A refusal of AWS's as the rest of the program meets it. */
export const refused = (kind: Failure['kind'], code: string, more: Partial<Failure> = {}): AwsError =>
  new AwsError('AnOperation', {
    kind,
    code,
    message: 'no',
    statusCode: 400,
    requestId: 'req-refused',
    effectUnknown: false,
    ...more,
  });

/** No usable answer came back: the request may have done its work. */
export const lost = (): AwsError =>
  refused('transient', 'HTTP500', { statusCode: 500, requestId: 'req-lost', effectUnknown: true });

export const denied = (): AwsError => refused('denied', 'AccessDenied', { statusCode: 403 });
