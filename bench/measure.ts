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
  // What a machine adds to every Node is not the program's: more certificates take it 38 ms by themselves.
  const {
    AWS_PROFILE: _profile,
    AWS_SESSION_TOKEN: _token,
    NODE_EXTRA_CA_CERTS: _certificates,
    ...environment
  } = process.env;
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

/** One run of the program, as the operating system accounts its whole process. */
export interface Ran {
  readonly output: string;
  readonly code: number | null;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly calls: number;
  readonly throttled: number;
}

export interface Place {
  /** A folder of its own, which goes with it. */
  readonly folder: string;
  readonly state: () => Promise<readonly AccountState[]>;
  readonly run: (command: readonly string[]) => Promise<Ran>;
}

/** A simulated organization in another process, and a folder to run in. */
export async function inOrganization<Result>(
  organization: Row['organization'],
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-bench-'));
  const scenarioPath = join(folder, 'scenario.json');
  const usagePath = join(folder, 'usage.json');
  const hook = join(folder, 'usage.mjs');
  await writeFile(scenarioPath, JSON.stringify(generateScenario({ ...organization, seed: 1, enabled: true })));
  await writeFile(hook, usageHook);
  const sandbox = await startSandbox(scenarioPath, folder);
  try {
    return await work({
      folder,
      state: () => stateOf(sandbox.endpoint),
      run: async (command) => {
        await fetch(`${sandbox.endpoint}/_sandbox/reset-counters`, { method: 'POST' });
        const where = command[0] === 'sandbox' ? [] : ['--endpoint-url', sandbox.endpoint];
        const beganMs = performance.now();
        const ended = await run(['--import', hook, binary, ...command, ...where], {
          ...sandbox.environment,
          BENCH_USAGE: usagePath,
        });
        const wallSeconds = (performance.now() - beganMs) / 1000;
        const usage = JSON.parse(await readFile(usagePath, 'utf8')) as { cpuSeconds: number; peakMiB: number };
        const counters = (await (await fetch(`${sandbox.endpoint}/_sandbox/counters`)).json()) as {
          requests: number;
          throttled: number;
        };
        return { ...ended, wallSeconds, ...usage, calls: counters.requests, throttled: counters.throttled };
      },
    });
  } finally {
    sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const listingAlone = ['status', '--exclude', '*', '-o', 'json'];

/** Whole-process figures of one row. */
export const measure = (row: Row): Promise<Measured> =>
  inOrganization(row.organization, async ({ state, run: runIn }) => {
    const truth = await state();
    const listing = row.isListing === true ? (await runIn(listingAlone)).wallSeconds : 0;
    const { output, code: _, ...figures } = await runIn(row.command);
    const isDeletion = row.command[0] === 'delete';
    return {
      ...figures,
      limitSeconds: row.limitSeconds === null ? null : Math.max(row.limitSeconds, listing),
      ...(isDeletion ? leftOver(output, await state()) : misread(output, truth)),
      accounts: row.organization.accounts,
    };
  });

const usageHook = `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024 }));
});
`;

function run(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Pick<Ran, 'output' | 'code'>> {
  return new Promise((resolve, reject) => {
    const client = spawn(process.execPath, [...words], { stdio: ['ignore', 'pipe', 'ignore'], env: environment });
    const chunks: Buffer[] = [];
    client.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.on('error', reject);
    client.on('close', (code) => resolve({ output: Buffer.concat(chunks).toString('utf8'), code }));
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

/** Every credential of every account, compared with what the simulated organization holds. @param output json, or ndjson. */
export function misread(output: string, truth: readonly AccountState[]): Verdict {
  const accounts = accountsIn(output);
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

/** Of json, or of ndjson, whose last line is its summary. */
function accountsIn(output: string): readonly ReadAccount[] {
  if (output.startsWith('{\n')) return (JSON.parse(output) as { accounts: readonly ReadAccount[] }).accounts;
  const lines = output.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as ReadAccount);
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
