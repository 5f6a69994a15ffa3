import type { Account as ListedAccount } from '@aws-sdk/client-organizations';
import type { Aws } from '../../src/aws/clients.ts';
import { type AccountId, isAccountId } from '../../src/org/account.ts';
import type { Organization } from '../../src/org/organization.ts';
import type { Selection } from '../../src/org/selection.ts';

export const accountIdOf = (text: string): AccountId => {
  if (!isAccountId(text)) throw new Error(`${text} is no account id`);
  return text;
};

/** What nobody has said anything of. */
export const nothingSelected: Selection = {
  all: false,
  accountIds: new Set(),
  unitIds: new Set(),
  tags: [],
  names: [],
  joinedSinceMs: null,
  exclusions: [],
  protections: [],
};

export const organizationId = 'o-exampleorgid';
export const managementId = accountIdOf('111111111111');
export const memberId = (number: number): AccountId => accountIdOf(String(200_000_000_000 + number));

export const organizationOf = (more: Partial<Organization> = {}): Organization => ({
  id: organizationId,
  managementAccountId: managementId,
  featureSet: 'ALL',
  caller: { accountId: managementId, arn: `arn:aws:iam::${managementId}:user/somebody`, partition: 'aws' },
  callerRole: 'management',
  ...more,
});

export const rootId = 'r-exam';
export const workloads = 'ou-exam-workload';
export const sandboxes = 'ou-exam-sandboxs';
export const pathOf = (...units: readonly string[]): string => `${[organizationId, rootId, ...units].join('/')}/`;

/** An account as `ListAccounts` tells of it. */
export const listed = (id: AccountId, more: Partial<ListedAccount> = {}): ListedAccount => ({
  Id: id,
  Name: `name-of-${id}`,
  Email: `${id}@example.com`,
  State: 'ACTIVE',
  Paths: [pathOf()],
  JoinedTimestamp: new Date('2026-01-01T00:00:00.000Z'),
  JoinedMethod: 'CREATED',
  ...more,
});
export const listedManagement = listed(managementId, { Name: 'management' });

/** Answers a listing page by page, as a token asks for them; `asked` are the tokens. */
export function paged<Item>(field: string, pages: readonly (readonly Item[])[]) {
  const asked: (string | undefined)[] = [];
  const answer = async ({ NextToken }: { readonly NextToken?: string | undefined }) => {
    asked.push(NextToken);
    const index = NextToken === undefined ? 0 : Number(NextToken.slice('page-'.length));
    return { [field]: pages[index] ?? [], ...(index + 1 < pages.length ? { NextToken: `page-${index + 1}` } : {}) };
  };
  return { asked, answer };
}

/** A way to AWS that hands every answer on as it came, without looking whether it is whole: by the operation's name. */
export function unguarded(aws: Aws, answers: Readonly<Record<string, unknown>>): Aws {
  const send: Aws['organizations'] = async (command) => {
    const answer = answers[command.constructor.name.replace(/Command$/u, '')] ?? {};
    if (answer instanceof Error) throw answer;
    return answer as never;
  };
  return { ...aws, organizations: send, iam: send, sts: send };
}
