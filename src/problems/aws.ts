import { type Advice, adviceFor, adviceNames } from './advice.ts';
import { type DataOf, type Fields, hasFields, number, oneOf, orNull, text } from './fields.ts';

/** Whose move it is when AWS refused, told from its error code alone: messages are prose and change. */
export const failureKinds = [
  'denied',
  'throttled',
  'transient',
  'unreachable',
  'malformed',
  'expired-session',
  'credentials',
  'not-found',
  'conflict',
  'aborted',
  'other',
] as const;
export type FailureKind = (typeof failureKinds)[number];

const awsFields = {
  operation: text,
  kind: oneOf(...failureKinds),
  /** Whose words the message is: AWS's (or the network's), which are data and never read, or a sentence of `words` about it. */
  said: text,
  message: text,
  statusCode: orNull(number),
  requestId: orNull(text),
  /** What to do, as a key of `words`, and what it is about. */
  advice: orNull(oneOf(...adviceNames)),
  about: orNull(text),
} satisfies Fields;
export type AwsData = DataOf<typeof awsFields>;

/** A call to AWS that did not succeed. */
export interface AwsProblem {
  readonly from: 'aws';
  /** AWS's error code, or one of ours where AWS never answered (`ECONNREFUSED`, `MalformedResponse`, …). */
  readonly code: string;
  readonly data: AwsData;
}

export const isAwsData = (value: unknown): value is AwsData => hasFields(awsFields, value);

/** @param advice where only the place that failed knows what to do; else the code and the call tell. */
export function awsProblem(
  code: string,
  data: Omit<AwsData, 'advice' | 'about' | 'said'> & { readonly said?: string },
  taskPolicy: string | null,
  advice?: Advice,
): AwsProblem {
  const chosen = advice ?? adviceFor({ code, operation: data.operation, kind: data.kind, taskPolicy });
  const { operation, kind, said = 'aws', message, statusCode, requestId } = data;
  const { name, about } = chosen ?? { name: null, about: null };
  return { from: 'aws', code, data: { operation, kind, said, message, statusCode, requestId, advice: name, about } };
}
