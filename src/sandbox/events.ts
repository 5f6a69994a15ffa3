import { toInstant } from './instant.ts';
import type { ScenarioEvent } from './scenario.ts';
import { type AccountState, exactAccessKey, type SandboxState } from './state.ts';

/** Applies the scenario's events as their time or request comes; each once. @returns whether anything changed. */
export function createEvents(state: SandboxState, policiesChanged: () => void): (nowMs: number) => boolean {
  const startMs = Date.parse(state.createdAt);
  const due = ({ at }: ScenarioEvent, nowMs: number): boolean => {
    if ('request' in at) return state.requestCount >= at.request;
    if ('afterMs' in at) return nowMs >= startMs + at.afterMs;
    return nowMs >= Date.parse(toInstant(at.time, startMs));
  };
  return (nowMs) => {
    if (state.events.length === 0) return false;
    let changed = false;
    for (let index = 0; index < state.events.length; ) {
      const event = state.events[index];
      if (event === undefined || !due(event, nowMs)) {
        index += 1;
        continue;
      }
      state.events.splice(index, 1);
      const account = state.accountsById.get(event.accountId);
      if (account === undefined) continue;
      applyEvent(state, account, event.set, nowMs);
      if (event.set.leave === true) leave(state, account);
      if (changesPolicies(event.set)) policiesChanged();
      changed = true;
    }
    return changed;
  };
}

function applyEvent(state: SandboxState, account: AccountState, set: ScenarioEvent['set'], nowMs: number): void {
  const { root } = account;
  const at = (text: string) => toInstant(text, nowMs);
  if (set.state !== undefined) account.state = set.state;
  if (set.loginProfile !== undefined) root.loginProfile = set.loginProfile ? { createdAt: at('0s ago') } : undefined;
  if (set.addAccessKey) root.accessKeys.push(exactAccessKey(set.addAccessKey, at));
  if (set.addMfaDevice) root.mfaDevices.push({ ...set.addMfaDevice, enabledAt: at(set.addMfaDevice.enabledAt) });
  if (set.addSigningCertificate)
    root.signingCertificates.push({
      ...set.addSigningCertificate,
      uploadedAt: at(set.addSigningCertificate.uploadedAt),
    });
  root.accessKeys = root.accessKeys.filter(({ id }) => id !== set.removeAccessKey);
  root.mfaDevices = root.mfaDevices.filter(({ serialNumber }) => serialNumber !== set.removeMfaDevice);
  root.signingCertificates = root.signingCertificates.filter(({ id }) => id !== set.removeSigningCertificate);
  if (set.attachPolicy !== undefined) state.organization?.policies.get(set.attachPolicy)?.targets.add(account.id);
  if (set.detachPolicy !== undefined) state.organization?.policies.get(set.detachPolicy)?.targets.delete(account.id);
}

const changesPolicies = ({ attachPolicy, detachPolicy, leave: isGone }: ScenarioEvent['set']): boolean =>
  attachPolicy !== undefined || detachPolicy !== undefined || isGone === true;

/** Nothing of the organization names it any more; sessions that it had are unknown credentials. */
function leave(state: SandboxState, account: AccountState): void {
  const { organization, accounts, accountsById, events } = state;
  accounts.splice(accounts.indexOf(account), 1);
  accountsById.delete(account.id);
  const left = events.filter(({ accountId }) => accountId !== account.id);
  events.splice(0, events.length, ...left);
  if (organization === undefined) return;
  const siblings = organization.accountsByParent.get(account.parentId) ?? [];
  organization.accountsByParent.set(
    account.parentId,
    siblings.filter((one) => one !== account),
  );
  organization.delegates = organization.delegates.filter(({ accountId }) => accountId !== account.id);
  for (const { targets } of organization.policies.values()) targets.delete(account.id);
}
