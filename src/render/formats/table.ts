import type { StatusDocument } from '../../documents/index.ts';
import { renderConfig } from '../config.ts';
import { renderDelete } from '../delete.ts';
import { renderDoctor } from '../doctor.ts';
import { renderEnable } from '../enable.ts';
import { renderFailure } from '../failure.ts';
import { renderPlan } from '../plan.ts';
import { renderRecover } from '../recover.ts';
import { renderReport } from '../report.ts';
import { renderRun, renderRuns } from '../runs.ts';
import { renderSandboxReset, renderSandboxShow } from '../sandbox.ts';
import { placedInTable, renderStatus, statusLines } from '../status.ts';
import { renderUnlock } from '../unlock.ts';
import type { View } from '../view.ts';
import { everyKind, type Format, inPieces } from './format.ts';

/** For people; the default, in a terminal and in a pipe. */
export const table: Format = {
  kinds: everyKind,
  endings: ['.txt'],
  placed: placedInTable,
  arranges: ['columns', 'state', 'wide', 'tree'],
  tellsChanges: true,
  countsByUnit: true,
  pieces: (document, view) =>
    document.kind === 'rootctl.status' ? inPieces(endedLines(document, view)) : [table.render(document, view)],
  render: (document, view) => {
    switch (document.kind) {
      case 'rootctl.status':
        return renderStatus(document, view);
      case 'rootctl.delete':
        return renderDelete(document, view);
      case 'rootctl.plan':
        return renderPlan(document, view);
      case 'rootctl.enable':
      case 'rootctl.disable':
        return renderEnable(document, view);
      case 'rootctl.recover':
        return renderRecover(document, view);
      case 'rootctl.unlock':
        return renderUnlock(document, view);
      case 'rootctl.report':
        return renderReport(document, view);
      case 'rootctl.runs':
        return renderRuns(document, view);
      case 'rootctl.run':
        return renderRun(document, view);
      case 'rootctl.doctor':
        return renderDoctor(document, view);
      case 'rootctl.sandbox.reset':
        return renderSandboxReset(document, view);
      case 'rootctl.sandbox.show':
        return renderSandboxShow(document, view);
      case 'rootctl.config':
        return renderConfig(document, view);
      case 'rootctl.error':
        return renderFailure(document.error, view);
    }
  },
};

function* endedLines(document: StatusDocument, view: View): Generator<string, void, undefined> {
  for (const line of statusLines(document, view)) yield `${line}\n`;
}
