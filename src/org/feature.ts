import {
  DisableOrganizationsRootCredentialsManagementCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
} from '@aws-sdk/client-iam';
import type { FeatureName } from './feature-names.ts';

/**
 * The two features of centralized root access: as flags and people name them, the field of `centralizedRootAccess`, AWS's
 * own name (IAM API Reference, `ListOrganizationsFeatures`) and the calls that switch it. In the order of switching on.
 */
export const features = {
  'root-credentials-management': {
    field: 'rootCredentialsManagement',
    awsName: 'RootCredentialsManagement',
    enable: () => new EnableOrganizationsRootCredentialsManagementCommand({}),
    disable: () => new DisableOrganizationsRootCredentialsManagementCommand({}),
  },
  'root-sessions': {
    field: 'rootSessions',
    awsName: 'RootSessions',
    enable: () => new EnableOrganizationsRootSessionsCommand({}),
    disable: () => new DisableOrganizationsRootSessionsCommand({}),
  },
} as const satisfies Readonly<Record<FeatureName, unknown>>;

type FeatureField = (typeof features)[FeatureName]['field'];

/** What `ListOrganizationsFeatures` says of each feature; `unread` stands for all of them when it said nothing. */
export function switchesIn<Unread>(
  enabled: readonly string[] | null,
  unread: Unread,
): Readonly<Record<FeatureField, boolean | Unread>> {
  const read = (name: FeatureName) => (enabled === null ? unread : enabled.includes(features[name].awsName));
  return { rootCredentialsManagement: read('root-credentials-management'), rootSessions: read('root-sessions') };
}
