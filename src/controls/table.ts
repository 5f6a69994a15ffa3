import {
  type Control,
  type ControlMapping,
  type ControlSource,
  type ControlSubject,
  controlSubjects,
} from '../documents/index.ts';
import { type FrameworkName, frameworkNames } from './framework-names.ts';

/**
 * What a framework says of MFA where there is nothing that a second factor could guard. CIS 7.0.0 asks for none where
 * there is no password. Security Hub passes an account without root credentials, AWS Config calls its rule not
 * applicable there (AWS Config Developer Guide, `root-account-mfa-enabled`), and the older texts of CIS ask for MFA
 * whatever there is, so that nothing can be said of such an account.
 */
export type Exemption =
  | { readonly without: 'password'; readonly verdict: 'passed' }
  | { readonly without: 'credentials'; readonly verdict: 'passed' | 'not-applicable' };

interface Framework {
  readonly framework: Control['framework'];
  readonly version: string | null;
  readonly sources: readonly ControlSource[];
  readonly exemption: Exemption;
  /** The framework's own number of what it asks. */
  readonly ids: Readonly<Partial<Record<ControlSubject, string>>>;
}

const regardless = { without: 'credentials', verdict: 'not-applicable' } as const;

/**
 * The controls that ask about root credentials, as Prowler's compliance files, Steampipe's AWS compliance mod, the IAM
 * page of Security Hub and the AWS Config Developer Guide said in August 2026. The newest benchmark comes first.
 */
const frameworks = {
  'cis-7.0.0': {
    framework: 'cis',
    version: '7.0.0',
    sources: ['prowler'],
    exemption: { without: 'password', verdict: 'passed' },
    ids: {
      'centralized-root-access': '2.1.1',
      'access-keys': '2.4',
      mfa: '2.5',
      'hardware-mfa': '2.6',
      use: '2.7',
      monitoring: '5.3',
    },
  },
  'cis-6.0.0': {
    framework: 'cis',
    version: '6.0.0',
    sources: ['prowler', 'steampipe'],
    exemption: regardless,
    ids: { 'access-keys': '2.3', mfa: '2.4', 'hardware-mfa': '2.5', use: '2.6', monitoring: '5.3' },
  },
  'cis-5.0.0': {
    framework: 'cis',
    version: '5.0.0',
    sources: ['prowler'],
    exemption: regardless,
    ids: { 'access-keys': '1.3', mfa: '1.4', 'hardware-mfa': '1.5', use: '1.6', monitoring: '4.3' },
  },
  'cis-3.0.0': {
    framework: 'cis',
    version: '3.0.0',
    sources: ['prowler'],
    exemption: regardless,
    ids: { 'access-keys': '1.4', mfa: '1.5', 'hardware-mfa': '1.6', use: '1.7', monitoring: '4.3' },
  },
  'cis-1.4.0': {
    framework: 'cis',
    version: '1.4.0',
    sources: ['prowler'],
    exemption: regardless,
    ids: { 'access-keys': '1.4', mfa: '1.5', 'hardware-mfa': '1.6', use: '1.7', monitoring: '4.3' },
  },
  'cis-1.2': {
    framework: 'cis',
    version: '1.2',
    sources: ['steampipe'],
    exemption: regardless,
    ids: { use: '1.1', 'access-keys': '1.12', mfa: '1.13', 'hardware-mfa': '1.14', monitoring: '3.3' },
  },
  'security-hub': {
    framework: 'security-hub',
    version: null,
    sources: ['security-hub'],
    exemption: { without: 'credentials', verdict: 'passed' },
    ids: { 'access-keys': 'IAM.4', mfa: 'IAM.9', 'hardware-mfa': 'IAM.6', monitoring: 'CloudWatch.1' },
  },
  'aws-config': {
    framework: 'aws-config',
    version: null,
    sources: ['aws-config'],
    exemption: regardless,
    ids: {
      'access-keys': 'iam-root-access-key-check',
      mfa: 'root-account-mfa-enabled',
      'hardware-mfa': 'root-account-hardware-mfa-enabled',
    },
  },
  // No framework reads signing certificates, which sign requests as the root user all the same.
  rootctl: {
    framework: 'rootctl',
    version: null,
    sources: ['rootctl'],
    exemption: regardless,
    ids: { 'signing-certificates': 'signing-certificates' },
  },
} as const satisfies Readonly<Record<FrameworkName, Framework>>;

/** A control, and what it does with an account that has nothing for MFA to guard. */
export interface KnownControl extends Control {
  readonly exemption: Exemption;
}

/** The controls of these frameworks, or of all where none is named, in the order of the table. */
export const controlsOf = (names: readonly FrameworkName[]): readonly KnownControl[] =>
  frameworkNames.filter((name) => names.length === 0 || names.includes(name)).flatMap(controlsIn);

function controlsIn(name: FrameworkName): readonly KnownControl[] {
  const { framework, version, sources, exemption, ids }: Framework = frameworks[name];
  return controlSubjects.flatMap((subject) => {
    const id = ids[subject];
    return id === undefined ? [] : [{ key: `${name}/${id}`, framework, version, id, subject, sources, exemption }];
  });
}

/**
 * What other standards say of the same, and who says that it is the same. AWS maps the controls of Security Hub;
 * Prowler tells no subject apart.
 */
export const controlMappings: readonly ControlMapping[] = [
  {
    by: 'security-hub',
    standard: 'NIST SP 800-53 r5',
    subjects: ['access-keys'],
    ids: ['AC-2(1)', 'AC-3(15)', 'AC-3(7)', 'AC-6', 'AC-6(10)', 'AC-6(2)'],
  },
  {
    by: 'security-hub',
    standard: 'NIST SP 800-53 r5',
    subjects: ['mfa', 'hardware-mfa'],
    ids: ['AC-2(1)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-2(6)', 'IA-2(8)'],
  },
  { by: 'security-hub', standard: 'PCI DSS 4.0.1', subjects: ['mfa', 'hardware-mfa'], ids: ['8.4.2'] },
  { by: 'steampipe', standard: 'SOC 2', subjects: ['access-keys'], ids: ['CC6.1', 'CC6.2', 'CC6.3'] },
  { by: 'steampipe', standard: 'SOC 2', subjects: ['mfa'], ids: ['CC6.6'] },
  { by: 'prowler', standard: 'ISO/IEC 27001:2022', subjects: null, ids: ['A.5.15', 'A.5.17', 'A.8.5'] },
  { by: 'prowler', standard: 'Well-Architected', subjects: null, ids: ['SEC01-BP02'] },
  { by: 'prowler', standard: 'C5:2025', subjects: null, ids: ['IAM-03.01B', 'IAM-08.02B'] },
];
