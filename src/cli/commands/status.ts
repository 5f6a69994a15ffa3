import { Option } from 'commander';
import type { ActionEvent } from '../../actions/events.ts';
import { status } from '../../actions/status.ts';
import { readUnitNames } from '../../actions/unit-names.ts';
import {
  compareStatus,
  isPartlyUnknown,
  isUnaccepted,
  parseStatus,
  type StatusChange,
  type StatusDocument,
  wasCutShort,
} from '../../documents/index.ts';
import { isEmptySelection } from '../../org/selecting.ts';
import { problemError } from '../../problems/index.ts';
import {
  changeLines,
  createPaint,
  type Format,
  formats,
  type RowsOf,
  rowsChoices,
  type SortOrder,
  sortOrders,
} from '../../render/index.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';
import { cutShortCode, exitCodes } from '../errors.ts';
import { readNamedFile } from '../named-files.ts';
import { addSelectionOptions, parseSelection, type SelectionOptions } from '../selecting.ts';

interface StatusOptions extends SelectionOptions {
  readonly check?: boolean;
  readonly baseline?: string;
  readonly sort?: SortOrder;
  readonly rows?: RowsOf;
}

export const statusCommand: CommandModule<'status'> = {
  name: 'status',
  examples: {
    all: 'rootctl status',
    ou: 'rootctl status --ou Workloads/Prod',
    check: 'rootctl status --check -o json',
    sandbox: 'rootctl status --sandbox',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.status;
    addSelectionOptions(command, help)
      .option('--check', flags.check)
      .option('--baseline <file>', flags.baseline)
      .addOption(new Option('--sort <order>', flags.sort).choices(sortOrders).default('default'))
      .addOption(new Option('--rows <what>', flags.rows).choices(rowsChoices))
      .action((accounts: string[], options: StatusOptions) => run((desk) => showStatus(desk, accounts, options)));
  },
};

type Listing = Extract<ActionEvent, { readonly event: 'listing' }>;

async function showStatus(
  desk: Pick<Desk, 'files' | 'output' | 'speaker' | 'errors' | 'stops' | 'groundwork' | 'environment'>,
  positional: readonly string[],
  options: StatusOptions,
): Promise<number> {
  const { files, output, speaker, errors, stops, groundwork } = desk;
  const { clock } = groundwork;
  const { tellsChanges = false }: Format = formats[output.formatFor('rootctl.status')];
  if (options.rows !== undefined && !output.forms().includes(formats.csv))
    throw problemError('ContradictingFlags', { flag: '--rows', others: ['-o csv'], why: 'part-of' });
  const baseline = options.baseline === undefined ? null : await readBaseline(files, options.baseline);
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  const beganMs = clock.monotonicMs();
  const environment = await desk.environment();
  const told: { listing: Listing } = { listing: { event: 'listing', state: 'ended' } };
  const document = await status(
    { selection },
    {
      ...environment,
      report: (event) => {
        if (event.event === 'listing') told.listing = event;
        if (event.event === 'account-status') output.tellAccount(event.account);
        environment.report(event);
      },
    },
  );
  const { listing } = told;
  const changes = baseline === null ? null : compareStatus(baseline, document);
  const placing = output.forms().flatMap(({ placed }) => placed ?? []);
  const placed = new Set(placing.flatMap((accountsOf) => accountsOf(document)));
  await output.print(document, {
    ...(placing.length === 0 ? {} : { ouNames: await readUnitNames([...placed], environment) }),
    elapsedMs: clock.monotonicMs() - beganMs,
    selection: selection.all || isEmptySelection(selection) ? 'all' : 'some',
    listing: listing.state === 'ended' ? 'ended' : 'cut',
    sort: options.sort ?? 'default',
    rows: options.rows ?? 'accounts',
    ...(changes === null ? {} : { baseline: changes }),
  });
  if (changes !== null && !tellsChanges) {
    // The data formats are the status and nothing else: what changed is said beside them.
    const view = { columns: speaker.columns(), paint: createPaint(0), speech: speaker.speech };
    speaker.notice(changeLines(changes, document, view).join('\n'));
  }
  if (listing.state === 'failed') errors.tell(listing.problem);
  return cutShortCode(document.complete, stops.exitCode()) ?? exitCodeFor(document, options.check === true, changes);
}

/** What could not be looked at outweighs what was found. */
function exitCodeFor(document: StatusDocument, isCheck: boolean, changes: readonly StatusChange[] | null): number {
  if (document.summary.unknown > 0) return exitCodes.failed;
  if (!isCheck) return exitCodes.done;
  // Where old credentials are accepted, a kind that cannot be read may hold one that nobody has accepted.
  if (changes !== null && document.accounts.some(isPartlyUnknown)) return exitCodes.failed;
  const found = changes === null ? document.summary.present > 0 : changes.some(isUnaccepted);
  return found ? exitCodes.found : exitCodes.done;
}

async function readBaseline(files: Desk['files'], path: string): Promise<StatusDocument> {
  const text = await readNamedFile(files, path, 'baseline');
  const parsed = parseStatus(text);
  if (!parsed.ok) throw problemError('InvalidBaseline', { path, flaw: parsed.problem.data.flaw });
  const { accounts, complete } = parsed.document;
  if (complete) return parsed.document;
  const missing = accounts.filter(wasCutShort).length;
  throw problemError('IncompleteBaseline', { path, missing, accounts: accounts.length });
}
