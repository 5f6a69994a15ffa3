import { iamServicePrincipal } from '../../../policy/index.ts';
import type { Call } from '../../call.ts';
import { epochSeconds, isoSeconds } from '../../instant.ts';
import type { Input } from '../../protocols/json.ts';
import { delaySwitch, type OrganizationState } from '../../state.ts';
import { Refusal } from '../../wire.ts';
import { stateOf } from './accounts.ts';
import { accountNamed, listed, type Operation, patterns, text } from './call.ts';

/** Trusted access and delegated administrators (Organizations API Reference, "AWS service access"). */
export const delegationOperations: Readonly<Record<string, Operation>> = {
  EnableAWSServiceAccess(call, organization, input) {
    const servicePrincipal = principalIn(input);
    if (organization.featureSet !== 'ALL')
      throw new Refusal(
        'ConstraintViolationException',
        400,
        'You can enable trusted access only in an organization that has all features enabled.',
        { fields: { Reason: 'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE' } },
      );
    if (!organization.trustedServices.has(servicePrincipal)) {
      if (servicePrincipal === iamServicePrincipal) delaySwitch(call.state, 'trustedAccess', false, call.nowMs);
      organization.trustedServices.set(servicePrincipal, isoSeconds(call.nowMs));
      call.changed();
    }
    return {};
  },
  DisableAWSServiceAccess(call, organization, input) {
    const servicePrincipal = principalIn(input);
    if (organization.delegates.some((one) => one.servicePrincipal === servicePrincipal))
      throw new Refusal(
        'ConstraintViolationException',
        400,
        'You have delegated administrator/s for this service. De-register them in order to disable service access.',
        { fields: { Reason: 'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE' } }, // recorded 2026-09
      );
    if (organization.trustedServices.delete(servicePrincipal)) {
      if (servicePrincipal === iamServicePrincipal) delaySwitch(call.state, 'trustedAccess', true, call.nowMs);
      call.changed();
    }
    return {};
  },
  ListAWSServiceAccessForOrganization: (call, { trustedServices }, input) =>
    listed(call, input, 'EnabledServicePrincipals', [...trustedServices], ([ServicePrincipal, enabledAt]) => ({
      ServicePrincipal,
      DateEnabled: epochSeconds(enabledAt),
    })),
  RegisterDelegatedAdministrator(call, organization, input) {
    const account = accountNamed(call, text(input, 'AccountId', patterns.account));
    const servicePrincipal = principalIn(input);
    if (account.id === organization.managementAccountId)
      throw new Refusal(
        'ConstraintViolationException',
        400,
        'You cannot register the management account as a delegated administrator.',
        { fields: { Reason: 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR' } },
      );
    if (account.state !== 'ACTIVE')
      throw new Refusal(
        'ConstraintViolationException',
        400,
        'You cannot register a suspended account as a delegated administrator.',
        { fields: { Reason: 'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR' } },
      );
    if (!organization.trustedServices.has(servicePrincipal))
      throw new Refusal(
        'ConstraintViolationException',
        400,
        'You must enable service access before you register a delegated administrator.',
        { fields: { Reason: 'SERVICE_ACCESS_NOT_ENABLED' } },
      );
    if (registered(organization, account.id, servicePrincipal))
      throw new Refusal(
        'AccountAlreadyRegisteredException',
        400,
        'The specified account is already a delegated administrator for this AWS service.',
      );
    const wasDelegate = delegates(organization, account.id);
    organization.delegates.push({ accountId: account.id, servicePrincipal, registeredAt: isoSeconds(call.nowMs) });
    if (!wasDelegate && servicePrincipal === iamServicePrincipal) delayDelegate(call, account.id, false);
    call.changed();
    return {};
  },
  DeregisterDelegatedAdministrator(call, organization, input) {
    const account = accountNamed(call, text(input, 'AccountId', patterns.account));
    const servicePrincipal = principalIn(input);
    if (!registered(organization, account.id, servicePrincipal))
      throw new Refusal(
        'AccountNotRegisteredException',
        400,
        'The specified account is not a delegated administrator for this AWS service.',
      );
    organization.delegates = organization.delegates.filter(
      (one) => one.accountId !== account.id || one.servicePrincipal !== servicePrincipal,
    );
    if (servicePrincipal === iamServicePrincipal) delayDelegate(call, account.id, true);
    call.changed();
    return {};
  },
  ListDelegatedAdministrators(call, organization, input) {
    const wanted = input['ServicePrincipal'] === undefined ? undefined : principalIn(input);
    const matching = organization.delegates.filter((one) => wanted === undefined || one.servicePrincipal === wanted);
    const first = matching.filter(
      (one, index) => matching.findIndex(({ accountId }) => accountId === one.accountId) === index,
    );
    return listed(call, input, 'DelegatedAdministrators', first, ({ accountId, registeredAt }) => {
      const account = accountNamed(call, accountId);
      return {
        Id: account.id,
        Arn: `arn:${call.state.partition}:organizations::${organization.managementAccountId}:account/${organization.id}/${account.id}`,
        Email: account.email,
        Name: account.name,
        ...stateOf(call, account),
        JoinedMethod: account.joinedMethod,
        JoinedTimestamp: account.joinedAtSeconds,
        DelegationEnabledDate: epochSeconds(registeredAt),
      };
    });
  },
  ListDelegatedServicesForAccount(call, organization, input) {
    const account = accountNamed(call, text(input, 'AccountId', patterns.account));
    if (!delegates(organization, account.id))
      throw new Refusal(
        'AccountNotRegisteredException',
        400,
        'The specified account is not a delegated administrator.',
      );
    const own = organization.delegates.filter(({ accountId }) => accountId === account.id);
    return listed(call, input, 'DelegatedServices', own, ({ servicePrincipal, registeredAt }) => ({
      ServicePrincipal: servicePrincipal,
      DelegationEnabledDate: epochSeconds(registeredAt),
    }));
  },
};

const principalIn = (input: Input): string => text(input, 'ServicePrincipal', patterns.servicePrincipal);

const delegates = ({ delegates: all }: OrganizationState, id: string): boolean =>
  all.some(({ accountId }) => accountId === id);

const registered = ({ delegates: all }: OrganizationState, id: string, servicePrincipal: string): boolean =>
  all.some((one) => one.accountId === id && one.servicePrincipal === servicePrincipal);

const delayDelegate = ({ state, nowMs }: Call, accountId: string, was: boolean): void =>
  delaySwitch(state, `delegate:${accountId}`, was, nowMs);
