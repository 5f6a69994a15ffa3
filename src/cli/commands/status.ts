import { Option } from 'commander';
import type { ActionEvent } from '../../actions/events.ts';
import { savedStatus } from '../../actions/saved-status.ts';
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
import { isEmptySelection, type SelectionRequest } from '../../org/selecting.ts';
import { problemError } from '../../problems/index.ts';
import {
  changeLines,
  createPaint,
  type Format,
  formats,
  type RowsOf,
  relativeTime,
  rowsChoices,
  type SortOrder,
  sortOrders,
  type View,
} from '../../render/index.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';
import { cutShortCode, exitCodes } from '../errors.ts';
import { readNamedFile } from '../named-files.ts';
import { repeated } from '../options.ts';
import { readReading } from '../readings.ts';
import { addSelectionOptions, parseSelection, type SelectionOptions } from '../selecting.ts';

interface StatusOptions extends SelectionOptions {
  readonly check?: boolean;
  readonly baseline?: string;
  readonly sort?: SortOrder;
  readonly rows?: RowsOf;
  readonly from?: readonly string[];
}

export const statusCommand: CommandModule<'status'> = {
  name: 'status',
  examples: {
    all: 'rootctl status',
    ou: 'rootctl status --ou Workloads/Prod',
    check: 'rootctl status --check -o json',
    from: 'rootctl status --from status.json -o markdown',
    sandbox: 'rootctl status --sandbox',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.status;
    addSelectionOptions(command, help)
      .option('--check', flags.check)
      .option('--baseline <file>', flags.baseline)
      .option('--from <file>', flags.from, repeated)
      .addOption(new Option('--sort <order>', flags.sort).choices(sortOrders).default('default'))
      .addOption(new Option('--rows <what>', flags.rows).choices(rowsChoices))
      .action((accounts: string[], options: StatusOptions) => run((desk) => showStatus(desk, accounts, options)));
  },
};

type Listing = Extract<ActionEvent, { readonly event: 'listing' }>;

type Reading = Pick<Desk, 'files' | 'output' | 'speaker' | 'errors' | 'stops' | 'groundwork' | 'environment'>;

async function showStatus(desk: Reading, positional: readonly string[], options: StatusOptions): Promise<number> {
  const { files, output, speaker, errors, stops, groundwork } = desk;
  const { tellsChanges = false }: Format = formats[output.formatFor('rootctl.status')];
  if (options.rows !== undefined && !output.forms().includes(formats.csv))
    throw problemError('ContradictingFlags', { flag: '--rows', others: ['--output csv'], why: 'part-of' });
  const baseline = options.baseline === undefined ? null : await readBaseline(files, options.baseline);
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  const { document, listing, view } =
    options.from === undefined ? await readLive(desk, selection) : await readSaved(desk, options.from, selection);
  const changes = baseline === null ? null : compareStatus(baseline, document);
  await output.print(document, {
    ...view,
    sort: options.sort ?? 'default',
    rows: options.rows ?? 'accounts',
    ...(changes === null ? {} : { baseline: changes }),
  });
  if (changes !== null && !tellsChanges) {
    // The data formats are the status and nothing else: what changed is said beside them.
    const sight = { columns: speaker.columns(), paint: createPaint(0), speech: speaker.speech };
    speaker.notice(changeLines(changes, document, sight).join('\n'));
  }
  if (listing.state === 'failed') errors.tell(listing.problem);
  return cutShortCode(document.complete, stops.exitCode()) ?? exitCodeFor(document, options.check === true, changes);
}

/** A reading, and what is known of it beside its document. */
interface Read {
  readonly document: StatusDocument;
  readonly listing: Listing;
  readonly view: Partial<View>;
}

async function readLive(
  { output, groundwork, environment: open }: Reading,
  selection: SelectionRequest,
): Promise<Read> {
  const { clock } = groundwork;
  const beganMs = clock.monotonicMs();
  const environment = await open();
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
  const placing = output.forms().flatMap(({ placed }) => placed ?? []);
  const placed = new Set(placing.flatMap((accountsOf) => accountsOf(document)));
  const view: Partial<View> = {
    ...(placing.length === 0 ? {} : { ouNames: await readUnitNames([...placed], environment) }),
    elapsedMs: clock.monotonicMs() - beganMs,
    selection: selection.all || isEmptySelection(selection) ? 'all' : 'some',
    listing: listing.state === 'ended' ? 'ended' : 'cut',
  };
  return { document, listing, view };
}

/** Whom a saved reading was about is not told in it: nothing that is said of it speaks of all. */
async function readSaved(
  { files, speaker, groundwork }: Reading,
  paths: readonly string[],
  selection: SelectionRequest,
): Promise<Read> {
  if (selection.all || !isEmptySelection(selection) || selection.exclusions.length > 0)
    throw problemError('ContradictingFlags', { flag: '--from', others: ['selection'], why: 'either-or' });
  const [first, ...more] = await Promise.all(paths.map((path) => readReading(files, path)));
  if (first === undefined) throw problemError('NoReadings', {});
  const document = savedStatus([first, ...more]);
  const ago = relativeTime(document.generatedAt, { nowMs: groundwork.clock.nowMs(), speech: speaker.speech });
  speaker.notice(speaker.speech.words.status.savedAt(paths.length, document.generatedAt, ago));
  return { document, listing: { event: 'listing', state: 'ended' }, view: { selection: 'some' } };
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
