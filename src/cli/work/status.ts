import { comparedWith, requireEarlier } from '../../actions/baseline.ts';
import { savedStatus } from '../../actions/saved-status.ts';
import type { StatusRequest } from '../../actions/status.ts';
import { readUnitNames } from '../../actions/unit-names.ts';
import type { AccountStatus } from '../../documents/index.ts';
import type { firmnessIn } from '../../flags/settings.ts';
import { isUnsaid } from '../../org/selecting.ts';
import { annotateStatus } from '../../output/annotating.ts';
import { problemError } from '../../problems/index.ts';
import { readBaseline, readReading } from '../../process/readings.ts';
import { cutShortCode, statusCode } from '../../process/result-codes.ts';
import {
  changeLines,
  createPaint,
  type Format,
  formats,
  notShownSentence,
  relativeTime,
  type View,
} from '../../render/index.ts';
import type { StatusOptions } from '../commands/status.ts';
import type { Desk } from '../desk.ts';
import { type Read, readNow } from '../reading.ts';
import { arrangementOf } from './arranging.ts';
import { parseSelection } from './selecting.ts';

type Named = Pick<AccountStatus, 'id' | 'name' | 'status'>;

/**
 * By how much the heap may grow over what is in use, from so many accounts on. What is told one by one stays as small as it
 * began. Collecting more often costs a tenth of the time where all are kept, so only the largest organizations pay it, and
 * whoever compares; what Node has kept of a start does not fit a process whose heap grows otherwise (`starting/start.ts`).
 */
const saving = { told: { from: 100, growthPercent: 35 }, listed: { from: 15_000, growthPercent: 40 } } as const;

interface Shown extends Read {
  /** The accounts that may have to be named beside the result, in the order of their ids. */
  readonly notable: readonly Named[];
}

type Reading = Pick<
  Desk,
  'files' | 'output' | 'speaker' | 'errors' | 'stops' | 'groundwork' | 'environment' | 'saveMemory'
>;

export async function showStatus(
  desk: Reading,
  positional: readonly string[],
  options: StatusOptions,
  firmnessOf: ReturnType<typeof firmnessIn>,
): Promise<number> {
  const { files, output, speaker, errors, stops, groundwork, saveMemory } = desk;
  const { tellsChanges = false }: Format = formats[output.formatFor('rootctl.status')];
  const arrangement = arrangementOf(options, firmnessOf, output.forms());
  const isTold = output.isStreaming() && options.baseline === undefined;
  if (options.baseline !== undefined || options.from !== undefined) saveMemory(saving.listed.growthPercent);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(files, options.baseline);
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  const { document, notable, listing, view } =
    options.from === undefined
      ? await readLive(desk, { selection, baseline, isTold }, arrangement)
      : await readSaved(desk, options.from, { selection, baseline });
  await output.print(document, { ...view, ...arrangement });
  // Rows and nothing else have no place to say it.
  const notShown = notShownSentence(document.accounts, { ...arrangement, speech: speaker.speech });
  if (notShown !== null && output.forms().includes(formats.csv)) speaker.warn(notShown);
  if (document.changes !== null && !tellsChanges) {
    // Data is for programs: whoever looks on is told beside it.
    const sight = { columns: speaker.columns(), paint: createPaint(0), speech: speaker.speech };
    speaker.notice(changeLines(document, sight).join('\n'));
  }
  if (listing.state === 'failed') errors.tell(listing.problem);
  // A saved reading may tell of changes since a baseline that nobody named here: they excuse nothing.
  const changes = baseline === undefined ? null : document.changes;
  annotateStatus(notable, { isCheck: options.check === true, changes }, output, speaker);
  return cutShortCode(document.complete, stops.exitCode()) ?? statusCode(document, options.check === true, changes);
}

async function readLive(
  { output, groundwork: { clock }, environment: open, saveMemory }: Reading,
  { isTold, ...request }: StatusRequest & { readonly isTold: boolean },
  { isTree, isWide, shownColumns }: Partial<View>,
): Promise<Shown> {
  const beganMs = clock.monotonicMs();
  const environment = await open();
  const told: Named[] = [];
  let seenCount = 0;
  const { from, growthPercent } = saving[isTold ? 'told' : 'listed'];
  const { document, listing, view } = await readNow(
    { ...request, accounts: isTold ? 'told' : 'listed' },
    {
      ...environment,
      report: (event) => {
        if (event.event === 'account-status') {
          const { id, name, status } = event.account;
          output.tellAccount(event.account);
          seenCount += 1;
          if (seenCount === from) saveMemory(growthPercent);
          if (isTold && (status === 'present' || status === 'unknown')) told.push({ id, name, status });
        }
        environment.report(event);
      },
    },
  );
  const notable = isTold ? told.sort((one, other) => (one.id < other.id ? -1 : 1)) : document.accounts;
  const placing = output.forms().flatMap(({ placed }) => placed ?? []);
  const isPlaceAsked = isTree === true || isWide === true || shownColumns?.includes('ou') === true;
  const placed = new Set(isPlaceAsked ? document.accounts : placing.flatMap((accountsOf) => accountsOf(document)));
  const ouNames = placing.length === 0 ? {} : { ouNames: await readUnitNames([...placed], environment) };
  return { document, notable, listing, view: { ...view, ...ouNames, elapsedMs: clock.monotonicMs() - beganMs } };
}

/** Whom a saved reading was about is not told in it: nothing that is said of it speaks of all. */
async function readSaved(
  { files, speaker, groundwork }: Reading,
  paths: readonly string[],
  { selection, baseline }: StatusRequest,
): Promise<Shown> {
  if (!isUnsaid(selection))
    throw problemError('ContradictingFlags', { flag: '--from', others: ['selection'], why: 'either-or' });
  const [first, ...more] = await Promise.all(paths.map((path) => readReading(files, path)));
  if (first === undefined) throw problemError('NoReadings', {});
  const saved = savedStatus([first, ...more]);
  if (baseline !== undefined) requireEarlier(baseline, saved.generatedAt);
  const document = baseline === undefined ? saved : comparedWith(baseline, saved);
  const ago = relativeTime(document.generatedAt, { nowMs: groundwork.clock.nowMs(), speech: speaker.speech });
  speaker.notice(speaker.speech.words.status.savedAt(paths.length, document.generatedAt, ago));
  const listing = { event: 'listing', state: 'ended' } as const;
  return { document, notable: document.accounts, listing, view: { selection: 'some' } };
}
