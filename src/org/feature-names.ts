/** The two features of centralized root access as flags and people name them, in the order of switching on. */
export const featureNames = ['root-credentials-management', 'root-sessions'] as const;
export type FeatureName = (typeof featureNames)[number];

export const isFeatureName = (name: string): name is FeatureName => featureNames.some((known) => known === name);
