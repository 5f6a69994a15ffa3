import { describe, expect, test } from 'vitest';
import type { Transport } from '../../src/aws/transport.ts';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { enabledDefault, management } from '../support/issue5-scenarios.ts';
import { createScene, type Scene } from '../support/scene.ts';

interface Check {
  readonly id: string;
  readonly result: string;
  readonly message: string;
  readonly cure: string | null;
}

/** AWS, but for the calls whose request has `part` in it: those are answered by somebody else. */
function answeredBy(scene: Scene, part: string, statusCode: number, contentType: string, text: string) {
  const handler = sandboxRequestHandler(scene.sandbox);
  const transport: Transport = {
    handle: async (request, options) => {
      const { response } = await handler.handle(request as never, options as never);
      const asked = `${request.headers['x-amz-target']} ${typeof request.body === 'string' ? request.body : ''}`;
      if (!asked.includes(part)) return { response } as never;
      return { response: { statusCode, headers: { 'content-type': contentType }, body: Buffer.from(text) } } as never;
    },
    destroy: () => {},
  };
  return { connection: { transport, credentials: scene.sandbox.credentials().management, region: 'us-east-1' } };
}

const signIn = '<!doctype html><html><body>Sign in to <b>ACME</b></body></html>';
const invalidAction =
  '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation</Message></Error></ErrorResponse>';

describe('an answer that is not AWS’s names who answered', () => {
  test.each([
    ['DescribeOrganization', 'DescribeOrganization', 200, 'organizations.us-east-1.amazonaws.com'],
    ['GetCallerIdentity', 'Action=GetCallerIdentity', 200, 'sts.us-east-1.amazonaws.com'],
    ['ListOrganizationsFeatures', 'Action=ListOrganizationsFeatures', 403, 'iam.amazonaws.com'],
  ])('%s', async (operation, part, statusCode, host) => {
    const scene = createScene(enabledDefault());
    const { code, stderr, stdout } = await scene.run(
      ['status'],
      answeredBy(scene, part, statusCode, 'text/html; charset=utf-8', signIn),
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`error: ${operation}: ${host} did not respond like AWS (HTTP ${statusCode}, text/html)`);
    expect(stderr).toContain('a proxy or a sign-in page: check --endpoint-url and the network');
    expect(stderr).not.toMatch(/ACME|XML|parse|run the command again/u);
  });
});

describe('InvalidAction', () => {
  test('of IAM speaks of the endpoint, and of no region of STS', async () => {
    const scene = createScene(enabledDefault());
    const world = answeredBy(scene, 'Action=ListOrganizationsFeatures', 400, 'text/xml', invalidAction);
    const { code, stderr } = await scene.run(['status'], world);
    expect(code).toBe(1);
    expect(stderr).toContain('ListOrganizationsFeatures: Could not find operation');
    expect(stderr).toContain('hint: the endpoint does not know this call: check --endpoint-url');
    expect(stderr).not.toMatch(/region|STS/u);
  });

  test('of STS speaks of regional endpoints', async () => {
    const scene = createScene(enabledDefault());
    const { stderr } = await scene.run(
      ['status'],
      answeredBy(scene, 'Action=AssumeRoot', 400, 'text/xml', invalidAction),
    );
    expect(stderr).toContain('AssumeRoot, which needs a regional STS endpoint: check --region and --endpoint-url');
  });

  test('of IAM in a root session is no fault of the region', async () => {
    const scene = createScene(enabledDefault());
    const world = answeredBy(scene, 'Action=GetAccountSummary', 400, 'text/xml', invalidAction);
    const checks: readonly Check[] = (await scene.run(['doctor', '-o', 'json'], world)).json.checks;
    expect(checks.find(({ id }) => id === 'sts-region')?.result).toBe('ok');
    expect(checks.find(({ id }) => id === 'root-session')).toMatchObject({
      result: 'fail',
      message: expect.stringContaining('GetAccountSummary: Could not find operation'),
    });
  });
});

describe('doctor says once what failed, and of the others which check they needed', () => {
  const checksOf = async (scene: Scene, more = {}): Promise<readonly Check[]> =>
    (await scene.run(['doctor', '-o', 'json'], more)).json.checks;
  const failing = (operation: string) =>
    createScene(enabledDefault({}, { behaviour: { faults: [{ kind: 'http-500', rate: 1, operation }] } }));
  const idsWith = (checks: readonly Check[], result: string) =>
    checks.filter((check) => check.result === result).map(({ id }) => id);
  const saying = (checks: readonly Check[], text: string) =>
    checks.filter(({ message }) => message.includes(text)).length;

  test('the organization', async () => {
    const checks = await checksOf(failing('DescribeOrganization'));
    expect(idsWith(checks, 'fail')).toEqual(['organization']);
    expect(saying(checks, 'DescribeOrganization')).toBe(1);
    expect(saying(checks, 'not checked: the check "organization" failed')).toBe(7);
    expect(saying(checks, 'could not be read')).toBe(0);
  });

  test('the features: the organization and the members are looked at all the same', async () => {
    const checks = await checksOf(failing('ListOrganizationsFeatures'));
    expect(idsWith(checks, 'fail')).toEqual(['root-credentials-management']);
    expect(idsWith(checks, 'unknown')).toEqual(['root-sessions']);
    expect(saying(checks, 'ListOrganizationsFeatures')).toBe(1);
    expect(saying(checks, 'not checked: the check "root credentials management" failed')).toBe(1);
    expect(checks.find(({ id }) => id === 'organization')).toMatchObject({ result: 'ok' });
    expect(checks.find(({ id }) => id === 'root-session')).toMatchObject({ result: 'ok' });
  });

  test('trusted access, while the features are known', async () => {
    const checks = await checksOf(failing('ListDelegatedAdministrators'));
    expect(idsWith(checks, 'fail')).toEqual([]);
  });

  test('the accounts', async () => {
    const checks = await checksOf(failing('ListAccounts'));
    expect(idsWith(checks, 'fail')).toEqual(['root-session']);
    expect(saying(checks, 'ListAccounts')).toBe(1);
    expect(saying(checks, 'not checked: the check "root session" failed')).toBe(2);
  });

  test('the policies: no permission is asked for where none was missing', async () => {
    const checks = await checksOf(failing('ListPoliciesForTarget'));
    expect(checks.find(({ id }) => id === 'scp')).toMatchObject({
      result: 'unknown',
      message: expect.stringContaining('could not be read: ListPoliciesForTarget'),
      cure: null,
    });
  });

  test('a root user, whose credentials do work', async () => {
    const arn = `arn:aws:iam::${management}:root`;
    const scene = createScene(enabledDefault({}, { callers: [{ name: 'management', accountId: management, arn }] }));
    const checks = await checksOf(scene);
    expect(idsWith(checks, 'fail')).toEqual(['credentials']);
    expect(saying(checks, 'not checked: the check "credentials" failed')).toBe(8);
    expect(saying(checks, 'do not work')).toBe(0);
  });
});
