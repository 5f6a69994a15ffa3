import { report as makeReport } from '../actions/report.ts';
import { systemClock } from '../clock.ts';
import type { FrameworkName } from '../controls/index.ts';
import { held } from '../documents/index.ts';
import type { ReportDocument, StatusDocument } from './documents.ts';
import { asDocument, version } from './environment.ts';

export type { FrameworkName } from '../controls/index.ts';

export interface ReportRequest {
  /** One status, or several of a period, in any order. */
  readonly readings: readonly StatusDocument[];
  /** Controls of these alone: of every framework that rootctl knows unless given. */
  readonly frameworks?: readonly FrameworkName[] | undefined;
}

/**
 * Says what controls say of what was read: of the last reading, and over the period what became clean and what came back.
 * Asks nothing of AWS. All verdicts are in memory: of 10,000 accounts and every framework they are 400,000.
 * @throws ProblemError `NoReadings`, `SeveralOrganizations`, `ReadingTwice`
 */
export function report({ readings, frameworks = [] }: ReportRequest): ReportDocument {
  const environment = { clock: systemClock, product: { version, isSimulated: false } };
  return asDocument('rootctl.report', makeReport({ readings: held(readings), frameworks }, environment));
}
