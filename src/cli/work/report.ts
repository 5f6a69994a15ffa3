import { report, reportRun } from '../../actions/report.ts';

import { readUnitNames } from '../../actions/unit-names.ts';
import type { FrameworkName } from '../../controls/index.ts';
import type { ReportDocument, StatusDocument } from '../../documents/index.ts';
import { isUnsaid, type SelectionRequest } from '../../org/selecting.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { readReading } from '../../process/readings.ts';
import { cutShortCode } from '../../process/result-codes.ts';
import type { View } from '../../render/index.ts';
import type { ReportOptions } from '../commands/report.ts';
import type { Desk } from '../desk.ts';
import { readNow } from '../reading.ts';
import { parseSelection } from './selecting.ts';

type Parts = Pick<Desk, 'environment' | 'errors' | 'files' | 'groundwork' | 'output' | 'stops'>;

export async function tell(desk: Parts, positional: readonly string[], options: ReportOptions): Promise<number> {
  const { files, groundwork, output, stops } = desk;
  output.formatFor('rootctl.report');
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  requireOneSource(options, selection);
  const { document, view } = await documentOf(desk, options, selection);
  await output.print(document, view);
  const isUnread = document.summary.unknown > 0;
  return cutShortCode(document.complete, stops.exitCode()) ?? (isUnread ? exitCodes.failed : exitCodes.done);
}

/** Where it comes from: AWS now, files, or a journal. */
function requireOneSource({ from, run }: ReportOptions, selection: SelectionRequest): void {
  const others = [
    ...(from !== undefined && run !== undefined ? ['--run'] : []),
    ...(isUnsaid(selection) ? [] : ['selection']),
  ];
  const flag = from !== undefined ? '--from' : run !== undefined ? '--run' : null;
  if (flag !== null && others.length > 0) throw problemError('ContradictingFlags', { flag, others, why: 'either-or' });
}

interface Told {
  readonly document: ReportDocument;
  readonly view: Partial<View>;
}

async function documentOf(desk: Parts, options: ReportOptions, selection: SelectionRequest): Promise<Told> {
  const { from, run: runId, framework = [] } = options;
  const { files, groundwork } = desk;
  if (runId !== undefined) return { document: await reportRun({ runId, frameworks: framework }, groundwork), view: {} };
  if (from === undefined) return live(desk, selection, framework);
  const readings: StatusDocument[] = [];
  for (const path of from) readings.push(await readReading(files, path));
  return { document: report({ readings, frameworks: framework }, groundwork), view: {} };
}

async function live(
  { environment: open, errors, output }: Parts,
  selection: SelectionRequest,
  frameworks: readonly FrameworkName[],
): Promise<Told> {
  const environment = await open();
  const { document: reading, listing, view } = await readNow({ selection }, environment);
  if (listing.state === 'failed') errors.tell(listing.problem);
  const isPlaced = output.forms().some(({ namesUnits }) => namesUnits);
  const ouNames = isPlaced ? { ouNames: await readUnitNames(reading.accounts, environment) } : {};
  return { document: report({ readings: [reading], frameworks }, environment), view: { ...view, ...ouNames } };
}
