import { type Column, renderTable } from '../render/table.ts';
import {
  type AccountState,
  createSandbox,
  defaultScenario,
  generateScenario,
  parseScenario,
  type Scenario,
  serveSandbox,
} from '../sandbox/index.ts';
import type { Context } from './context.ts';
import { exitCodes, UsageError } from './errors.ts';
import { readNamedFile } from './named-files.ts';
import { openSavedSandbox, sandboxStore } from './sandbox.ts';

async function readScenario(context: Context, path: string): Promise<Scenario> {
  const text = await readNamedFile(context.world, path, 'scenario', 'the format is described in docs/sandbox.md');
  try {
    return parseScenario(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError('InvalidScenario', `${path}: ${why}`, 'the format is described in docs/sandbox.md');
  }
}

/** Serves until interrupted; a scenario given here is not saved, the saved organization is. */
export async function startSandbox(
  context: Context,
  { port, scenario: path }: { readonly port: number; readonly scenario?: string },
): Promise<number> {
  const { world, stops } = context;
  const isJson = context.formatFor('rootctl.error') === 'json';
  const sandbox =
    path === undefined
      ? (await openSavedSandbox(world)).sandbox
      : createSandbox(await readScenario(context, path), { clock: world.clock, recordRequests: true });
  const server = await serveSandbox(sandbox, { port }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      'PortInUse',
      `cannot listen on port ${port} (${code})`,
      'choose another with --port, or 0 for any free one',
    );
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
  context.notice(`simulated organization ${organizationId} on ${endpoint}; Ctrl-C ends it`);
  await new Promise<void>((resolve) => {
    stops.stopping.addEventListener('abort', () => resolve(), { once: true });
    if (stops.stopping.aborted) resolve();
  });
  await server.close();
  return exitCodes.done;
}

export async function resetSandbox(
  context: Context,
  options: { readonly accounts?: number; readonly seed: number; readonly scenario?: string },
): Promise<number> {
  if (options.accounts !== undefined && options.scenario !== undefined) {
    throw new UsageError('ContradictingFlags', '--accounts contradicts --scenario', 'leave out one of them');
  }
  const scenario =
    options.scenario !== undefined
      ? await readScenario(context, options.scenario)
      : options.accounts !== undefined
        ? generateScenario({ accounts: options.accounts, seed: options.seed })
        : defaultScenario(options.seed);
  const sandbox = createSandbox(scenario, { clock: context.world.clock });
  const store = sandboxStore(context.world);
  await store.save(() => sandbox.snapshot());
  context.world.stdout.write(
    `simulated organization ${sandbox.organizationId}: ${sandbox.accounts.length} accounts, saved in ${store.path}\n`,
  );
  return exitCodes.done;
}

export async function showSandbox(context: Context): Promise<number> {
  const isJson = context.formatFor('rootctl.error') === 'json';
  const { sandbox } = await openSavedSandbox(context.world);
  if (isJson) {
    context.world.stdout.write(
      `${JSON.stringify({ organizationId: sandbox.organizationId, accounts: sandbox.accounts }, null, 2)}\n`,
    );
    return exitCodes.done;
  }
  const { columns, paint } = context.view(context.world.stdout);
  const lines = renderTable({ layouts: [heldColumns], rows: sandbox.accounts }, columns, paint);
  context.world.stdout.write(`simulated organization ${sandbox.organizationId}\n\n${lines.join('\n')}\n`);
  return exitCodes.done;
}

const dash = (count: number): string => (count === 0 ? '–' : String(count));

/** Ground truth: what the accounts hold, whatever anybody may read of it. */
const heldColumns: readonly Column<AccountState>[] = [
  { title: 'ACCOUNT', cell: ({ id }) => ({ text: id }) },
  { title: 'NAME', cell: ({ name }) => ({ text: name }), shrink: { least: 8, comfortable: 16 } },
  { title: 'STATE', cell: ({ state }) => ({ text: state.toLowerCase() }), drop: 1 },
  { title: 'PASSWORD', cell: ({ root }) => ({ text: root.loginProfile === undefined ? '–' : 'yes' }) },
  { title: 'KEYS', align: 'right', cell: ({ root }) => ({ text: dash(root.accessKeys.length) }) },
  { title: 'CERTS', align: 'right', cell: ({ root }) => ({ text: dash(root.signingCertificates.length) }) },
  { title: 'MFA', align: 'right', cell: ({ root }) => ({ text: dash(root.mfaDevices.length) }) },
];
