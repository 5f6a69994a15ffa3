import type {
  CheckId,
  DoctorCheck,
  DoctorDocument,
  Finding,
  FindingOf,
  NotMade,
  ScpDetail,
  ScpEntry,
  WrittenDoctorDocument,
} from '../documents/index.ts';
import type { Speech } from './speech.ts';

/** A problem in one line: its message, its code where the message does not name it, and what to do if that is asked for. */
export type Told = (problem: FindingOf<'problem'>) => string;

/** What `doctor` says. */
export interface DoctorWords {
  readonly labels: Readonly<Record<CheckId, string>>;
  readonly notMade: (why: NotMade) => string;
  readonly findings: {
    readonly [Name in Finding['finding']]: (finding: FindingOf<Name>, told: Told) => string;
  };
  /** A message with what to do. */
  readonly withHint: (message: string, hint: string) => string;
  readonly noPlace: string;
  readonly notTried: string;
  /** What blocks these accounts. */
  readonly blocked: (who: string, by: ScpEntry) => string;
  /** A policy that may block these accounts. */
  readonly doubtful: (who: string, why: string) => string;
  /** Accounts whose policies are not known. */
  readonly untold: (who: string, why: string) => string;
  readonly allWell: string;
  readonly failed: (checks: number) => string;
  readonly unsure: (checks: number) => string;
  readonly verdict: (parts: readonly string[]) => string;
}

/** What a check found, in one sentence. */
export function findingText(finding: Finding, speech: Speech): string {
  const { doctor } = speech.words;
  const told: Told = ({ problem, isHinted }) => {
    const named = speech.phraseOf(problem);
    const { hint } = speech.entryOf(problem);
    return isHinted && hint !== null ? doctor.withHint(named, hint) : named;
  };
  const say = doctor.findings[finding.finding] as (finding: Finding, told: Told) => string; // each takes its own
  return say(finding, told);
}

/** Why nobody knows whether an account is blocked. */
export function scpDetailText(detail: ScpDetail, { words, entryOf }: Speech): string | null {
  switch (detail.detail) {
    case 'no-place':
      return words.doctor.noPlace;
    case 'not-tried':
      return words.doctor.notTried;
    case 'refused':
      return entryOf(detail.problem).message;
    case 'policy':
      return words.policy.scp(detail.verdict);
  }
}

/** The document as it is written: with sentences, and with cures as commands. */
export function writtenDoctor(document: DoctorDocument, speech: Speech): WrittenDoctorDocument {
  const checkOf = ({ id, result, finding, cure }: DoctorCheck) => ({
    id,
    result,
    message: findingText(finding, speech),
    cure: cure === null ? null : speech.command(cure),
  });
  return {
    ...document,
    checks: document.checks.map(checkOf),
    scp: document.scp.map(({ detail, ...entry }) =>
      detail === undefined ? entry : { ...entry, detail: scpDetailText(detail, speech) },
    ),
  };
}
