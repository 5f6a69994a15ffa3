import type { organizationProblems as entries } from '../../problems/organization.ts';
import type { ProblemWordsOf } from '../problem-words.ts';
import { grammar } from './grammar.ts';

export const organizationProblems: ProblemWordsOf<keyof typeof entries> = {
  MalformedResponse: {
    message: ({ missing }) =>
      missing === 'caller'
        ? 'the response from STS does not say who the caller is'
        : 'the response to DescribeOrganization does not name the organization',
    hint: () => 'check --endpoint-url and the network',
  },
  UnsupportedPartition: {
    message: ({ partition }) =>
      `centralized root access works differently in the partition ${partition}, and rootctl does not support it there`,
    hint: () => 'use credentials of an organization in the commercial partition (aws)',
  },
  AWSOrganizationsNotInUseException: {
    message: ({ account }) => `account ${account} is not in an organization`,
    hint: (_, { cure }) => `use credentials of the management account of an organization, or create one: ${cure}`,
  },
  AccountNotManagementOrDelegatedAdministratorException: {
    message: ({ account, organization }) =>
      `account ${account} is an ordinary member account of organization ${organization}`,
    hint: ({ managementAccount }) =>
      `use credentials of its management account ${managementAccount}, or of a delegated administrator for iam.amazonaws.com`,
  },
  OrganizationNotInAllFeaturesModeException: {
    message: ({ organization }) =>
      `organization ${organization} has consolidated billing only, but centralized root access needs all features`,
    hint: (_, { cure }) => `enable all features from the management account: ${cure}`,
  },
  ServiceAccessNotEnabledException: {
    message: ({ organization }) => `trusted access for IAM is off in organization ${organization}`,
    hint: (data, { cure }) => `turn on centralized root access: ${cure}${fromWhere(data)}`,
  },
  RootCredentialsManagementNotEnabled: {
    message: ({ organization }) => `root credentials management is off in organization ${organization}`,
    hint: (data, { cure }) => `turn it on: ${cure}${fromWhere(data)}`,
  },
  RootSessionsNotEnabled: {
    message: ({ organization }) => `root sessions are off in organization ${organization}`,
    hint: (data, { cure }) => `turn them on: ${cure}${fromWhere(data)}`,
  },
  CallerIsNotManagementAccountException: {
    message: ({ wanted, account }) =>
      `${
        wanted === 'enable'
          ? 'centralized root access can be turned on'
          : 'trusted access and delegated administrators can be changed'
      } from the management account only, and ${account} is not the management account`,
    hint: ({ managementAccount }) => `use credentials of the management account ${managementAccount}`,
  },
  ConstraintViolationException: {
    message: ({ delegatedAdministrators: left }) =>
      `trusted access for IAM cannot be turned off while ${left.join(', ')} ${grammar.form(left.length, { one: 'is a delegated administrator', other: 'are delegated administrators' })}`,
    hint: (_, { cure }) => `deregister delegated administrators first: ${cure}`,
  },
  AccessDenied: {
    message: ({ policyName, policyId, target }) =>
      policyName === null
        ? `denied: no SCP on ${target} allows it`
        : `denied by SCP ${policyName} (${policyId}) on ${target}`,
    hint: ({ policyName, policyId, sid, target, action }, { cure }) =>
      policyName === null
        ? `attach an SCP to ${target} that allows ${action ?? 'these actions'} (such as FullAWSAccess); details: ${cure}`
        : `add "Null": {"aws:AssumedRoot": "true"} to ${sid === null ? 'its Deny statement' : `statement ${sid}`} of SCP ${policyName} (${policyId}) on ${target}; details: ${cure}`,
  },
};

const fromWhere = ({ managementAccount }: { readonly managementAccount: string | null }): string =>
  managementAccount === null ? '' : ` (from the management account ${managementAccount})`;
