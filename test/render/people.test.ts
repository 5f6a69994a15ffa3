import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeleteAccount, DeleteDocument, PlanDocument } from '../../src/documents/index.ts';
import { told } from '../../src/problems/index.ts';
import { renderDelete } from '../../src/render/delete.ts';
import { renderDoctor } from '../../src/render/doctor.ts';
import { renderEnable } from '../../src/render/enable.ts';
import { renderFailure } from '../../src/render/failure.ts';
import { formats } from '../../src/render/formats.ts';
import { renderPlan } from '../../src/render/plan.ts';
import { renderRecover } from '../../src/render/recover.ts';
import { renderRuns } from '../../src/render/runs.ts';
import { noPaint } from '../../src/render/style.ts';
import { widthOf } from '../../src/render/text.ts';
import { renderUnlock } from '../../src/render/unlock.ts';
import * as samples from '../documents/samples.ts';
import { english } from '../support/speech.ts';
import { anyName, steering } from './hostile.ts';
import { nowMs, ouNames } from './story.ts';

const view = { columns: 80, nowMs, paint: noPaint, speech: english, english, ouNames };
const left = { outcome: 'skipped', reason: null, error: null, actions: [] } as const;
const notTouched: readonly DeleteAccount[] = [
  {
    ...left,
    id: '555555555555',
    name: 'legacy-erp',
    outcome: 'failed',
    error: told('AccessDenied', 'could not be read: SCP DenyRootUser', null),
  },
  { ...left, id: '666666666666', name: 'sandbox-old', reason: 'not-active', state: 'SUSPENDED' },
];

describe('the plan', () => {
  it('names each credential, what is left alone, and the sum', () => {
    expect(renderPlan(samples.plan, { ...view, columns: 120, notTouched })).toMatchInlineSnapshot(`
      "payments-prod  123456789012  Workloads/Prod
        − access key           AKIAQEXAMPLEEXAMPDKT              last used 1 hour ago by s3 in eu-west-1  ⚠ in use
        − access key           AKIA7EXAMPLEEXAMPXPQ              inactive, never used
        − signing certificate  UJXLEEXAMPLEEXAMPLEEXAMPLEEXAYPP  since 2021-03-01
        − password                                               last used 11 months ago
        − MFA device           root-account-mfa-device           virtual
        − MFA device           office-safe                       security key, since 2021-05-02

      data-lake  210987654321  Data
        − password                                               last used 3 years ago, no MFA

      not touched: legacy-erp 555555555555 (could not be read: SCP DenyRootUser), sandbox-old 666666666666 (suspended)

      7 root credentials in 2 accounts will be deleted. This cannot be undone.
      ⚠ 1 access key was used within the last day: whatever uses it will stop working. --unused-for 90d skips such accounts.
      ⚠ Alarms on root user activity will fire for each account: tell the people who watch them.
      "
    `);
  });

  it('of many accounts is a line an account', () => {
    const [first] = samples.plan.accounts;
    const accounts = Array.from({ length: 60 }, (_, index) => ({ ...first, id: `${200000000000 + index}` }));
    const many = { ...samples.plan, accounts } as PlanDocument;
    const lines = renderPlan(many, view).split('\n');
    expect(lines.filter((line) => /^2000000000\d\d {2}paym\S+prod/u.test(line))).toHaveLength(60);
    expect(lines).toContain('360 root credentials in 60 accounts will be deleted. This cannot be undone.');
  });

  it('of a dry run promises nothing', () => {
    expect(renderPlan(samples.plan, { ...view, dryRun: true })).toContain('would be deleted. This is a dry run');
  });

  it('without a credential says so', () => {
    expect(renderPlan({ ...samples.plan, accounts: [] }, view)).toBe('The plan deletes nothing.\n');
  });
});

describe('the result of a deletion', () => {
  it('names what failed, what is left and what to do', () => {
    expect(renderDelete(samples.deleted, view)).toMatchInlineSnapshot(`
      "run 20260131-0930-k3f9
      ✖  legacy-erp     555555555555  denied by SCP DenyRootUser (p-denyroot1) on
                                      Workloads/Prod (AccessDenied)
                                      → exempt root sessions in that policy:
                                      rootctl policy scp
      ⚠  payments-prod  123456789012  2 access keys, password deleted; MFA device
                                      kept: the password is still seen after 60 s
                                      (StillSeen)
                                      → run again: rootctl delete 123456789012
      ✔  data-lake      210987654321  password  verified
      –  sandbox-old    666666666666  not touched: suspended

      3 root credentials deleted in 2 accounts. 2 accounts not completed:
      payments-prod and legacy-erp. 1 account had none.
      next: rootctl runs resume 20260131-0930-k3f9     rootctl status --check
            evidence: rootctl runs show 20260131-0930-k3f9
      "
    `);
  });

  const only = (index: number, more: Partial<DeleteDocument> = {}): DeleteDocument => ({
    ...samples.deleted,
    accounts: samples.deleted.accounts.slice(index, index + 1),
    summary: { ...samples.deleted.summary, accounts: 1, deleted: 0, failed: 0, unverified: 0, absent: 0, skipped: 0 },
    ...more,
  });

  it('says "all confirmed gone" only when nothing is unverified', () => {
    expect(renderDelete(only(1), view)).toContain('1 root credential deleted in 1 account, all confirmed gone.');
    expect(renderDelete(samples.deleted, view)).not.toContain('all confirmed gone');
  });

  it('with nothing to do is a success and says so', () => {
    expect(renderDelete(only(2, { runId: null }), view)).toBe('Nothing to delete: no root credentials were found.\n');
  });

  it.each([
    [
      'nobody looked at',
      [
        { reason: 'not-active', state: 'SUSPENDED' },
        { reason: 'not-active', state: 'PENDING_CLOSURE' },
        { reason: 'not-active', state: undefined },
        { reason: 'protected' },
      ],
      'No account was checked, and nothing was deleted. Not checked: sandbox-old (suspended), sandbox-old (pending closure), sandbox-old (not active), sandbox-old (protected by the configuration).',
    ],
    ['left alone because their root was used', [{ reason: 'used-recently' }], 'Nothing was deleted.'],
    [
      'clean beside skipped ones',
      [{ outcome: 'absent', reason: null }, { reason: 'management-account' }],
      'Nothing to delete: no root credentials were found. Not checked: the management account.',
    ],
  ] as const)('of accounts %s claims no more than was looked at', (_name, changes, words) => {
    const [skipped] = only(4).accounts;
    const accounts = changes.map((change) => ({ ...(skipped ?? samples.deleted.accounts[4]), ...change }));
    const text = renderDelete(only(4, { accounts: accounts as DeleteDocument['accounts'], runId: null }), {
      ...view,
      columns: 300,
    });
    expect(text.trimEnd().split('\n').at(-1)).toBe(words);
  });

  it('of an interrupted run says how to go on', () => {
    const [skipped] = only(4).accounts;
    const accounts = skipped ? [{ ...skipped, reason: 'not-tried' as const }] : [];
    const document = only(4, { accounts });
    expect(renderDelete(document, view)).toContain('next: rootctl runs resume 20260131-0930-k3f9');
    expect(renderDelete(document, { ...view, isResumeTold: true })).not.toContain('runs resume');
  });
});

describe('the others', () => {
  it('enable shows before and now', () => {
    expect(renderEnable(samples.enabled, view)).toMatchInlineSnapshot(`
      "                             before  now
      trusted access for IAM       off     on
      root credentials management  off     on
      root sessions                off     on
      Enabled. No credential was deleted. next: rootctl status
      "
    `);
    expect(renderEnable({ ...samples.enabled, before: samples.enabled.after }, view)).toContain(
      'everything was already set this way',
    );
  });

  it('a switch that may not be read is unknown, not off', () => {
    const after = { ...samples.enabled.after, trustedAccess: null };
    expect(renderEnable({ ...samples.enabled, after }, view)).toMatch(/trusted access for IAM +off +unknown/);
  });

  it('doctor gives each check its cure', () => {
    expect(renderDoctor(samples.doctor, { ...view, columns: 120 })).toMatchInlineSnapshot(`
      "✔  credentials    arn:aws:sts::111111111111:assumed-role/OrgAdmin/me (not a root user)
      ✖  root sessions  off: rootctl unlock s3 and unlock sqs will not work → rootctl enable --only root-sessions
      ⚠  SCPs           DenyRootUser (p-denyroot1) on Workloads/Prod blocks 1 account: add "Null": {"aws:AssumedRoot": "true"}
                        to statement DenyRoot
                        → rootctl policy scp
      ?  STS region     us-east-1: did not respond
        blocked: 555555555555 by DenyRootUser (p-denyroot1), statement DenyRoot, on Workloads/Prod (ou-root-prod)
      1 check failed, 2 checks need a look.
      "
    `);
  });

  it('recover says what to do next', () => {
    expect(renderRecover(samples.recovered, view)).toContain(
      '3. Afterwards, delete the root password again: rootctl delete 210987654321',
    );
  });

  it('unlock marks the statement that locks, and quotes what a shell would take apart', () => {
    const text = renderUnlock({ ...samples.unlocked, backup: "/tmp/my policies/it's.json" }, { ...view, columns: 160 });
    expect(text).toContain('✖ statement 1 (Oops) locks everyone out');
    expect(text).toContain("--put-policy '/tmp/my policies/it'\\''s.json'");
  });

  it('runs lists the latest first, and the doors left open', () => {
    const text = renderRuns(samples.runs, view);
    expect(text.indexOf('20260131')).toBeLessThan(text.indexOf('20260130'));
    expect(text).toContain('may still be open → rootctl delete 210987654321');
  });

  it("a failure is one line with AWS's code, then the hint", () => {
    const denied = told('AccessDenied', 'AWS refused\nto answer', 'try again');
    expect(renderFailure(denied, view)).toBe('error: AWS refused\\nto answer (AccessDenied)\nhint: try again\n');
    const full = { from: 'system', code: 'ENOSPC', data: { said: 'ENOSPC: no space left on device, write' } } as const;
    expect(renderFailure(full, view)).toBe('error: ENOSPC: no space left on device, write\n');
    expect(renderFailure(told('UnknownAccount', 'no such account', null), view, 'rootctl')).toBe(
      'error: no such account\n',
    );
  });
});

const prose = samples.outputs.filter(({ kind }) => kind !== 'rootctl.error' && kind !== 'rootctl.status');
it.each(prose)('no line of $kind is wider than the terminal, whatever the names', (document) => {
  fc.assert(
    fc.property(anyName, fc.integer({ min: 72, max: 180 }), (name, columns) => {
      const hostile = JSON.parse(JSON.stringify(document), (key, value) =>
        ['name', 'email', 'message', 'hint', 'accountName', 'detail', 'region', 'policyName'].includes(key)
          ? name
          : value,
      );
      const text = formats.table.render(hostile, { ...view, columns, notTouched });
      for (const line of text.trimEnd().split('\n')) {
        expect(line).not.toMatch(steering);
        expect(widthOf(line), line).toBeLessThanOrEqual(columns);
      }
    }),
  );
});
