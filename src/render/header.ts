import type { CentralizedRootAccess, OrganizationEntry } from '../documents/index.ts';
import { wrap, wrapParts } from './text.ts';
import type { View } from './view.ts';

/** What the sandbox answered says so before anything else. */
export function simulatedLines(document: { readonly simulated?: true | undefined }, view: View): readonly string[] {
  if (!document.simulated) return [];
  return wrap('sandbox: this organization is simulated, nothing here is on AWS', view.columns).map(view.paint.yellow);
}

/** `o-… · management account … · root credentials management on · root sessions on` */
export function organizationLines(
  organization: OrganizationEntry,
  access: CentralizedRootAccess,
  view: View,
): readonly string[] {
  const parts = [
    organization.id,
    `management account ${organization.managementAccountId}`,
    ...(organization.callerRole === 'delegated-administrator'
      ? [`called from delegated administrator ${organization.callerAccountId}`]
      : []),
    ...(access.trustedAccess === false ? ['trusted access off'] : []),
    `root credentials management ${switchWord(access.rootCredentialsManagement)}`,
    `root sessions ${switchWord(access.rootSessions)}`,
  ];
  return wrapParts(parts, ' · ', view.columns, '  ').map(view.paint.dim);
}

/** A switch that the caller may not read is never guessed. */
export const switchWord = (isOn: boolean | null): string => (isOn === null ? 'unknown' : isOn ? 'on' : 'off');
