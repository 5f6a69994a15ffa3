import { controlsOf, verdictsOf } from '../src/controls/index.ts';
import type { AccountStatus, StatusDocument } from '../src/documents/index.ts';
import type { Violation } from './invariants.ts';

/** What the controls would say of a reading: they pass nothing that it does not show, nor the whole where it is a part. */
export function checkAttestation(document: StatusDocument): readonly Violation[] {
  const accounts = new Map(document.accounts.map((account) => [account.id, account]));
  const violations: Violation[] = [];
  for (const { account: id, control, verdict } of verdictsOf(document, controls)) {
    const isGood = verdict === 'passed' || verdict === 'not-applicable';
    const account = id === null ? undefined : accounts.get(id);
    const isShown = id === null ? document.complete : account === undefined || shows(account, control);
    if (isGood && !isShown)
      violations.push({
        invariant: 1,
        text: `${control} is ${verdict} for ${id ?? 'the organization'}, which nobody saw`,
      });
  }
  return violations;
}

const controls = controlsOf(['cis-7.0.0', 'aws-config', 'rootctl']);

/** The management account is judged by a summary of its own, where that was read. */
function shows({ status, reason, credentials }: AccountStatus, control: string): boolean {
  if (reason === 'management-account') return true;
  if (status !== 'present' && status !== 'absent') return false;
  const hasNoPassword = credentials?.loginProfile?.present === false;
  switch (control) {
    case 'cis-7.0.0/2.4':
    case 'aws-config/iam-root-access-key-check':
      return credentials?.accessKeys?.length === 0;
    case 'cis-7.0.0/2.5':
      return hasNoPassword || (credentials?.mfaDevices ?? []).length > 0;
    case 'aws-config/root-account-mfa-enabled':
      return (hasNoPassword && credentials.accessKeys?.length === 0) || (credentials?.mfaDevices ?? []).length > 0;
    case 'rootctl/signing-certificates':
      return credentials?.signingCertificates?.length === 0;
    default:
      return credentials?.mfaDevices?.some(({ type }) => type === 'virtual') === false || hasNoPassword;
  }
}
