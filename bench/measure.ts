import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccountState, generateScenario } from '../src/sandbox/index.ts';
import type { Measured, Row } from './rows.ts';

const binary = 'bin/rootctl.js';

interface Started {
  readonly endpoint: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stop: () => void;
}

/** The sandbox in a process of its own, over HTTP on loopback. */
async function startSandbox(scenarioPath: string, folder: string): Promise<Started> {
  const server = spawn(
    process.execPath,
    [binary, 'sandbox', 'start', '--port', '0', '-o', 'json', '--scenario', scenarioPath],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, XDG_STATE_HOME: join(folder, 'server') },
    },
  );
  const line = await firstLine(server);
  const { endpoint, region, credentials } = JSON.parse(line) as {
    endpoint: string;
    region: string;
    credentials: { management: { accessKeyId: string; secretAccessKey: string } };
  };
  const { AWS_PROFILE: _profile, AWS_SESSION_TOKEN: _token, ...environment } = process.env;
  return {
    endpoint,
    environment: {
      ...environment,
      XDG_STATE_HOME: join(folder, 'client'),
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.management.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.management.secretAccessKey,
    },
    stop: () => server.kill(),
  };
}

function firstLine(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(text);
    });
    server.on('exit', () => reject(new Error('the sandbox did not start')));
  });
}

/** Whole-process figures of one run, as the operating system accounts them. */
export async function measure(row: Row): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-bench-'));
  const scenarioPath = join(folder, 'scenario.json');
  const usagePath = join(folder, 'usage.json');
  const hook = join(folder, 'usage.mjs');
  await writeFile(scenarioPath, JSON.stringify(generateScenario({ ...row.organization, seed: 1, enabled: true })));
  await writeFile(hook, usageHook);
  const sandbox = await startSandbox(scenarioPath, folder);
  try {
    const truth = await stateOf(sandbox.endpoint);
    await fetch(`${sandbox.endpoint}/_sandbox/reset-counters`, { method: 'POST' });
    const beganMs = performance.now();
    const output = await run(['--import', hook, binary, ...row.command, '--endpoint-url', sandbox.endpoint], {
      ...sandbox.environment,
      BENCH_USAGE: usagePath,
    });
    const wallSeconds = (performance.now() - beganMs) / 1000;
    const usage = JSON.parse(await readFile(usagePath, 'utf8')) as { cpuSeconds: number; peakMiB: number };
    const counters = (await (await fetch(`${sandbox.endpoint}/_sandbox/counters`)).json()) as {
      requests: number;
      throttled: number;
    };
    const isDeletion = row.command[0] === 'delete';
    const wrong = isDeletion ? leftOver(output, await stateOf(sandbox.endpoint)) : misread(output, truth);
    return {
      wallSeconds,
      ...usage,
      calls: counters.requests,
      throttled: counters.throttled,
      limitSeconds: row.limitSeconds,
      ...wrong,
      accounts: row.organization.accounts,
    };
  } finally {
    sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const usageHook = `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024 }));
});
`;

function run(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = spawn(process.execPath, [...words], { stdio: ['ignore', 'pipe', 'ignore'], env: environment });
    const chunks: Buffer[] = [];
    client.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.on('error', reject);
    client.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

const stateOf = async (endpoint: string): Promise<readonly AccountState[]> => {
  const state = (await (await fetch(`${endpoint}/_sandbox/state`)).json()) as { accounts: readonly AccountState[] };
  return state.accounts;
};

interface Verdict {
  readonly wrong: number;
  readonly unknown: number;
}

interface ReadAccount {
  readonly id: string;
  readonly status: string;
  readonly credentials: {
    readonly loginProfile: { readonly present: boolean };
    readonly accessKeys: readonly { readonly id: string }[];
    readonly mfaDevices: readonly { readonly serialNumber: string }[];
    readonly signingCertificates: readonly { readonly id: string }[];
  } | null;
}

/** Every credential of every account, compared with what the simulated organization holds. */
function misread(output: string, truth: readonly AccountState[]): Verdict {
  const { accounts } = JSON.parse(output) as { accounts: readonly ReadAccount[] };
  const byId = new Map(truth.map((account) => [account.id, account.root]));
  const wrong = accounts.filter(({ id, status, credentials }) => {
    const root = byId.get(id);
    if (status === 'skipped') return false;
    if (root === undefined || credentials === null) return true;
    const seen = [
      credentials.loginProfile.present,
      credentials.accessKeys.map((key) => key.id),
      credentials.signingCertificates.map((one) => one.id),
      credentials.mfaDevices.map((device) => device.serialNumber),
    ];
    const held = [
      root.loginProfile !== undefined,
      root.accessKeys.map((key) => key.id),
      root.signingCertificates.map((one) => one.id),
      root.mfaDevices.map((device) => device.serialNumber),
    ];
    return JSON.stringify(seen) !== JSON.stringify(held);
  });
  return { wrong: wrong.length, unknown: accounts.filter(({ status }) => status === 'unknown').length };
}

function leftOver(output: string, state: readonly AccountState[]): Verdict {
  const { accounts } = JSON.parse(output) as { accounts: readonly { readonly id: string; readonly outcome: string }[] };
  const holding = new Set(
    state
      .filter(
        ({ root }) =>
          root.loginProfile !== undefined ||
          root.accessKeys.length + root.signingCertificates.length + root.mfaDevices.length > 0,
      )
      .map(({ id }) => id),
  );
  const wrong = accounts.filter(
    ({ id, outcome }) => outcome !== 'skipped' && (outcome !== 'deleted' || holding.has(id)),
  );
  return { wrong: wrong.length, unknown: 0 };
}
