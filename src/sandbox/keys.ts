import { createHmac, createSecretKey } from 'node:crypto';

/** An access key: what a caller signs with. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** With temporary credentials. */
  readonly sessionToken?: string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The keyed hash from which every id and secret of one sandbox follows; nothing needs to be stored. */
export type Derive = (purpose: string, text: string) => Buffer;

export function deriveFrom(seed: number): Derive {
  const key = createSecretKey(Buffer.from(`rootctl-sandbox-${seed}`));
  return (purpose, text) => createHmac('sha256', key).update(`${purpose}\0${text}`).digest();
}

/** 40 characters, as AWS's secret keys have. */
export const secretFor = (derive: Derive, accessKeyId: string): string =>
  derive('secret', accessKeyId).toString('base64').slice(0, 40);

/**
 * 20 characters as AWS's present ones: `AKIA` or `ASIA`, then 80 bits in base32, of which the first is 1, the next 40 are
 * the account's number (WithSecure, "A bitwise analysis of AWS access key identifiers") and the rest comes from `mark`.
 * The account can be read back, so that no index of all keys is needed.
 */
export function keyId(prefix: 'AKIA' | 'ASIA', accountId: string, mark: Uint8Array): string {
  let rest = 2 ** 44 + Number(accountId) * 16 + ((mark[7] ?? 0) & 15); // the first 45 bits: nine characters
  let account = '';
  for (let digit = 0; digit < 9; digit += 1) {
    account = alphabet.charAt(rest % 32) + account;
    rest = Math.floor(rest / 32);
  }
  return prefix + account + base32(mark, 7);
}

/** The account id inside a key id made by `keyId`, or undefined when there cannot be one. */
export function accountInKeyId(accessKeyId: string): string | undefined {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(accessKeyId)) return undefined;
  let bits = 0;
  for (const letter of accessKeyId.slice(4, 13)) bits = bits * 32 + alphabet.indexOf(letter);
  const account = Math.floor(bits / 16) - 2 ** 40;
  return account >= 0 && account < 1e12 ? String(account).padStart(12, '0') : undefined;
}

/** `length` characters of A-Z and 2-7, each from five bits of a byte. */
export function base32(bytes: Uint8Array, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet.charAt((bytes[index] ?? 0) & 31);
  return text;
}
