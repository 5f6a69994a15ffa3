/**
 * Whose request quota a call draws on. STS and Organizations count against the caller's account; IAM in a root session
 * counts against the member account, so each member has a key of its own (`iam:111122223333`).
 */
export type PaceKey = 'sts' | 'organizations' | 'iam' | `iam:${string}` | 's3' | 'sqs';

/** Decides when a request may be sent; told how each one ended. */
export interface Pace {
  /**
   * Resolves when the next request of this key may be sent, with that time in monotonic milliseconds; rejects with
   * the signal's reason when it aborts.
   */
  acquire(key: PaceKey, signal?: AbortSignal): Promise<number>;
  answered(key: PaceKey): void;
  /** @param sentMs what `acquire` said: a request sent before the last change of pace tells nothing about it. */
  throttled(key: PaceKey, sentMs: number): void;
  /** The account is done: what was learnt about its own quota is dropped, so that memory stays flat. */
  forget(key: PaceKey): void;
}

/** No pacing at all, for single calls and tests. */
export const unpaced: Pace = {
  acquire: async () => 0,
  answered: () => {},
  throttled: () => {},
  forget: () => {},
};
