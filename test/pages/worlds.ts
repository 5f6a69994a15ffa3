import { virtualClock } from '../../harness/clock.ts';
import { memoryDisk } from '../../harness/disk.ts';
import { defaultScenario, type Scenario } from '../../src/sandbox/index.ts';
import { createScene, type Scene } from '../support/scene.ts';
import { textOf } from './reading.ts';

/** The ids, names and files that the pages' examples are about; what is told of a reader's own is filled in. */
export const placeholders: readonly (readonly [RegExp, (world: PreparedWorld) => string])[] = [
  [/^(?:ID|20260131-0930-k3f9)$/u, ({ runId }) => runId],
  [/^s3-….json$|\/s3-….json$/u, ({ scene }) => latestBackup(scene)],
  [/^ACCOUNT$/u, () => '444455556666'],
  [/^REGION$/u, () => 'us-east-1'],
  [/^BUCKET$/u, () => 'ledger'],
  [/^CODE$/u, () => 'AccessDenied'],
  [/^TOPIC$/u, () => 'safety'],
  [/^COMMAND$/u, () => 'status'],
  [/^KINDS$/u, () => 'access-keys'],
  [/^FILE$/u, () => 'status.json'],
  [/^OWNER\/NAME$/u, () => 'owner/name'],
  [/^\d{5}$/u, () => '500'], // an organization as large as that shows nothing more, and takes its time
];

export interface PreparedWorld {
  readonly scene: Scene;
  /** The run that deleted something in it. */
  readonly runId: string;
}

/** Somebody at a terminal who types what is asked for, every time. */
const obliging = {
  ask: async (question: string) => /\(([^()]+)\):$/u.exec(question)?.[1] ?? '',
  choose: async () => ['123456789012'],
};

const latestBackup = ({ files, inputs }: Scene): string => {
  const name = [...files.contents.keys()].filter((one) => one.startsWith('backups/s3-')).at(-1);
  if (name === undefined) throw new Error('nothing was saved before');
  inputs.set(`${files.folder}/${name}`, files.contents.get(name) ?? '');
  return `${files.folder}/${name}`;
};

/**
 * The sandbox's own organization with the accounts that examples name, centralized root access on, and without the policy that
 * hides an account: there every command of the pages does what is said of it.
 */
function namedAccounts(): Scenario {
  const scenario = defaultScenario();
  const { organization } = scenario;
  if (organization === undefined) throw new Error('the default organization is gone');
  const root = { loginProfile: { createdAt: '400d ago' }, passwordLastUsedAt: '300d ago' };
  return {
    ...scenario,
    organization: {
      ...organization,
      policies: (organization.policies ?? []).filter(({ id }) => id !== 'p-denyroot1'),
      trustedServices: [{ servicePrincipal: 'iam.amazonaws.com', enabledAt: '30d ago' }],
      rootCredentialsManagement: true,
      rootSessions: true,
      delegatedAdministrators: [
        { accountId: '111122223333', servicePrincipal: 'iam.amazonaws.com', registeredAt: '20d ago' },
      ],
    },
    accounts: [
      ...scenario.accounts,
      {
        id: '111122223333',
        name: 'eu-shop',
        email: 'root@eu-shop.example',
        parentId: 'ou-exam-wrkprod1',
        joinedAt: '9d ago',
        tags: { team: 'payments', env: 'sandbox' },
        root,
      },
      { id: '444455556666', name: 'eu-warehouse', email: 'root@eu-warehouse.example', joinedAt: '700d ago' },
    ],
  };
}

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'sqs:*',
      Resource: 'arn:aws:sqs:us-east-1:123456789012:events',
    },
  ],
});

/** Made once: a reading, a deletion, a plan and a later reading, as they lie about on a reader's disk. */
async function prepare() {
  const clock = virtualClock();
  const scene = createScene(namedAccounts(), { clock, prompts: obliging });
  const run = async (...words: string[]): Promise<void> => {
    const { code, stderr } = await scene.run(words);
    if (code !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
  };
  await run('status', '--out', 'january.json', '--out', 'last.json', '--out', 'yesterday.json');
  clock.pass(86_400_000);
  await run('delete', '210987654321', '--yes');
  await run('status', '--out', 'june.json', '--out', 'status.json', '--out', 'ndjson=status.ndjson');
  await run('status', '--out', 'sarif=root.sarif', '--baseline', 'january.json');
  await run('delete', '--all', '--plan-out', 'plan.json');
  await run('enable', '--sandbox');
  const [runFile = ''] = [...scene.files.contents.keys()].filter((name) => name.startsWith('runs/'));
  scene.inputs.set('accounts.txt', '111122223333 # the shop\n444455556666\n');
  scene.inputs.set('p.json', policy);
  scene.inputs.set('my.json', /```json\n([\s\S]*?)```/u.exec(textOf('docs/sandbox.md'))?.[1] ?? '');
  return {
    nowMs: clock.nowMs(),
    scenario: scene.sandbox.snapshot(),
    contents: [...scene.files.contents],
    inputs: [...scene.inputs],
    runId: runFile.replaceAll(/^runs\/|\.jsonl$/gu, ''),
  };
}

let prepared: ReturnType<typeof prepare> | undefined;

/** Such a world, of one reader alone. */
export async function namedWorld(): Promise<PreparedWorld> {
  prepared ??= prepare();
  const { nowMs, scenario, contents, inputs, runId } = await prepared;
  const files = memoryDisk();
  for (const [name, text] of contents) files.contents.set(name, text);
  const scene = createScene(scenario, { clock: virtualClock({ startMs: nowMs }), files, prompts: obliging });
  for (const [name, text] of inputs) scene.inputs.set(name, text);
  return { scene, runId };
}

/** The sandbox as it is after `sandbox reset`: what a reader of the first pages has. */
export function freshWorld(): PreparedWorld {
  const scene = createScene(defaultScenario(), { prompts: obliging });
  return {
    scene,
    get runId() {
      const name = [...scene.files.contents.keys()].filter((one) => one.startsWith('runs/')).at(-1) ?? '';
      return name.replaceAll(/^runs\/|\.jsonl$/gu, '');
    },
  };
}
