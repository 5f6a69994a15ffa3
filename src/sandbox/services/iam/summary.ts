import { type AccountState, ghostsOf } from '../../state.ts';
import { type Xml, xml } from '../../xml.ts';

/** GetAccountSummary: the four flags of the root user, among the quotas that AWS sends along. */
export function accountSummary(account: AccountState, nowMs: number): Xml {
  const { root } = account;
  const ghosts = ghostsOf(account, nowMs).filter(({ summaryUntilMs }) => summaryUntilMs > nowMs);
  const flag = (present: boolean, kind: 'loginProfile' | 'accessKey' | 'mfaDevice' | 'signingCertificate') =>
    present || ghosts.some((ghost) => ghost[kind] !== undefined) ? 1 : 0;
  return xml`<SummaryMap>${fixedEntries}<entry><key>AccountMFAEnabled</key><value>${flag(root.mfaDevices.length > 0, 'mfaDevice')}</value></entry><entry><key>AccountAccessKeysPresent</key><value>${flag(root.accessKeys.length > 0, 'accessKey')}</value></entry><entry><key>AccountPasswordPresent</key><value>${flag(root.loginProfile !== undefined, 'loginProfile')}</value></entry><entry><key>AccountSigningCertificatesPresent</key><value>${flag(root.signingCertificates.length > 0, 'signingCertificate')}</value></entry></SummaryMap>`;
}

/** The names are those of a recorded answer (2026-09), the numbers a new account's; nothing in rootctl reads them. */
const fixed: Readonly<Record<string, number>> = {
  Users: 0,
  UsersQuota: 5000,
  Groups: 0,
  GroupsQuota: 300,
  Roles: 4,
  RolesQuota: 1000,
  Policies: 0,
  PoliciesQuota: 1500,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  InstanceProfiles: 0,
  InstanceProfilesQuota: 1000,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Providers: 0,
  AccessKeysPerUserQuota: 2,
  SigningCertificatesPerUserQuota: 2,
  GroupsPerUserQuota: 10,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  RolePolicySizeQuota: 10240,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 20,
  PolicySizeQuota: 6144,
  VersionsPerPolicyQuota: 5,
  PolicyVersionsInUse: 5,
  PolicyVersionsInUseQuota: 10000,
  GlobalEndpointTokenVersion: 1,
};
const fixedEntries: Xml = xml`${rawEntries()}`;

function rawEntries(): Xml {
  let entries = xml``;
  for (const [key, value] of Object.entries(fixed))
    entries = xml`${entries}<entry><key>${key}</key><value>${value}</value></entry>`;
  return entries;
}
