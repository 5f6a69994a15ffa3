import { describe, expect, it } from 'vitest';
import type { DeleteAccount, DeleteDocument, PlanAccount, PlanDocument } from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';
import { formats } from '../../src/render/formats.ts';
import { renderPlanTotals } from '../../src/render/plan.ts';
import { noPaint } from '../../src/render/style.ts';
import { widthOf } from '../../src/render/text.ts';
import type { View } from '../../src/render/view.ts';
import { createSpeech, loadWords } from '../../src/words/index.ts';
import * as samples from '../documents/samples.ts';
import { english } from '../support/speech.ts';
import { nowMs, ouNames } from './story.ts';

const japanese = createSpeech(await loadWords('ja'), []);
const view: View = { columns: 160, nowMs, paint: noPaint, speech: english, english, ouNames };
const ago = (hours: number): string => new Date(nowMs - hours * 3_600_000).toISOString();
const idOf = (index: number): string => String(200_000_000_000 + index);
const prod = 'o-exampleorgid/r-root/ou-root-workloads/ou-root-prod/';
const data = 'o-exampleorgid/r-root/ou-root-data/';

const key = (lastUsedAt: string | null | undefined): PlanAccount['actions'][number] => ({
  kind: 'access-key',
  id: 'AKIA7EXAMPLEEXAMPXPQ',
  status: 'Active',
  createdAt: null,
  ...(lastUsedAt === undefined ? {} : { lastUsedAt, lastUsedService: 's3', lastUsedRegion: 'eu-west-1' }),
});

const planned = (index: number, more: Partial<PlanAccount> = {}): PlanAccount => ({
  id: idOf(index),
  name: `member-${String(index).padStart(3, '0')}`,
  path: prod,
  actions: [key(ago(24 * (100 + index)))],
  warnings: [],
  ...more,
});

const planOf = (accounts: readonly PlanAccount[]): PlanDocument => ({ ...samples.plan, accounts });
const plain = Array.from({ length: 60 }, (_, index) => planned(index));
const rowsOf = (text: string) => text.split('\n').filter((line) => /^2\d{11} /u.test(line));

describe('a plan of many accounts', () => {
  it('begins with what is in use, then with what may be, then with what was used last', () => {
    const accounts = [
      ...plain,
      planned(60, { actions: [key(null)] }),
      planned(61, { actions: [key(ago(2_000)), key(undefined)] }),
      planned(62, { actions: [key(ago(3))] }),
      planned(63, { actions: [key(ago(1))] }),
      planned(64, { actions: [key(null)], path: data }),
      planned(65, { actions: [{ kind: 'login-profile', id: null, lastUsedAt: ago(0.1) }] }),
    ];
    const order = rowsOf(formats.table.render(planOf(accounts), view)).map((line) => line.slice(0, 12));
    expect(order).toEqual([63, 62, 61, 65, ...Array.from({ length: 60 }, (_, index) => index), 64, 60].map(idOf));
  });

  it('tells of each its OU, what goes, its last use and what is warned of', () => {
    const accounts = [
      ...plain,
      planned(60, {
        actions: [key(ago(1)), key(ago(9_000)), { kind: 'login-profile', id: null, lastUsedAt: ago(500) }],
        warnings: [{ code: 'password-without-mfa', message: 'the password has no MFA', id: null }],
      }),
    ];
    const [first = ''] = rowsOf(formats.table.render(planOf(accounts), view));
    expect(first.replaceAll(/ {2,}/gu, '  ')).toBe(
      '200000000060  member-060  Workloads/Prod  2 access keys, password  1 hour ago by an access key (s3, eu-west-1)  ⚠ in use, no MFA',
    );
    const [narrow = ''] = rowsOf(formats.table.render(planOf(accounts), { ...view, columns: 80 }));
    expect(narrow.replaceAll(/ {2,}/gu, '  ')).toBe(
      '200000000060  member-060  Workloads/Prod  2 keys, pw ⚠  ⚠ 1 h ago, key',
    );
  });

  it('loses no warning: those of a kind are counted below it', () => {
    const warned = (code: 'password-without-mfa' | 'mfa-only') => [{ code, message: code, id: null }];
    const accounts = [
      ...plain,
      planned(60, { warnings: warned('password-without-mfa') }),
      planned(61, { warnings: warned('password-without-mfa') }),
      planned(62, { warnings: warned('mfa-only'), actions: [{ kind: 'mfa-device', id: 'arn', type: 'virtual' }] }),
      planned(63, { actions: [key(undefined)] }),
      planned(64, { actions: [key(ago(1))] }),
    ];
    for (const columns of [80, 160]) {
      const text = formats.table.render(planOf(accounts), { ...view, columns });
      expect(text).toContain('⚠ 2 accounts have a password without MFA.');
      expect(text).toContain('⚠ In 1 account only MFA devices are left');
      expect(text).toContain('⚠ In 1 account the last use could not be read.');
      expect(text).toContain('⚠ 1 access key was used within the last day');
      expect(text).toContain('⚠ Alarms on root user activity');
    }
  });

  it.each([80, 160])('fits %i columns in both languages, whatever the names', (columns) => {
    const accounts = plain.map((account, index) => ({
      ...account,
      name: index % 2 === 0 ? '監査ログ集約アカウント・本番環境・東京' : account.name,
      actions: [...samples.plan.accounts.flatMap(({ actions }) => actions)],
      warnings: [{ code: 'password-without-mfa' as const, message: '', id: null }],
    }));
    for (const speech of [english, japanese]) {
      for (const line of formats.table.render(planOf(accounts), { ...view, columns, speech }).split('\n'))
        expect(widthOf(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('of thousands is made at once', () => {
    const accounts = Array.from({ length: 10_000 }, (_, index) => planned(index));
    expect(rowsOf(formats.table.render(planOf(accounts), view))).toHaveLength(10_000);
  });

  it('groups what is left alone by reason, and names whom it should have read', () => {
    const left = { outcome: 'skipped', reason: null, error: null, actions: [] } as const;
    const notTouched: readonly DeleteAccount[] = [
      ...Array.from({ length: 30 }, (_, index) => ({
        ...left,
        id: idOf(500 + index),
        name: `old-${index}`,
        reason: 'not-active' as const,
        state: 'SUSPENDED',
      })),
      ...Array.from({ length: 12 }, (_, index) => ({
        ...left,
        id: idOf(700 + index),
        name: `locked-${index}`,
        outcome: 'failed' as const,
        error: told('AccessDenied', 'could not be read', null),
      })),
    ];
    const text = formats.table.render(planOf(plain), { ...view, notTouched });
    expect(text).toMatch(/not touched: 42 accounts\n {2}12 accounts \(could not be read\): locked-0 /u);
    for (let index = 0; index < 12; index += 1) expect(text).toContain(idOf(700 + index));
    expect(text).toContain('  30 accounts (suspended)\n');
    expect(renderPlanTotals(planOf(plain), { ...view, notTouched })).toMatch(
      /^not touched: 12 accounts \(AccessDenied\), 30 accounts \(suspended\)\n60 root credentials in 60 accounts will be deleted\./u,
    );
  });
});

const done = { at: '2026-01-31T09:31:00.000Z', requestId: 'r', error: null } as const;
const password = { kind: 'login-profile', id: null } as const;
const wasDeleted = (index: number): DeleteAccount => ({
  id: idOf(index),
  name: `member-${index}`,
  outcome: 'deleted',
  reason: null,
  error: null,
  actions: [
    { ...password, result: 'deleted', ...done },
    { kind: 'access-key', id: `AKIA${index}`, result: 'deleted', ...done },
  ],
});
const denied = (index: number): DeleteAccount => ({
  ...wasDeleted(index),
  outcome: 'failed',
  error: told('AccessDenied', `arn:aws:iam::${idOf(index)}:root is not authorized`, 'rootctl doctor'),
  actions: [{ ...password, result: 'not-attempted', at: null, requestId: null, error: null }],
});
const resultOf = (accounts: readonly DeleteAccount[]): DeleteDocument => ({
  ...samples.deleted,
  summary: { ...samples.deleted.summary, accounts: accounts.length },
  accounts,
});
const many = Array.from({ length: 80 }, (_, index) => wasDeleted(index));
const places = new Map(many.map(({ id }, index) => [id, index < 50 ? prod : data]));

describe('the result of a large run', () => {
  const noted: readonly (readonly [string, DeleteAccount])[] = [
    ['failed', denied(900)],
    ['partial', { ...denied(901), outcome: 'partial' }],
    ['unverified', { ...wasDeleted(902), outcome: 'unverified' }],
    ['changed since the plan', { ...denied(903), outcome: 'skipped', reason: 'changed-since-plan', error: null }],
    ['not tried', { ...denied(904), outcome: 'skipped', reason: 'not-tried', error: null }],
    ['partly gone before', { ...wasDeleted(905), actions: [{ ...password, result: 'already-gone', ...done }] }],
  ];

  it.each(noted)('lists an account that is %s, as table and as markdown', (_name, account) => {
    const document = resultOf([...many, account]);
    for (const format of ['table', 'markdown'] as const) {
      const text = formats[format].render(document, { ...view, places });
      expect(text).toContain(account.id);
      expect(text).not.toContain(idOf(3));
    }
  });

  it('counts the rest by OU', () => {
    const text = formats.table.render(resultOf(many), { ...view, places });
    expect(text).toContain('✔  Data            30 accounts  60 credentials deleted, confirmed gone\n');
    expect(text).toContain('✔  Workloads/Prod  50 accounts  100 credentials deleted, confirmed gone\n');
    expect(text).toContain('160 root credentials deleted in 80 accounts');
    const page = formats.markdown.render(resultOf(many), { ...view, places });
    expect(page).toContain('| Workloads/Prod | 50 | 100 |');
  });

  it('says once what befell many alike, though AWS names each, and lists them all', () => {
    const troubled = Array.from({ length: 200 }, (_, index) => denied(1_000 + index));
    for (const columns of [80, 160]) {
      const text = formats.table.render(resultOf([...many, ...troubled]), { ...view, places, columns });
      expect(text.match(/is not authorized/gu)).toHaveLength(1);
      expect(text).toContain('✖  200 accounts failed');
      for (const { id } of troubled) expect(text).toContain(id);
      for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(columns);
      expect(text).toMatch(/→ rootctl doctor\n/u);
    }
    const page = formats.markdown.render(resultOf([...many, ...troubled]), { ...view, places });
    for (const { id } of troubled) expect(page).toContain(id);
    expect(page.match(/is not authorized/gu)).toHaveLength(1);
  });

  it('tells of each what was done in it, where that differs', () => {
    const troubled = Array.from({ length: 4 }, (_, index) => ({
      ...denied(1_000 + index),
      actions: [
        { kind: 'access-key' as const, id: `AKIA${index}`, result: 'deleted' as const, ...done },
        ...(index === 3 ? [] : denied(0).actions),
      ],
    }));
    const text = formats.table.render(resultOf([...many, ...troubled]), { ...view, places });
    expect(text).toMatch(/200000001000 +member-1000 +access key deleted; password kept\n/u);
    expect(text).toMatch(/200000001003 +member-1003 +access key deleted\n/u);
  });
});

describe('one run', () => {
  const runOf = (accounts: readonly DeleteAccount[]) => ({ ...samples.runDetail, accounts });

  it('is told in short; --events shows the rest', () => {
    const document = runOf([...many, denied(900), denied(901)]);
    const short = formats.table.render(document, view);
    expect(short).toContain(idOf(900));
    expect(short).toContain('→ rootctl doctor');
    expect(short).toContain('80 accounts  160 credentials deleted, confirmed gone');
    expect(short).not.toContain(idOf(3));
    expect(short).not.toContain('SESSION KEY');
    expect(short).toContain(`rootctl runs show ${document.run.id} --events`);
    const whole = formats.table.render(document, { ...view, withEvents: true });
    for (const { id } of document.accounts) expect(whole).toContain(id);
    expect(whole).toContain('SESSION KEY');
    const page = formats.markdown.render(document, view);
    expect(page).toContain(idOf(900));
    expect(page).not.toContain('### Events');
    expect(formats.markdown.render(document, { ...view, withEvents: true })).toContain('### Events');
  });

  it('that is no deletion has its events, since there is nothing else to tell', () => {
    const document = runOf([]);
    const recovery = { ...document, run: { ...document.run, command: 'recover' } };
    expect(formats.table.render(recovery, view)).toContain('SESSION KEY');
    expect(formats.table.render(recovery, view)).not.toContain('--events');
  });

  it('of thousands is told at once, and its query where somebody asks for it', () => {
    const cloudTrailQuery = `WHERE userIdentity.accessKeyId IN (${many.map(({ id }) => `'ASIA${id.repeat(10)}'`).join(', ')})`;
    const document = { ...runOf(Array.from({ length: 10_000 }, (_, index) => wasDeleted(index))), cloudTrailQuery };
    const text = formats.table.render(document, view);
    expect(text).not.toContain('userIdentity');
    expect(text).toContain('and the query for them in CloudTrail: rootctl runs show');
    expect(text.split('\n').length).toBeLessThan(20);
    expect(formats.markdown.render(document, { ...view, withEvents: true })).toContain(cloudTrailQuery);
  });
});
