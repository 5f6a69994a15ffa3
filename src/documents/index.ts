import type * as z from 'zod/mini';
import { held, type Immutable } from './common.ts';
import { configDocument } from './config.ts';
import { deleteAccountLine, deleteDocument, deleteSummaryLine } from './delete.ts';
import { doctorDocument } from './doctor.ts';
import { type EarlierStatus, readEarlier } from './earlier.ts';
import { disableDocument, enableDocument } from './enable.ts';
import { errorDocument } from './error.ts';
import { type Parsed, parseDocument, refused } from './parsing.ts';
import { parsePlan, planDocument } from './plan.ts';
import { recoverDocument } from './recover.ts';
import { reportDocument } from './report.ts';
import { runDetailDocument, runsDocument } from './runs.ts';
import { sandboxResetDocument, sandboxShowDocument } from './sandbox.ts';
import { type StatusDocument, statusAccountLine, statusDocument, statusSummaryLine } from './status.ts';
import { nonsenseInStatus } from './status-sense.ts';
import { unlockDocument } from './unlock.ts';

export { compareStatus, isPartlyUnknown, isUnaccepted } from './baseline.ts';
export type * from './common.ts';
export { held, skipReasons, wasCutShort, written } from './common.ts';
export type * from './config.ts';
export type * from './delete.ts';
export { isSettled, isTrouble, isTroubled, parseDeleteAccounts } from './delete.ts';
export type * from './doctor.ts';
export { checkIds } from './doctor.ts';
export type * from './earlier.ts';
export type * from './enable.ts';
export type * from './error.ts';
export type * from './journal.ts';
export { journalLine } from './journal.ts';
export type * from './kinds/index.ts';
export { credentialKindNames, credentialKinds, isUnguarded, kindsAsShown, presenceOf } from './kinds/index.ts';
export { canonicalJson, clockToleranceMs, type Parsed, parseDocument } from './parsing.ts';
export type * from './plan.ts';
export { parsePlan, planHash, readPlan } from './plan.ts';
export type * from './recover.ts';
export type * from './report.ts';
export type * from './report-names.ts';
export { controlSubjects, verdictNames } from './report-names.ts';
export type * from './runs.ts';
export type * from './sandbox.ts';
export type * from './status.ts';
export { createStatusTally, statusSummaryOf } from './status.ts';
export type * from './unlock.ts';

/**
 * Every document that rootctl prints or writes, by its `kind`; `schemas/<kind>.schema.json` is made from this list. By
 * getters, because a schema is made when its file is read, and most commands need one or two.
 */
export const documentSchemas = {
  get 'rootctl.status'() {
    return statusDocument;
  },
  get 'rootctl.status.account'() {
    return statusAccountLine;
  },
  get 'rootctl.status.summary'() {
    return statusSummaryLine;
  },
  get 'rootctl.delete'() {
    return deleteDocument;
  },
  get 'rootctl.delete.account'() {
    return deleteAccountLine;
  },
  get 'rootctl.delete.summary'() {
    return deleteSummaryLine;
  },
  get 'rootctl.plan'() {
    return planDocument;
  },
  get 'rootctl.enable'() {
    return enableDocument;
  },
  get 'rootctl.disable'() {
    return disableDocument;
  },
  get 'rootctl.recover'() {
    return recoverDocument;
  },
  get 'rootctl.unlock'() {
    return unlockDocument;
  },
  get 'rootctl.report'() {
    return reportDocument;
  },
  get 'rootctl.runs'() {
    return runsDocument;
  },
  get 'rootctl.run'() {
    return runDetailDocument;
  },
  get 'rootctl.doctor'() {
    return doctorDocument;
  },
  get 'rootctl.sandbox.reset'() {
    return sandboxResetDocument;
  },
  get 'rootctl.sandbox.show'() {
    return sandboxShowDocument;
  },
  get 'rootctl.config'() {
    return configDocument;
  },
  get 'rootctl.error'() {
    return errorDocument;
  },
} as const;
export type DocumentKind = keyof typeof documentSchemas;

/** What a document of each kind is. */
export type Documents = { readonly [Kind in DocumentKind]: Immutable<z.infer<(typeof documentSchemas)[Kind]>> };

/** Reads an earlier `status -o json`, for `--from` and `report`: one that rootctl could have printed. */
export function parseStatus(text: string): Parsed<StatusDocument> {
  const parsed = parseWrittenStatus(text);
  return parsed.ok ? { ok: true, document: held(parsed.document) } : parsed;
}

/** The same for `--baseline`. What is refused is read again whole, which can say why. */
export function parseEarlier(text: string): Parsed<EarlierStatus> {
  const document = readEarlier(text);
  return document === null ? parseStatus(text) : { ok: true, document };
}

function parseWrittenStatus(text: string): Parsed<Documents['rootctl.status']> {
  const parsed = parseDocument(statusDocument, 'rootctl.status', text);
  if (!parsed.ok) return parsed;
  const nonsense = nonsenseInStatus(parsed.document);
  return nonsense === null ? parsed : refused(nonsense);
}

/**
 * Reads a document of any kind from its JSON text, as it is written. A plan is read as strictly as by `parsePlan`, a
 * status as by `parseStatus`.
 */
export function parseDocumentOf<Kind extends DocumentKind>(kind: Kind, text: string): Parsed<Documents[Kind]> {
  return readerOf(kind)(text) as Parsed<Documents[Kind]>; // the compiler does not follow a key into its schema
}

function readerOf(kind: DocumentKind): (text: string) => Parsed<Documents[DocumentKind]> {
  switch (kind) {
    case 'rootctl.plan':
      return parsePlan;
    case 'rootctl.status':
      return parseWrittenStatus;
    default:
      return (text) => parseDocument(documentSchemas[kind], kind, text);
  }
}
