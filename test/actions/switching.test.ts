import { describe, expect, test } from 'vitest';
import { disable } from '../../src/actions/disable.ts';
import { enable } from '../../src/actions/enable.ts';
import type { Aws } from '../../src/aws/clients.ts';
import { isAccountId } from '../../src/org/account.ts';
import type { Scenario } from '../../src/sandbox/index.ts';
import { type BenchOptions, createBench } from '../support/bench.ts';
import { managementId, memberId, organizationId, scenarioOf, withoutAccess } from '../support/scenarios.ts';
import { createScene } from '../support/scene.ts';

const idOf = (index: number) => {
  const id = memberId(index);
  if (!isAccountId(id)) throw new Error('not an id');
  return id;
};
const [first, second, third] = [idOf(0), idOf(1), idOf(2)];
const delegates = (...ids: readonly string[]) => ({
  delegatedAdministrators: ids.map((accountId) => ({
    accountId,
    servicePrincipal: 'iam.amazonaws.com',
    registeredAt: '20d ago',
  })),
});

function switching(scenario: Scenario, options: BenchOptions = {}) {
  const { environment, events, sandbox, stopping } = createBench(scenario, options);
  const questions: unknown[] = [];
  const ask: typeof environment.ask = async (question) => {
    questions.push(question);
    return false as never;
  };
  const since = () => sandbox.requests.map(({ operation }) => operation);
  return {
    events,
    sandbox,
    stopping,
    enable: (request: Parameters<typeof enable>[0] = {}) => enable(request, environment),
    questions,
    disable: (request: Parameters<typeof disable>[0] = {}) =>
      disable({ isConfirmed: true, ...request }, { ...environment, ask }),
    asked: (pattern: RegExp) => since().filter((operation) => pattern.test(operation ?? '')),
  };
}

describe('turning on', () => {
  test('trusted access finds the features as they were left: what is on already is not asked for again', async () => {
    const scene = switching(scenarioOf([{}], { organization: { ...withoutAccess, rootSessions: true } }));
    const document = await scene.enable();
    expect(document.before).toMatchObject({
      trustedAccess: false,
      rootCredentialsManagement: false,
      rootSessions: true,
    });
    expect(document.after).toMatchObject({ trustedAccess: true, rootCredentialsManagement: true, rootSessions: true });
    expect(scene.asked(/^Enable/u)).toEqual(['EnableAWSServiceAccess', 'EnableOrganizationsRootCredentialsManagement']);
    expect(document).not.toHaveProperty('error');
  });

  test('asks for the features again only after trusted access', async () => {
    const scene = switching(
      scenarioOf([{}], { organization: { rootCredentialsManagement: false, rootSessions: false } }),
    );
    await scene.enable();
    expect(scene.asked(/^Enable/u)).toHaveLength(2);
    expect(scene.asked(/^ListOrganizationsFeatures$/u)).toHaveLength(1);
  });

  test('a delegate keeps those that are there, in the order of their ids; an account that is one already is left', async () => {
    const scene = switching(scenarioOf([{}, {}, {}], { organization: delegates(second) }));
    const { before, after } = await scene.enable({ delegatedAdministrator: first });
    expect([before.delegatedAdministrators, after.delegatedAdministrators]).toEqual([[second], [first, second]]);
    expect((await scene.enable({ delegatedAdministrator: third })).after.delegatedAdministrators).toEqual([
      first,
      second,
      third,
    ]);
    expect(scene.asked(/^Register/u)).toHaveLength(2);
    await scene.enable({ delegatedAdministrator: third });
    expect(scene.asked(/^Register/u)).toHaveLength(2);
  });

  test('a delegate where nobody may read who else is one tells of that one', async () => {
    const scene = switching(
      scenarioOf([{}], {
        behaviour: { faults: [{ kind: 'access-denied', rate: 1, operation: 'ListDelegatedAdministrators' }] },
      }),
    );
    const { before, after } = await scene.enable({ delegatedAdministrator: first });
    expect([before.delegatedAdministrators, after.delegatedAdministrators]).toEqual([null, [first]]);
  });

  test('a delegate is an active member: any other is refused before anything is switched', async () => {
    const scene = switching(scenarioOf([{ state: 'SUSPENDED' }, {}], { organization: withoutAccess }));
    const refusal = (id: string) => {
      if (!isAccountId(id)) throw new Error('not an id');
      return scene.enable({ delegatedAdministrator: id }).then(
        () => null,
        (error: { readonly problem: unknown }) => error.problem,
      );
    };
    const as = 'delegated-administrator';
    expect(await refusal(first)).toMatchObject({
      code: 'AccountNotActive',
      data: { id: first, name: 'member-0', state: 'SUSPENDED', as, others: 0 },
    });
    expect(await refusal(managementId)).toMatchObject({
      code: 'ManagementAccount',
      data: { id: managementId, name: managementId, as, others: 0 },
    });
    expect(await refusal('999999999999')).toMatchObject({ code: 'UnknownAccount' });
    expect(scene.asked(/^(?:Enable|Register)/u)).toEqual([]);
    expect(scene.events).toContainEqual({
      event: 'organization',
      organizationId: 'o-testorg0001',
      accounts: expect.arrayContaining([expect.objectContaining({ id: first, name: 'member-0' })]),
    });
  });

  test('a delegate whose state is a word that nobody knows yet is left to AWS to judge', async () => {
    const scene = createScene(scenarioOf([{}]), {
      rewrite: (operation, answer) =>
        operation === 'ListAccounts'
          ? { ...answer, Accounts: answer.Accounts.map((one: object) => ({ ...one, State: 'HIBERNATING' })) }
          : answer,
    });
    const { code, json } = await scene.run(['enable', '--delegated-admin', first, '-o', 'json']);
    expect([code, json.after.delegatedAdministrators]).toEqual([0, [first]]);
  });

  test('one that AWS refuses ends it: what was done before is told, with the error, and is not complete', async () => {
    const scene = switching(
      scenarioOf([{}], {
        organization: withoutAccess,
        behaviour: { faults: [{ kind: 'access-denied', rate: 1, operation: 'EnableOrganizationsRootSessions' }] },
      }),
    );
    expect(await scene.enable()).toMatchObject({
      complete: false,
      before: { trustedAccess: false },
      after: { trustedAccess: true, rootCredentialsManagement: true, rootSessions: false },
      error: { code: 'AccessDenied' },
    });
  });

  test('stopped before the first switch, nothing is switched', async () => {
    const scene = switching(scenarioOf([{}], { organization: withoutAccess }));
    scene.stopping.abort();
    await expect(scene.enable()).rejects.toMatchObject({ problem: { code: 'Interrupted' } });
    expect(scene.asked(/^Enable/u)).toEqual([]);
  });

  test('stopped where nothing would have been switched, what was found is told all the same', async () => {
    const [off, on] = [switching(scenarioOf([{}], { organization: withoutAccess })), switching(scenarioOf([{}]))];
    for (const { stopping } of [off, on]) stopping.abort();
    expect(await off.enable({ dryRun: true })).toMatchObject({ dryRun: true, after: { trustedAccess: true } });
    expect(await on.enable()).toMatchObject({ dryRun: false, after: { trustedAccess: true } });
  });

  test('a mistake of ours is no answer of AWS’s', async () => {
    const mistake = new TypeError('a mistake of ours');
    const awsOf = (aws: Aws): Aws => ({
      ...aws,
      iam: (command, signal) =>
        command.constructor.name.startsWith('Enable') ? Promise.reject(mistake) : aws.iam(command, signal),
    });
    const scene = switching(scenarioOf([{}], { organization: { rootCredentialsManagement: false } }), { awsOf });
    await expect(scene.enable()).rejects.toBe(mistake);
  });

  test('a mistake of ours while the features are read again is none either', async () => {
    const mistake = new TypeError('a mistake of ours');
    let isTrusted = false;
    const awsOf = (aws: Aws): Aws => ({
      ...aws,
      organizations: (command, signal) => {
        isTrusted ||= command.constructor.name.startsWith('EnableAWSServiceAccess');
        return aws.organizations(command, signal);
      },
      iam: (command, signal) => (isTrusted ? Promise.reject(mistake) : aws.iam(command, signal)),
    });
    const scene = switching(scenarioOf([{}], { organization: withoutAccess }), { awsOf });
    await expect(scene.enable()).rejects.toBe(mistake);
    expect(scene.asked(/^Enable/u)).toEqual(['EnableAWSServiceAccess']);
  });
});

describe('turning off', () => {
  test('a delegate alone leaves the features and the other delegates on', async () => {
    const scene = switching(scenarioOf([{}, {}, {}], { organization: delegates(first, second) }));
    const { before, after } = await scene.disable({ delegatedAdministrator: first });
    expect(before.delegatedAdministrators).toEqual([first, second]);
    expect(after).toEqual({ ...before, delegatedAdministrators: [second] });
    expect(scene.asked(/^(?:Disable|Deregister)/u)).toEqual(['DeregisterDelegatedAdministrator']);
  });

  test('trusted access waits for the last delegate: with another one nothing is switched', async () => {
    const scene = switching(scenarioOf([{}, {}], { organization: delegates(first, second) }));
    await expect(scene.disable({ trustedAccess: true, delegatedAdministrator: first })).rejects.toMatchObject({
      problem: { code: 'ConstraintViolationException', data: { delegatedAdministrators: [second] } },
    });
    expect(scene.asked(/^(?:Disable|Deregister)/u)).toEqual([]);
    await scene.disable({ delegatedAdministrator: second });
    const { after } = await scene.disable({ trustedAccess: true, delegatedAdministrator: first });
    expect(after).toMatchObject({ trustedAccess: false, rootSessions: false, delegatedAdministrators: [] });
    expect(scene.asked(/^(?:Disable|Deregister)/u).at(-1)).toBe('DisableAWSServiceAccess');
  });

  test('trusted access is left to AWS to judge where nobody may read who is a delegate', async () => {
    const scene = switching(
      scenarioOf([{}], {
        behaviour: { faults: [{ kind: 'access-denied', rate: 1, operation: 'ListDelegatedAdministrators' }] },
      }),
    );
    expect(await scene.disable({ trustedAccess: true })).toMatchObject({
      complete: true,
      after: { trustedAccess: false },
    });
  });

  test('is asked for by the id of the organization, with all that would go off, and else does nothing', async () => {
    const scene = switching(scenarioOf([{}], { organization: delegates(first) }));
    const request = { features: ['root-sessions'], delegatedAdministrator: first } as const;
    await expect(scene.disable({ ...request, isConfirmed: false })).rejects.toMatchObject({
      problem: { code: 'NotConfirmed' },
    });
    const off = [{ what: 'root-sessions' }, { what: 'delegated-administrator', account: first }];
    expect(scene.questions).toMatchObject([
      { what: 'organization', expected: organizationId, consequence: { will: 'turn-off', off } },
    ]);
    expect(scene.asked(/^(?:Disable|Deregister)/u)).toEqual([]);
  });

  test('a delegated administrator may turn features off, and switch nothing else', async () => {
    const scene = switching(scenarioOf([{}, {}], { organization: delegates(first) }), { as: 'delegatedAdministrator' });
    const refused = (wanted: string) => ({
      problem: {
        code: 'CallerIsNotManagementAccountException',
        data: { wanted, account: first, managementAccount: managementId },
      },
    });
    expect((await scene.disable({ features: ['root-sessions'] })).after.rootSessions).toBe(false);
    await expect(scene.enable({ features: ['root-sessions'] })).rejects.toMatchObject(refused('enable'));
    await expect(scene.disable({ trustedAccess: true })).rejects.toMatchObject(refused('disable'));
    expect(scene.asked(/^(?:Enable|Disable)/u)).toEqual(['DisableOrganizationsRootSessions']);
  });

  test('asks for no feature afterwards, and what is off already is left alone', async () => {
    const scene = switching(scenarioOf([{}]));
    await scene.disable({ trustedAccess: true });
    const looked = scene.asked(/^ListOrganizationsFeatures$/u).length;
    expect(looked).toBe(1);
    const again = switching(scenarioOf([{}], { organization: { rootSessions: false } }));
    await again.disable({ features: ['root-sessions'] });
    expect(again.asked(/^Disable/u)).toEqual([]);
  });
});
