import type { Control, ControlMapping, Verdict } from '../../documents/index.ts';
import type { Site } from './site.ts';

/** `CIS AWS Foundations Benchmark 7.0.0`, over its controls. */
export const frameworkName = ({ framework, version }: Control, { words }: Site): string =>
  [words.controls.frameworks[framework], version].filter(Boolean).join(' ');

/** `CIS 7.0.0 2.4`, where there is little room. */
export const controlLabel = ({ framework, version, id }: Control, { page }: Site): string =>
  [page.controls.tags[framework], version, id].filter(Boolean).join(' ');

export const controlTitle = ({ subject }: Control, { words }: Site): string => words.controls.titles[subject];

export const reasonText = ({ reasonCode }: Verdict, { words }: Site): string => words.controls.reasons[reasonCode];

export const sourceText = ({ sources }: Control, { words }: Site): string =>
  words.controls.readIn(sources.map((source) => words.controls.sources[source]));

/** Another standard that speaks of the same, and whose word it is: a row. */
export function mappingRow({ by, standard, subjects, ids }: ControlMapping, { page, words }: Site): readonly string[] {
  const names = subjects?.map((subject) => words.controls.subjects[subject]) ?? [page.controls.everySubject];
  const { comma } = words.shared;
  return [standard, names.join(comma), ids.join(comma), words.controls.sources[by]];
}
