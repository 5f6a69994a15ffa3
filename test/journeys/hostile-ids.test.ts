import { expect, test } from 'vitest';
import type { Transport } from '../../src/aws/transport.ts';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import { fullMembers, memberId, organizationId, scenarioOf } from '../support/scenarios.ts';
import { createScene, keptOf } from '../support/scene.ts';

const first = memberId(0);
const hostile = ['../../../pwned', '/etc/pwned', 'pwned\u001b[2J', 'pwned\nx', '.', ''];

/** Ids become names of files, parts of requests and lines on a terminal: AWS's are checked like people's. */
test.each(
  hostile.flatMap((id) => [
    ['organization', 'DescribeOrganization', `"Id":"${organizationId}"`, `"Id":${JSON.stringify(id)}`] as const,
    [
      'management account',
      'DescribeOrganization',
      '"MasterAccountId":"111111111111"',
      `"MasterAccountId":${JSON.stringify(id)}`,
    ] as const,
    ['account', 'ListAccounts', `"Id":"${first}"`, `"Id":${JSON.stringify(id)}`] as const,
    ['session key', 'AssumeRoot', /(?<=<AccessKeyId>)\w+/u, xml(id)] as const,
    ['access key', 'ListAccessKeys', /(?<=<AccessKeyId>)\w+/u, xml(id)] as const,
  ]),
)('%s (%s, %s → %s): nothing is deleted, and nothing is written anywhere', async (_what, operation, from, to) => {
  const scene = createScene(scenarioOf(fullMembers(1)));
  const handler = sandboxRequestHandler(scene.sandbox);
  const transport: Transport = {
    handle: async (request, options) => {
      const { response } = await handler.handle(request as never, options as never);
      const asked = `${request.headers['x-amz-target']} ${typeof request.body === 'string' ? request.body : ''}`;
      const body = Buffer.from(response.body).toString();
      const isMeant = asked.includes(operation);
      return { response: { ...response, body: Buffer.from(isMeant ? body.replace(from, to) : body) } } as never;
    },
    destroy: () => {},
  };
  const credentials = scene.sandbox.credentials().management;
  const result = await scene.run(['delete', '--all', '--yes'], {
    connection: { transport, credentials, region: 'us-east-1' },
  });
  expect(result.code).toBe(1);
  expect(result.stdout + result.stderr).toMatch(/is\s+not\s+in\s+the\s+form\s+that\s+AWS\s+uses/u);
  expect(result.stdout + result.stderr).not.toContain('pwned');
  expect(credentialsIn(scene.account(first).root)).toBe(6);
  expect(keptOf(scene)).toEqual([]);
});

function xml(text: string): string {
  return text.replace(/[\u0000-\u001f]/gu, (control) => `&#x${control.charCodeAt(0).toString(16)};`);
}
