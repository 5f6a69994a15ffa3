import type { Call } from '../../call.ts';
import type { Input, Output } from '../../protocols/json.ts';
import type { OrganizationState, ServicePolicy } from '../../state.ts';
import { Refusal } from '../../wire.ts';
import { invalidInput, listed, type Operation, patterns, text } from './call.ts';

/** Service control policies, read-only: rootctl never changes them. */
export const policyOperations: Readonly<Record<string, Operation>> = {
  ListPolicies(call, organization, input) {
    const policies = isAboutScps(input) ? [...organization.policies.values()] : [];
    return listed(call, input, 'Policies', policies, (policy) => summary(call, organization, policy));
  },
  ListPoliciesForTarget(call, organization, input) {
    const targetId = text(input, 'TargetId', patterns.target);
    const isAbout = isAboutScps(input);
    if (targetId !== organization.rootId && !organization.units.has(targetId) && !call.state.accountsById.has(targetId))
      throw new Refusal('TargetNotFoundException', 400, "You specified a target that doesn't exist.");
    const attached = [...organization.policies.values()].filter(
      ({ everywhere, targets }) => isAbout && (everywhere || targets.has(targetId)),
    );
    return listed(call, input, 'Policies', attached, (policy) => summary(call, organization, policy));
  },
  DescribePolicy(call, organization, input) {
    const policy = policyNamed(organization, input);
    return { Policy: { PolicySummary: summary(call, organization, policy), Content: policy.content } };
  },
  ListTargetsForPolicy(call, organization, input) {
    const policy = policyNamed(organization, input);
    return listed(call, input, 'Targets', targetsOf(call, organization, policy), ({ id, name, type, path }) => ({
      TargetId: id,
      Arn: `arn:${call.state.partition}:organizations::${organization.managementAccountId}:${path}/${organization.id}/${id}`,
      Name: name,
      Type: type,
    }));
  },
};

/** `PolicyType` (Organizations API Reference, November 2026); the sandbox's organizations have none of the others. */
const otherPolicyTypes: ReadonlySet<unknown> = new Set(
  `AISERVICES_OPT_OUT_POLICY BACKUP_POLICY BEDROCK_POLICY CHATBOT_POLICY DECLARATIVE_POLICY_EC2 GUARDDUTY_POLICY
   INSPECTOR_POLICY NETWORK_SECURITY_DIRECTOR_POLICY RESOURCE_CONTROL_POLICY S3_POLICY SECURITYHUB_CSPM_POLICY
   SECURITYHUB_POLICY TAG_POLICY UPGRADE_ROLLOUT_POLICY`.split(/\s+/),
);

/** Whether service control policies are asked for. @throws Refusal for a type that AWS does not have. */
function isAboutScps({ Filter }: Input): boolean {
  if (Filter === undefined) throw invalidInput('You specified an invalid value: Filter is required.', 'INPUT_REQUIRED');
  if (Filter === 'SERVICE_CONTROL_POLICY') return true;
  if (otherPolicyTypes.has(Filter)) return false;
  throw invalidInput('You specified an invalid policy type string.', 'INVALID_ENUM_POLICY_TYPE');
}

function policyNamed(organization: OrganizationState, input: Input): ServicePolicy {
  const policy = organization.policies.get(text(input, 'PolicyId', patterns.policy));
  if (policy === undefined)
    throw new Refusal('PolicyNotFoundException', 400, "You specified a policy that doesn't exist.");
  return policy;
}

function summary({ state }: Call, organization: OrganizationState, policy: ServicePolicy): Output {
  const owner = policy.awsManaged ? 'aws' : organization.managementAccountId;
  const folder = policy.awsManaged ? '' : `${organization.id}/`;
  return {
    Id: policy.id,
    Arn: `arn:${state.partition}:organizations::${owner}:policy/${folder}service_control_policy/${policy.id}`,
    Name: policy.name,
    Description: policy.description,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: policy.awsManaged,
  };
}

function targetsOf({ state }: Call, organization: OrganizationState, { everywhere, targets }: ServicePolicy) {
  const has = (id: string) => everywhere || targets.has(id);
  return [
    ...(has(organization.rootId) ? [{ id: organization.rootId, name: 'Root', type: 'ROOT', path: 'root' }] : []),
    ...[...organization.units.values()]
      .filter(({ id }) => has(id))
      .map(({ id, name }) => ({ id, name, type: 'ORGANIZATIONAL_UNIT', path: 'ou' })),
    ...state.accounts
      .filter(({ id }) => has(id))
      .map(({ id, name }) => ({ id, name, type: 'ACCOUNT', path: 'account' })),
  ];
}
