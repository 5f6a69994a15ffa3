import { headingOf } from '../actions/heading.ts';
import type { SandboxResetDocument, SandboxShowDocument, SimulatedAccount } from '../documents/index.ts';
import { problemError } from '../problems/index.ts';
import {
  type AccountState,
  createSandbox,
  defaultScenario,
  parseScenario,
  type Sandbox,
  type Scenario,
  seededScenario,
  serveSandbox,
} from '../sandbox/index.ts';
import type { Context } from './context.ts';
import { exitCodes } from './errors.ts';
import { readNamedFile } from './named-files.ts';
import { openSavedSandbox, type SavedSandbox, withSandboxStore } from './sandbox.ts';

async function readScenario(context: Context, path: string): Promise<Scenario> {
  const text = await readNamedFile(context.world, path, 'scenario');
  try {
    return parseScenario(text);
  } catch (error) {
    throw problemError('InvalidScenario', { path, said: error instanceof Error ? error.message : String(error) });
  }
}

/** Serves until interrupted. A scenario given here is not saved; the saved organization is, and nobody else works on it. */
export async function startSandbox(
  context: Context,
  { port, scenario: path }: { readonly port: number; readonly scenario?: string },
): Promise<number> {
  const isJson = context.formatFor('rootctl.error') === 'json';
  const { sandbox, close } =
    path === undefined ? await openSavedSandbox(context, 'server') : await describedSandbox(context, path);
  try {
    await serveUntilStopped(context, sandbox, port, isJson);
  } finally {
    await close();
  }
  return exitCodes.done;
}

async function describedSandbox(context: Context, path: string): Promise<SavedSandbox> {
  const scenario = await readScenario(context, path);
  return {
    sandbox: createSandbox(scenario, { clock: context.world.clock, recordRequests: true }),
    close: async () => {},
  };
}

async function serveUntilStopped(context: Context, sandbox: Sandbox, port: number, isJson: boolean): Promise<void> {
  const { world, stops } = context;
  const server = await serveSandbox(sandbox, { port }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw problemError('PortInUse', { port, code });
  });
  const credentials = sandbox.credentials();
  const { endpoint } = server;
  const { organizationId } = sandbox;
  const region = context.options.region ?? sandbox.region;
  world.stdout.write(
    isJson
      ? `${JSON.stringify({ endpoint, region, organizationId, credentials })}\n`
      : [
          `export AWS_ENDPOINT_URL=${endpoint}`,
          `export AWS_REGION=${region}`,
          // The AWS CLI v1, and what else builds on botocore, reads no other.
          `export AWS_DEFAULT_REGION=${region}`,
          `export AWS_ACCESS_KEY_ID=${credentials.management.accessKeyId}`,
          `export AWS_SECRET_ACCESS_KEY=${credentials.management.secretAccessKey}`,
          'unset AWS_SESSION_TOKEN AWS_PROFILE',
          '',
        ].join('\n'),
  );
  context.notice(context.speech.words.terminal.sandbox.serving(organizationId, endpoint));
  await new Promise<void>((resolve) => {
    stops.stopping.addEventListener('abort', () => resolve(), { once: true });
    if (stops.stopping.aborted) resolve();
  });
  await server.close();
}

export async function resetSandbox(
  context: Context,
  options: { readonly accounts?: number; readonly seed: number; readonly scenario?: string },
): Promise<number> {
  if (options.accounts !== undefined && options.scenario !== undefined) {
    throw problemError('ContradictingFlags', { flag: '--accounts', others: ['--scenario'], why: 'either-or' });
  }
  context.formatFor('rootctl.sandbox.reset');
  const scenario =
    options.scenario !== undefined
      ? await readScenario(context, options.scenario)
      : seededScenario(options.accounts, options.seed);
  const sandbox = createSandbox(scenario, { clock: context.world.clock });
  const path = await withSandboxStore(context, async (store) => {
    await store.save(() => sandbox.snapshot());
    return store.path;
  });
  const document: SandboxResetDocument = {
    ...headingOf(context.groundwork, 'rootctl.sandbox.reset', true),
    simulated: true,
    organizationId: sandbox.organizationId || null,
    accountCount: sandbox.accounts.length,
    path,
  };
  context.print(document);
  return exitCodes.done;
}

export async function showSandbox(context: Context): Promise<number> {
  context.formatFor('rootctl.sandbox.show');
  const saved = await withSandboxStore(context, (store) => store.load());
  const sandbox = createSandbox(saved ?? defaultScenario(), { clock: context.world.clock });
  const document: SandboxShowDocument = {
    ...headingOf(context.groundwork, 'rootctl.sandbox.show', true),
    simulated: true,
    organizationId: sandbox.organizationId || null,
    accounts: sandbox.accounts.map(simulatedAccountOf),
  };
  context.print(document);
  return exitCodes.done;
}

const placeOf = ({ name, region }: { readonly name: string; readonly region: string }) => ({ name, region });

function simulatedAccountOf(account: AccountState): SimulatedAccount {
  const { id, name, email, state, parentId, joinedMethod, joinedAt, tags, root, buckets, queues } = account;
  return {
    id,
    name,
    email,
    state,
    parentId,
    joinedMethod,
    joinedAt,
    tags,
    root: {
      createdAt: root.createdAt,
      passwordLastUsedAt: root.passwordLastUsedAt ?? null,
      loginProfile: root.loginProfile ?? null,
      accessKeys: root.accessKeys.map(({ lastUsed, ...key }) => ({ ...key, lastUsed: lastUsed ?? null })),
      signingCertificates: root.signingCertificates,
      mfaDevices: root.mfaDevices,
    },
    buckets: buckets.map(placeOf),
    queues: queues.map(placeOf),
  };
}
