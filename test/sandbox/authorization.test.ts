import { GetAccountSummaryCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { AssumeRootCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/sandbox/index.ts';
import { enabledScenario, legacyErp, management, network, openWorld, payments, refusalOf, taskArn } from './world.ts';

const allow = (Action: string | string[], more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});

function withCaller(...policies: Record<string, unknown>[]): Scenario {
  return { ...enabledScenario(), callers: [{ name: 'management', accountId: management, policies }] };
}

type Policy = NonNullable<NonNullable<Scenario['organization']>['policies']>[number];

/** The default organization with a policy that differs in this. Its policies belong to all who start from it. */
function withPolicy(id: string, change: Partial<Policy>): Scenario {
  const { organization, ...scenario } = enabledScenario();
  if (organization === undefined) throw new Error('the default scenario is an organization');
  const policies = organization.policies?.map((policy) => (policy.id === id ? { ...policy, ...change } : policy)) ?? [];
  return { ...scenario, organization: { ...organization, policies } };
}

const withScp = (document: Record<string, unknown> | string): Scenario => withPolicy('p-denyroot1', { document });

const assume = (task: string, TargetPrincipal = payments) =>
  new AssumeRootCommand({ TargetPrincipal, TaskPolicyArn: { arn: taskArn(task) } });

describe("the caller's identity policies", () => {
  test('without any in the scenario everything is allowed', async () => {
    await openWorld('in process').then((world) => world.clients().organizations.send(new ListAccountsCommand({})));
  });

  test('what no policy allows is denied, and the message names the action', async () => {
    const world = await openWorld('in process', withCaller(allow('sts:AssumeRoot')));
    expect(await refusalOf(world.clients().organizations.send(new ListAccountsCommand({})))).toEqual({
      name: 'AccessDeniedException',
      status: 400,
      message: `User: arn:aws:iam::${management}:user/rootctl is not authorized to perform: organizations:ListAccounts on resource: * because no identity-based policy allows the organizations:ListAccounts action`,
    });
    await world.clients().sts.send(assume('IAMAuditRootUserCredentials'));
  });

  test('sts:TaskPolicyArn parts those who may look from those who may delete', async () => {
    const onlyAudit = { Condition: { StringEquals: { 'sts:TaskPolicyArn': taskArn('IAMAuditRootUserCredentials') } } };
    const world = await openWorld('in process', withCaller(allow('sts:AssumeRoot', onlyAudit)));
    await world.clients().sts.send(assume('IAMAuditRootUserCredentials'));
    expect(await refusalOf(world.clients().sts.send(assume('IAMDeleteRootUserCredentials')))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
  });

  test('the resource of AssumeRoot is the root of the target', async () => {
    const world = await openWorld(
      'in process',
      withCaller(allow('sts:AssumeRoot', { Resource: `arn:aws:iam::${network}:root` })),
    );
    await world.clients().sts.send(assume('IAMAuditRootUserCredentials', network));
    expect(await refusalOf(world.clients().sts.send(assume('IAMAuditRootUserCredentials')))).toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('a policy that cannot be evaluated denies and says so', async () => {
    const world = await openWorld(
      'in process',
      withCaller(allow('*', { Condition: { StringResembles: { 'aws:PrincipalArn': 'x' } } })),
    );
    const { name, message } = await refusalOf(world.clients().organizations.send(new ListAccountsCommand({})));
    expect(name).toBe('AccessDeniedException');
    expect(message).toContain('the sandbox cannot evaluate the policy');
    expect(message).toContain('StringResembles');
  });
});

describe('service control policies', () => {
  const deny = (condition: object, more: object = {}) => ({
    Version: '2012-10-17',
    Statement: [{ Sid: 'DenyRoot', Effect: 'Deny', Action: '*', Resource: '*', Condition: condition, ...more }],
  });
  const isRoot = { 'aws:PrincipalArn': 'arn:aws:iam::*:root' };

  test.each<[string, Record<string, unknown> | string, 'passes' | 'AccessDenied']>([
    ['deny root', deny({ StringLike: isRoot }), 'AccessDenied'],
    [
      'deny root, root sessions exempt by Null',
      deny({ StringLike: isRoot, Null: { 'aws:AssumedRoot': 'true' } }),
      'passes',
    ],
    [
      'deny root, root sessions exempt by BoolIfExists',
      deny({ StringLike: isRoot, BoolIfExists: { 'aws:AssumedRoot': 'false' } }),
      'passes',
    ],
    ['deny one other action', deny({ StringLike: isRoot }, { Action: 'iam:DeleteLoginProfile' }), 'passes'],
    ['a region lock', deny({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }), 'AccessDenied'],
    ['deny other organizations', deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }), 'passes'],
    ['an unknown operator', deny({ StringResembles: isRoot }), 'AccessDenied'],
    ['a document that is no policy', '{}', 'AccessDenied'],
  ])('%s: GetAccountSummary in a root session %s', async (_what, document, expected) => {
    const world = await openWorld('in process', withScp(document));
    const { iam } = await world.rootSession(legacyErp, 'IAMAuditRootUserCredentials');
    const asked = iam.send(new GetAccountSummaryCommand({}));
    if (expected === 'passes') await asked;
    else expect(await refusalOf(asked)).toMatchObject({ name: expected, status: 403 });
    // A sibling outside the OU is never touched by it.
    await (await world.rootSession(payments, 'IAMAuditRootUserCredentials')).iam.send(new GetAccountSummaryCommand({}));
  });

  test('a level without FullAWSAccess allows nothing', async () => {
    const targets = ['r-exam', 'ou-exam-workload', 'ou-exam-wrkprod1', payments];
    const world = await openWorld('in process', withPolicy('p-FullAWSAccess', { targets }));
    await (await world.rootSession(payments, 'IAMAuditRootUserCredentials')).iam.send(new GetUserCommand({}));
    const { iam } = await world.rootSession(network, 'IAMAuditRootUserCredentials');
    expect((await refusalOf(iam.send(new GetUserCommand({})))).message).toContain(
      'because no service control policy allows the iam:GetUser action',
    );
  });

  test('they never bind the management account', async () => {
    const everyone = deny({ StringLike: { 'aws:PrincipalArn': '*' } });
    const scenario = withPolicy('p-denyroot1', { document: everyone, targets: ['r-exam', management] });
    const world = await openWorld('in process', scenario);
    await world.clients().iam.send(new GetAccountSummaryCommand({}));
    expect(
      await refusalOf(world.clients(world.sandbox.credentials().member).iam.send(new GetUserCommand({}))),
    ).toMatchObject({ name: 'AccessDenied' });
  });
});
