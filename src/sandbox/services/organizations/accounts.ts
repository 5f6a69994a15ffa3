import { type Call, readToken, writeToken } from '../../call.ts';
import type { Input, Output } from '../../protocols/json.ts';
import { type AccountState, type OrganizationState, pathOf } from '../../state.ts';
import { Refusal } from '../../wire.ts';
import { accountNamed, invalidInput, listed, type Operation, pageSizeOf, patterns, text, tokenOf } from './call.ts';

export const accountOperations: Readonly<Record<string, Operation>> = {
  ListAccounts: listAccounts,
  DescribeAccount: (call, organization, input) => ({
    Account: accountOutput(call, organization, accountNamed(call, text(input, 'AccountId', patterns.account))),
  }),
  ListAccountsForParent(call, organization, input) {
    const parentId = parentNamed(organization, text(input, 'ParentId', patterns.parent));
    const accounts = organization.accountsByParent.get(parentId) ?? [];
    return listed(call, input, 'Accounts', accounts, (account) => accountOutput(call, organization, account));
  },
  ListTagsForResource(call, organization, input) {
    const id = text(input, 'ResourceId', /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z-]+|p-[0-9a-zA-Z_]+)$/);
    const tags = tagsOf(call, organization, id);
    return listed(call, input, 'Tags', Object.entries(tags), ([Key, Value]) => ({ Key, Value }));
  },
};

/** 20 accounts a page; a page may be empty and still carry a token (API Reference, ListAccounts). */
function listAccounts(call: Call, organization: OrganizationState, input: Input): Output {
  const { accounts, behaviour } = call.state;
  const size = pageSizeOf(call, input);
  const token = tokenOf(input);
  // Tokens count half pages: an odd number says that the empty page before this offset was given already.
  const position = token === undefined ? 0 : readToken(token);
  if (position === undefined || position > accounts.length * 2)
    throw invalidInput('You specified an invalid next token.', 'INVALID_NEXT_TOKEN');
  const offset = position >> 1;
  const every = behaviour.emptyPageEvery;
  const pageNumber = Math.floor(offset / size) + 1;
  if (every !== undefined && pageNumber % every === 0 && position % 2 === 0)
    return { Accounts: [], NextToken: writeToken(offset * 2 + 1) };
  const end = offset + size;
  return {
    Accounts: accounts.slice(offset, end).map((account) => accountOutput(call, organization, account)),
    ...(end < accounts.length ? { NextToken: writeToken(end * 2) } : {}),
  };
}

function accountOutput(call: Call, organization: OrganizationState, account: AccountState): Output {
  const { state } = call;
  const shape = state.behaviour.accountShape ?? 'state';
  return {
    Id: account.id,
    Arn: `arn:${state.partition}:organizations::${organization.managementAccountId}:account/${organization.id}/${account.id}`,
    Email: account.email,
    Name: account.name,
    ...stateOf(call, account),
    ...(shape === 'state' || shape === 'both' ? { Paths: [`${pathOf(organization, account)}${account.id}/`] } : {}),
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: account.joinedAtSeconds,
  };
}

/** `Status` was retired on 2026-09-09 in favour of `State`; the scenario can bring the old shape back. */
export function stateOf({ state }: Call, account: AccountState): Output {
  const shape = state.behaviour.accountShape ?? 'state';
  return {
    ...(shape === 'status' || shape === 'both' ? { Status: statuses[account.state] } : {}),
    ...(shape === 'status' ? {} : { State: account.state }),
  };
}

/** The older field knows three states (API Reference, Account). */
const statuses = {
  PENDING_ACTIVATION: 'ACTIVE',
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  CLOSED: 'SUSPENDED',
} as const;

export function parentNamed(organization: OrganizationState, id: string): string {
  if (id !== organization.rootId && !organization.units.has(id))
    throw new Refusal('ParentNotFoundException', 400, "You specified a root or OU that doesn't exist.");
  return id;
}

function tagsOf({ state }: Call, organization: OrganizationState, id: string): Readonly<Record<string, string>> {
  const tags =
    state.accountsById.get(id)?.tags ??
    (organization.units.has(id) ? (organization.units.get(id)?.tags ?? {}) : undefined) ??
    (id === organization.rootId || organization.policies.has(id) ? {} : undefined);
  if (tags === undefined)
    throw new Refusal('TargetNotFoundException', 400, "You specified a target that doesn't exist.");
  return tags;
}
