import type { SandboxShowDocument, SimulatedAccount } from '../../documents/index.ts';
import { type AccountState, createSandbox, defaultScenario } from '../../sandbox/index.ts';
import type { Environment } from '../environment.ts';
import { headingOf } from '../heading.ts';
import { type SandboxEnvironment, withSandboxStore } from './saved.ts';

/** The saved organization as it is, behind AWS's back. */
export async function showSandbox(
  environment: SandboxEnvironment & Pick<Environment, 'product'>,
): Promise<SandboxShowDocument> {
  const saved = await withSandboxStore(environment, (store) => store.load());
  const sandbox = createSandbox(saved ?? defaultScenario(), { clock: environment.clock });
  return {
    ...headingOf(environment, 'rootctl.sandbox.show', true),
    simulated: true,
    organizationId: sandbox.organizationId || null,
    accounts: sandbox.accounts.map(simulatedAccountOf),
  };
}

const placeOf = ({ name, region }: { readonly name: string; readonly region: string }) => ({ name, region });

function simulatedAccountOf(account: AccountState): SimulatedAccount {
  const { id, name, email, state, parentId, joinedMethod, joinedAt, tags, root, buckets, queues } = account;
  return {
    id,
    name,
    email,
    state,
    parentId,
    joinedMethod,
    joinedAt,
    tags,
    root: {
      createdAt: root.createdAt,
      passwordLastUsedAt: root.passwordLastUsedAt ?? null,
      loginProfile: root.loginProfile ?? null,
      accessKeys: root.accessKeys.map(({ lastUsed, ...key }) => ({ ...key, lastUsed: lastUsed ?? null })),
      signingCertificates: root.signingCertificates,
      mfaDevices: root.mfaDevices,
    },
    buckets: buckets.map(placeOf),
    queues: queues.map(placeOf),
  };
}
