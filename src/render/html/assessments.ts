import type { Control, ReportDocument, Verdict } from '../../documents/index.ts';
import type { PageAssessment, PageVerdict } from './data.ts';

export type VerdictCounts = Readonly<Record<PageVerdict, number>>;

/** What the controls come to: of each control over all accounts, and of each account over all controls. */
export interface Assessments {
  readonly counts: ReadonlyMap<string, VerdictCounts>;
  /** The verdicts on the organization itself, by the control's key. */
  readonly organization: ReadonlyMap<string, Verdict>;
  /** Each once: most accounts are assessed alike. */
  readonly all: readonly PageAssessment[];
  /** Place in `all`. */
  readonly of: (account: string) => number | undefined;
}

/** Goes through the verdicts once, an account at a time: of 50,000 accounts they are two million. */
export function assess(document: ReportDocument, reasonOf: (verdict: Verdict) => string): Assessments {
  const places = new Map(document.controls.map(({ key }, index) => [key, index]));
  const counts = new Map(document.controls.map(({ key }) => [key, noVerdicts()]));
  const organization = new Map<string, Verdict>();
  const all: PageAssessment[] = [];
  const known = new Map<string, number>();
  const byAccount = new Map<string, number>();

  for (const [account, verdicts] of consecutive(document.verdicts, counts, organization)) {
    const findings = findingsOf(verdicts, places, reasonOf);
    const key = JSON.stringify(findings);
    const place = known.get(key) ?? all.push(findings) - 1;
    known.set(key, place);
    byAccount.set(account, place);
  }
  return { counts, organization, all, of: (account) => byAccount.get(account) };
}

/** The verdicts of one account after the other, each counted on the way; those on the organization are set aside. */
function* consecutive(
  verdicts: Iterable<Verdict>,
  counts: ReadonlyMap<string, Record<PageVerdict, number>>,
  organization: Map<string, Verdict>,
): Iterable<readonly [string, readonly Verdict[]]> {
  let account: string | null = null;
  let own: Verdict[] = [];
  for (const verdict of verdicts) {
    const counted = counts.get(verdict.control);
    if (counted !== undefined) counted[verdict.verdict] += 1;
    if (verdict.account === null) {
      organization.set(verdict.control, verdict);
      continue;
    }
    if (verdict.account !== account) {
      if (account !== null) yield [account, own];
      account = verdict.account;
      own = [];
    }
    own.push(verdict);
  }
  if (account !== null) yield [account, own];
}

const noVerdicts = () => ({ failed: 0, unknown: 0, 'not-assessed': 0, 'not-applicable': 0, passed: 0 });

const order: Readonly<Record<PageVerdict, number>> = {
  failed: 0,
  unknown: 1,
  passed: 2,
  'not-applicable': 3,
  'not-assessed': 4,
};

/** Controls with one verdict for one reason stand together, what matters first. */
function findingsOf(
  verdicts: readonly Verdict[],
  places: ReadonlyMap<string, number>,
  reasonOf: (verdict: Verdict) => string,
): PageAssessment {
  const findings = new Map<string, { verdict: PageVerdict; reason: string; controls: number[] }>();
  for (const verdict of verdicts) {
    const place = places.get(verdict.control);
    if (place === undefined) continue;
    const key = `${verdict.verdict} ${verdict.reasonCode}`;
    const finding = findings.get(key) ?? { verdict: verdict.verdict, reason: reasonOf(verdict), controls: [] };
    finding.controls.push(place);
    findings.set(key, finding);
  }
  return [...findings.values()].sort((left, right) => order[left.verdict] - order[right.verdict]);
}

/** The controls of each framework in their order; of several versions of one the latest comes first. */
export function byFramework(controls: readonly Control[]): readonly (readonly Control[])[] {
  const groups = new Map<string, Control[]>();
  for (const control of controls) {
    const name = `${control.framework} ${control.version ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), control]);
  }
  const frameworks = [...new Set(controls.map(({ framework }) => framework))];
  const placeOf = ([control]: readonly Control[]) =>
    control === undefined ? 0 : frameworks.indexOf(control.framework);
  const versionOf = ([control]: readonly Control[]) => control?.version ?? '';
  return [...groups.values()].sort(
    (left, right) => placeOf(left) - placeOf(right) || compare(versionOf(right), versionOf(left)),
  );
}

const { compare } = new Intl.Collator('en', { numeric: true });
