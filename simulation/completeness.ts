import type { DeleteDocument, StatusDocument } from '../src/documents/index.ts';
import { type Bench, type Episode, wasStopped } from './bench.ts';
import type { Violation } from './invariants.ts';
import { hasMeddling } from './scenario.ts';
import { selects } from './selection.ts';

type Told = StatusDocument | DeleteDocument;

/** An account that the document itself calls untried, or given up when the command was stopped. */
const isCutShort = ({ reason, error }: Told['accounts'][number]): boolean =>
  reason === 'not-tried' || error?.code === 'Aborted';

/** Selected accounts that the organization has and the document does not list. */
export function missingFrom(
  { story, ledger }: Bench,
  { argv }: Episode,
  listed: ReadonlySet<string>,
): readonly string[] {
  return story.scenario.accounts
    .map(({ id }) => id)
    .filter(selects(story.selection, argv))
    .filter((id) => !listed.has(id) && !ledger.isDeparted(id));
}

/** "`complete` is true exactly if the listing ended and every selected account was tried or rightly skipped." */
export function checkCompleteness(bench: Bench, episode: Episode, document: Told): readonly Violation[] {
  const { argv, listing, stderr } = episode;
  const untried = document.accounts.filter(isCutShort).map(({ id }) => id);
  // A plan and a resumed run have their accounts from a file: `checkRoll` compares.
  const isSelecting = argv[0] !== 'runs' && !argv.includes('--plan');
  const missing = isSelecting ? missingFrom(bench, episode, new Set(document.accounts.map(({ id }) => id))) : [];
  const command = argv.join(' ');
  // A run that lacks nothing is told as its journal holds it.
  const isFromJournal = argv[0] === 'runs' && episode.requests.length === 0;
  if (document.complete) {
    const why =
      listing === 'cut-short' && !isFromJournal
        ? 'the accounts were not listed to the end'
        : untried.length > 0
          ? `${untried} were not tried`
          : missing.length > 0
            ? `${missing} are missing`
            : null;
    return why === null ? [] : [{ invariant: 1, text: `${command} calls its document complete, and ${why}` }];
  }
  const exit: readonly Violation[] =
    episode.exitCode === 0 || episode.exitCode === 2
      ? [{ invariant: 7, text: `${command} tells of a part and exits ${episode.exitCode}` }]
      : [];
  // What a resumed run did not reach is told as it was left; and who is stopped may not get to know where accounts are.
  const isBrokenOff = wasStopped(episode) || /^error: /mu.test(stderr);
  const hasCause = listing !== 'ended' || untried.length > 0 || missing.length > 0;
  if (hasCause || (isBrokenOff && (!isSelecting || bench.story.unknowns.places !== null))) return exit;
  return [...exit, { invariant: 7, text: `${command} calls its document incomplete, and all was listed and tried` }];
}

/** What no text may say unless all was looked at. */
const claims = /✔|\bAll \d|\ball seen gone|free of root credentials|no root credentials were found/u;

/** The formats for people and for other programs than those that read JSON: none speaks of all when a part was read. */
export function checkWords(bench: Bench, episode: Episode): readonly Violation[] {
  const { argv, stdout, stderr, exitCode } = episode;
  const format = argv[argv.indexOf('-o') + 1] ?? 'table';
  if (exitCode === null || format === 'json' || (argv[0] !== 'status' && argv[0] !== 'delete')) return [];
  if (exitCode === 64 || stdout === '') return []; // refused, or ended at once
  const part = partLeftOut(bench, episode);
  if (part === null) return [];
  const command = argv.join(' ');
  const wrong = (what: string): readonly Violation[] => [{ invariant: 1, text: `${command} ${what}, and ${part}` }];
  if (exitCode === 0 || exitCode === 2) return wrong(`exits ${exitCode}`);
  switch (format) {
    case 'ndjson': {
      const last: { readonly kind?: string; readonly complete?: boolean } = JSON.parse(
        stdout.trimEnd().split('\n').at(-1) ?? '{}',
      );
      const isTold = !last.kind?.endsWith('.summary') || last.complete === false;
      return isTold ? [] : wrong('ends with a summary of all');
    }
    case 'sarif':
      return stdout.includes('"executionSuccessful": false') ? [] : wrong('calls its execution successful');
    case 'csv':
      return /complete|cut short|error: /u.test(stderr) ? [] : wrong('says nothing of it on stderr');
    default: {
      const claim = claims.exec(stdout)?.[0];
      if (claim !== undefined) return wrong(`says "${claim}"`);
      return /incomplete|not complete/iu.test(stdout) || /^error: /mu.test(stderr) ? [] : wrong('does not say so');
    }
  }
}

/**
 * What the log of the requests shows to be missing, on the safe side: an account that was asked about once may still have
 * been given up.
 */
function partLeftOut({ story, ledger }: Bench, episode: Episode): string | null {
  if (episode.listing === 'cut-short') return 'the accounts were not listed to the end';
  const isSelecting = episode.argv[0] !== 'runs' && !episode.argv.includes('--plan');
  if (!isSelecting || hasMeddling(story)) return null;
  const asked = new Set(episode.requests.map(({ targetAccount }) => targetAccount));
  const untried = story.scenario.accounts
    .map(({ id }) => id)
    .filter(selects(story.selection, episode.argv))
    .filter((id) => !story.selection.barred.has(id))
    .filter((id) => ledger.inactiveSinceMs(id) === null && !asked.has(id));
  return untried.length === 0 ? null : `${untried} were never asked about`;
}
