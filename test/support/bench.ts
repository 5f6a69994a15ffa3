import { virtualClock } from '../../harness/clock.ts';
import { memoryDisk } from '../../harness/disk.ts';
import { connectionTo, createWorld } from '../../harness/world.ts';
import type { Environment } from '../../src/actions/environment.ts';
import type { ActionEvent } from '../../src/actions/events.ts';
import { type Aws, createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import { createSettling } from '../../src/root/session.ts';
import { createSandbox, type Sandbox, type SandboxRequest, type Scenario } from '../../src/sandbox/index.ts';
import { english } from './speech.ts';

export interface BenchOptions {
  /** Hears each event after it is kept. */
  readonly onEvent?: (event: ActionEvent) => void;
  /** Sees each request before the sandbox does. */
  readonly onRequest?: (request: SandboxRequest) => void;
  /** Who calls; the management account, unless somebody else. */
  readonly as?: keyof ReturnType<Sandbox['credentials']>;
  /** What stands before AWS. */
  readonly awsOf?: (aws: Aws) => Aws;
}

/** The world of an action: a simulated AWS, a disk in memory, a clock that jumps, and whoever listens. */
export function createBench(
  scenario: Scenario,
  { onEvent, onRequest, as = 'management', awsOf = (aws) => aws }: BenchOptions = {},
) {
  const clock = virtualClock();
  const files = memoryDisk();
  const { processes, random } = createWorld({ clock, state: files });
  const sandbox = createSandbox(scenario, { clock, recordRequests: true });
  const handle: typeof sandbox.handle = (request, signal) => {
    onRequest?.(request);
    return sandbox.handle(request, signal);
  };
  const events: ActionEvent[] = [];
  const [stopping, aborting] = [new AbortController(), new AbortController()];
  const credentials = sandbox.credentials()[as];
  if (credentials === undefined) throw new Error(`the scenario has no ${as}`);
  const connection = connectionTo({ handle }, credentials);
  const environment: Environment = {
    aws: awsOf(createAws({ ...connection, pace: unpaced, clock, random, userAgent: 'test' })),
    clock,
    isTimeKnown: () => true,
    random,
    stops: { stopping: stopping.signal, aborting: aborting.signal },
    concurrency: 1,
    settling: createSettling(clock),
    state: files,
    processes,
    protections: [],
    product: { version: '0.0.0', isSimulated: true },
    entryOf: english.entryOf,
    report: (event) => {
      events.push(event);
      onEvent?.(event);
    },
    ask: () => Promise.reject(new Error('nobody is there to answer')),
  };
  return { clock, sandbox, files, environment, events, stopping, aborting };
}
