import type { Control, Documents, ReportDocument, Verdict } from '../documents/index.ts';
import { written } from '../documents/index.ts';
import type { Speech } from './speech.ts';

type Written = Documents['rootctl.report'];

/** A control as documents write it: with its title, and where its number was read. */
export function writtenControl(control: Control, { words }: Speech): Written['controls'][number] {
  const { key, framework, version, id, subject, sources } = control;
  const { titles, sources: names, readIn } = words.controls;
  const title = titles[subject];
  return { key, framework, version, id, subject, title, sources, source: readIn(sources.map((one) => names[one])) };
}

/** A verdict as documents write it: with its reason. */
export function writtenVerdict(
  { account, control, verdict, reasonCode, evidence }: Verdict,
  { words }: Speech,
): Written['verdicts'][number] {
  return { account, control, verdict, reasonCode, reason: words.controls.reasons[reasonCode], evidence };
}

/** A report as it is written, but for the verdicts, which may be millions. */
export function writtenReport(document: ReportDocument, speech: Speech): Written {
  const { controls, verdicts: _, ...rest } = document;
  return {
    ...written(rest, speech.entryOf),
    controls: controls.map((control) => writtenControl(control, speech)),
    verdicts: [],
  };
}
