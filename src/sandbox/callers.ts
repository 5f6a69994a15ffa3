import { iamServicePrincipal, type PolicyDocument as ParsedPolicy, type Unreadable } from '../policy/index.ts';
import { createCache } from './cache.ts';
import { accountInKeyId, type Credential, keyId, secretFor } from './keys.ts';
import type { ScenarioCaller } from './scenario.ts';
import { openSession, type Session, sealSession } from './session-token.ts';
import { type AccountState, readPolicy, type SandboxState } from './state.ts';

/** Who signs a request. */
export interface Principal {
  readonly kind: 'user' | 'role' | 'root' | 'root-session';
  readonly account: AccountState;
  readonly arn: string;
  readonly accessKeyId: string;
  /** Of a root session: what bounds it. */
  readonly taskPolicy: string | undefined;
  /** Undefined: everything is allowed to it. */
  readonly identityPolicies: readonly (ParsedPolicy | Unreadable)[] | undefined;
}

/** A key that may sign, before its session has been looked at. */
interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined: temporary, whose session says who it is. */
  readonly principal: Principal | undefined;
}

/** The keys of the people and jobs that call AWS, and of the members' root users. */
export interface Callers {
  find(accessKeyId: string): SigningKey | undefined;
  /** What the token of a temporary key says, or undefined when it was not issued here for that key. */
  sessionOf(accessKeyId: string, token: string): Session | undefined;
  /** Of a temporary key that a scenario's caller holds or AssumeRoot gave out. */
  principalOf(accessKeyId: string, session: Session): Principal | undefined;
  /** Temporary credentials that say what `session` says. */
  issue(mark: string, session: Session): Required<Credential>;
  credentialsOf(callerName: string): Credential | undefined;
  credentials(): { management: Credential; delegatedAdministrator?: Credential; member?: Credential };
}

export function callersOf(state: SandboxState): Callers {
  const named = new Map(state.callers.map((caller) => [keyIdOf(state, caller), describe(state, caller)]));

  // Hashing is what costs most in a request; each of these saves one hash or two.
  const ordinary = createCache<Principal>();
  const secrets = createCache<string>();
  const sessions = createCache<{ token: string; session: Session }>();
  const secretOf = (accessKeyId: string): string => {
    const secret = secrets.get(accessKeyId) ?? secretFor(state.derive, accessKeyId);
    secrets.set(accessKeyId, secret);
    return secret;
  };

  const credentialOf = (caller: ScenarioCaller): Credential => {
    const accessKeyId = keyIdOf(state, caller);
    const secretAccessKey = secretFor(state.derive, accessKeyId);
    if (caller.expiresAt === undefined) return { accessKeyId, secretAccessKey };
    const session = {
      accountId: caller.accountId,
      arn: arnOf(state, caller),
      expiresAtMs: Date.parse(caller.expiresAt),
    };
    return { accessKeyId, secretAccessKey, sessionToken: sealSession(state.derive, accessKeyId, session) };
  };
  const credentialFor = (name: string, accountId: string | undefined): Credential | undefined => {
    const given = state.callers.find((caller) => caller.name === name);
    if (given) return credentialOf(given);
    return accountId === undefined ? undefined : credentialOf(ordinaryUser(accountId));
  };

  return {
    find(accessKeyId) {
      const secretAccessKey = secretOf(accessKeyId);
      if (accessKeyId.startsWith('ASIA')) return { accessKeyId, secretAccessKey, principal: undefined };
      const principal = named.get(accessKeyId) ?? ordinary.get(accessKeyId) ?? unnamedPrincipal(state, accessKeyId);
      if (principal?.kind === 'user') ordinary.set(accessKeyId, principal);
      return principal && { accessKeyId, secretAccessKey, principal };
    },
    sessionOf(accessKeyId, token) {
      const known = sessions.get(accessKeyId);
      if (known?.token === token) return known.session;
      const session = openSession(state.derive, accessKeyId, token);
      if (session) sessions.set(accessKeyId, { token, session });
      return session;
    },
    principalOf(accessKeyId, session) {
      const account = state.accountsById.get(session.accountId);
      if (account === undefined) return undefined;
      return (
        named.get(accessKeyId) ?? {
          kind: 'root-session',
          account,
          arn: session.arn,
          accessKeyId,
          taskPolicy: session.taskPolicy,
          identityPolicies: undefined,
        }
      );
    },
    issue(mark, session) {
      const accessKeyId = keyId('ASIA', session.accountId, state.derive('session-key', `${session.accountId} ${mark}`));
      const token = sealSession(state.derive, accessKeyId, session);
      // It will be used in a moment.
      sessions.set(accessKeyId, { token, session });
      return { accessKeyId, secretAccessKey: secretOf(accessKeyId), sessionToken: token };
    },
    credentialsOf: (callerName) => credentialFor(callerName, undefined),
    credentials() {
      const { organization, accounts } = state;
      const managementId = organization?.managementAccountId ?? accounts[0]?.id;
      const delegateId = organization?.delegates.find((one) => one.servicePrincipal === iamServicePrincipal)?.accountId;
      const memberId = accounts.find(
        (account) => account.id !== managementId && account.id !== delegateId && account.state === 'ACTIVE',
      )?.id;
      const management = credentialFor('management', managementId);
      if (management === undefined) throw new Error('a scenario has at least one account');
      const delegatedAdministrator = credentialFor('delegatedAdministrator', delegateId);
      const member = credentialFor('member', memberId);
      return {
        management,
        ...(delegatedAdministrator ? { delegatedAdministrator } : {}),
        ...(member ? { member } : {}),
      };
    },
  };
}

/** A root's is its account, a user's an AIDA id, an assumed role's an AROA id with the session's name. */
export function userIdOf({ kind, account, arn }: Principal): string {
  if (kind === 'root' || kind === 'root-session') return account.id;
  const unique = keyId('AKIA', account.id, Buffer.from(arn.slice(-8))).slice(4);
  return kind === 'user' ? `AIDA${unique}` : `AROA${unique}:${arn.slice(arn.lastIndexOf('/') + 1)}`;
}

/** Every account has a user `rootctl` who may do everything, so that a scenario need not list callers. */
const ordinaryUser = (accountId: string): ScenarioCaller => ({ name: 'rootctl', accountId });

const keyIdOf = (state: SandboxState, { name, accountId, expiresAt }: ScenarioCaller): string =>
  keyId(expiresAt === undefined ? 'AKIA' : 'ASIA', accountId, state.derive('caller', `${name}/${accountId}`));

const arnOf = (state: SandboxState, { arn, accountId }: ScenarioCaller): string =>
  arn ?? `arn:${state.partition}:iam::${accountId}:user/rootctl`;

function describe(state: SandboxState, caller: ScenarioCaller): Principal {
  const account = state.accountsById.get(caller.accountId);
  if (account === undefined)
    throw new Error(`scenario $.callers: account ${caller.accountId} is not among the accounts`);
  const arn = arnOf(state, caller);
  return {
    kind: arn.endsWith(':root') ? 'root' : arn.includes(':assumed-role/') ? 'role' : 'user',
    account,
    arn,
    accessKeyId: keyIdOf(state, caller),
    taskPolicy: undefined,
    identityPolicies: caller.policies?.map(readPolicy),
  };
}

function unnamedPrincipal(state: SandboxState, accessKeyId: string): Principal | undefined {
  const inside = state.accountsById.get(accountInKeyId(accessKeyId) ?? '');
  if (inside && keyIdOf(state, ordinaryUser(inside.id)) === accessKeyId)
    return describe(state, ordinaryUser(inside.id));
  // A root user's own key; hand-written ones need not hold their account's number.
  const holds = (account: AccountState) =>
    account.root.accessKeys.some(({ id, status }) => id === accessKeyId && status === 'Active');
  const account = inside && holds(inside) ? inside : state.accounts.find(holds);
  return (
    account && {
      kind: 'root',
      account,
      arn: `arn:${state.partition}:iam::${account.id}:root`,
      accessKeyId,
      taskPolicy: undefined,
      identityPolicies: undefined,
    }
  );
}
