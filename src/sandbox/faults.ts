import { seededRandom } from '../random.ts';
import type { Fault, FaultKind } from './behaviour.ts';
import type { ServiceName } from './services/index.ts';
import type { SandboxState } from './state.ts';

export interface FaultTarget {
  readonly service: ServiceName;
  readonly operation: string;
  /** The account whose call it is; for AssumeRoot the target. */
  readonly accountId: string;
  /** What a call of Organizations is about; undefined where it names nothing. */
  readonly resourceId: string | undefined;
}

/** A fault that happens, and a number that follows from the same, for what is left to chance in it. */
export type Strike = Fault & { readonly chance: number };

/**
 * Decides whether a fault happens. The decision depends on the seed, the rule, the operation, its account and how often that
 * operation was asked of that account, and not on the order among accounts: runs that differ in timing meet the same faults.
 */
export function createFaults(state: SandboxState): {
  strike(kind: FaultKind, target: FaultTarget): Strike | undefined;
} {
  const asked = new Map<string, number>();
  const struck = new Map<Fault, number>();
  // A state that was saved and loaded again must not meet the same faults for ever.
  const start = state.requestCount;
  return {
    strike(kind, target) {
      const faults = state.behaviour.faults;
      if (faults === undefined) return undefined;
      for (let index = 0; index < faults.length; index += 1) {
        const fault = faults[index];
        if (fault === undefined || fault.kind !== kind || !matches(fault, target)) continue;
        const name = `${index} ${kind} ${target.operation} ${target.accountId}`;
        const nth = asked.get(name) ?? 0;
        asked.set(name, nth + 1);
        const times = struck.get(fault) ?? 0;
        if (fault.times !== undefined && times >= fault.times) continue;
        const random = seededRandom(hash(`${state.seed} ${start} ${name} ${nth}`));
        if (random() >= fault.rate && fault.rate < 1) continue;
        struck.set(fault, times + 1);
        return { ...fault, chance: random() };
      }
      return undefined;
    },
  };
}

const matches = (fault: Fault, { service, operation, accountId, resourceId }: FaultTarget): boolean =>
  (fault.resourceId === undefined || fault.resourceId === resourceId) &&
  (fault.service === undefined || fault.service === service) &&
  (fault.operation === undefined || fault.operation === operation) &&
  (fault.accountId === undefined || fault.accountId === accountId);

/** FNV-1a, 32 bits: enough to spread seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
