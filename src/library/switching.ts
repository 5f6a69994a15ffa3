import { type DisableRequest as Disabling, disable as turnOff } from '../actions/disable.ts';
import { type EnableRequest as Enabling, enable as turnOn } from '../actions/enable.ts';
import type { DisableDocument, EnableDocument } from './documents.ts';
import { type Environment, perform } from './environment.ts';
import { accountIdOf, type Plain } from './plain.ts';

export type EnableRequest = Plain<Enabling>;
export type DisableRequest = Plain<Disabling>;

/**
 * Turns on centralized root access: trusted access for IAM and the features, what is on already left alone. Deletes nothing.
 * @returns how the switches were and are; `error` when AWS refused one half-way.
 * @throws ProblemError before anything is switched.
 */
export const enable = (
  { delegatedAdministrator, ...request }: EnableRequest,
  environment: Environment,
): Promise<EnableDocument> =>
  perform('rootctl.enable', environment, async (inner) => {
    const delegate = delegatedAdministrator === undefined ? undefined : accountIdOf(delegatedAdministrator);
    return turnOn({ ...request, delegatedAdministrator: delegate }, inner);
  });

/**
 * Turns centralized root access off, what is off already left alone. Neither deletes nor restores a credential.
 * @returns how the switches were and are; `error` when AWS refused one half-way.
 * @throws ProblemError before anything is switched: `NotConfirmed` where nobody agreed.
 */
export const disable = (
  { delegatedAdministrator, ...request }: DisableRequest,
  environment: Environment,
): Promise<DisableDocument> =>
  perform('rootctl.disable', environment, async (inner) => {
    const delegate = delegatedAdministrator === undefined ? undefined : accountIdOf(delegatedAdministrator);
    return turnOff({ ...request, delegatedAdministrator: delegate }, inner);
  });
