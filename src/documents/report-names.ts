/** What a control asks of the organization or of an account; its title is in the words, by this name. */
export const controlSubjects = [
  'centralized-root-access',
  'access-keys',
  'mfa',
  'hardware-mfa',
  'use',
  'monitoring',
  'signing-certificates',
] as const;
export type ControlSubject = (typeof controlSubjects)[number];

export const verdictNames = ['passed', 'failed', 'unknown', 'not-applicable', 'not-assessed'] as const;
export type VerdictName = (typeof verdictNames)[number];
