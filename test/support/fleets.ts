import { type VirtualClock, virtualClock } from '../../harness/clock.ts';
import { type Aws, createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import { readOrganization } from '../../src/org/organization.ts';
import { createSettling } from '../../src/root/session.ts';
import type { FleetEnvironment } from '../../src/run/reading.ts';
import {
  createSandbox,
  type Sandbox,
  type SandboxRequest,
  type Scenario,
  sandboxRequestHandler,
} from '../../src/sandbox/index.ts';

/** Many accounts to work on, without the command before that would say which. */
export interface Fleet {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  readonly environment: FleetEnvironment;
  readonly stop: AbortController;
  readonly abort: AbortController;
  /** The accounts whose pace was forgotten, in order. */
  readonly forgotten: readonly string[];
}

export async function fleetOn(
  scenario: Scenario,
  options: {
    readonly concurrency?: number;
    /** Sees each request before the sandbox does. */
    readonly onRequest?: (request: SandboxRequest) => void | Promise<void>;
  } = {},
): Promise<Fleet> {
  const clock = virtualClock();
  const sandbox = createSandbox(scenario, { clock, recordRequests: true });
  const handle: Sandbox['handle'] = async (request, signal) => {
    await options.onRequest?.(request);
    return sandbox.handle(request, signal);
  };
  const called = createAws({
    region: 'us-east-1',
    credentials: sandbox.credentials().management,
    transport: sandboxRequestHandler({ ...sandbox, handle }) as never,
    pace: unpaced,
    clock,
    random: () => 0.5,
    userAgent: 'test',
  });
  const forgotten: string[] = [];
  const aws: Aws = { ...called, forgetAccount: (accountId) => forgotten.push(accountId) };
  const { organization } = await readOrganization(aws);
  const [stop, abort] = [new AbortController(), new AbortController()];
  const environment = {
    aws,
    clock,
    organization,
    concurrency: options.concurrency ?? 1,
    settling: createSettling(clock),
    stopping: stop.signal,
    aborting: abort.signal,
  };
  return { sandbox, clock, environment, stop, abort, forgotten };
}
