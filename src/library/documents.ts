import type * as inside from '../documents/index.ts';
import {
  compareStatus as compareHeld,
  type DocumentKind,
  type Documents,
  held,
  isPartlyUnknown as isHeldPartlyUnknown,
  type PlanDocument,
  parseDocumentOf,
  type StatusChange,
  type Written,
} from '../documents/index.ts';
import type { OwnProblem } from '../problems/index.ts';

// The program holds problems where a written document has their sentences. Outside, a document is what is written.
export type AccountStatus = Written<inside.AccountStatus>;
export type DeleteAccount = Written<inside.DeleteAccount>;
export type DeleteAction = Written<inside.DeleteAction>;
export type DeleteDocument = Written<inside.DeleteDocument>;
export type DisableDocument = Extract<Written<inside.EnableDocument>, { readonly kind: 'rootctl.disable' }>;
export type DoctorDocument = Documents['rootctl.doctor'];
export type DoctorCheck = DoctorDocument['checks'][number];
export type ScpEntry = DoctorDocument['scp'][number];
export type EnableDocument = Extract<Written<inside.EnableDocument>, { readonly kind: 'rootctl.enable' }>;
export type ErrorDocument = Written<inside.ErrorDocument>;
export type RecoverAccount = Written<inside.RecoverAccount>;
export type RecoverDocument = Written<inside.RecoverDocument>;
export type ReportDocument = Documents['rootctl.report'];
export type RunDetailDocument = Written<inside.RunDetailDocument>;
export type RunEntry = Written<inside.RunEntry>;
export type RunsDocument = Written<inside.RunsDocument>;
export type StatusDocument = Written<inside.StatusDocument>;
export type UnlockDocument = Documents['rootctl.unlock'];
export type PolicyStatement = UnlockDocument['statements'][number];

/** What was read, or why it is none of its kind: `problem.data.flaw` names the first place that does not fit. */
export type Parsed<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problem: Extract<OwnProblem, { readonly code: 'InvalidDocument' }> };

/** Reads a document of any kind from its JSON text. A plan is read as strictly as by `parsePlan`. Never throws. */
export const parseDocument = <Kind extends DocumentKind>(kind: Kind, text: string): Parsed<Documents[Kind]> =>
  parseDocumentOf(kind, text);

/** Reads a status from its JSON text. */
export const parseStatus = (text: string): Parsed<StatusDocument> => parseDocument('rootctl.status', text);

/** Reads a plan strictly: its hash must fit its contents. */
export const parsePlan = (text: string): Parsed<PlanDocument> => parseDocument('rootctl.plan', text);

/**
 * Compares two statuses, in the order of the accounts' ids. Nothing is said of accounts that were not looked at now, and
 * of those that only the baseline lists.
 * @param members ids of all accounts of the organization, by a listing that came to its end: with them, accounts of the
 * baseline that are not among them have `left`.
 */
export const compareStatus = (
  baseline: StatusDocument,
  current: StatusDocument,
  members?: ReadonlySet<string>,
): readonly StatusChange[] => compareHeld(held(baseline), held(current), { members });

/** Whether a kind of the account's credentials is not known, whatever else is: a comparison passes over nothing in it. */
export const isPartlyUnknown = (account: AccountStatus): boolean => isHeldPartlyUnknown(account);
