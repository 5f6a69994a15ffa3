import type { CentralizedRootAccess, OrganizationEntry } from '../documents/index.ts';
import { incompleteLines } from './completeness.ts';
import type { OutputDocument } from './formats/format.ts';
import { wrap, wrapParts } from './text.ts';
import type { View } from './view.ts';

/** What must be known before anything else is read: that the document is not complete, and that it is the sandbox's. */
export function openingLines(document: OutputDocument, view: View): readonly string[] {
  const incomplete = incompleteLines(document, view);
  if (!document.simulated) return incomplete;
  return [...incomplete, ...wrap(view.speech.words.opening.simulated, view.columns).map(view.paint.yellow)];
}

/** `o-… · management account … · root credentials management on · root sessions on` */
export function organizationLines(
  organization: OrganizationEntry,
  access: CentralizedRootAccess,
  view: View,
): readonly string[] {
  const { opening } = view.speech.words;
  const parts = [
    organization.id,
    opening.managementAccount(organization.managementAccountId),
    ...(organization.callerRole === 'delegated-administrator'
      ? [opening.calledFrom(organization.callerAccountId)]
      : []),
    ...(access.trustedAccess === false ? [opening.trustedAccessOff] : []),
    opening.rootCredentialsManagement(access.rootCredentialsManagement),
    opening.rootSessions(access.rootSessions),
  ];
  return wrapParts(parts, ' · ', view.columns, '  ').map(view.paint.dim);
}
