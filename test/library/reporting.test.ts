import { expect, it } from 'vitest';
import { ProblemError, parseDocument, report, type StatusDocument } from '../../src/index.ts';
import { asWritten } from '../../src/render/written.ts';
import { status as told } from '../render/story.ts';
import { english } from '../support/speech.ts';

const parsed = parseDocument('rootctl.status', JSON.stringify(asWritten(told, english)));
const status: StatusDocument | null = parsed.ok ? parsed.document : null;

it('a report is made of statuses, without AWS, and is a document like any other', () => {
  const readings = status === null ? [] : [status];
  const document = report({ readings, frameworks: ['cis-7.0.0'] });
  expect(document.controls.map(({ key }) => key)).toContain('cis-7.0.0/2.4');
  expect(document.verdicts).toHaveLength(1 + 5 * told.accounts.length);
  expect(document.verdicts[0]).toMatchObject({ account: null, control: 'cis-7.0.0/2.1.1', verdict: 'passed' });
  expect(parseDocument('rootctl.report', JSON.stringify(document))).toEqual({ ok: true, document });
});

it('nothing to report on is a problem', () => {
  expect(() => report({ readings: [] })).toThrow(ProblemError);
});
