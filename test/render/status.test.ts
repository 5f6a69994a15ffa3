import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderStatus } from '../../src/render/status.ts';
import { createPaint, noPaint } from '../../src/render/style.ts';
import { graphemes, visible, widthOf } from '../../src/render/text.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, en } from '../../src/words/index.ts';
import { english } from '../support/speech.ts';
import { anyName, hostileNames, steering } from './hostile.ts';
import * as story from './story.ts';

const view: View = { columns: 160, nowMs: story.nowMs, paint: noPaint, speech: english, english };
const clean = story.statusOf(story.accounts.filter(({ status }) => status === 'absent' || status === 'skipped'));

describe('the status of the story', () => {
  it('at 80 columns folds certificates and MFA, shortens the last use and cuts names', () => {
    expect(renderStatus(story.status, { ...view, columns: 80, ouNames: story.ouNames })).toMatchInlineSnapshot(`
      "o-exampleorgid · management account 111111111111
        root credentials management on · root sessions on

      ACCOUNT       NAME            ROOT     PASSWORD  KEYS  CERTS/MFA  LAST USED
      210987654321  data-lake       present  yes ⚠        –  –          3 y ago, login
      123456789012  payments-prod   present  yes          2  1 / 2      1 h ago, key
      555555555555  legacy-erp      unknown  denied by SCP DenyRootUser (p-denyroot1)
                                             on Workloads/Prod (AccessDenied)
      444444444444  network         absent   –            –  –          –
      333333333333  監査ロ…ウント   absent   –            –  –          –
      666666666666  sandbox-old     skipped  suspended
      111111111111  management      skipped  the management account (password, MFA
                                             devices, no access keys, no signing
                                             certificates)

      2 of 5 member accounts hold root credentials, 1 could not be read.
      ⚠ data-lake has a root password without MFA.
      hint: exempt root sessions in that policy: rootctl policy scp
      next: rootctl delete --all --dry-run
            see why legacy-erp could not be read: rootctl doctor
      "
    `);
  });

  it('at 120 columns shows names whole', () => {
    expect(renderStatus(story.status, { ...view, columns: 120, elapsedMs: 4100 })).toMatchInlineSnapshot(`
      "o-exampleorgid · management account 111111111111 · root credentials management on · root sessions on

      ACCOUNT       NAME                    ROOT     PASSWORD     KEYS  CERTS/MFA  LAST USED
      210987654321  data-lake               present  yes, no MFA     –  –          3 years ago by password
      123456789012  payments-prod           present  yes             2  1 / 2      1 hour ago by an access key (s3, eu-west-1)
      555555555555  legacy-erp              unknown  denied by SCP DenyRootUser (p-denyroot1) on Workloads/Prod (AccessDenied)
      444444444444  network                 absent   –               –  –          –
      333333333333  監査ログ集約アカウント  absent   –               –  –          –
      666666666666  sandbox-old             skipped  suspended
      111111111111  management              skipped  the management account (password, MFA devices, no access keys, no signing
                                                     certificates)

      2 of 5 member accounts hold root credentials, 1 could not be read (read in 4.1 s).
      ⚠ data-lake has a root password without MFA.
      hint: exempt root sessions in that policy: rootctl policy scp
      next: rootctl delete --all --dry-run     see why legacy-erp could not be read: rootctl doctor
      "
    `);
  });

  it('at 160 columns has room for the OU', () => {
    expect(renderStatus(story.status, { ...view, ouNames: story.ouNames })).toMatchInlineSnapshot(`
      "o-exampleorgid · management account 111111111111 · root credentials management on · root sessions on

      ACCOUNT       NAME                    OU              ROOT     PASSWORD     KEYS  CERTS  MFA  LAST USED
      210987654321  data-lake               Data            present  yes, no MFA     –      –    –  3 years ago by password
      123456789012  payments-prod           Workloads/Prod  present  yes             2      1    2  1 hour ago by an access key (s3, eu-west-1)
      555555555555  legacy-erp              Workloads/Prod  unknown  denied by SCP DenyRootUser (p-denyroot1) on Workloads/Prod (AccessDenied)
      444444444444  network                 Root            absent   –               –      –    –  –
      333333333333  監査ログ集約アカウント  Root            absent   –               –      –    –  –
      666666666666  sandbox-old             Root            skipped  suspended
      111111111111  management              Root            skipped  the management account (password, MFA devices, no access keys, no signing certificates)

      2 of 5 member accounts hold root credentials, 1 could not be read.
      ⚠ data-lake has a root password without MFA.
      hint: exempt root sessions in that policy: rootctl policy scp
      next: rootctl delete --all --dry-run     see why legacy-erp could not be read: rootctl doctor
      "
    `);
  });
});

describe('the status', () => {
  it('of a clean organization is one quiet line, and what was not looked at', () => {
    expect(renderStatus(clean, { ...view, elapsedMs: 4100 })).toMatchInlineSnapshot(`
      "All 2 member accounts are free of root credentials (read in 4.1 s).
      Not checked: the management account (password, MFA devices, no access keys, no signing certificates), sandbox-old (suspended).
      "
    `);
  });

  it('of a clean selection does not speak for all members', () => {
    expect(renderStatus(clean, { ...view, selection: 'some' })).toMatch(/^All 2 selected accounts are free/);
  });

  it('is never clean when one account could not be read', () => {
    const text = renderStatus(story.statusOf([story.legacy, story.account('444444444444', 'network')]), view);
    expect(text).not.toContain('free of root credentials');
    expect(text).toContain('0 of 2 member accounts hold root credentials, 1 could not be read.');
  });

  it('is never clean when nothing was looked at', () => {
    const skipped = story.statusOf(story.accounts.filter(({ status }) => status === 'skipped'));
    expect(renderStatus(skipped, view)).toContain('No account was checked.');
  });

  it('shows a kind that could not be read as ?, never as absent', () => {
    const partial = {
      ...story.payments,
      credentials: { loginProfile: null, accessKeys: null, mfaDevices: null, signingCertificates: null },
      lastUsedAt: null,
    };
    const [, , , row] = renderStatus(story.statusOf([partial]), view).split('\n');
    expect(row?.split(/ {2,}/)).toEqual(['123456789012', 'payments-prod', 'present', '?', '?', '?', '?', '?']);
  });

  it('from the sandbox says so first, and goes on in the sandbox', () => {
    const speech = createSpeech(en, ['--sandbox']);
    const text = renderStatus({ ...story.status, simulated: true }, { ...view, speech });
    expect(text).toMatch(/^sandbox: this organization is simulated/);
    expect(text).toContain('rootctl delete --all --dry-run --sandbox');
  });

  it('shows what changed since a baseline', () => {
    const change = {
      id: '210987654321',
      name: 'data-lake',
      change: 'appeared',
      before: 'absent',
      after: 'present',
      added: [{ kind: 'login-profile', id: null, status: null, createdAt: null, differsIn: null }],
      firstSeen: [],
      removed: [],
      lastSeen: [],
      unreadable: [],
    } as const;
    expect(renderStatus({ ...story.status, changes: [change] }, view)).toContain(
      'Since the baseline:\n  data-lake (210987654321) has root credentials now: + password\n',
    );
    expect(renderStatus({ ...clean, changes: [] }, view)).toContain('Nothing changed since the baseline.');
  });

  it.each([
    [
      'default',
      ['210987654321', '123456789012', '555555555555', '444444444444', '333333333333', '666666666666', '111111111111'],
    ],
    [
      'id',
      ['111111111111', '123456789012', '210987654321', '333333333333', '444444444444', '555555555555', '666666666666'],
    ],
    [
      'last-used',
      ['123456789012', '210987654321', '555555555555', '111111111111', '444444444444', '666666666666', '333333333333'],
    ],
  ] as const)('is sorted by %s', (sort, ids) => {
    const text = renderStatus(story.status, { ...view, sort, ouNames: story.ouNames });
    expect(text.match(/^\d{12}/gm)).toEqual(ids);
  });

  it('says the same without colour as with it', () => {
    const esc = String.fromCharCode(27);
    const coloured = renderStatus(story.status, { ...view, paint: createPaint(1) });
    expect(coloured).toContain(`${esc}[31mpresent`);
    expect(coloured.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(renderStatus(story.status, view));
  });
});

describe('the table keeps its shape', () => {
  const named = (names: readonly string[]) =>
    story.statusOf(
      names.map((name, index) => ({
        ...(story.accounts[index % 7] ?? story.dataLake),
        id: `${100000000000 + index}`,
        name,
      })),
    );

  function check(names: readonly string[], columns: number): void {
    const text = renderStatus(named(names), { ...view, columns, ouNames: new Map([['ou-root-prod', names[0] ?? '']]) });
    const lines = text.trimEnd().split('\n');
    for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(columns);
    expect(lines.join('')).not.toMatch(steering);
    const title = lines.find((line) => line.startsWith('ACCOUNT'));
    if (title === undefined) return;
    const start = title.indexOf('ROOT');
    for (const line of lines.filter((one) => /^\d{12} {2}/.test(one))) {
      expect(afterColumns(line, start), line).toMatch(/^(present|unknown|absent|skipped)/);
    }
  }

  /** What stands from this display column on. */
  function afterColumns(line: string, columns: number): string {
    const parts = graphemes(line);
    let width = 0;
    const index = parts.findIndex((part) => {
      if (width >= columns) return true;
      width += widthOf(part);
      return false;
    });
    return width === columns ? parts.slice(index).join('') : `not aligned: ${width}`;
  }

  it.each([80, 120, 160])('with hostile names at %i columns', (columns) => check(hostileNames, columns));

  it.each(['ຳ', 'ำ', 'น้ำ', 'aຳຳ'])('with a name that has an AM, which has a column of its own: %s', (name) => {
    expect(widthOf(`a${name}`)).toBe(1 + widthOf(name));
    for (const columns of [40, 80, 160]) check([name, 'payments', `ກ${name}`], columns);
  });

  it('with any names in any terminal', () => {
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 12 }), fc.integer({ min: 40, max: 200 }), check),
      { numRuns: 300 },
    );
  });

  it('ids are never cut', () => {
    for (const columns of [40, 60, 80]) {
      const text = renderStatus(story.status, { ...view, columns });
      for (const { id } of story.accounts) expect(text).toContain(id);
    }
  });

  it('a name that fits is shown whole', () => {
    expect(renderStatus(named(['名'.repeat(25)]), view)).toContain(visible('名'.repeat(25)));
  });
});
