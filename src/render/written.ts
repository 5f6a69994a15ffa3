import { type DocumentKind, written } from '../documents/index.ts';
import { type Speech, writtenDoctor, writtenReport, writtenVerdict } from '../words/index.ts';
import type { OutputDocument } from './formats/format.ts';

/** A document as it is written: where the program holds data, the sentences that are made of it, in the language of data. */
export function asWritten(
  document: OutputDocument,
  speech: Speech,
): { readonly kind: DocumentKind } & Readonly<Record<string, unknown>> {
  const { entryOf, words } = speech;
  if (document.kind === 'rootctl.doctor') return { ...writtenDoctor(document, speech) };
  if (document.kind === 'rootctl.report') {
    const verdicts = Array.from(document.verdicts, (verdict) => writtenVerdict(verdict, speech));
    return { ...writtenReport(document, speech), verdicts };
  }
  const whole = written(document, entryOf);
  if (document.kind !== 'rootctl.unlock') return { ...whole };
  const statements = document.statements.map((statement) => ({ ...statement, why: words.policy.lock(statement.why) }));
  return { ...whole, statements };
}
