import { type Advice, advice, adviceFor } from './advice.ts';
import { type DataOf, type Fields, hasFields, listOf, number, oneOf, orNull, text } from './fields.ts';
import { type Saying, saying } from './sayings.ts';

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
  /** What rootctl says of it, each around the next, and the last around `message`; empty where AWS said all there is. */
  said: listOf(saying),
  /** In AWS's words or the network's, which are data and never read; empty where there are none. */
  message: text,
  statusCode: orNull(number),
  requestId: orNull(text),
  /** What to do, and what that is about. */
  advice: orNull(advice),
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

/** @param advised where only the place that failed knows what to do; else the code and the call tell. */
export function awsProblem(
  code: string,
  data: Omit<AwsData, 'advice' | 'said'> & { readonly said?: readonly Saying[] },
  taskPolicy: string | null,
  advised?: Advice,
): AwsProblem {
  const { operation, kind, said = [], message, statusCode, requestId } = data;
  const chosen = advised ?? adviceFor({ code, operation, kind, taskPolicy });
  return { from: 'aws', code, data: { operation, kind, said, message, statusCode, requestId, advice: chosen } };
}
