import { timingSafeEqual } from 'node:crypto';
import type { Derive } from './keys.ts';

/**
 * What temporary credentials say of themselves. The token carries it, sealed, so that the sandbox remembers no sessions:
 * a session outlives a restart, and ten thousand sessions take no memory.
 */
export interface Session {
  readonly accountId: string;
  /** Whose session it is: the account's root in a root session. */
  readonly arn: string;
  /** Set in a root session: the task policy that bounds it. */
  readonly taskPolicy?: string;
  readonly expiresAtMs: number;
}

export function sealSession(derive: Derive, accessKeyId: string, session: Session): string {
  const content = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `${content}.${seal(derive, accessKeyId, content).toString('base64url')}`;
}

/** The session that `token` stands for, or undefined when it was not issued here for that key. */
export function openSession(derive: Derive, accessKeyId: string, token: string): Session | undefined {
  const dot = token.indexOf('.');
  if (dot < 1) return undefined;
  const content = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1), 'base64url');
  const expected = seal(derive, accessKeyId, content);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  // Our own seal proves that we wrote it.
  return JSON.parse(Buffer.from(content, 'base64url').toString()) as Session;
}

const seal = (derive: Derive, accessKeyId: string, content: string): Buffer =>
  derive('session', `${accessKeyId}\0${content}`);
