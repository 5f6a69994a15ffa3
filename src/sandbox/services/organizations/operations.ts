import { type Call, membershipOf } from '../../call.ts';
import type { Input, JsonOperations, Output } from '../../protocols/json.ts';
import type { OrganizationState } from '../../state.ts';
import { Refusal } from '../../wire.ts';
import { accountOperations } from './accounts.ts';
import type { Operation } from './call.ts';
import { delegationOperations } from './delegation.ts';
import { policyOperations } from './policies.ts';
import { unitOperations } from './units.ts';

const operations: Readonly<Record<string, Operation>> = {
  DescribeOrganization: ({ state }, organization) => {
    const management = state.accountsById.get(organization.managementAccountId);
    return {
      Organization: {
        Id: organization.id,
        Arn: `arn:${state.partition}:organizations::${organization.managementAccountId}:organization/${organization.id}`,
        FeatureSet: organization.featureSet,
        MasterAccountArn: `arn:${state.partition}:organizations::${organization.managementAccountId}:account/${organization.id}/${organization.managementAccountId}`,
        MasterAccountId: organization.managementAccountId,
        MasterAccountEmail: management?.email ?? '',
        AvailablePolicyTypes: policyTypesOf(organization),
      },
    };
  },
  ListRoots: ({ state }, organization) => ({
    Roots: [
      {
        Id: organization.rootId,
        Arn: `arn:${state.partition}:organizations::${organization.managementAccountId}:root/${organization.id}/${organization.rootId}`,
        Name: 'Root',
        PolicyTypes: policyTypesOf(organization),
      },
    ],
  }),
  ...accountOperations,
  ...unitOperations,
  ...delegationOperations,
  ...policyOperations,
};

const policyTypesOf = ({ featureSet }: OrganizationState) =>
  featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [];

/** What a delegated administrator of any service may call beside DescribeOrganization: what reads (Organizations User Guide, "Delegated administrator"). */
const isReading = (operation: string): boolean => /^(List|Describe)/.test(operation);

/** Organizations API Reference. */
export const organizationsOperations: JsonOperations = Object.fromEntries(
  Object.entries(operations).map(([name, run]) => [name, (call, input) => callOrganizations(call, name, run, input)]),
);

/** @throws Refusal in the words of its errors. */
function callOrganizations(call: Call, operation: string, run: Operation, input: Input): Output {
  const membership = membershipOf(call.state, call.principal.account);
  call.authorize({
    action: `organizations:${operation}`,
    resource: resourceOf(call, input),
    keys: servicePrincipalKey(input),
  });
  if (membership === undefined)
    throw new Refusal('AWSOrganizationsNotInUseException', 400, 'Your account is not a member of an organization.');
  const { organization, role } = membership;
  const allowed =
    role === 'management' ||
    operation === 'DescribeOrganization' ||
    (role === 'delegated-administrator' && isReading(operation));
  if (!allowed) throw new Refusal('AccessDeniedException', 400, "You don't have permissions to access this resource.");
  return run(call, organization, input);
}

/** The account, OU, root or policy that an operation names; `*` for the others (Service Authorization Reference, Organizations). */
function resourceOf({ state }: Call, input: Input): string {
  const { organization } = state;
  const id = resourceIn(input);
  if (organization === undefined || id === undefined) return '*';
  const arn = (kind: string, rest: string, owner = organization.managementAccountId) =>
    `arn:${state.partition}:organizations::${owner}:${kind}/${rest}`;
  if (/^\d{12}$/.test(id)) return arn('account', `${organization.id}/${id}`);
  if (id.startsWith('ou-')) return arn('ou', `${organization.id}/${id}`);
  if (id.startsWith('r-')) return arn('root', `${organization.id}/${id}`);
  const policy = organization.policies.get(id);
  if (policy === undefined) return '*';
  return policy.awsManaged
    ? arn('policy', `service_control_policy/${id}`, 'aws')
    : arn('policy', `${organization.id}/service_control_policy/${id}`);
}

const resourceMembers = [
  'AccountId',
  'OrganizationalUnitId',
  'PolicyId',
  'TargetId',
  'ParentId',
  'ChildId',
  'ResourceId',
];

/** The id of what an operation is about. */
export const resourceIn = (input: Input): string | undefined =>
  resourceMembers.map((name) => input[name]).find((value) => typeof value === 'string');

/** `organizations:ServicePrincipal` can be tested by policies (Service Authorization Reference, Organizations). */
function servicePrincipalKey(input: Input): Record<string, string> {
  const servicePrincipal = input['ServicePrincipal'];
  return typeof servicePrincipal === 'string' ? { 'organizations:ServicePrincipal': servicePrincipal } : {};
}
