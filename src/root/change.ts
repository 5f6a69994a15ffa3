import type { PlanAccount, PlanAction } from '../documents/index.ts';
import { type DataOfCode, type Problem, problem } from '../problems/index.ts';

/** How what is there differs from what a plan holds. */
export type Change = DataOfCode<'ChangedSincePlan'>['how'];

interface Found {
  readonly createdAt?: string | null | undefined;
  readonly status?: string | undefined;
}

export const changedSince = ({ id }: PlanAccount, how: Change): Problem =>
  problem('ChangedSincePlan', { account: id, how });

/** A time that only one side knows is a change: a password has no id, and a device's serial number can come again. */
export function changeOf({ kind, ...planned }: PlanAction, found: Found): Change | null {
  const [before, now] = [planned.createdAt ?? null, found.createdAt ?? null];
  if (before !== now) {
    const at = now ?? before ?? '';
    return { is: before === null || now === null ? 'indistinct' : 'created-anew', kind, at };
  }
  if (planned.status === found.status) return null;
  return { is: 'status', kind, before: planned.status ?? null, now: found.status ?? null };
}
