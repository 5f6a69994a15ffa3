import { spawn } from 'node:child_process';
import { GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { systemClock } from '../src/clock.ts';
import { type Behaviour, createSandbox, generateScenario, serveSandbox } from '../src/sandbox/index.ts';

/** Two designs that rootctl does not have, measured beside it. */
export type Design =
  /** A client, with a handler of its own, for each account: what most programs do. */
  | 'client-per-account'
  /** One STS client in the SDK's adaptive retry mode, as patient as rootctl is. */
  | 'adaptive-mode';

export interface Comparison {
  readonly calls: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Accounts given up. */
  readonly lost: number;
  /** Throttled answers, as the sandbox counted them. */
  readonly throttled: number;
}

/** Runs the design in a process of its own (this very program with `--design`), against a sandbox in this one. */
export async function compare(design: Design, accounts: number, behaviour: Behaviour): Promise<Comparison> {
  const scenario = generateScenario({ accounts, seed: 1, enabled: true, withCredentials: 0, suspended: 0, behaviour });
  const sandbox = createSandbox(scenario, { clock: systemClock });
  const server = await serveSandbox(sandbox, { port: 0 });
  const management = scenario.organization?.managementAccountId;
  const ids = sandbox.accounts.map(({ id }) => id).filter((id) => id !== management);
  const input: Work = { design, endpoint: server.endpoint, credentials: sandbox.credentials().management, ids };
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1] ?? '', '--design'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', () => resolve(text));
    child.stdin.end(JSON.stringify(input));
  });
  const { requests, throttled } = sandbox.counters();
  await server.close();
  return { ...(JSON.parse(output) as Omit<Comparison, 'calls' | 'throttled'>), calls: requests, throttled };
}

interface Work {
  readonly design: Design;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly ids: readonly string[];
}

/** The client's side: `--design`, its work on stdin. */
export async function runDesign(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const { design, endpoint, credentials, ids } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Work;
  const isAdaptive = design === 'adaptive-mode';
  const sts = new STSClient({
    region: 'us-east-1',
    endpoint,
    credentials,
    ...(isAdaptive ? { retryMode: 'adaptive', maxAttempts: 60 } : {}),
  });
  const beganMs = performance.now();
  const began = process.cpuUsage();
  let next = 0;
  let lost = 0;
  const work = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      await (isAdaptive ? openSession(sts, id) : readWithOwnClient(sts, endpoint, id)).catch(() => {
        lost += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: isAdaptive ? 100 : 50 }, work));
  const { user, system } = process.cpuUsage(began);
  const wallSeconds = (performance.now() - beganMs) / 1000;
  process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6, wallSeconds, lost }));
}

const arn = 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials';
const openSession = (sts: STSClient, id: string) =>
  sts.send(new AssumeRootCommand({ TargetPrincipal: id, TaskPolicyArn: { arn } }));

async function readWithOwnClient(sts: STSClient, endpoint: string, id: string): Promise<void> {
  const { Credentials: session } = await openSession(sts, id);
  const iam = new IAMClient({
    region: 'us-east-1',
    endpoint,
    credentials: {
      accessKeyId: session?.AccessKeyId ?? '',
      secretAccessKey: session?.SecretAccessKey ?? '',
      sessionToken: session?.SessionToken ?? '',
    },
  });
  await iam.send(new GetAccountSummaryCommand({}));
  iam.destroy();
}
