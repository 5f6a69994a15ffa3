import { Option } from 'commander';
import { type Baseline, comparedWith, requireComplete, requireEarlier } from '../../actions/baseline.ts';
import type { ActionEvent } from '../../actions/events.ts';
import { savedStatus } from '../../actions/saved-status.ts';
import { type StatusRequest, status } from '../../actions/status.ts';
import { readUnitNames } from '../../actions/unit-names.ts';
import { type AccountStatus, parseStatus, type StatusDocument } from '../../documents/index.ts';
import { repeated } from '../../flags/options.ts';
import { isEmptySelection } from '../../org/selecting.ts';
import { annotateStatus } from '../../output/annotating.ts';
import { problemError } from '../../problems/index.ts';
import { cutShortCode, statusCode } from '../../process/exit-codes.ts';
import { readNamedFile } from '../../process/named-files.ts';
import {
  accountStates,
  changeLines,
  createPaint,
  type Format,
  formats,
  notShownSentence,
  type RowsOf,
  relativeTime,
  rowsChoices,
  type SortOrder,
  sortOrders,
  statusColumnNames,
  type View,
} from '../../render/index.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';
import { readReading } from '../readings.ts';
import { addSelectionOptions, parseSelection, type SelectionOptions } from '../selecting.ts';

interface StatusOptions extends SelectionOptions {
  readonly check?: boolean;
  readonly baseline?: string;
  readonly sort?: SortOrder;
  readonly rows?: RowsOf;
  readonly from?: readonly string[];
  readonly columns?: readonly string[];
  readonly state?: readonly AccountStatus['status'][];
  readonly wide?: boolean;
  readonly tree?: boolean;
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
      .addOption(
        new Option('--columns <names>', flags.columns(statusColumnNames())).argParser(namesOf(statusColumnNames())),
      )
      .addOption(new Option('--state <states>', flags.state(accountStates)).argParser(namesOf(accountStates)))
      .option('--wide', flags.wide)
      .option('--tree', flags.tree)
      .addOption(new Option('--rows <what>', flags.rows).choices(rowsChoices))
      .action((accounts: string[], options: StatusOptions) => run((desk) => showStatus(desk, accounts, options)));
  },
};

/** Words of a list, with commas. @throws ProblemError `InvalidValue` */
const namesOf =
  <Name extends string>(known: readonly Name[]) =>
  (text: string): readonly Name[] =>
    text.split(',').map((word) => {
      const found = known.find((name) => name === word.trim());
      if (found === undefined) throw problemError('InvalidValue', { rule: 'one-of', limits: known });
      return found;
    });

/** How accounts are shown means something to some forms alone, and a word too many is a misunderstanding. */
function requireForms({ output }: Pick<Desk, 'output'>, { rows, columns, state, wide, tree }: StatusOptions): void {
  const forms = output.forms();
  const { table, csv, markdown } = formats;
  const needs = [
    { flag: '--rows', isSaid: rows !== undefined, of: [csv] },
    { flag: '--columns', isSaid: columns !== undefined, of: [table, csv, markdown] },
    { flag: '--state', isSaid: state !== undefined, of: [table, csv, markdown] },
    { flag: '--wide', isSaid: wide === true, of: [table] },
    { flag: '--tree', isSaid: tree === true, of: [table] },
  ];
  const useless = needs.find(({ isSaid, of }) => isSaid && !of.some((form: Format) => forms.includes(form)));
  if (useless !== undefined) {
    const others = [useless.of.includes(table) ? '--output table' : '--output csv'];
    throw problemError('ContradictingFlags', { flag: useless.flag, others, why: 'part-of' });
  }
  const twice = wide === true ? '--wide' : rows === 'credentials' ? '--rows' : null;
  if (columns !== undefined && twice !== null)
    throw problemError('ContradictingFlags', { flag: '--columns', others: [twice], why: 'either-or' });
}

type Listing = Extract<ActionEvent, { readonly event: 'listing' }>;

type Reading = Pick<Desk, 'files' | 'output' | 'speaker' | 'errors' | 'stops' | 'groundwork' | 'environment'>;

async function showStatus(desk: Reading, positional: readonly string[], options: StatusOptions): Promise<number> {
  const { files, output, speaker, errors, stops, groundwork } = desk;
  const { tellsChanges = false }: Format = formats[output.formatFor('rootctl.status')];
  requireForms(desk, options);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(files, options.baseline);
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  const { document, listing, view } =
    options.from === undefined
      ? await readLive(desk, { selection, baseline }, options)
      : await readSaved(desk, options.from, { selection, baseline });
  await output.print(document, {
    ...view,
    sort: options.sort ?? 'default',
    ...arrangementOf(options),
  });
  // Rows and nothing else have no place to say it.
  const notShown = notShownSentence(document.accounts, { ...arrangementOf(options), speech: speaker.speech });
  if (notShown !== null && output.forms().includes(formats.csv)) speaker.warn(notShown);
  if (document.changes !== null && !tellsChanges) {
    // Data is for programs: whoever looks on is told beside it.
    const sight = { columns: speaker.columns(), paint: createPaint(0), speech: speaker.speech };
    speaker.notice(changeLines(document, sight).join('\n'));
  }
  if (listing.state === 'failed') errors.tell(listing.problem);
  // A saved reading may tell of changes since a baseline that nobody named here: they excuse nothing.
  const changes = baseline === undefined ? null : document.changes;
  annotateStatus(document, { isCheck: options.check === true, changes }, speaker);
  return cutShortCode(document.complete, stops.exitCode()) ?? statusCode(document, options.check === true, changes);
}

const arrangementOf = ({ rows, columns, state, wide, tree }: StatusOptions): Partial<View> => ({
  rows: rows ?? 'accounts',
  ...(state === undefined ? {} : { states: state }),
  ...(columns === undefined ? {} : { shownColumns: columns }),
  isWide: wide === true,
  isTree: tree === true,
});

/** A reading, and what is known of it beside its document. */
interface Read {
  readonly document: StatusDocument;
  readonly listing: Listing;
  readonly view: Partial<View>;
}

async function readLive(
  { output, groundwork, environment: open }: Reading,
  request: StatusRequest,
  { tree, wide, columns }: StatusOptions,
): Promise<Read> {
  const { clock } = groundwork;
  const { selection } = request;
  const beganMs = clock.monotonicMs();
  const environment = await open();
  const told: { listing: Listing } = { listing: { event: 'listing', state: 'ended' } };
  const document = await status(request, {
    ...environment,
    report: (event) => {
      if (event.event === 'listing') told.listing = event;
      if (event.event === 'account-status') output.tellAccount(event.account);
      environment.report(event);
    },
  });
  const { listing } = told;
  const placing = output.forms().flatMap(({ placed }) => placed ?? []);
  const isPlaceAsked = tree === true || wide === true || columns?.includes('ou') === true;
  const placed = new Set(isPlaceAsked ? document.accounts : placing.flatMap((accountsOf) => accountsOf(document)));
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
  { selection, baseline }: StatusRequest,
): Promise<Read> {
  if (selection.all || !isEmptySelection(selection) || selection.exclusions.length > 0)
    throw problemError('ContradictingFlags', { flag: '--from', others: ['selection'], why: 'either-or' });
  const [first, ...more] = await Promise.all(paths.map((path) => readReading(files, path)));
  if (first === undefined) throw problemError('NoReadings', {});
  const saved = savedStatus([first, ...more]);
  if (baseline !== undefined) requireEarlier(baseline, saved.generatedAt);
  const document = baseline === undefined ? saved : comparedWith(baseline, saved);
  const ago = relativeTime(document.generatedAt, { nowMs: groundwork.clock.nowMs(), speech: speaker.speech });
  speaker.notice(speaker.speech.words.status.savedAt(paths.length, document.generatedAt, ago));
  return { document, listing: { event: 'listing', state: 'ended' }, view: { selection: 'some' } };
}

async function readBaseline(files: Desk['files'], path: string): Promise<Baseline> {
  const text = await readNamedFile(files, path, 'baseline');
  const parsed = parseStatus(text);
  if (!parsed.ok) throw problemError('InvalidBaseline', { path, flaw: parsed.problem.data.flaw });
  const baseline = { document: parsed.document, path };
  requireComplete(baseline);
  return baseline;
}
