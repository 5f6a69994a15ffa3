import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOfKeyId } from '../../src/aws/key-id.ts';
import { keyId } from '../../src/sandbox/keys.ts';
import { holds } from '../support/properties.ts';

test.each([
  // WithSecure, "A bitwise analysis of AWS access key identifiers"; Tal Be'ery, "A short note on AWS KEY ID".
  ['ASIAY34FZKBOKMUTVV7A', '609629065308'],
  ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
])('%s is a key of account %s', (accessKeyId, account) => {
  expect(accountOfKeyId(accessKeyId)).toBe(account);
});

test.each([
  ['an older generation', 'AKIAIOSFODNN7EXAMPLE'],
  ['an older generation, of a session', 'ASIAA34FZKBOKMUTVV7A'],
  ['a number of more than twelve digits', 'ASIA7777777777777777'],
  ['too short', 'ASIAY34FZKBOKMUTVV7'],
  ['too long', 'ASIAY34FZKBOKMUTVV7AA'],
  ['small letters', 'asiay34fzkbokmutvv7a'],
  ['digits that base32 does not have', 'ASIAY34FZKBOKMUTVV10'],
  ['something else', '../../../pwned'],
  ['nothing', ''],
])('an id of %s tells no account', (_what, accessKeyId) => {
  expect(accountOfKeyId(accessKeyId)).toBeNull();
});

test('the account of every key of this generation is read back, whatever else the id holds', async () => {
  const property = fc.property(
    fc.bigInt({ min: 0n, max: 999_999_999_999n }),
    fc.uint8Array({ minLength: 8, maxLength: 8 }),
    (number, mark) => {
      const account = String(number).padStart(12, '0');
      expect(accountOfKeyId(keyId('ASIA', account, mark))).toBe(account);
    },
  );
  await holds(property, 300);
});
