export { type AnnotationLevel, annotation, isOwnAnnotation, withoutCommands } from './annotation.ts';
export { incompleteSentence } from './completeness.ts';
export { renderExplanation, renderExplanations } from './explain.ts';
export { renderFailure } from './failure.ts';
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
  sarifFailure,
} from './formats.ts';
export { ouPath } from './ou-path.ts';
export { holdings, manyAccounts, renderPlanTotals } from './plan.ts';
export { relativeTime } from './relative-time.ts';
export { changeLines } from './status.ts';
export { accountStates, notShownSentence, statusColumnNames } from './status-display.ts';
export { createPaint, type Paint } from './style.ts';
export { graphemes, padding, truncateEnd, truncateMiddle, visible, widthOf, wrap } from './text.ts';
export { renderTopic } from './topic.ts';
export { renderLockedPolicy } from './unlock.ts';
export { type Arrangement, type RowsOf, rowsChoices, type SortOrder, sortOrders, type View } from './view.ts';
