export { renderDelete } from './delete.ts';
export { renderDoctor } from './doctor.ts';
export { renderEnable } from './enable.ts';
export { renderFailure } from './failure.ts';
export {
  type Format,
  type FormatName,
  formats,
  formatsFor,
  ndjsonLine,
  ndjsonSummary,
  type OutputDocument,
  type OutputKind,
} from './formats.ts';
export { ouPath } from './ou-path.ts';
export { renderPlan } from './plan.ts';
export { renderRecover } from './recover.ts';
export { elapsedTime, relativeTime, shortRelativeTime } from './relative-time.ts';
export { renderRun, renderRuns } from './runs.ts';
export { renderStatus } from './status.ts';
export { createPaint, noPaint, type Paint } from './style.ts';
export { padding, truncateEnd, truncateMiddle, visible, widthOf, wrap } from './text.ts';
export { renderLockedPolicy, renderUnlock } from './unlock.ts';
export { type NotTouched, type SortOrder, sortOrders, type View } from './view.ts';
