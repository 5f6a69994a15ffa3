import { aws, rootctl } from './cure.ts';
import { define } from './define.ts';
import { oneOf, orNull, text, texts } from './fields.ts';

/** `managementAccount`: from where a switch is turned; null for a caller who is there. */
const switchedOff = define(
  { organization: text, managementAccount: orNull(text) },
  { move: 'administrator', exit: 'failed', cure: () => rootctl('enable') },
);

/** Who belongs to the organization, what is switched on in it, and what its policies say. */
export const organizationProblems = {
  /** An answer without what it is asked for. */
  MalformedResponse: define({ missing: oneOf('caller', 'organization') }, { move: 'caller', exit: 'failed' }),
  UnsupportedPartition: define({ partition: text }, { move: 'caller', exit: 'failed' }),
  AWSOrganizationsNotInUseException: define(
    { account: text },
    {
      move: 'caller',
      exit: 'failed',
      cure: () => aws('organizations', 'create-organization', '--feature-set', 'ALL'),
    },
  ),
  /** The caller is an ordinary member. */
  AccountNotManagementOrDelegatedAdministratorException: define(
    { account: text, organization: text, managementAccount: text },
    { move: 'caller', exit: 'failed' },
  ),
  /** Consolidated billing alone has no centralized root access (IAM User Guide, "Centralize root access"). */
  OrganizationNotInAllFeaturesModeException: define(
    { organization: text },
    { move: 'administrator', exit: 'failed', cure: () => aws('organizations', 'enable-all-features') },
  ),
  /** Trusted access for IAM is off. */
  ServiceAccessNotEnabledException: switchedOff,
  RootCredentialsManagementNotEnabled: switchedOff,
  RootSessionsNotEnabled: switchedOff,
  /** `wanted`: what can be changed from the management account alone. */
  CallerIsNotManagementAccountException: define(
    { wanted: oneOf('enable', 'disable'), account: text, managementAccount: text },
    { move: 'caller', exit: 'failed' },
  ),
  /** Trusted access cannot be taken away from under delegated administrators. */
  ConstraintViolationException: define(
    { delegatedAdministrators: texts },
    {
      move: 'caller',
      exit: 'failed',
      cure: ({ delegatedAdministrators: [first = 'ACCOUNT'] }) => rootctl('disable', '--delegated-admin', first),
    },
  ),
  /** A root session was refused, and the service control policy that refuses it was found. `sid`: of its statement. */
  AccessDenied: define(
    { policyId: orNull(text), policyName: orNull(text), sid: orNull(text), target: text, action: orNull(text) },
    { move: 'administrator', exit: 'failed', cure: () => rootctl('doctor') },
  ),
} as const;
