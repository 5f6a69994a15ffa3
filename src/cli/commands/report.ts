import { Option } from 'commander';
import type { ActionEvent } from '../../actions/events.ts';
import { status } from '../../actions/status.ts';
import { readUnitNames } from '../../actions/unit-names.ts';
import { type FrameworkName, frameworkNames, isFrameworkName } from '../../controls/index.ts';
import type { ReportDocument, StatusDocument } from '../../documents/index.ts';
import { repeated } from '../../flags/options.ts';
import { isEmptySelection, type SelectionRequest } from '../../org/selecting.ts';
import { problemError } from '../../problems/index.ts';
import { cutShortCode, exitCodes } from '../../process/exit-codes.ts';
import type { View } from '../../render/index.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';
import { readReading } from '../readings.ts';
import { addSelectionOptions, parseSelection, type SelectionOptions } from '../selecting.ts';

interface ReportOptions extends SelectionOptions {
  readonly from?: readonly string[];
  readonly run?: string;
  readonly framework?: readonly FrameworkName[];
}

export const reportCommand: CommandModule<'report'> = {
  name: 'report',
  examples: {
    live: 'rootctl report --out report.html',
    period: 'rootctl report --from january.json --from june.json',
    run: 'rootctl report --run 20260131-0930-k3f9 -o markdown',
    framework: 'rootctl report --framework cis-7.0.0 -o csv',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.report;
    addSelectionOptions(command, help)
      .option('--from <file>', flags.from, repeated)
      .option('--run <id>', flags.run)
      .addOption(new Option('--framework <name>', flags.framework(frameworkNames)).argParser(frameworks))
      .action((accounts: string[], options: ReportOptions) => run((desk) => tell(desk, accounts, options)));
  },
};

/** @throws ProblemError `InvalidValue` */
function frameworks(text: string, before: readonly FrameworkName[] | undefined): readonly FrameworkName[] {
  if (isFrameworkName(text)) return [...(before ?? []), text];
  throw problemError('InvalidValue', { rule: 'one-of', limits: frameworkNames });
}

type Parts = Pick<Desk, 'environment' | 'errors' | 'files' | 'groundwork' | 'output' | 'stops'>;

async function tell(desk: Parts, positional: readonly string[], options: ReportOptions): Promise<number> {
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
  const isSelected = !isEmptySelection(selection) || selection.all || selection.exclusions.length > 0;
  const others = [...(from !== undefined && run !== undefined ? ['--run'] : []), ...(isSelected ? ['selection'] : [])];
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
  const { report, reportRun } = await loadReport();
  if (runId !== undefined) return { document: await reportRun({ runId, frameworks: framework }, groundwork), view: {} };
  if (from === undefined) return live(desk, selection, framework);
  const readings: StatusDocument[] = [];
  for (const path of from) readings.push(await readReading(files, path));
  return { document: report({ readings, frameworks: framework }, groundwork), view: {} };
}

/** Loaded only when asked for: most commands judge nothing. */
const loadReport = () => import('../../actions/report.ts');

type Listing = Extract<ActionEvent, { readonly event: 'listing' }>;

async function live(
  { environment: open, errors, output }: Parts,
  selection: SelectionRequest,
  framework: readonly FrameworkName[],
): Promise<Told> {
  const environment = await open();
  const told: { listing: Listing } = { listing: { event: 'listing', state: 'ended' } };
  const reading = await status(
    { selection },
    {
      ...environment,
      report: (event) => {
        if (event.event === 'listing') told.listing = event;
        environment.report(event);
      },
    },
  );
  const { listing } = told;
  if (listing.state === 'failed') errors.tell(listing.problem);
  const { report } = await loadReport();
  const isPlaced = output.forms().some(({ namesUnits }) => namesUnits);
  return {
    document: report({ readings: [reading], frameworks: framework }, environment),
    view: {
      listing: listing.state === 'ended' ? 'ended' : 'cut',
      selection: selection.all || isEmptySelection(selection) ? 'all' : 'some',
      ...(isPlaced ? { ouNames: await readUnitNames(reading.accounts, environment) } : {}),
    },
  };
}
