import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountStatus, DeleteAccount } from '../../src/documents/index.ts';
import { told as toldProblem } from '../../src/problems/index.ts';
import { type FormatName, formats, formatsFor, type OutputDocument } from '../../src/render/formats.ts';
import { incompleteSentence } from '../../src/render/index.ts';
import { noPaint } from '../../src/render/style.ts';
import type { View } from '../../src/render/view.ts';
import { deleted, doctor, enabled, outputs, recovered, runDetail } from '../documents/samples.ts';
import { holds } from '../support/properties.ts';
import { english } from '../support/speech.ts';
import { account, accounts, nowMs, ouNames, statusOf } from './story.ts';

const view: View = { columns: 160, nowMs, paint: noPaint, speech: english, english };
const notTried = { status: 'skipped', reason: 'not-tried', credentials: null } as const;
const givenUp = {
  status: 'unknown',
  credentials: null,
  error: toldProblem('Aborted', 'AssumeRoot: cancelled because the run was stopped', null),
} as const;
const untriedDeletion: DeleteAccount = {
  id: '777777777777',
  name: 'late',
  outcome: 'skipped',
  reason: 'not-tried',
  error: null,
  actions: [],
};

const clean = (count: number): AccountStatus[] =>
  Array.from({ length: count }, (_, index) => account(String(200_000_000_001 + index), `member-${index}`));

/** Every kind of document that can be cut short, cut short. */
const cut: readonly OutputDocument[] = [
  statusOf([...clean(3), account('777777777777', 'late', notTried)]),
  statusOf([...accounts, account('777777777777', 'late', notTried)]),
  statusOf([account('777777777777', 'late', givenUp)]),
  statusOf(clean(3), { complete: false }),
  statusOf([], { complete: false }),
  { ...deleted, complete: false, accounts: [...deleted.accounts, untriedDeletion] },
  { ...deleted, complete: false, accounts: deleted.accounts.filter(({ outcome }) => outcome === 'deleted') },
  { ...deleted, complete: false, runId: null, accounts: [untriedDeletion] },
  { ...deleted, complete: false, runId: null, accounts: [] },
  { ...enabled, complete: false, error: toldProblem('AccessDenied', 'not allowed', null) },
  { ...recovered, complete: false },
  { ...runDetail, complete: false, run: { ...runDetail.run, state: 'interrupted' } },
  { ...runDetail, complete: false, run: { ...runDetail.run, state: 'running', endedAt: null, summary: null } },
  { ...doctor, complete: false },
];
const views: readonly View[] = [
  view,
  { ...view, listing: 'ended', selection: 'some', elapsedMs: 4_100, ouNames },
  { ...view, listing: 'cut', columns: 80 },
];
const speaksOfAll = /\ball\b|✔|\beverything\b|Nothing to delete/iu;

/** A page comes in pieces: `test/render/html` looks at it. */
const formsFor = ({ kind }: OutputDocument): readonly FormatName[] =>
  formatsFor(kind).filter((format) => format !== 'html');

const told = (document: OutputDocument): readonly (readonly [FormatName, string])[] =>
  views.flatMap((one) => formsFor(document).map((format) => [format, formats[format].render(document, one)] as const));

describe('a document that is not complete', () => {
  it.each(cut)('$kind speaks of no whole and has no check mark, in any format', (document) => {
    for (const [format, text] of told(document)) {
      expect(text.replaceAll('"all":', ''), format).not.toMatch(speaksOfAll);
    }
  });

  it('is so whatever its accounts are', async () => {
    const one = fc.constantFrom(...accounts, account('777777777777', 'late', notTried));
    const some = fc.uniqueArray(one, { selector: ({ id }) => id });
    await holds(
      fc.property(some, (chosen) => {
        for (const [format, text] of told(statusOf(chosen, { complete: false }))) {
          expect(text, format).not.toMatch(speaksOfAll);
        }
      }),
      100,
    );
  });

  it.each(cut)('$kind says so in the first line for people', (document) => {
    for (const format of formatsFor(document.kind).filter((name) => name === 'table' || name === 'markdown')) {
      const [first] = formats[format].render({ ...document, simulated: true }, view).split('\n');
      expect(first, format).toMatch(/^(?:\*\*⚠ )?Incomplete: /u);
    }
  });

  it('of the last ndjson line is false, and of no account line', () => {
    const lines = formats.ndjson
      .render(cut[0] ?? doctor, view)
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).complete)).toEqual([undefined, undefined, undefined, undefined, false]);
  });

  it('in SARIF is an execution that did not succeed, and says why', () => {
    const { runs } = JSON.parse(formats.sarif.render(statusOf(clean(3), { complete: false }), view));
    expect(runs[0].invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'Incomplete: the list of accounts ended early; there are at least 3.' },
        },
      ],
    });
  });

  it('does not send anybody on to delete', () => {
    const document = statusOf([...accounts, account('777777777777', 'late', notTried)]);
    expect(formats.table.render(document, view)).not.toContain('rootctl delete');
  });

  it.each([
    [statusOf([...clean(3), account('777777777777', 'late', notTried)]), 'ended', '1 of 4 accounts was not read'],
    [
      statusOf([...clean(3), account('777777777777', 'late', notTried)]),
      'cut',
      '1 of at least 4 accounts was not read',
    ],
    [statusOf([...clean(3), account('777777777777', 'late', notTried)]), undefined, '1 of at least 4 accounts was not'],
    [statusOf(clean(3), { complete: false }), 'cut', 'there are at least 3'],
  ] as const)('says how much is missing, and "at least" where nobody knows (%#)', (document, listing, words) => {
    expect(incompleteSentence(document, { speech: english, ...(listing === undefined ? {} : { listing }) })).toContain(
      words,
    );
  });

  it('lists a few accounts that were not tried, and only counts many', () => {
    const untried = (count: number) => clean(count).map((one): AccountStatus => ({ ...one, ...notTried }));
    for (const format of ['table', 'markdown'] as const) {
      const told = (count: number) => formats[format].render(statusOf([...accounts, ...untried(count)]), view);
      expect(told(20).match(/member-\d+/gu), format).toHaveLength(20);
      expect(told(21), format).not.toContain('member-');
      expect(told(21), format).toContain('21 of at least 28 accounts were not read');
    }
  });

  it('of a clean part tells that part', () => {
    const document = statusOf([...clean(3), account('777777777777', 'late', notTried)]);
    expect(formats.table.render(document, { ...view, listing: 'ended', elapsedMs: 1_000 })).toBe(
      [
        'Incomplete: 1 of 4 accounts was not read.',
        'None of the 3 member accounts that were read holds root credentials (read in 1 s).',
        'next: read again: rootctl status',
        '',
      ].join('\n'),
    );
  });
});

it.each(outputs.filter(({ kind }) => kind !== 'rootctl.error'))('a complete $kind says nothing of it', (document) => {
  for (const [format, text] of told(document)) expect(text, format).not.toContain('Incomplete');
});
