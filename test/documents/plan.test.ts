import { describe, expect, it } from 'vitest';
import { canonicalJson, parsePlan, parseStatus, planHash, written } from '../../src/documents/index.ts';
import { status } from '../render/story.ts';
import { english } from '../support/speech.ts';
import { plan } from './samples.ts';

const text = JSON.stringify(plan);

describe('a plan', () => {
  it('is read back as it was written, whatever the order of its keys', () => {
    expect(parsePlan(text)).toEqual({ ok: true, document: plan });
    expect(parsePlan(canonicalJson(plan))).toEqual({ ok: true, document: plan });
  });

  it('has a hash that depends on everything else and on nothing more', () => {
    const { hash, ...rest } = plan;
    expect(planHash(rest)).toBe(hash);
    expect(planHash({ ...rest, rootctlVersion: '1.0.1' })).not.toBe(hash);
  });

  it.each([
    ['edited', text.replace('data-lake', 'data-leak'), 'its hash does not match its contents: it was edited'],
    ['cut', text.slice(0, -10), 'not JSON'],
    ['with a field of its own', text.replace('{', '{"note":1,'), /not valid|Unrecognized/],
    ['of another kind', JSON.stringify(status), 'it is a rootctl.status document, not a rootctl.plan document'],
    ['a list', '[]', 'the document: the value is not valid'],
    ['with a bad account id', text.replaceAll('210987654321', '21098765432'), /^accounts\[1\]\.id: /],
  ])('is refused when it is %s', (_, changed, problem) => {
    const parsed = parsePlan(changed);
    expect(parsed.ok ? '' : english.entryOf(parsed.problem).message).toEqual(
      problem instanceof RegExp ? expect.stringMatching(problem) : problem,
    );
  });
});

/** The plan after a change, with a hash that fits: whoever edits a plan can compute one. */
function forged(change: (draft: Draft) => void): string {
  const { hash, ...draft } = structuredClone(plan) as Draft & { hash: string };
  change(draft);
  return JSON.stringify({ ...draft, hash: planHash(draft as never) });
}
// biome-ignore lint/suspicious/noExplicitAny: a forger writes any field of any type
type Draft = any;

describe('a plan whose hash fits', () => {
  it('is a plan when nothing in it was changed', () => {
    expect(parsePlan(forged(() => {}))).toEqual({ ok: true, document: plan });
  });

  it.each<[string, (draft: Draft) => void, string]>([
    ['is about no kind', (d) => (d.options.only = []), 'options.only is empty'],
    ['is about a kind twice', (d) => d.options.only.push('mfa-device'), 'options.only names a kind twice'],
    [
      'has an action of a kind that it is not about',
      (d) => (d.options.only = ['access-key']),
      'accounts[0].actions[2]: signing-certificate is not in options.only',
    ],
    ['plans nothing in an account', (d) => (d.accounts[1].actions = []), 'accounts[1] deletes nothing'],
    ['has an account twice', (d) => d.accounts.push(d.accounts[1]), 'accounts[2]: 210987654321 appears twice'],
    [
      'has accounts out of order',
      (d) => d.accounts.reverse(),
      'accounts[1]: 123456789012 appears twice or is out of order',
    ],
    [
      'holds the management account',
      (d) => (d.organization.managementAccountId = '210987654321'),
      'accounts[1] is the management account',
    ],
    [
      'has a credential twice',
      (d) => d.accounts[0].actions.splice(1, 0, d.accounts[0].actions[0]),
      'accounts[0].actions[1]: access-key AKIAQEXAMPLEEXAMPDKT appears twice',
    ],
    [
      'has MFA devices before the password',
      (d) => d.accounts[0].actions.reverse(),
      'accounts[0].actions[2]: login-profile is out of order',
    ],
    [
      'names a password',
      (d) => (d.accounts[1].actions[0].id = 'x'),
      '"x" is not a login-profile of account 210987654321',
    ],
    ['has a key without an id', (d) => (d.accounts[0].actions[0].id = null), 'null is not a access-key'],
    ['has an id that is none', (d) => (d.accounts[0].actions[0].id = 'AKIA/../x'), '"AKIA/../x" is not a access-key'],
    ['has an empty id', (d) => (d.accounts[0].actions[2].id = ''), '"" is not a signing-certificate'],
    [
      "has another account's device",
      (d) => (d.accounts[0].actions[4].id = 'arn:aws:iam::210987654321:mfa/x'),
      'is not a mfa-device of account 123456789012',
    ],
    [
      'gives a password a status',
      (d) => (d.accounts[1].actions[0].status = 'Active'),
      '.status: login-profile has no such field',
    ],
    [
      'gives a device a last use',
      (d) => (d.accounts[0].actions[4].lastUsedAt = null),
      '.lastUsedAt: mfa-device has no such field',
    ],
    [
      'knows a credential of later',
      (d) => (d.accounts[0].actions[0].createdAt = '2026-02-31T10:00:00.000Z'),
      '.createdAt: 2026-02-31T10:00:00.000Z is not a time',
    ],
    [
      'knows a use of later',
      (d) => (d.accounts[0].actions[0].lastUsedAt = '2999-01-01T10:00:00.000Z'),
      '.lastUsedAt: 2999-01-01T10:00:00.000Z is later than the plan',
    ],
    ['was made at no time', (d) => (d.generatedAt = '2026-02-31T00:00:00.000Z'), 'is not a time'],
    ['has a field of its own', (d) => (d.accounts[0].note = 'x'), 'accounts[0]: '],
  ])('is none when it %s', (_, change, problem) => {
    const parsed = parsePlan(forged(change));
    expect(parsed.ok ? '' : english.entryOf(parsed.problem).message).toContain(problem);
  });
});

it('a status is read back as it was written', () => {
  expect(parseStatus(JSON.stringify(written(status, english.entryOf)))).toEqual({ ok: true, document: status });
});
