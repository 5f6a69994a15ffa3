import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/index.ts';
import { readLines } from '../support/program.ts';
import { callsFor, credentialsIn, serve } from '../support/sandbox-server.ts';
import {
  accessKey,
  certificate,
  denyRoot,
  everything,
  fullMembers,
  keyIdOf,
  managementId,
  memberId,
  organizationId,
  password,
  scenarioOf,
  virtualDevice,
} from '../support/scenarios.ts';
import { createScene, keptOf, type Scene } from '../support/scene.ts';

const [first, second, third] = [0, 1, 2].map(memberId) as [string, string, string];
const yes = ['--yes', '-o', 'json'];
/** STS hands the third account's session to whoever asks for the second's. */
const mixUp: Fault = {
  kind: 'wrong-account',
  rate: 1,
  accountId: second,
  otherAccountId: third,
  operation: 'AssumeRoot',
};
const deletions = new Set(['DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice']);
const deletionsIn = (requests: readonly { operation: string; targetAccount: string | undefined }[]) =>
  requests.filter(({ operation }) => deletions.has(operation));
type Entry = { id: string; outcome: string; reason: string | null; error: { code: string } | null };
const outcomes = (json: { accounts: readonly Entry[] }) => json.accounts.map(({ id, outcome }) => [id, outcome]);

describe('delete', () => {
  test('removes everything of the selection in the order of the contract, verifies it, and finds nothing a second time', async () => {
    const served = await serve(scenarioOf([{ root: everything(first) }, {}, { root: password }]));
    const { code, json } = await served.run(['delete', '--all', ...yes]);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      kind: 'rootctl.delete',
      dryRun: false,
      summary: { accounts: 4, deleted: 2, absent: 1, skipped: 1, failed: 0, partial: 0, unverified: 0, planned: 0 },
    });
    expect(outcomes(json)).toEqual([
      [managementId, 'skipped'],
      [first, 'deleted'],
      [second, 'absent'],
      [third, 'deleted'],
    ]);
    const requests = await served.requests();
    expect(callsFor(requests, first).filter((name) => deletions.has(name))).toEqual([
      'DeleteAccessKey',
      'DeleteAccessKey',
      'DeleteSigningCertificate',
      'DeleteLoginProfile',
      'DeactivateMFADevice',
      'DeactivateMFADevice',
    ]);
    for (const action of json.accounts[1].actions) {
      expect(action).toMatchObject({
        result: 'deleted',
        at: expect.any(String),
        requestId: expect.any(String),
        error: null,
      });
      expect(action.id === null).toBe(action.kind === 'login-profile');
    }
    expect(await served.credentialCount(first)).toBe(0);

    const again = await served.run(['delete', '--all', '--yes']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toMatch(/nothing to (do|delete)/iu);
    expect(deletionsIn(await served.requests())).toHaveLength(7);
    expect(await served.home.journals()).toHaveLength(1);
  });

  test('proves whose session it is before it deletes', async () => {
    const scene = createScene(scenarioOf(fullMembers(2)));
    await scene.run(['delete', '--all', '--yes']);
    for (const id of [first, second]) {
      const calls = callsFor(scene.sandbox.requests, id);
      const opened = calls.lastIndexOf('AssumeRoot');
      expect(calls[opened + 1]).toBe('GetUser');
      expect(calls.findIndex((name) => deletions.has(name))).toBeGreaterThan(opened);
    }
  });

  test('a session of another account stops the whole run, loudly, before anything goes', async () => {
    let isMixedUp = false;
    const scene = createScene(scenarioOf(fullMembers(6)), {
      onRequest: ({ body }) => {
        if (!isMixedUp || !String(body).includes('IAMDeleteRootUserCredentials')) return;
        scene.sandbox.setBehaviour({ faults: [mixUp] });
      },
    });
    const planned = await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    expect(planned.code).toBe(0);
    isMixedUp = true;
    const { code, json, stderr } = await scene.run(['delete', '--plan', 'plan.json', '--concurrency', '1', ...yes]);
    expect(code).toBe(1);
    expect(stderr).toContain('WrongAccountSession');
    const account = json.accounts.find(({ id }: Entry) => id === second);
    expect(account).toMatchObject({ outcome: 'failed', error: { code: 'WrongAccountSession' } });
    expect(credentialsIn(scene.account(second).root)).toBe(6);
    expect(credentialsIn(scene.account(third).root)).toBe(6);
    expect(json.accounts.filter(({ reason }: Entry) => reason === 'not-tried')).toHaveLength(4);
  });

  test('a reading session of another account ends the command before there is a plan', async () => {
    const scene = createScene(scenarioOf(fullMembers(6), { behaviour: { faults: [mixUp] } }));
    for (const args of [
      ['delete', '--all', ...yes],
      ['status', '-o', 'json'],
    ]) {
      const { code, json, stderr } = await scene.run(args);
      expect(code).toBe(1);
      expect(json).toMatchObject({ kind: 'rootctl.error', error: { code: 'WrongAccountSession' } });
      expect(stderr).toContain('WrongAccountSession');
    }
    expect(scene.sandbox.requests.filter(({ operation }) => /^(?:Delete|Deactivate)/u.test(operation))).toEqual([]);
  });

  test('only the selection is touched', async () => {
    const served = await serve(scenarioOf(fullMembers(3)));
    const { json } = await served.run(['delete', second, ...yes]);
    expect(outcomes(json)).toEqual([[second, 'deleted']]);
    expect(callsFor(await served.requests(), first)).toEqual([]);
    expect(await served.credentialCount(first)).toBe(6);
  });

  test('the management account is never a target, not even when its id is named', async () => {
    const scenario = scenarioOf([{ root: password }]);
    const [management] = scenario.accounts;
    if (management) management.root = everything(managementId);
    const scene = createScene(scenario);
    const { code, json } = await scene.run(['delete', managementId, first, ...yes]);
    expect(code).toBe(0);
    expect(json.accounts[0]).toMatchObject({ outcome: 'skipped', reason: 'management-account', actions: [] });
    expect(credentialsIn(scene.account(managementId).root)).toBe(6);
    const targets = scene.sandbox.requests.filter(({ operation }) => operation === 'AssumeRoot');
    expect(targets.map(({ targetAccount }) => targetAccount)).not.toContain(managementId);
  });

  test('one that holds nothing ends at once with 0 and without a journal', async () => {
    const scene = createScene(scenarioOf([{}, {}]));
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(0);
    expect(json).toMatchObject({ runId: null, summary: { absent: 2 } });
    expect(keptOf(scene)).toEqual([]);
  });
});

describe('what is refused before anything is asked', () => {
  test.each<[string, string[], string]>([
    ['no selection', ['delete', '--yes'], 'no accounts are selected'],
    ['no terminal and no --yes', ['delete', '--all'], 'no terminal'],
    ['an unknown kind', ['delete', '--all', '--only', 'passwords', '--yes'], 'not a kind of credential'],
    ['an empty kind', ['delete', '--all', '--only', '', '--yes'], 'not a kind of credential'],
    ['a duration in weeks', ['delete', '--all', '--unused-for', '13w', '--yes'], 'with a unit'],
    ['a negative --wait', ['delete', '--all', '--wait', '-5s', '--yes'], 'with a unit'],
    ['--max-accounts 0', ['delete', '--all', '--max-accounts', '0', '--yes'], 'whole number'],
    ['--max-failures x', ['delete', '--all', '--max-failures', 'x', '--yes'], 'whole number'],
    ['an unknown format', ['delete', '--all', '--yes', '-o', 'xml'], 'unknown output format'],
    ['a format that status has and delete has not', ['delete', '--all', '--yes', '-o', 'sarif'], 'choose one of'],
    ['--plan with a selection', ['delete', '--all', '--plan', 'p.json', '--yes'], 'cannot be combined with'],
    [
      '--plan with --only',
      ['delete', '--plan', 'p.json', '--only', 'access-keys', '--yes'],
      'cannot be combined with --only',
    ],
    [
      '--plan with --plan-out',
      ['delete', '--plan', 'p.json', '--plan-out', 'q.json'],
      'cannot be combined with --plan-out',
    ],
    [
      '--plan with --unused-for',
      ['delete', '--plan', 'p.json', '--unused-for', '1d', '--yes'],
      'cannot be combined with',
    ],
    ['--plan with --exclude', ['delete', '--plan', 'p.json', '--exclude', 'x', '--yes'], 'cannot be combined with'],
    ['a plan that is not there', ['delete', '--plan', 'none.json', '--yes'], 'cannot read the plan'],
  ])('%s', async (_name, args, words) => {
    const scene = createScene(scenarioOf(fullMembers(1)));
    const { code, stdout, stderr } = await scene.run(args);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(scene.sandbox.requests).toEqual([]);
  });

  test('the real program without a terminal and without --yes: 64, nothing asked of AWS', async () => {
    const served = await serve(scenarioOf(fullMembers(1)));
    const { code, json } = await served.run(['delete', '--all', '-o', 'json']);
    expect(code).toBe(64);
    expect(json.error).toMatchObject({ code: 'NoConfirmation' });
    expect(await served.requests()).toEqual([]);
    expect(await served.home.journals()).toEqual([]);
  });

  test('--org of another organization, before any account is addressed', async () => {
    const scene = createScene(scenarioOf(fullMembers(1)));
    const { code, stderr } = await scene.run(['delete', '--all', '--org', 'o-someoneelse', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain(organizationId);
    expect(callsFor(scene.sandbox.requests, first)).toEqual([]);
    expect((await scene.run(['delete', '--all', '--org', organizationId, '--yes'])).code).toBe(0);
  });

  test('--max-accounts smaller than the plan: nothing is deleted', async () => {
    const scene = createScene(scenarioOf(fullMembers(3)));
    const { code, stderr } = await scene.run(['delete', '--all', '--max-accounts', '2', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain('3 accounts');
    expect(deletionsIn(scene.sandbox.requests)).toEqual([]);
    expect((await scene.run(['delete', '--all', '--max-accounts', '3', '--yes'])).code).toBe(0);
  });
});

describe('--dry-run', () => {
  test('plans, deletes nothing, keeps no journal', async () => {
    const served = await serve(scenarioOf([{ root: everything(first) }, {}]));
    const { code, json } = await served.run(['delete', '--all', '--dry-run', '-o', 'json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({ dryRun: true, runId: null, summary: { planned: 1, absent: 1, skipped: 1 } });
    expect(json.accounts[1].actions.map(({ result }: { result: string }) => result)).toEqual(Array(6).fill('planned'));
    const people = await served.run(['delete', '--all', '--dry-run']);
    expect(people.stdout).toContain(keyIdOf(first, 1));
    expect(deletionsIn(await served.requests())).toEqual([]);
    expect(await served.home.journals()).toEqual([]);
  });

  test('an unreadable account is failed, exit 1', async () => {
    const scene = createScene(
      scenarioOf([{ root: password }, {}], { organization: { policies: [denyRoot([second])] } }),
    );
    const { code, json } = await scene.run(['delete', '--all', '--dry-run', '-o', 'json']);
    expect(code).toBe(1);
    expect(outcomes(json)).toEqual([
      [managementId, 'skipped'],
      [first, 'planned'],
      [second, 'failed'],
    ]);
  });

  test('names what is in use', async () => {
    const scene = createScene(scenarioOf([{ root: { accessKeys: [accessKey(first, 1, '1h ago')] } }]));
    const { stdout } = await scene.run(['delete', '--all', '--dry-run']);
    expect(stdout).toMatch(/in use/u);
    expect(stdout).toMatch(/s3/u);
  });
});

describe('--only', () => {
  test.each<[string, string, readonly string[]]>([
    ['access keys', 'access-keys', ['login-profile', 'mfa', 'certificate']],
    ['certificates', 'signing-certificates', ['login-profile', 'mfa', 'keys']],
    ['the password', 'login-profile', ['mfa', 'keys', 'certificate']],
    ['the password and its MFA', 'mfa-devices,login-profile', ['keys', 'certificate']],
  ])('%s: the rest stays', async (_name, only, left) => {
    const scene = createScene(scenarioOf([{ root: everything(first) }]));
    const { code, json } = await scene.run(['delete', '--all', '--only', only, ...yes]);
    expect(code).toBe(0);
    expect(json.summary.deleted).toBe(1);
    const { root } = scene.account(first);
    expect({
      'login-profile': root.loginProfile !== undefined,
      mfa: root.mfaDevices.length === 2,
      keys: root.accessKeys.length === 2,
      certificate: root.signingCertificates.length === 1,
    }).toEqual({
      'login-profile': left.includes('login-profile'),
      mfa: left.includes('mfa'),
      keys: left.includes('keys'),
      certificate: left.includes('certificate'),
    });
  });

  test('mfa-devices where a password stays: PasswordWithoutMFA, before anything in it is touched', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }, { root: { mfaDevices: [virtualDevice(second)] } }]),
    );
    const { code, json } = await scene.run(['delete', '--all', '--only', 'access-keys,mfa-devices', ...yes]);
    expect(code).toBe(1);
    expect(outcomes(json).slice(1)).toEqual([
      [first, 'failed'],
      [second, 'deleted'],
    ]);
    expect(json.accounts[1].error.code).toBe('PasswordWithoutMFA');
    expect(credentialsIn(scene.account(first).root)).toBe(6);
    expect(deletionsIn(scene.sandbox.requests).map(({ targetAccount }) => targetAccount)).toEqual([second]);
  });

  test('mfa-devices where the password cannot be read: not deleted', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], {
        organization: { policies: [denyRoot([first], ['iam:GetLoginProfile', 'iam:GetAccountSummary'])] },
      }),
    );
    const { code, json } = await scene.run(['delete', '--all', '--only', 'mfa-devices', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1]).toMatchObject({ outcome: 'failed' });
    expect(credentialsIn(scene.account(first).root)).toBe(6);
  });
});

describe('--unused-for', () => {
  test('leaves accounts alone whose root was used within that time', async () => {
    const scene = createScene(
      scenarioOf([
        { root: { accessKeys: [accessKey(first, 1, '30d ago')] } },
        { root: { accessKeys: [accessKey(second, 1, '100d ago')] } },
        { root: { accessKeys: [accessKey(third, 1)] } },
      ]),
    );
    const { code, json } = await scene.run(['delete', '--all', '--unused-for', '90d', ...yes]);
    expect(code).toBe(0);
    expect(json.accounts.slice(1)).toMatchObject([
      { outcome: 'skipped', reason: 'used-recently' },
      { outcome: 'deleted' },
      { outcome: 'deleted' },
    ]);
    expect(scene.account(first).root.accessKeys).toHaveLength(1);
  });

  test('a last use that cannot be read is not "unused"', async () => {
    const scene = createScene(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1, '1h ago')] } }], {
        organization: { policies: [denyRoot([first], 'iam:GetAccessKeyLastUsed')] },
      }),
    );
    const { code, json } = await scene.run(['delete', '--all', '--unused-for', '90d', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1].outcome).toBe('failed');
    expect(scene.account(first).root.accessKeys).toHaveLength(1);
  });
});

describe('failures inside an account', () => {
  test('a denied deletion: what went before it stays gone, MFA stays, partial, and what is left is said', async () => {
    const served = await serve(
      scenarioOf([{ name: 'payments', root: everything(first) }, { root: everything(second) }], {
        organization: { policies: [denyRoot([first], 'iam:DeleteLoginProfile')] },
      }),
    );
    const { code, json, stderr } = await served.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.summary).toMatchObject({ partial: 1, deleted: 1 });
    const [, account] = json.accounts;
    expect(account).toMatchObject({ outcome: 'partial', error: { code: 'AccessDenied' } });
    expect(account.actions.map(({ kind, result }: Record<string, string>) => [kind, result])).toEqual([
      ['access-key', 'deleted'],
      ['access-key', 'deleted'],
      ['signing-certificate', 'deleted'],
      ['login-profile', 'failed'],
      ['mfa-device', 'not-attempted'],
      ['mfa-device', 'not-attempted'],
    ]);
    expect(stderr).not.toContain('InternalError');
    const held = (await served.accounts()).find(({ id }) => id === first)?.root;
    expect(held?.loginProfile).toBeDefined();
    expect(held?.mfaDevices).toHaveLength(2);
  });

  test('the first deletion denied: failed, nothing attempted after it', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], {
        organization: { policies: [denyRoot([first], 'iam:DeleteAccessKey')] },
      }),
    );
    const { json } = await scene.run(['delete', '--all', ...yes]);
    expect(json.accounts[1].outcome).toBe('failed');
    expect(deletionsIn(scene.sandbox.requests).map(({ operation }) => operation)).toEqual(['DeleteAccessKey']);
  });

  test('EntityTemporarilyUnmodifiable is tried again', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], {
        behaviour: { faults: [{ kind: 'temporarily-unmodifiable', rate: 1, times: 3 }] },
      }),
    );
    expect((await scene.run(['delete', '--all', ...yes])).json.summary.deleted).toBe(1);
  });

  test('a lost answer: looked at again, and what is gone was deleted', async () => {
    const scene = createScene(
      scenarioOf(fullMembers(4), {
        behaviour: {
          faults: [
            { kind: 'drop-after', rate: 1, times: 4, operation: 'DeleteLoginProfile' },
            { kind: 'drop-after', rate: 0.3, operation: 'DeleteAccessKey' },
            { kind: 'http-500', rate: 0.3, operation: 'DeactivateMFADevice' },
          ],
        },
      }),
    );
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(0);
    expect(json.summary).toMatchObject({ deleted: 4 });
    for (const { actions } of json.accounts.slice(1)) {
      expect(actions.map(({ result }: { result: string }) => result)).toEqual(Array(6).fill('deleted'));
    }
  });

  test('every answer of one deletion lost: gone means deleted', async () => {
    const scene = createScene(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1)] } }], {
        behaviour: { faults: [{ kind: 'drop-after', rate: 1, operation: 'DeleteAccessKey' }] },
      }),
    );
    const { json } = await scene.run(['delete', '--all', ...yes]);
    expect(json.accounts[1]).toMatchObject({ outcome: 'deleted', actions: [{ result: 'deleted' }] });
  });

  test.each([
    ['en', `access key ${accessKey(first, 1).id} may or may not be deleted`],
    ['ja', `アクセスキー ${accessKey(first, 1).id} は削除されたか不明`],
  ])(
    'every answer of one deletion lost, and nobody may look again: neither gone nor kept (%s)',
    async (lang, phrase) => {
      const behaviour = { faults: [{ kind: 'drop-after' as const, rate: 1, operation: 'DeleteAccessKey' }] };
      const start = (): Scene => {
        const scene: Scene = createScene(scenarioOf([{ root: { accessKeys: [accessKey(first, 1)] } }], { behaviour }), {
          onRequest: ({ body }) => {
            const wasAsked = scene.sandbox.requests.some(({ operation }) => operation === 'DeleteAccessKey');
            if (wasAsked && String(body).includes('Action=ListAccessKeys')) throw new Error('socket hang up');
          },
        });
        return scene;
      };
      const { code, json } = await start().run(['delete', '--all', ...yes]);
      expect(code).toBe(1);
      expect(json.summary).toMatchObject({ deleted: 0, unverified: 1 });
      expect(json.accounts[1]).toMatchObject({ outcome: 'unverified', actions: [{ result: 'failed' }] });
      const { stdout } = await start().run(['delete', '--all', '--yes', '--lang', lang]);
      const text = stdout.replaceAll(/\s+/gu, ' ');
      expect(text).toContain(phrase);
      expect(text).not.toMatch(/Nothing was deleted|何も削除していません/u);
    },
  );

  test('deleted but unreachable every time: failed, and it is still there', async () => {
    const scene = createScene(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1)] } }], {
        behaviour: { faults: [{ kind: 'drop-before', rate: 1, operation: 'DeleteAccessKey' }] },
      }),
    );
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1]).toMatchObject({ outcome: 'failed', actions: [{ result: 'failed' }] });
  });

  test('what somebody else removed between plan and deletion is already-gone, which is success', async () => {
    const scene = createScene(scenarioOf([{ root: { accessKeys: [accessKey(first, 1), accessKey(first, 2)] } }]), {
      onRequest: ({ body }) => {
        const root = scene.account(first).root;
        if (String(body).includes('Action=DeleteAccessKey')) root.accessKeys.splice(0, root.accessKeys.length);
      },
    });
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(0);
    expect(json.accounts[1].actions.map(({ result }: { result: string }) => result)).toEqual([
      'already-gone',
      'already-gone',
    ]);
    expect(json.accounts[1].outcome).toBe('absent');
  });

  test('a password that appears in the middle keeps the MFA devices', async () => {
    const scene = createScene(scenarioOf([{ root: { mfaDevices: [virtualDevice(first)] } }]), {
      onRequest: ({ body }) => {
        // Somebody recovers the password just after the inventory.
        if (String(body).includes('IAMDeleteRootUserCredentials')) {
          scene.account(first).root.loginProfile = { createdAt: '2026-01-31T09:00:00.000Z' };
        }
      },
    });
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1]).toMatchObject({ outcome: 'skipped', reason: 'changed-since-plan' });
    expect(scene.account(first).root.mfaDevices).toHaveLength(1);
  });
});

describe('verification', () => {
  test('reads that stay behind are waited for', async () => {
    const scene = createScene(scenarioOf([{ root: everything(first) }], { behaviour: { consistencyLagMs: 20_000 } }));
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(0);
    expect(json.summary.deleted).toBe(1);
  });

  test('a password still seen after the wait: unverified, its MFA devices not attempted, and how to go on', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], { behaviour: { consistencyLagMs: { loginProfile: 600_000 } } }),
    );
    const { code, json } = await scene.run(['delete', '--all', '--wait', '30s', ...yes]);
    expect(code).toBe(1);
    const [, account] = json.accounts;
    expect(account).toMatchObject({
      outcome: 'unverified',
      error: { hint: expect.stringContaining(`delete ${first}`) },
    });
    expect(account.actions.at(-1)).toMatchObject({ kind: 'mfa-device', result: 'not-attempted' });
    expect(scene.account(first).root.mfaDevices).toHaveLength(2);
  });

  test('a key still seen after the wait: unverified, and never called deleted', async () => {
    const scene = createScene(
      scenarioOf([{ root: { accessKeys: [accessKey(first, 1)] } }], {
        behaviour: { consistencyLagMs: { accessKeys: 600_000 } },
      }),
    );
    const { code, json } = await scene.run(['delete', '--all', '--wait', '5s', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1].outcome).toBe('unverified');
    expect(json.summary.deleted).toBe(0);
  });

  test('what cannot be read again is unverified', async () => {
    const scene = createScene(scenarioOf([{ root: { signingCertificates: [certificate(first)] } }]), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=DeleteSigningCertificate')) return;
        scene.sandbox.setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccessKeys' }] });
      },
    });
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1]).toMatchObject({ outcome: 'unverified', error: { code: 'AccessDenied' } });
  });

  test('what appeared since the plan is left alone and reported', async () => {
    const scene = createScene(scenarioOf([{ root: { accessKeys: [accessKey(first, 1)] } }]), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=DeleteAccessKey')) return;
        scene.account(first).root.accessKeys.push({ ...accessKey(first, 2), createdAt: '2026-01-31T09:29:00.000Z' });
      },
    });
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[1]).toMatchObject({ reason: 'changed-since-plan', error: { code: 'ChangedSincePlan' } });
    expect(json.accounts[1].error.message).toContain(keyIdOf(first, 2));
    expect(scene.account(first).root.accessKeys.map(({ id }) => id)).toEqual([keyIdOf(first, 2)]);
  });

  test('a session that expires in the middle of an account is opened, and proven, again', async () => {
    const scene = createScene(
      scenarioOf([{ root: everything(first) }], {
        behaviour: { faults: [{ kind: 'expire-session', rate: 1, times: 3, afterMs: 100 }], latencyMs: { iam: 60 } },
      }),
    );
    const { code, json } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(0);
    expect(json.summary.deleted).toBe(1);
    const calls = callsFor(scene.sandbox.requests, first);
    const deleting = calls.slice(calls.findIndex((name) => deletions.has(name)));
    for (const [index, name] of deleting.entries()) {
      if (name === 'AssumeRoot') expect(deleting[index + 1]).toBe('GetUser');
    }
  });
});

describe('waves and --max-failures', () => {
  test('a wrong assumption meets three accounts and not forty', async () => {
    const scene = createScene(
      scenarioOf(fullMembers(40), {
        organization: {
          policies: [
            denyRoot(
              Array.from({ length: 40 }, (_, index) => memberId(index)),
              'iam:DeleteAccessKey',
            ),
          ],
        },
      }),
    );
    const { code, json, stderr } = await scene.run(['delete', '--all', ...yes]);
    expect(code).toBe(1);
    expect(json.summary).toMatchObject({ failed: 3, skipped: 38 });
    expect(deletionsIn(scene.sandbox.requests)).toHaveLength(3);
    expect(stderr).toContain('TooManyFailures');
    expect(stderr).toContain(`runs resume ${json.runId}`);
  });

  test('the first three are done before any other is begun', async () => {
    const scene = createScene(scenarioOf(fullMembers(12)));
    await scene.run(['delete', '--all', ...yes]);
    const order = deletionsIn(scene.sandbox.requests).map(({ targetAccount }) => targetAccount ?? '');
    expect(new Set(order.slice(0, 18)).size).toBe(3);
  });

  test('--max-failures stops the rest', async () => {
    const denied = Array.from({ length: 30 }, (_, index) => memberId(index)).filter((_, index) => index % 2 === 1);
    const scene = createScene(
      scenarioOf(fullMembers(30), { organization: { policies: [denyRoot(denied, 'iam:DeleteAccessKey')] } }),
    );
    const { code, json } = await scene.run(['delete', '--all', '--max-failures', '4', '--concurrency', '1', ...yes]);
    expect(code).toBe(1);
    expect(json.summary.failed).toBe(4);
    expect(json.accounts.filter(({ reason }: Entry) => reason === 'not-tried').length).toBe(30 - 8);
  });

  test('by default ten in a hundred, at least five', async () => {
    const denied = Array.from({ length: 30 }, (_, index) => memberId(index)).slice(3);
    const scene = createScene(
      scenarioOf(fullMembers(30), { organization: { policies: [denyRoot(denied, 'iam:DeleteAccessKey')] } }),
    );
    const { json } = await scene.run(['delete', '--all', '--concurrency', '1', ...yes]);
    expect(json.summary).toMatchObject({ failed: 5, deleted: 3 });
  });
});

describe('plan files', () => {
  const members = () => [{ root: everything(first) }, { root: password }, {}];

  test('--plan-out writes a plan and deletes nothing; --plan does exactly that', async () => {
    const served = await serve(scenarioOf(members()));
    const planned = await served.run(['delete', '--all', '--plan-out', 'plan.json', '-o', 'json']);
    expect(planned).toMatchObject({ code: 0, json: { dryRun: true } });
    expect(deletionsIn(await served.requests())).toEqual([]);
    expect((await stat(served.home.file('plan.json'))).mode & 0o777).toBe(0o600);

    const done = await served.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(done.code).toBe(0);
    expect(outcomes(done.json)).toEqual([
      [first, 'deleted'],
      [second, 'deleted'],
    ]);
    expect(await served.credentialCount(first)).toBe(0);
    const [journal = ''] = await served.home.journals();
    const lines = await readLines(journal);
    expect(lines.find(({ event }) => event === 'plan').hash).toMatch(/^sha256:/u);
  });

  test('asks for confirmation like any other deletion', async () => {
    const served = await serve(scenarioOf(members()));
    await served.run(['delete', '--all', '--plan-out', 'plan.json']);
    expect(await served.run(['delete', '--plan', 'plan.json'])).toMatchObject({ code: 64 });
    expect(deletionsIn(await served.requests())).toEqual([]);
  });

  test.each<[string, (text: string) => string, string]>([
    ['an edited plan', (text) => text.replaceAll(second, third), 'its hash does not match'],
    ['a cut plan', (text) => text.slice(0, -40), 'not JSON'],
    ['a plan with a field that is not known', (text) => text.replace('{', '{"note":1,'), 'not a rootctl plan'],
    ['another document', () => '{"kind":"rootctl.status"}', 'rootctl.status'],
  ])('%s is refused before anything is asked', async (_name, change, words) => {
    const scene = createScene(scenarioOf(members()));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    const asked = scene.sandbox.requests.length;
    scene.inputs.set('plan.json', change(scene.inputs.get('plan.json') ?? ''));
    const { code, stderr } = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    expect(scene.sandbox.requests).toHaveLength(asked);
  });

  test('a plan of another organization is refused', async () => {
    const other = createScene(scenarioOf(members(), { organization: { id: 'o-otherorg0001' } }));
    await other.run(['delete', '--all', '--plan-out', 'plan.json']);
    const scene = createScene(scenarioOf(members()));
    scene.inputs.set('plan.json', other.inputs.get('plan.json') ?? '');
    const { code, stderr } = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
    expect(code).toBe(64);
    expect(stderr).toContain('o-otherorg0001');
    expect(callsFor(scene.sandbox.requests, first)).toEqual([]);
  });

  test('a plan older than --plan-max-age is refused, 24 hours unless said otherwise', async () => {
    const scene = createScene(scenarioOf(members()));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    await scene.clock.sleep(25 * 3_600_000);
    const refused = await scene.run(['delete', '--plan', 'plan.json', '--yes']);
    expect(refused.code).toBe(64);
    expect(refused.stderr).toContain('25 hours');
    expect(deletionsIn(scene.sandbox.requests)).toEqual([]);
    expect((await scene.run(['delete', '--plan', 'plan.json', '--plan-max-age', '26h', '--yes'])).code).toBe(0);
  });

  test('what appeared since is left alone and reported; what went since is no failure', async () => {
    const scene = createScene(scenarioOf([{ root: { accessKeys: [accessKey(first, 1)] } }, { root: password }, {}]));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    scene
      .account(first)
      .root.signingCertificates.push({ ...certificate(first), uploadedAt: '2026-01-31T09:00:00.000Z' });
    scene.account(second).root.loginProfile = undefined;
    scene.account(third).root.loginProfile = { createdAt: '2026-01-31T09:00:00.000Z' };
    const { code, json } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts.map(({ id, outcome, reason }: Entry) => [id, outcome, reason])).toEqual([
      [first, 'partial', 'changed-since-plan'],
      [second, 'absent', null],
    ]);
    expect(scene.account(first).root).toMatchObject({ accessKeys: [], signingCertificates: [{}] });
    expect(scene.account(third).root.loginProfile).toBeDefined();
    expect(callsFor(scene.sandbox.requests, third).filter((name) => deletions.has(name))).toEqual([]);
  });

  test('a password that was deleted and recovered since is another password: left alone', async () => {
    const scene = createScene(scenarioOf([{ root: { ...password, mfaDevices: [virtualDevice(first)] } }]));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    scene.account(first).root.loginProfile = { createdAt: '2026-01-31T09:29:59.000Z' };
    const { code, json } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(code).toBe(1);
    expect(json.accounts[0]).toMatchObject({ outcome: 'skipped', reason: 'changed-since-plan' });
    expect(credentialsIn(scene.account(first).root)).toBe(2);
  });

  test('a plan of --only is carried out as --only: the rest stays and is not called a change', async () => {
    const scene = createScene(scenarioOf([{ root: everything(first) }]));
    await scene.run(['delete', '--all', '--only', 'access-keys', '--plan-out', 'plan.json']);
    const { code, json } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(code).toBe(0);
    expect(json.accounts[0].outcome).toBe('deleted');
    expect(credentialsIn(scene.account(first).root)).toBe(4);
  });

  test('an account that was suspended or protected since is skipped', async () => {
    const scene = createScene(scenarioOf([{ root: password }, { root: password }]));
    await scene.run(['delete', '--all', '--plan-out', 'plan.json']);
    scene.account(first).state = 'SUSPENDED';
    scene.inputs.set('.rootctl.yaml', `protect: [${second}]`);
    const { json } = await scene.run(['delete', '--plan', 'plan.json', ...yes]);
    expect(json.accounts.map(({ reason }: Entry) => reason)).toEqual(['not-active', 'protected']);
    expect(json.accounts.map(({ state }: { state?: string }) => state)).toEqual(['SUSPENDED', undefined]);
    expect(deletionsIn(scene.sandbox.requests)).toEqual([]);
  });

  test('a plan of nothing is refused', async () => {
    const served = await serve(scenarioOf([{}]));
    await served.run(['delete', '--all', '--plan-out', 'plan.json']);
    expect(await served.run(['delete', '--plan', 'plan.json', '--yes'])).toMatchObject({ code: 64 });
  });

  test.each([
    ['file/plan.json', 'ENOTDIR'],
    ['nowhere/plan.json', 'ENOENT'],
  ])('a plan that has no place (%s) is an error before anything is asked', async (path, why) => {
    const served = await serve(scenarioOf(members()));
    await writeFile(served.home.file('file'), '');
    const { code, stderr } = await served.run(['delete', '--all', '--plan-out', path]);
    expect([code, await served.requests()]).toEqual([64, []]);
    expect(stderr).toMatch(new RegExp(`^error: cannot write ${path}: ${why}.*\nhint: nothing was done`, 'mu'));
  });

  test('a plan and a result that would go to one file are refused before anything is asked', async () => {
    const served = await serve(scenarioOf(members()));
    const flags = ['--plan-out', 'plan.json', '--out', 'json=./plan.json'];
    const { code, stderr } = await served.run(['delete', '--all', ...flags]);
    expect([code, await served.requests()]).toEqual([64, []]);
    expect(stderr).toContain('--plan-out plan.json');
  });

  test('a plan that the disk has no room for is named, its result is told, and the exit code is 1', async () => {
    const scene = createScene(scenarioOf(members()));
    const { code, stderr, json } = await scene.run(['delete', '--all', '--plan-out', 'plan.json', '-o', 'json'], {
      writeFile: () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })),
    });
    expect([code, json.dryRun]).toEqual([1, true]);
    expect(stderr).toContain('the plan could not be written to plan.json: ENOSPC');
    expect(stderr).toContain('(PlanNotWritten)');
    expect(stderr).not.toContain('rootctl delete --plan plan.json');
  });

  test('a plan goes into a file of mode 0600, and through no link, whatever stood there', async () => {
    const served = await serve(scenarioOf(members()));
    await writeFile(served.home.file('plan.json'), 'old', { mode: 0o666 });
    await chmod(served.home.file('plan.json'), 0o666);
    expect((await served.run(['delete', '--all', '--plan-out', 'plan.json'])).code).toBe(0);
    expect((await stat(served.home.file('plan.json'))).mode & 0o777).toBe(0o600);
    await writeFile(served.home.file('mine'), 'mine');
    await symlink(served.home.file('mine'), served.home.file('link.json'));
    for (const path of ['link.json', '/dev/stdout', '.']) {
      const { code, stderr } = await served.run(['delete', '--all', '--plan-out', path]);
      expect({ path, code, stderr }).toMatchObject({
        code: 64,
        stderr: expect.stringMatching(/symbolic link|folder/u),
      });
    }
    expect(await readFile(served.home.file('mine'), 'utf8')).toBe('mine');
  });
});
