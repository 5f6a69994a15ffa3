import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transport } from '../../src/aws/transport.ts';
import { sandboxRequestHandler } from '../../src/sandbox/index.ts';
import { holds } from '../support/properties.ts';
import { credentialsIn } from '../support/sandbox-server.ts';
import { accessKey, certificate, everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, type Scene, type SceneResult } from '../support/scene.ts';
import { fieldsOf, foreignBodies, type Spoil, spoils, spoilt } from '../support/spoil.ts';

/** The text of a successful answer as it comes; `nth` counts the answers of its operation from 0. */
type Spoiler = (operation: string, body: string, nth: number) => string;

/** More requests than any command here needs, tries again included: with one more it would go on for ever. */
const requestsMax = 2_000;

const full = memberId(0);
const locked = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Lock', Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
};
const organization = scenarioOf(
  [
    {
      root: everything(full),
      buckets: [{ name: 'ledger', region: 'eu-west-1', policy: locked }],
      queues: [{ name: 'events', region: 'us-east-1', policy: locked }],
    },
    { root: password },
    {},
    { root: { accessKeys: [accessKey(memberId(3), 1, '1h ago')], signingCertificates: [certificate(memberId(3))] } },
  ],
  { behaviour: { iamPageSize: 1, organizationsPageSize: 2 } },
);

interface Command {
  readonly args: readonly string[];
  /** The operations whose answers are spoilt here; the others' are spoilt where they cost least. */
  readonly about: RegExp;
  /** What must never be said, given what is really there. */
  readonly requireTruth: (result: SceneResult, scene: Scene) => void;
}

const held = (scene: Scene, id: string): number => credentialsIn(scene.account(id).root);
const documentIn = ({ stdout }: SceneResult) => (stdout.trimStart().startsWith('{') ? JSON.parse(stdout) : null);
const ids = [0, 1, 2, 3].map(memberId);
const policyOf = (scene: Scene, kind: 'buckets' | 'queues') => scene.account(full)[kind][0]?.policy;

const unlock = (service: string, flag: string, name: string, kind: 'buckets' | 'queues'): Command => ({
  about: /^(?:AssumeRoot|GetQueue\w+|SetQueue\w+|\w+ .*)$/u,
  args: ['unlock', service, '--account', full, flag, name, '--delete-policy', '--yes', '-o', 'json'],
  requireTruth: (result, scene) => {
    if (result.code === 0 || documentIn(result)?.outcome === 'deleted') expect(policyOf(scene, kind)).toBeUndefined();
  },
});

const commands: Readonly<Record<string, Command>> = {
  status: {
    about: /^/u,
    args: ['status', '--check', '-o', 'json'],
    requireTruth: (result, scene) => {
      expect(result.code).not.toBe(0);
      for (const { id, status } of documentIn(result)?.accounts ?? []) {
        if (status === 'absent') expect([id, held(scene, id)]).toEqual([id, 0]);
      }
    },
  },
  delete: {
    about: /^(?:AssumeRoot|GetUser|List(?:Access|MFA|Signing)\w+|(?:Get|Delete)LoginProfile|Delete\w+|Deactivate\w+)$/u,
    args: ['delete', '--all', '--yes', '-o', 'json', '--wait', '5s'],
    requireTruth: (result, scene) => {
      for (const { id, outcome, actions } of documentIn(result)?.accounts ?? []) {
        if (outcome === 'deleted' || outcome === 'absent') expect([id, held(scene, id)]).toEqual([id, 0]);
        const { root } = scene.account(id);
        const there: readonly (string | null)[] = [
          ...root.accessKeys.map((key) => key.id),
          ...root.signingCertificates.map((one) => one.id),
          ...root.mfaDevices.map((device) => device.serialNumber),
          ...(root.loginProfile === undefined ? [] : [null]),
        ];
        for (const action of actions) {
          if (action.result === 'deleted' || action.result === 'already-gone') expect(there).not.toContain(action.id);
        }
      }
      if (result.code === 0) expect(ids.map((id) => held(scene, id))).toEqual([0, 0, 0, 0]);
    },
  },
  'unlock s3': unlock('s3', '--bucket', 'ledger', 'buckets'),
  'unlock sqs': unlock('sqs', '--queue', 'events', 'queues'),
  recover: {
    about: /^(?:AssumeRoot|\w+LoginProfile)$/u,
    args: ['recover', memberId(2), '--yes', '-o', 'json'],
    requireTruth: (result, scene) => {
      if (result.code === 0) expect(scene.account(memberId(2)).root.loginProfile).toBeDefined();
    },
  },
};

/** What AWS itself leaves out when there is nothing to say, and single members of a list: nothing tells that they are gone. */
const silent = new Set(['PasswordLastUsed', 'NextToken', 'member', 'Bucket', 'ContinuationToken', 'QueueUrls']);
const isSilent = (operation: string, field: string, spoil: Spoil): boolean =>
  (spoil === 'drop' && silent.has(field)) ||
  // An empty policy is none (API Reference, `SetQueueAttributes`).
  (operation === 'GetQueueAttributes' && field === 'Policy' && (spoil === 'drop' || spoil === 'empty'));

async function runSpoilt(command: Command, spoiler: Spoiler): Promise<SceneResult> {
  const scene = createScene(organization);
  const handler = sandboxRequestHandler(scene.sandbox);
  const counts = new Map<string, number>();
  const transport: Transport = {
    handle: async (request, options) => {
      if (scene.sandbox.requests.length >= requestsMax) throw new Error('the command asks without end');
      const { response } = await handler.handle(request, options);
      const operation = operationIn(request);
      const nth = counts.get(operation) ?? 0;
      counts.set(operation, nth + 1);
      const body = Buffer.from(response.body).toString();
      return {
        response: { ...response, body: Buffer.from(response.statusCode < 300 ? spoiler(operation, body, nth) : body) },
      };
    },
    destroy: () => {},
  };
  const credentials = scene.sandbox.credentials().management;
  const result = await scene.run(command.args, { connection: { transport, credentials, region: 'us-east-1' } });
  expect(scene.sandbox.requests.length).toBeLessThan(requestsMax);
  command.requireTruth(result, scene);
  return result;
}

function operationIn({ method, query, headers, body }: Parameters<Transport['handle']>[0]): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.split('.')[1] ?? '';
  const action = typeof body === 'string' ? /(?:^|&)Action=(\w+)/u.exec(body)?.[1] : undefined;
  return action ?? `${method} ${Object.keys(query ?? {}).join()}`;
}

/** Every field of every answer that the command meets when nothing is spoilt. */
async function fieldsMet(command: Command): Promise<readonly (readonly [string, string])[]> {
  const met = new Set<string>();
  await runSpoilt(command, (operation, body) => {
    for (const field of fieldsOf(body)) met.add(`${operation} ${field}`);
    return body;
  });
  return [...met]
    .sort()
    .map((name) => [name.slice(0, name.lastIndexOf(' ')), name.slice(name.lastIndexOf(' ') + 1)] as const)
    .filter(([operation]) => command.about.test(operation));
}

describe.each(Object.entries(commands))('%s', (_name, command) => {
  test.each(spoils)('tells nothing that is not so when a field is spoilt in every answer: %s', async (spoil) => {
    for (const [operation, field] of await fieldsMet(command)) {
      if (isSilent(operation, field, spoil)) continue;
      await runSpoilt(command, (asked, body) => (asked === operation ? spoilt(body, field, spoil) : body)).catch(
        (error: unknown) => {
          throw new Error(`${spoil} ${operation}.${field}: ${String(error)}`, { cause: error });
        },
      );
    }
  });

  test("tells nothing that is not so when an answer is not AWS's", async () => {
    for (const operation of new Set((await fieldsMet(command)).map(([name]) => name))) {
      for (const foreign of foreignBodies) {
        await runSpoilt(command, (asked, body) => (asked === operation ? foreign : body)).catch((error: unknown) => {
          throw new Error(`${operation} ${JSON.stringify(foreign)}: ${String(error)}`, { cause: error });
        });
      }
    }
  });

  test('tells nothing that is not so when some answers are spoilt, each in its own way', async () => {
    const met = await fieldsMet(command);
    const one = fc.record({
      field: fc.constantFrom(...met),
      spoil: fc.constantFrom<Spoil>(...spoils),
      from: fc.nat({ max: 6 }),
      count: fc.constantFrom(1, 3, 1_000),
    });
    const property = fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 3 }), async (chosen) => {
      await runSpoilt(command, (operation, body, nth) =>
        chosen
          .filter(({ field: [name, field], spoil }) => name === operation && !isSilent(name, field, spoil))
          .filter(({ from, count }) => nth >= from && nth < from + count)
          .reduce((text, { field: [, field], spoil }) => spoilt(text, field, spoil), body),
      );
    });
    await holds(property, 25);
  });
});

/** Each was seen to be told as clean, as gone or without end. */
describe('rootctl status --check', () => {
  const status = commands['status'] as Command;
  const onListAccounts = (change: (page: { Accounts: { Id: string }[]; NextToken?: string }) => object): Spoiler => {
    return (operation, body) => (operation === 'ListAccounts' ? JSON.stringify(change(JSON.parse(body))) : body);
  };

  let token: string | undefined;
  const firstToken = (page: { NextToken?: string }) => {
    token ??= page.NextToken;
    return token;
  };

  test.each<[string, Spoiler, RegExp]>([
    [
      'the list is missing',
      onListAccounts(() => ({})),
      /ListAccounts: the response is incomplete: Accounts is missing/u,
    ],
    ['every list is empty', onListAccounts(() => ({ Accounts: [] })), /ended without the management account/u],
    [
      'the management account is missing',
      onListAccounts((page) => ({ ...page, Accounts: page.Accounts.filter(({ Id }) => !Id.startsWith('1')) })),
      /ended without the management account/u,
    ],
    [
      'a page token comes again',
      onListAccounts((page) => ({ ...page, NextToken: firstToken(page) })),
      /the same page token twice/u,
    ],
    [
      'the answer is a web page',
      (operation, body) => (operation === 'ListAccounts' ? (foreignBodies[2] ?? '') : body),
      /ListAccounts: organizations\.us-east-1\.amazonaws\.com did not respond like AWS/u,
    ],
  ])('exits 1 with the reason when %s', async (_what, spoiler, reason) => {
    const result = await runSpoilt(status, spoiler);
    expect(result.code).toBe(1);
    expect(result.stdout + result.stderr).toMatch(reason);
  });

  test('a malformed answer that passes is asked for again, and the result is the same', async () => {
    const whole = await runSpoilt(status, (_operation, body) => body);
    const passing = await runSpoilt(status, (_operation, body, nth) =>
      nth === 0 ? spoilt(body, 'nothing', 'drop').slice(0, -20) : body,
    );
    expect(passing.code).toBe(2);
    expect(passing.json.accounts).toEqual(whole.json.accounts);
  });
});
