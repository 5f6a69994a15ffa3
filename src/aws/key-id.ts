const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account that an access key id of the present generation carries: behind the four letters of its kind stand 80 bits in
 * base32, the first of them 1, the next 40 the account's number. Not documented by AWS (WithSecure, "A bitwise analysis of
 * AWS access key identifiers"; `ASIAY34FZKBOKMUTVV7A` is of 609629065308), so agreement with an account is proof enough to
 * read by, and anything else a reason to ask AWS.
 * @returns null for an id of an older generation, or of another form.
 */
export function accountOfKeyId(accessKeyId: string): string | null {
  if (!/^[A-Z]{4}[A-Z2-7]{16}$/u.test(accessKeyId)) return null;
  let bits = 0; // the first 45, in nine characters: a number holds 53
  for (const letter of accessKeyId.slice(4, 13)) bits = bits * 32 + alphabet.indexOf(letter);
  const account = Math.floor(bits / 16) - 2 ** 40;
  return account >= 0 && account < 1e12 ? String(account).padStart(12, '0') : null;
}
