import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveSandbox } from '../../src/sandbox/index.ts';
import { openWorld, payments, refusalOf, type World } from './world.ts';

let world: World;
let endpoint: string;
let close: () => Promise<void>;
beforeEach(async () => {
  world = await openWorld('in process');
  ({ endpoint, close } = await serveSandbox(world.sandbox, { port: 0 }));
});
afterEach(() => close());

const get = async (path: string, init?: RequestInit): Promise<{ status: number; json: unknown }> => {
  const response = await fetch(endpoint + path, init);
  return { status: response.status, json: await response.json() };
};

test('it listens on loopback only', async () => {
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(serveSandbox(world.sandbox, { port: 0, host: '0.0.0.0' })).rejects.toThrow('loopback only');
});

test('the control routes show the ground truth and the counters', async () => {
  await world.clients().organizations.send(new ListAccountsCommand({}));
  expect(await get('/_sandbox/state')).toMatchObject({
    status: 200,
    json: { accounts: expect.arrayContaining([expect.objectContaining({ id: payments, state: 'ACTIVE' })]) },
  });
  expect(await get('/_sandbox/counters')).toMatchObject({
    json: { requests: 1, byOperation: { 'organizations.ListAccounts': { requests: 1 } } },
  });
  expect(await get('/_sandbox/requests')).toMatchObject({
    json: { requests: [{ operation: 'ListAccounts', outcome: 'ok', callerAccount: '111111111111' }] },
  });
  expect(await get('/_sandbox/reset-counters', { method: 'POST' })).toMatchObject({ status: 200 });
  expect(await get('/_sandbox/counters')).toMatchObject({ json: { requests: 0 } });
  expect(await get('/_sandbox/snapshot')).toMatchObject({ json: { kind: 'rootctl.sandbox' } });
  expect(await get('/_sandbox/nothing')).toMatchObject({ status: 404 });
});

test('the behaviour can be changed while it runs', async () => {
  const behaviour = { throttle: { sts: { ratePerSecond: 1, burst: 1 } } };
  expect(await get('/_sandbox/behaviour', { method: 'POST', body: JSON.stringify(behaviour) })).toMatchObject({
    status: 200,
  });
  const { sts } = world.clients();
  await sts.send(new GetCallerIdentityCommand({}));
  expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ name: 'Throttling' });
  expect(await get('/_sandbox/behaviour', { method: 'POST', body: '{"fire":1}' })).toMatchObject({ status: 400 });
  expect(await get('/_sandbox/behaviour', { method: 'POST', body: 'x' })).toMatchObject({ status: 400 });
});

test('a web page cannot reach the control routes', async () => {
  expect(await get('/_sandbox/state', { headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 });
});

test('an unsigned request is refused in the words of its service', async () => {
  const response = await fetch(endpoint, { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>');
});
