/** What `--framework` takes, in the order of the table. */
export const frameworkNames = [
  'cis-7.0.0',
  'cis-6.0.0',
  'cis-5.0.0',
  'cis-3.0.0',
  'cis-1.4.0',
  'cis-1.2',
  'security-hub',
  'aws-config',
  'rootctl',
] as const;
export type FrameworkName = (typeof frameworkNames)[number];

export const isFrameworkName = (name: string): name is FrameworkName => frameworkNames.some((known) => known === name);
