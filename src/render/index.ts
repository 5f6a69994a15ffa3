export { type AnnotationLevel, annotation, isOwnAnnotation, withoutCommands } from './annotation.ts';
export { incompleteSentence } from './completeness.ts';
export { renderExplanation, renderExplanations } from './explain.ts';
export {
  type Format,
  type FormatName,
  formatOfFile,
  formats,
  formatsFor,
  isFormatName,
  knownEndings,
  type OutputDocument,
  type OutputKind,
  piecesOf,
} from './formats.ts';
export { ouPath } from './ou-path.ts';
export { holdings, manyAccounts, renderPlanTotals } from './plan.ts';
export { relativeTime } from './relative-time.ts';
export { changeLines } from './status.ts';
export { notShownSentence } from './status-display.ts';
export { accountStates, statusColumnNames } from './status-names.ts';
export { createPaint } from './style.ts';
export { graphemes, padding, truncateEnd, truncateMiddle, visible, widthOf, wrap } from './text.ts';
export { renderLockedPolicy } from './unlock.ts';
export type { Arrangement, View } from './view.ts';
