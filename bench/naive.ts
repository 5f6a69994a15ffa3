import { spawn } from 'node:child_process';
import { GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { systemClock } from '../src/clock.ts';
import { createSandbox, generateScenario, serveSandbox } from '../src/sandbox/index.ts';

/**
 * What most programs do: a client, with a handler of its own, for each account. Runs in a process of its own (this very
 * program with `--naive-client`), against a sandbox in this one.
 */
export async function naiveClient(
  accountCount: number,
): Promise<{ readonly calls: number; readonly cpuSeconds: number }> {
  const scenario = generateScenario({
    accounts: accountCount,
    seed: 1,
    enabled: true,
    withCredentials: 0,
    suspended: 0,
  });
  const sandbox = createSandbox(scenario, { clock: systemClock });
  const server = await serveSandbox(sandbox, { port: 0 });
  const ids = sandbox.accounts.map(({ id }) => id).filter((id) => id !== scenario.organization?.managementAccountId);
  const input = JSON.stringify({ endpoint: server.endpoint, credentials: sandbox.credentials().management, ids });
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1] ?? '', '--naive-client'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', () => resolve(text));
    child.stdin.end(input);
  });
  await server.close();
  return JSON.parse(output) as { calls: number; cpuSeconds: number };
}

/** The client's side: `--naive-client`, its work on stdin. */
export async function runNaiveClient(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const { endpoint, credentials, ids } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    endpoint: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    ids: string[];
  };
  const sts = new STSClient({ region: 'us-east-1', endpoint, credentials });
  const began = process.cpuUsage();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const arn = 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials';
      const { Credentials: session } = await sts.send(
        new AssumeRootCommand({ TargetPrincipal: id, TaskPolicyArn: { arn } }),
      );
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
  };
  await Promise.all(Array.from({ length: 50 }, work));
  const { user, system } = process.cpuUsage(began);
  process.stdout.write(JSON.stringify({ calls: ids.length * 2, cpuSeconds: (user + system) / 1e6 }));
}
