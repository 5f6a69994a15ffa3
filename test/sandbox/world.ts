process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { type VirtualClock, virtualClock } from '../../harness/clock.ts';
import {
  type Behaviour,
  type Credential,
  createSandbox,
  defaultScenario,
  type Sandbox,
  type Scenario,
  sandboxRequestHandler,
  serveSandbox,
} from '../../src/sandbox/index.ts';
import type { SandboxHandler } from '../../src/sandbox/sdk.ts';

export const transports = ['in process', 'over HTTP'] as const;

/** Starting now because the SDK signs with the system's time. */
export const clockFromNow = (): VirtualClock => virtualClock({ startMs: Date.now() });

export interface World {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  /** Undefined in process. */
  readonly endpoint: string | undefined;
  clients(credential?: Credential, region?: string): Clients;
  /** Clients of a root session in a member account. */
  rootSession(accountId: string, task: string, durationSeconds?: number): Promise<Clients>;
  close(): Promise<void>;
}

export interface Clients {
  readonly organizations: OrganizationsClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
}

type Reach = { readonly endpoint: string } | { readonly requestHandler: SandboxHandler };

export const clientsOf = (reach: Reach & { readonly region: string; readonly credentials: Credential }): Clients => {
  const config = { maxAttempts: 1, ...reach };
  return {
    organizations: new OrganizationsClient(config),
    iam: new IAMClient(config),
    sts: new STSClient(config),
    s3: new S3Client(config),
    sqs: new SQSClient({ ...config, logger: silent }),
  };
};

/** The SDK warns of a queue's URL that is not the endpoint, as here it never is. */
const quiet = (): void => {};
const silent = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

export const taskArn = (task: string): string => `arn:aws:iam::aws:policy/root-task/${task}`;

export async function openWorld(
  transport: (typeof transports)[number],
  scenario: Scenario = enabledScenario(),
  clock = clockFromNow(),
): Promise<World> {
  const sandbox = createSandbox(scenario, { clock, recordRequests: true });
  const server = transport === 'over HTTP' ? await serveSandbox(sandbox, { port: 0 }) : undefined;
  const reach = server ? { endpoint: server.endpoint } : { requestHandler: sandboxRequestHandler(sandbox) };
  const clients = (credentials = sandbox.credentials().management, region = 'us-east-1'): Clients =>
    clientsOf({ region, credentials, ...reach });
  return {
    sandbox,
    clock,
    endpoint: server?.endpoint,
    clients,
    async rootSession(accountId, task, durationSeconds) {
      const { Credentials } = await clients().sts.send(
        new AssumeRootCommand({
          TargetPrincipal: accountId,
          TaskPolicyArn: { arn: taskArn(task) },
          ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }),
        }),
      );
      return clients({
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      });
    },
    close: async () => server?.close(),
  };
}

/** The default organization with centralized root access on. */
export function enabledScenario(behaviour?: Behaviour): Scenario {
  const scenario = defaultScenario();
  return {
    ...scenario,
    ...(scenario.organization
      ? {
          organization: {
            ...scenario.organization,
            trustedServices: [{ servicePrincipal: 'iam.amazonaws.com', enabledAt: '1d ago' }],
            rootCredentialsManagement: true,
            rootSessions: true,
          },
        }
      : {}),
    ...(behaviour ? { behaviour } : {}),
  };
}

/** What the SDK makes of an error answer. */
export async function refusalOf(
  asked: Promise<unknown>,
): Promise<{ name: string; status: number | undefined; message: string }> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata = '$metadata' in error ? error.$metadata : undefined;
    const status =
      typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
        ? Number(metadata.httpStatusCode)
        : undefined;
    return { name: error.name, status, message: error.message };
  }
  throw new Error('it was not refused');
}

export const payments = '123456789012';
export const dataLake = '210987654321';
export const network = '444444444444';
export const legacyErp = '555555555555';
export const suspended = '666666666666';
export const management = '111111111111';
