import { describe, expect, it } from 'vitest';
import { canonicalJson, parsePlan, parseStatus, planHash } from '../../src/documents/index.ts';
import { status } from '../render/story.ts';
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
    ['edited', text.replace('data-lake', 'data-leak'), 'its hash does not fit its contents: it was changed'],
    ['cut', text.slice(0, -10), 'not JSON'],
    ['with a field of its own', text.replace('{', '{"note":1,'), /Invalid|Unrecognized/],
    ['of another kind', JSON.stringify(status), 'it is a rootctl.status document, not a rootctl.plan'],
    ['a list', '[]', 'the document: Invalid input'],
    ['with a bad account id', text.replaceAll('210987654321', '21098765432'), /^accounts\[1\]\.id: /],
  ])('is refused when it is %s', (_, changed, problem) => {
    const parsed = parsePlan(changed);
    expect(parsed.ok ? '' : parsed.problem).toEqual(
      problem instanceof RegExp ? expect.stringMatching(problem) : problem,
    );
  });
});

it('a status is read back as it was written', () => {
  expect(parseStatus(JSON.stringify(status))).toEqual({ ok: true, document: status });
});
