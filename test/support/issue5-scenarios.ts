import { defaultScenario, type Scenario } from '../../src/sandbox/index.ts';

export const management = '111111111111';
export const payments = '123456789012';
export const dataLake = '210987654321';
export const network = '444444444444';
export const legacyErp = '555555555555';
export const suspended = '666666666666';

type Organization = NonNullable<Scenario['organization']>;

/** The default organization with centralized root access on; parts can be replaced. */
export function enabledDefault(
  organization: Partial<Organization> = {},
  more: Partial<Omit<Scenario, 'organization'>> = {},
): Scenario {
  const scenario = defaultScenario(7);
  if (scenario.organization === undefined) throw new Error('the default scenario has an organization');
  return {
    ...scenario,
    organization: {
      ...scenario.organization,
      trustedServices: [{ servicePrincipal: 'iam.amazonaws.com', enabledAt: '30d ago' }],
      rootCredentialsManagement: true,
      rootSessions: true,
      ...organization,
    },
    ...more,
  };
}

/** The same, with `account` delegated for IAM and another service, called from there. */
export const delegatedTo = (accountId: string): Scenario =>
  enabledDefault({
    trustedServices: ['iam.amazonaws.com', 'guardduty.amazonaws.com'].map((servicePrincipal) => ({
      servicePrincipal,
      enabledAt: '30d ago',
    })),
    delegatedAdministrators: ['iam.amazonaws.com', 'guardduty.amazonaws.com'].map((servicePrincipal) => ({
      accountId,
      servicePrincipal,
      registeredAt: '20d ago',
    })),
  });
