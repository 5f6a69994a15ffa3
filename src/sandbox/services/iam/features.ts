import { iamServicePrincipal } from '../../../policy/index.ts';
import { type Call, membershipOf } from '../../call.ts';
import type { QueryOperations } from '../../protocols/query.ts';
import { delaySwitch, type OrganizationState } from '../../state.ts';
import { Refusal } from '../../wire.ts';
import { joinXml, type Xml, xml } from '../../xml.ts';

/**
 * The two switches of centralized root access (IAM API Reference, `…OrganizationsRoot…`, `ListOrganizationsFeatures`). Listing and
 * disabling also work from the delegated administrator, enabling only from the management account (recorded 2026-09).
 */
export const featureOperations: QueryOperations = {
  ListOrganizationsFeatures: (call) => features(organizationFor(call, 'ListOrganizationsFeatures')),
  EnableOrganizationsRootCredentialsManagement: (call) =>
    turn(call, 'EnableOrganizationsRootCredentialsManagement', 'rootCredentialsManagement', true),
  DisableOrganizationsRootCredentialsManagement: (call) =>
    turn(call, 'DisableOrganizationsRootCredentialsManagement', 'rootCredentialsManagement', false),
  EnableOrganizationsRootSessions: (call) => turn(call, 'EnableOrganizationsRootSessions', 'rootSessions', true),
  DisableOrganizationsRootSessions: (call) => turn(call, 'DisableOrganizationsRootSessions', 'rootSessions', false),
};

function turn(call: Call, operation: string, feature: 'rootCredentialsManagement' | 'rootSessions', on: boolean): Xml {
  const organization = organizationFor(call, operation);
  if (organization[feature] !== on) {
    delaySwitch(call.state, feature, organization[feature], call.nowMs);
    organization[feature] = on;
    call.changed();
  }
  return features(organization);
}

/** @throws Refusal with each of the errors that the API Reference lists for these calls. */
function organizationFor(call: Call, operation: string): OrganizationState {
  call.authorize({ action: `iam:${operation}`, resource: '*' });
  const { account } = call.principal;
  const membership = membershipOf(call.state, account, iamServicePrincipal);
  const refuse = (code: string, message: string): never => {
    throw new Refusal(code, 400, message);
  };
  if (membership === undefined)
    return refuse('OrganizationNotFoundException', `Organization not found for input account ${account.id}.`);
  const { organization, role } = membership;
  if (role === 'member')
    return refuse(
      'AccountNotManagementOrDelegatedAdministratorException',
      `Input account ${account.id} is neither management account nor delegated admin.`,
    );
  if (organization.featureSet !== 'ALL')
    return refuse(
      'OrganizationNotInAllFeaturesModeException',
      `Organization of input account ${account.id} does not have all features enabled.`,
    );
  if (!organization.trustedServices.has(iamServicePrincipal))
    return refuse(
      'ServiceAccessNotEnabledException',
      `Trusted Access for IAM not enabled by organization of input account ${account.id}.`,
    );
  if (operation.startsWith('Enable') && role !== 'management')
    return refuse(
      'CallerIsNotManagementAccountException',
      `Caller account ${account.id} is not management account of the organization and cannot enable IAM features.`,
    );
  return organization;
}

function features({ id, rootCredentialsManagement, rootSessions }: OrganizationState): Xml {
  // In this order, whichever was switched on first (recorded 2026-09).
  const enabled = [
    ...(rootSessions ? ['RootSessions'] : []),
    ...(rootCredentialsManagement ? ['RootCredentialsManagement'] : []),
  ];
  return xml`<OrganizationId>${id}</OrganizationId><EnabledFeatures>${joinXml(enabled.map((name) => xml`<member>${name}</member>`))}</EnabledFeatures>`;
}
