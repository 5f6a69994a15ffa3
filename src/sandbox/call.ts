import type { Question } from './authorization.ts';
import type { Fault, FaultKind } from './behaviour.ts';
import type { Principal } from './callers.ts';
import type { Credential } from './keys.ts';
import type { Session } from './session-token.ts';
import type { AccountState, OrganizationState, SandboxState } from './state.ts';
import type { SandboxRequest } from './wire.ts';

/** One authenticated request, as a service's operation sees it. */
export interface Call {
  readonly state: SandboxState;
  readonly principal: Principal;
  readonly nowMs: number;
  /** The endpoint's region, or the signature's on loopback. */
  readonly region: string;
  /** The service's endpoint without a region. */
  readonly globalEndpoint: boolean;
  readonly request: SandboxRequest;
  /** @throws Refusal when the caller may not. */
  readonly authorize: (question: Omit<Question, 'region'>) => void;
  /** To be called by every operation that changed the state. */
  readonly changed: () => void;
  /** Temporary credentials that say what `session` says. */
  readonly issue: (session: Session) => Required<Credential>;
  readonly strike: (kind: FaultKind) => Fault | undefined;
}

/** An organization in which the caller has a place. */
export interface Membership {
  readonly organization: OrganizationState;
  readonly role: 'management' | 'delegated-administrator' | 'member';
}

/** Undefined without an organization. A delegate of any service counts unless one is named. */
export function membershipOf(
  state: SandboxState,
  account: AccountState,
  servicePrincipal?: string,
): Membership | undefined {
  const { organization } = state;
  if (organization === undefined) return undefined;
  if (account.id === organization.managementAccountId) return { organization, role: 'management' };
  const delegated = organization.delegates.some(
    (one) =>
      one.accountId === account.id && (servicePrincipal === undefined || one.servicePrincipal === servicePrincipal),
  );
  return { organization, role: delegated ? 'delegated-administrator' : 'member' };
}

/** One page of a list whose token is the offset, so that a page costs the same wherever it lies. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export function pageOf<T>(all: readonly T[], token: string | undefined, size: number): Page<T> | undefined {
  const offset = token === undefined ? 0 : readToken(token);
  if (offset === undefined || offset > all.length) return undefined;
  const end = offset + size;
  return { items: all.slice(offset, end), next: end < all.length ? writeToken(end) : undefined };
}

export const writeToken = (offset: number): string => Buffer.from(`rootctl-sandbox:${offset}`).toString('base64');

export function readToken(token: string): number | undefined {
  const match = /^rootctl-sandbox:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString());
  return match === null ? undefined : Number(match[1]);
}
