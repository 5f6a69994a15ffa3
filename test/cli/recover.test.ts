import { describe, expect, test } from 'vitest';
import { readJournal } from '../../src/run/journal.ts';
import {
  dataLake,
  enabledDefault,
  legacyErp,
  management,
  network,
  payments,
  suspended,
} from '../support/issue5-scenarios.ts';
import { serve } from '../support/sandbox-server.ts';
import { createScene, keptOf, type Scene } from '../support/scene.ts';

const asked = (scene: Scene, operation: string) =>
  scene.sandbox.requests.filter((request) => request.operation === operation).length;
const journalOf = (scene: Scene) => {
  const [text = ''] = [...scene.files.contents].filter(([name]) => name.startsWith('runs/')).map(([, one]) => one);
  return readJournal(text).lines;
};
const answering = (...answers: string[]) => {
  const questions: string[] = [];
  return {
    questions,
    prompts: {
      ask: async (question: string) => {
        questions.push(question);
        return answers.shift() ?? '';
      },
      choose: async () => [],
    },
  };
};

describe('rootctl recover', () => {
  test('end to end: the real program allows it, says what to do next, and runs and doctor list the open door', async () => {
    const served = await serve(enabledDefault());
    const allowed = await served.run(['recover', network, '--yes', '--reason', 'INC-4711']);
    expect(allowed.code).toBe(0);
    expect(allowed.stdout).toContain('network (444444444444): password recovery for root@network.example is allowed');
    expect(allowed.stdout).toContain('Afterwards, delete the root password again: rootctl delete 444444444444');
    expect(await served.credentialCount(network)).toBe(1);
    const runs = await served.run(['runs', '-o', 'json']);
    expect(runs.json.openRecoveries).toMatchObject([{ accountId: network, reason: 'INC-4711' }]);
    const doctor = await served.run(['doctor', '-o', 'json']);
    expect(doctor.json.checks.at(-1)).toMatchObject({
      id: 'open-recoveries',
      result: 'warn',
      cure: expect.stringMatching(
        new RegExp(`^rootctl delete ${network} --endpoint-url http://127\\.0\\.0\\.1:\\d+$`, 'u'),
      ),
    });
    expect((await served.run(['delete', network, '--yes'])).code).toBe(0);
    expect((await served.run(['runs', '-o', 'json'])).json.openRecoveries).toEqual([]);
  });

  test('without a terminal and without --yes nothing is done: exit 64', async () => {
    const scene = createScene(enabledDefault());
    const result = await scene.run(['recover', network]);
    expect(result.code).toBe(64);
    expect(result.stdout).toBe('');
    expect(scene.sandbox.requests).toEqual([]);
  });

  test('in a terminal the account id is typed, and the e-mail address is shown before', async () => {
    const { prompts, questions } = answering(network);
    const scene = createScene(enabledDefault(), { prompts });
    const result = await scene.run(['recover', network]);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain(
      'network (444444444444): anyone who can read mail to root@network.example will be able to set a root password.',
    );
    expect(questions).toEqual([`Type the account id to continue (${network}):`]);
  });

  test('another answer changes nothing and leaves no journal', async () => {
    const { prompts } = answering('yes');
    const scene = createScene(enabledDefault(), { prompts });
    expect((await scene.run(['recover', network])).code).toBe(64);
    expect(asked(scene, 'CreateLoginProfile')).toBe(0);
    expect(keptOf(scene)).toEqual([]);
  });

  test('a recovery that is allowed already is said, without a question: exit 0', async () => {
    const { prompts, questions } = answering();
    const scene = createScene(enabledDefault(), { prompts });
    const result = await scene.run(['recover', dataLake, '-o', 'json']);
    expect(result.code).toBe(0);
    expect(result.json.accounts).toMatchObject([{ id: dataLake, outcome: 'already-allowed' }]);
    expect(questions).toEqual([]);
    expect(asked(scene, 'CreateLoginProfile')).toBe(0);
  });

  test('somebody else who was quicker makes it already allowed, not a failure', async () => {
    const scene = createScene(enabledDefault(), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=CreateLoginProfile')) return;
        scene.account(network).root.loginProfile = { createdAt: '2026-01-01T00:00:00Z' };
      },
    });
    const result = await scene.run(['recover', network, '--yes']);
    expect([result.code, result.stderr]).toEqual([0, '']);
    expect(result.stdout).toContain(
      'network (444444444444): password recovery for root@network.example was already allowed',
    );
    expect(scene.sandbox.requests.filter(({ outcome }) => outcome === 'EntityAlreadyExists')).toHaveLength(1);
  });

  test('a dry run asks for no change', async () => {
    const scene = createScene(enabledDefault());
    const result = await scene.run(['recover', network, '--dry-run', '-o', 'json']);
    expect(result.code).toBe(0);
    expect(result.json).toMatchObject({ dryRun: true, runId: null, accounts: [{ outcome: 'planned' }] });
    expect(asked(scene, 'CreateLoginProfile')).toBe(0);
  });

  test.each([
    ['the management account', management, 'is the management account'],
    ['a suspended account', suspended, 'sandbox-old (666666666666) is suspended'],
    ['an account of another organization', '999999999999', 'is not in organization o-exampleorgid'],
    ['no id', '12345', 'is not an account id'],
  ])('%s is one clear line, exit 64, before any session', async (_what, id, line) => {
    const scene = createScene(enabledDefault());
    const result = await scene.run(['recover', network, id, '--yes']);
    expect(result.code).toBe(64);
    expect(result.stderr).toMatch(/^error: .+\nhint: .+\n$/u);
    expect(result.stderr).toContain(line);
    expect(asked(scene, 'AssumeRoot')).toBe(0);
  });

  test('a protected account is no target', async () => {
    const scene = createScene(enabledDefault());
    scene.inputs.set('.rootctl.yaml', `protect: [${network}]`);
    const result = await scene.run(['recover', network, '--yes']);
    expect(result.code).toBe(64);
    expect(result.stderr).toContain('is protected by the configuration');
  });

  test('the feature switched off is one error with its cure', async () => {
    const scene = createScene(enabledDefault({ rootCredentialsManagement: false }));
    const result = await scene.run(['recover', network, '--yes']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('error: root credentials management is off');
    expect(result.stderr).toContain('hint: turn it on: rootctl enable');
  });

  test('an account behind a deny-root SCP names the policy; the others are still done', async () => {
    const scene = createScene(enabledDefault());
    const result = await scene.run(['recover', legacyErp, network, '--yes', '-o', 'json']);
    expect(result.code).toBe(1);
    expect(result.json.accounts).toMatchObject([
      { id: network, outcome: 'allowed' },
      { id: legacyErp, outcome: 'failed', error: { hint: expect.stringContaining('DenyRootUser (p-denyroot1)') } },
    ]);
  });

  test('the intent is on the disk before the request, the answer after it', async () => {
    const seen: string[] = [];
    const scene: Scene = createScene(enabledDefault(), {
      onRequest: ({ body }) => {
        if (!String(body).includes('Action=CreateLoginProfile')) return;
        seen.push(...journalOf(scene).map(({ event }) => event));
      },
    });
    await scene.run(['recover', network, '--yes', '--reason', 'INC-1']);
    expect(seen).toEqual(['run', 'session', 'recovery-intent']);
    expect(journalOf(scene).map(({ event }) => event)).toEqual([
      'run',
      'session',
      'recovery-intent',
      'recovery-answer',
      'end',
    ]);
    expect(journalOf(scene)[2]).toMatchObject({ account: network, email: 'root@network.example', reason: 'INC-1' });
  });

  test('a lost answer is looked after: what is there then was allowed by this run', async () => {
    const faults = [{ kind: 'drop-after' as const, rate: 1, operation: 'CreateLoginProfile', times: 1 }];
    const scene = createScene(enabledDefault({}, { behaviour: { faults } }));
    const result = await scene.run(['recover', network, '--yes', '-o', 'json']);
    expect(result.code).toBe(0);
    expect(result.json.accounts[0]).toMatchObject({ outcome: 'allowed', error: null });
  });

  test('a session of the wrong account stops the run before anything is allowed', async () => {
    const faults = [{ kind: 'wrong-account' as const, rate: 1, otherAccountId: payments }];
    const scene = createScene(enabledDefault({}, { behaviour: { faults } }));
    const result = await scene.run(['recover', network, '--yes']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('WrongAccountSession');
    expect(asked(scene, 'CreateLoginProfile')).toBe(0);
  });

  test('only the task IAMCreateRootUserPassword is asked for, and nothing is deleted', async () => {
    const scene = createScene(enabledDefault());
    await scene.run(['recover', network, '--yes']);
    const tasks = scene.sandbox.requests
      .filter(({ operation }) => operation === 'AssumeRoot')
      .map(({ parameters }) => parameters['TaskPolicyArn.arn']);
    expect(new Set(tasks)).toEqual(new Set(['arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword']));
    expect(scene.sandbox.requests.filter(({ operation }) => /^(?:Delete|Deactivate)/u.test(operation))).toEqual([]);
  });
});

describe.each(['recovery-answer', 'end'])('a journal whose %s cannot be written', (event) => {
  test('does not hide what was allowed, and is no run to resume', async () => {
    const scene = createScene(enabledDefault());
    scene.files.onAppend = (_name, text) => {
      if (text.includes(`"event":"${event}"`)) throw new Error('ENOSPC: no space left on device');
    };
    const { code, json, stderr } = await scene.run(['recover', network, '--yes', '-o', 'json']);
    expect(code).toBe(1);
    expect(json.accounts).toMatchObject([{ id: network, outcome: 'allowed' }]);
    expect(stderr).toMatch(/^error: the journal .* cannot be written: ENOSPC.* \(JournalUnwritable\)$/mu);
    expect(stderr).not.toContain('runs resume');
  });
});
