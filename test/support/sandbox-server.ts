import { writeFile } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import {
  type AccountState,
  type Behaviour,
  type Counters,
  type Credential,
  createSandbox,
  type RequestRecord,
  type Scenario,
  serveSandbox,
} from '../../src/sandbox/index.ts';
import {
  type Home,
  makeHome,
  type Result,
  type RunOptions,
  rootctl,
  type Started,
  start,
  startProgram,
} from './program.ts';
import { requireValid } from './schemas.ts';

/** A sandbox behind HTTP, with its ground truth read through the control routes. */
export interface Served {
  readonly endpoint: string;
  readonly credentials: {
    readonly management: Credential;
    readonly delegatedAdministrator?: Credential;
    readonly member?: Credential;
  };
  /** What each account really holds. */
  readonly accounts: () => Promise<readonly Pick<AccountState, 'id' | 'name' | 'state' | 'root'>[]>;
  /** How many credentials an account really holds. */
  readonly credentialCount: (id: string) => Promise<number>;
  readonly counters: () => Promise<Counters>;
  readonly requests: () => Promise<readonly RequestRecord[]>;
  readonly setBehaviour: (behaviour: Behaviour) => Promise<void>;
  readonly env: (credential?: Credential) => Record<string, string>;
  /** Runs the real program against it. */
  readonly run: (args: readonly string[], options?: Partial<RunOptions>) => Promise<Result>;
  readonly start: (args: readonly string[], options?: Partial<RunOptions>) => Started;
  readonly home: Home;
}

/** Serves a scenario from within the test's process, for the time of the test. */
export async function serve(scenario: Scenario): Promise<Served> {
  const sandbox = createSandbox(scenario, { clock: systemClock, recordRequests: true });
  const server = await serveSandbox(sandbox, { port: 0 });
  onTestFinished(() => server.close());
  return served(server.endpoint, sandbox.credentials(), await makeHome(), scenario.seed);
}

/** Serves a scenario by the real program, as a person would. */
export async function serveByProgram(scenario: Scenario): Promise<Served & { readonly pid: number }> {
  const home = await makeHome();
  await writeFile(home.file('scenario.json'), JSON.stringify(scenario));
  const child = startProgram(['sandbox', 'start', '--port', '0', '-o', 'json', '--scenario', 'scenario.json'], {
    home,
  });
  child.stdin.end();
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.on('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  const printed = JSON.parse(line) as Pick<Served, 'endpoint' | 'credentials'> & { readonly kind: string };
  requireValid(printed);
  const { endpoint, credentials } = printed;
  return { ...served(endpoint, credentials, home, scenario.seed), pid: child.pid ?? 0 };
}

function served(endpoint: string, credentials: Served['credentials'], home: Home, seed: number): Served {
  const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${endpoint}/_sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const accounts: Served['accounts'] = async () => (await ask<{ accounts: AccountState[] }>('state')).accounts;
  const env = (credential = credentials.management): Record<string, string> => ({
    AWS_ACCESS_KEY_ID: credential.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credential.secretAccessKey,
    AWS_REGION: 'us-east-1',
    ...(credential.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credential.sessionToken }),
  });
  const optionsOf = (options: Partial<RunOptions>): RunOptions => ({
    home,
    ...options,
    env: { ...env(), ...options.env },
  });
  const withEndpoint = (args: readonly string[]) => [...args, '--endpoint-url', endpoint];
  return {
    endpoint,
    credentials,
    home,
    accounts,
    credentialCount: async (id) => {
      const root = (await accounts()).find((account) => account.id === id)?.root;
      if (root === undefined) throw new Error(`there is no account ${id}`);
      return credentialsIn(root);
    },
    counters: () => ask('counters'),
    requests: async () => (await ask<{ requests: RequestRecord[] }>('requests')).requests,
    setBehaviour: async (behaviour) => {
      await ask('behaviour', { method: 'POST', body: JSON.stringify(behaviour) });
    },
    env,
    run: async (args, options = {}) => {
      const given = optionsOf(options);
      const result = await rootctl(withEndpoint(args), given);
      const { requests } = await ask<{ requests: RequestRecord[] }>('requests');
      const { requireNoSecret } = await import('./secrets.ts');
      const ids = requests.flatMap(({ accessKeyId }) => accessKeyId ?? []);
      requireNoSecret(`${result.stdout}${result.stderr}`, seed, ids);
      return result;
    },
    start: (args, options = {}) => start(withEndpoint(args), optionsOf(options)),
  };
}

export const credentialsIn = (root: AccountState['root']): number =>
  root.accessKeys.length +
  root.signingCertificates.length +
  root.mfaDevices.length +
  (root.loginProfile === undefined ? 0 : 1);

/** Which calls an account met, in order: `AssumeRoot`, `GetAccountSummary`, … */
export const callsFor = (requests: readonly RequestRecord[], id: string): readonly string[] =>
  requests.filter(({ targetAccount }) => targetAccount === id).map(({ operation }) => operation);
