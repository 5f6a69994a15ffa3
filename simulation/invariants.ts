import { documentSchemas, held, parseDocument, parseStatus } from '../src/documents/index.ts';
import type { Problem } from '../src/problems/index.ts';
import { readJournal } from '../src/run/journal.ts';
import { type Bench, type Episode, wasStopped } from './bench.ts';
import { checkWords } from './completeness.ts';
import { checkDeletion } from './deletion-invariants.ts';
import { holdingKey } from './ledger.ts';
import { managementId } from './organization.ts';
import { isShownUndated, lastReadMs, mayBeMixedUp } from './reads.ts';
import { hasMeddling } from './scenario.ts';
import { listedBy, selects } from './selection.ts';
import { checkStatus, wasUnreadable } from './status-invariants.ts';

/** Which of the seven invariants of docs/simulation.md was broken, and how. */
export interface Violation {
  readonly invariant: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly text: string;
}

/** What must hold after every command, however it ended. */
export function checkEpisode(bench: Bench, episode: Episode): readonly Violation[] {
  return [
    ...checkEnding(episode),
    ...checkTargets(bench, episode),
    ...checkRefused(episode),
    ...checkUndated(bench, episode),
    ...bench.evidence.breaches.map(
      (text): Violation => ({ invariant: text.endsWith('(2)') ? 2 : text.endsWith('(3)') ? 3 : 4, text }),
    ),
    ...bench.ledger.breaches.map((text): Violation => ({ invariant: 3, text })),
    ...checkSecrets(bench, `${episode.stdout}\n${episode.stderr}`, `the output of ${episode.argv.join(' ')}`),
    ...checkDocument(bench, episode),
    ...checkWords(bench, episode),
  ];
}

function checkEnding({ end, argv, exitCode, stdout, stderr, startedMs, endedMs }: Episode): readonly Violation[] {
  const command = argv.join(' ');
  if (end === 'deadlock') return [{ invariant: 6, text: `${command} waits for ever` }];
  if (end === 'runaway')
    return [{ invariant: 6, text: `${command} ran for ${(endedMs - startedMs) / 1000} s and more` }];
  if (end === 'flood') return [{ invariant: 6, text: `${command} sends requests without end` }];
  const mistake = /InternalError|TypeError|RangeError|ReferenceError/u.exec(`${stdout}\n${stderr}`);
  if (mistake !== null) {
    const line = `${stderr}\n${stdout}`.split('\n').find((text) => text.includes(mistake[0]));
    return [{ invariant: 7, text: `${command} met a mistake of its own: ${line}` }];
  }
  if (exitCode !== null && ![0, 1, 2, 64, 130, 143].includes(exitCode)) {
    return [{ invariant: 7, text: `${command} exits ${exitCode}` }];
  }
  return [];
}

/** Whom nobody can date is neither taken in nor left out without a word. */
function checkUndated({ story }: Bench, episode: Episode): readonly Violation[] {
  const { argv, exitCode, listing, stderr } = episode;
  const { undated, barred } = story.selection;
  const isAsked = argv.includes('--joined-since') && listing === 'ended' && exitCode !== null;
  const active = (id: string): boolean =>
    (story.scenario.accounts.find((account) => account.id === id)?.state ?? 'ACTIVE') === 'ACTIVE';
  const isAnyMeant = [...undated].some((id) => !barred.has(id) && active(id));
  const isTold = [...undated].some((id) => stderr.includes(id)) || /^error: /mu.test(stderr) || hasMeddling(story);
  // Whoever is stopped may not have come to it, and says that the reading is a part.
  if (!isAsked || !isAnyMeant || isTold || wasStopped(episode) || story.unknowns.departure !== null) return [];
  return [{ invariant: 2, text: `${argv.join(' ')} says nothing of ${[...undated]}, which nobody can date` }];
}

/** No request for an account that is not to be addressed, beyond what Organizations lists. */
function checkTargets(bench: Bench, episode: Episode): readonly Violation[] {
  const { story, ledger } = bench;
  const violations: Violation[] = [];
  const isWhole = episode.argv.includes('--all');
  const isSelected = selects(story.selection, episode.argv);
  const seen = new Set<string>();
  const everybody = hidesPlaces.has(story.behaviour.accountShape ?? '')
    ? story.scenario.accounts.map(({ id }) => id)
    : [];
  for (const { service, operation, targetAccount, callerAccount, number } of episode.requests) {
    if (service === 'organizations' || targetAccount === undefined || seen.has(`${operation} ${targetAccount}`))
      continue;
    const isAtHome = callerAccount === managementId && operation !== 'AssumeRoot';
    if (isAtHome) continue;
    seen.add(`${operation} ${targetAccount}`);
    if (mayBeMixedUp(bench, episode) && operation === 'GetUser') continue; // this is how the mix-up is found out
    const reason = targetAccount === managementId ? 'the management account' : barredReason(targetAccount);
    if (reason !== null) {
      violations.push({ invariant: 2, text: `request ${number}, ${operation}, is about ${targetAccount}: ${reason}` });
    }
  }
  return violations;

  function barredReason(id: string): string | null {
    const { barred } = story.selection;
    // A reading shows an account of which nobody can tell whether it is meant, and names the rule that may mean it
    // with one of the accounts.
    const hidden = isTreeUnread(episode) ? new Set(everybody) : (story.unknowns.places?.hidden ?? new Set());
    const isUntold = hidden.has(id) && episode.isFaulty && episode.argv[0] === 'status' && werePlacesRefused(episode);
    const rules = story.selection.rules.filter(({ ids }) => ids.includes(id));
    if (isUntold && rules.some(({ word }) => isTold(word, hidden, episode))) return null;
    if (barred.get(id) === 'protected') return 'protected';
    const isSelecting = !isWhole || story.selection.flags.includes('--all');
    if (isSelecting && !isFinalStatus(episode) && barred.has(id)) return `${barred.get(id)}`;
    if (!isSelected(id) && !isShownUndated(bench, episode, id)) return 'not selected';
    const inactiveSinceMs = ledger.inactiveSinceMs(id);
    if (inactiveSinceMs !== null && inactiveSinceMs < episode.startedMs) return 'not active';
    return null;
  }
}

/** Shapes of an account that do not tell its place: the tree must. */
const hidesPlaces: ReadonlySet<string> = new Set(['status', 'no-paths']);

/** The walk over the tree, which begins at its root, had no answer in the end. */
const isTreeUnread = ({ requests }: Episode): boolean =>
  (requests.findLast(({ operation }) => operation === 'ListRoots')?.outcome ?? 'ok') !== 'ok';

/** AWS did not say where accounts are. */
const werePlacesRefused = ({ requests }: Episode): boolean =>
  requests.some(({ operation = '', outcome }) => ['ListRoots', 'ListChildren'].includes(operation) && outcome !== 'ok');

/**
 * One line names the rule and one of the accounts. A rule that means nobody is named alone, and so is a path that nobody
 * could follow, since the root of the tree is not known.
 */
const isTold = (word: string, ids: ReadonlySet<string>, episode: Episode): boolean =>
  episode.stderr
    .split('\n')
    .some((line) => line.includes(word) && (isTreeUnread(episode) || [...ids].some((id) => line.includes(id))));

/** The last command looks at everything, whatever the story selected. */
const isFinalStatus = ({ argv }: Episode): boolean => argv.slice(0, 5).join(' ') === 'status --all --check -o json';

function checkSecrets({ evidence }: Bench, text: string, where: string): readonly Violation[] {
  const secret = evidence.secretIn(text);
  return secret === null ? [] : [{ invariant: 5, text: `${where} holds the secret ${secret}` }];
}

function checkDocument(bench: Bench, episode: Episode): readonly Violation[] {
  const { argv, stdout, exitCode } = episode;
  if (exitCode === null || !argv.includes('json')) return [];
  const command = argv.join(' ');
  let kind: unknown;
  try {
    kind = JSON.parse(stdout).kind;
  } catch {
    if (episode.signalCount > 1 && stdout === '' && exitCode >= 130) return []; // "twice: at once"
    return [{ invariant: 7, text: `${command} exits ${exitCode} and prints no JSON document on stdout` }];
  }
  switch (kind) {
    case 'rootctl.status': {
      // What was printed is taken again, as a baseline or a saved reading.
      const parsed = parseStatus(stdout);
      return parsed.ok
        ? checkStatus(bench, episode, parsed.document)
        : [misfit(command, JSON.stringify(parsed.problem.data.flaw))];
    }
    case 'rootctl.delete': {
      const parsed = parseDocument(documentSchemas['rootctl.delete'], kind, stdout);
      return parsed.ok
        ? checkDeletion(bench, episode, held(parsed.document))
        : [misfit(command, JSON.stringify(parsed.problem.data.flaw))];
    }
    case 'rootctl.error':
      return checkRefusal(bench, episode);
    default:
      return [];
  }
}

const misfit = (command: string, problem: string): Violation => ({
  invariant: 7,
  text: `${command} prints a document that does not fit its schema: ${problem}`,
});

/** A command that gives up as a whole needs a cause: an interruption, a request that failed, a full disk, nothing selected. */
function checkRefusal({ story, ledger, machine }: Bench, episode: Episode): readonly Violation[] {
  const { argv, exitCode, stdout, requests, mishap } = episode;
  const { code }: { code: string } = JSON.parse(stdout).error;
  const hasFailed = requests.some(({ outcome }) => outcome !== 'ok');
  if (exitCode === 0) return [{ invariant: 7, text: `${argv.join(' ')} prints the error ${code} and exits 0` }];
  if (wasStopped(episode) || mishap?.kind === 'full-disk' || hasFailed || episode.refusal !== null) return [];
  const listed = listedBy(story.selection, argv);
  if (code === 'WrongAccountSession' && mayBeMixedUp({ story }, episode)) return [];
  const { barred } = story.selection;
  const isTarget = (id: string): boolean => !barred.has(id) && ledger.inactiveSinceMs(id) === null;
  if (noTargetCodes.has(code) && ![...listed].some(isTarget)) return [];
  if (code === 'NothingSelected' && [...listed].every((id) => ledger.isDeparted(id))) return [];
  if (code === 'UnknownAccount' && [...listed].some((id) => ledger.isDeparted(id))) return [];
  const isOutdated = story.unknowns.departure !== null && ledger.isDeparted(story.unknowns.departure.accountId);
  if (code === 'PlanRefused' && argv.includes('--plan') && isOutdated) return [];
  if (code === 'PlanRefused' && argv.includes('--plan') && isEmptyPlan(machine.papers.get('plan.json'))) return [];
  return [{ invariant: 7, text: `${argv.join(' ')} gives up without cause: ${code}` }];
}

const noTargetCodes = new Set(['ManagementAccount', 'AccountNotActive', 'AccountExcluded', 'AccountProtected']);

const isEmptyPlan = (text: string | undefined): boolean => text !== undefined && JSON.parse(text).accounts.length === 0;

/** A command line that is wrong is refused before any account is addressed, unless it ends before that for another reason. */
function checkRefused(episode: Episode): readonly Violation[] {
  const { refusal, argv, exitCode, requests } = episode;
  if (refusal === null || exitCode === null) return [];
  const violations: Violation[] = [];
  const command = argv.join(' ');
  const addressed = requests.find(({ operation }) => operation === 'AssumeRoot');
  if (addressed !== undefined) {
    violations.push({ invariant: 2, text: `${command} addresses ${addressed.targetAccount}, although ${refusal}` });
  }
  const hasOtherCause = wasStopped(episode) || requests.some(({ outcome }) => outcome !== 'ok');
  if (exitCode !== 64 && (exitCode === 0 || !hasOtherCause)) {
    violations.push({ invariant: 2, text: `${command} exits ${exitCode}, although ${refusal}` });
  }
  return violations;
}

/** What must hold when everything that could be resumed was resumed without faults. */
export function checkEnd(bench: Bench): readonly Violation[] {
  const { ledger, evidence, machine, story, episodes } = bench;
  const violations: Violation[] = [];
  for (const [name, text] of machine.disk.contents) {
    violations.push(...checkSecrets(bench, text, name));
    if (!name.startsWith('runs/')) continue;
    const { flaw, lines } = readJournal(text);
    if (flaw !== null) violations.push({ invariant: 4, text: `${name}: ${JSON.stringify(flaw)}` });
    const [first, last] = [episodes[0]?.startedMs ?? 0, episodes.at(-1)?.endedMs ?? 0];
    const misdated = lines.find(({ at }) => Date.parse(at) < first - 10_000 || Date.parse(at) > last + 10_000);
    if (misdated !== undefined) violations.push({ invariant: 4, text: `${name} is dated ${misdated.at}` });
  }
  for (const text of machine.papers.values()) violations.push(...checkSecrets(bench, text, 'the plan file'));
  const announced = new Set([...evidence.journals.values()].flatMap(({ intents }) => [...intents]));
  // AWS tells its time in whole seconds, and where this machine's is wrong a plan is dated by that.
  const { aheadMs, steps } = story.unknowns.clock;
  const dateSlackMs = aheadMs !== 0 || steps.length > 0 ? 2_000 : 1;
  const plannedMs = Math.max(...[...evidence.journals.values()].map((journal) => journal.plannedMs ?? 0));
  for (const { holding, record } of ledger.effects) {
    const what = `${holding.account} ${holdingKey(holding)}`;
    if (!announced.has(what))
      violations.push({ invariant: 4, text: `${record.operation} of ${what} stands in no journal` });
    if (story.isUnusedFor && story.recentlyUsed.has(holding.account) && !hasMeddling(story)) {
      violations.push({ invariant: 2, text: `${what} was deleted, and the account was used within 90 days` });
    }
    const episode = episodes.find(({ requests }) => requests.includes(record));
    const seenMs = episode === undefined ? null : lastReadMs(episode, holding.account, holding.kind, record.number);
    if (holding.sinceMs >= plannedMs + dateSlackMs && seenMs !== null && holding.sinceMs < seenMs) {
      violations.push({ invariant: 2, text: `${what} came after the plan, was seen to have, and was deleted` });
    }
  }
  const isHindered = story.organization.members.some(({ isDenied }) => isDenied) || hasMeddling(story);
  const last = episodes.findLast(({ argv }) => argv[0] === 'delete' || argv[0] === 'runs');
  if (isHindered || last === undefined || last.isFaulty) return violations;
  const indistinct = indistinctIn(last);
  const isUntold = (id: string): boolean => wasUnreadable(bench, id) && indistinct.has(id);
  for (const what of [...evidence.journals.values()].flatMap(({ planned }) => [...planned])) {
    const left = ledger.heldNow(what.slice(0, 12)).find((holding) => holdingKey(holding) === what.slice(13));
    // It cannot be gone on with, or cannot be told from what was planned.
    const isKept = left !== undefined && (ledger.isDeparted(left.account) || isUntold(left.account));
    if (left !== undefined && !isKept)
      violations.push({ invariant: 4, text: `${what} was planned and is still there at the end` });
  }
  if (story.isCalm) violations.push(...checkCalm(bench));
  return violations;
}

/** The accounts that a deletion left alone because what is there cannot be told from what was planned. */
function indistinctIn({ stdout }: Episode): ReadonlySet<string> {
  const parsed = parseDocument(documentSchemas['rootctl.delete'], 'rootctl.delete', stdout);
  const accounts = parsed.ok ? held(parsed.document).accounts : [];
  return new Set(
    accounts.flatMap(({ id, error, actions }) =>
      [error, ...actions.map((action) => action.error)].some(isIndistinct) ? [id] : [],
    ),
  );
}

const isIndistinct = (problem: Problem | null): boolean =>
  problem?.code === 'ChangedSincePlan' && problem.from === 'rootctl' && problem.data.how.is === 'indistinct';

/** Nothing went wrong, so nothing may be left. */
function checkCalm({ story, ledger, episodes }: Bench): readonly Violation[] {
  const violations: Violation[] = [];
  const { listed, barred } = story.selection;
  for (const { account } of story.organization.members) {
    const isMeant = listed.has(account.id) && !barred.has(account.id) && (account.state ?? 'ACTIVE') === 'ACTIVE';
    if (!isMeant || story.isUnusedFor) continue;
    const held = ledger.heldNow(account.id);
    const isGuarded = !story.only.includes('login-profile') && held.some(({ kind }) => kind === 'login-profile');
    const isRefused = isGuarded && story.only.includes('mfa-device') && held.some(({ kind }) => kind === 'mfa-device');
    const left = held.filter(({ kind }) => story.only.includes(kind));
    if (left.length > 0 && !isRefused) {
      violations.push({
        invariant: 7,
        text: `nothing failed, and ${account.id} still holds ${left.map(holdingKey).join(', ')}`,
      });
    }
  }
  for (const { argv, requests, refusal, exitCode } of episodes) {
    if (refusal !== null || exitCode === 64) continue;
    const refused = requests.find(
      ({ outcome }) => !['ok', 'NoSuchEntity', 'ServiceAccessNotEnabledException'].includes(outcome),
    );
    if (refused !== undefined) {
      violations.push({
        invariant: 7,
        text: `${argv.join(' ')}: ${refused.operation} was refused (${refused.outcome}) in a calm world`,
      });
    }
  }
  return violations;
}

/** With no faults left, the last status is the truth to the letter. */
export function checkFinalStatus(bench: Bench, episode: Episode): readonly Violation[] {
  const { story, ledger } = bench;
  const document = episode.exitCode === null ? null : JSON.parse(episode.stdout);
  if (document === null || document.kind !== 'rootctl.status') {
    return [{ invariant: 7, text: `the last status exits ${episode.exitCode} and prints no status` }];
  }
  const parsed = parseDocument(documentSchemas['rootctl.status'], 'rootctl.status', episode.stdout);
  if (!parsed.ok || hasMeddling(story)) return [];
  const violations: Violation[] = [];
  for (const account of parsed.document.accounts) {
    if (account.status === 'skipped') continue;
    const isDenied = story.organization.members.some((member) => member.account.id === account.id && member.isDenied);
    const held = ledger.heldNow(account.id).map(holdingKey);
    const truth = held.length > 0 ? 'present' : 'absent';
    if (account.status !== truth && !isDenied) {
      violations.push({
        invariant: 1,
        text: `${account.id} is ${account.status} at the end and holds [${held.join(', ')}]`,
      });
    }
  }
  return violations;
}
