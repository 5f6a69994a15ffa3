import type { ControlSubject, ReportDocument, Verdict, VerdictName, VerdictReason } from '../documents/index.ts';

type Reasons = ReadonlyMap<ControlSubject, VerdictReason>;

/** An account that a control does not pass: why, by what the controls ask. */
export interface JudgedAccount {
  readonly id: string;
  readonly name: string;
  readonly failed: Reasons;
  readonly unknown: Reasons;
}

/** The verdicts in numbers, and the accounts that people want to see one by one. */
export interface Tally {
  /** Accounts that were judged: those of the selection, and the management account where its summary was read. */
  readonly accounts: number;
  /** By the key of a control. */
  readonly counts: ReadonlyMap<string, Readonly<Record<VerdictName, number>>>;
  /** The organization's own. */
  readonly organization: readonly Verdict[];
  /** Accounts of which a verdict is `failed`, in the order of their ids. */
  readonly failing: readonly JudgedAccount[];
  /** Accounts that fail nothing, of which a verdict is `unknown`. */
  readonly open: readonly JudgedAccount[];
}

/** Goes through the verdicts once. */
export function tallyOf({ accounts, controls, verdicts }: ReportDocument): Tally {
  const none = { passed: 0, failed: 0, unknown: 0, 'not-applicable': 0, 'not-assessed': 0 };
  const counts = new Map(controls.map(({ key }) => [key, { ...none }]));
  const subjects = new Map(controls.map(({ key, subject }) => [key, subject]));
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const organization: Verdict[] = [];
  const ids = new Set<string>();
  const reasons = {
    failed: new Map<string, Map<ControlSubject, VerdictReason>>(),
    unknown: new Map<string, Map<ControlSubject, VerdictReason>>(),
  };
  for (const one of verdicts) {
    const { account, control, verdict, reasonCode } = one;
    const count = counts.get(control);
    if (count !== undefined) count[verdict] += 1;
    if (account === null) organization.push(one);
    else ids.add(account);
    const subject = subjects.get(control);
    if (account === null || subject === undefined || (verdict !== 'failed' && verdict !== 'unknown')) continue;
    const ofAccount = reasons[verdict].get(account);
    if (ofAccount === undefined) reasons[verdict].set(account, new Map([[subject, reasonCode]]));
    else ofAccount.set(subject, reasonCode);
  }
  const nothing: Reasons = new Map();
  const judged = (id: string): JudgedAccount => ({
    id,
    name: names.get(id) ?? id,
    failed: reasons.failed.get(id) ?? nothing,
    unknown: reasons.unknown.get(id) ?? nothing,
  });
  return {
    accounts: ids.size,
    counts,
    organization,
    failing: [...reasons.failed.keys()].map(judged),
    open: [...reasons.unknown.keys()].filter((id) => !reasons.failed.has(id)).map(judged),
  };
}

/** Of how many accounts not everything is known. */
export const openIn = ({ failing, open }: Tally): number =>
  open.length + failing.filter(({ unknown }) => unknown.size > 0).length;
