import { deriveFrom, secretFor } from '../../src/sandbox/keys.ts';

/** How every session token of the sandbox begins: base64 of `{"accountId":"`. */
const tokenStart = 'eyJhY2NvdW50SWQi';

/**
 * @throws Error when a text holds a secret key of the sandbox, a session token, or a signature.
 * @param accessKeyIds of which the secrets are looked for.
 */
export function requireNoSecret(
  text: string,
  seed: number,
  accessKeyIds: Iterable<string>,
  where = 'the output',
): void {
  if (text.includes(tokenStart)) throw new Error(`${where} holds a session token`);
  if (/Signature=[0-9a-f]{64}|AWS4-HMAC-SHA256/u.test(text)) throw new Error(`${where} holds a signature`);
  const derive = deriveFrom(seed);
  for (const id of new Set(accessKeyIds)) {
    if (text.includes(secretFor(derive, id))) throw new Error(`${where} holds the secret of ${id}`);
  }
}
