import type {
  ConfigDocument,
  DoctorDocument,
  EnableDocument,
  PlanDocument,
  RecoverDocument,
  RunsDocument,
  SandboxResetDocument,
  SandboxShowDocument,
  UnlockDocument,
} from '../documents/index.ts';
import { findingText } from '../words/index.ts';
import { configColumns, settingsShown } from './config.ts';
import { blockedSentences, markOf } from './doctor.ts';
import { switchRows, switchVerdict } from './enable.ts';
import { fenced, markdownText, tableOf } from './markdown-text.ts';
import { ouPath } from './ou-path.ts';
import { inPlanOrder, manyAccounts, planFacts, planSentences } from './plan.ts';
import { recoverySteps } from './recover.ts';
import { openRecoverySentence, summaryText } from './runs.ts';
import { heldColumns, simulatedOrganization } from './sandbox.ts';
import { policySource, unlockSentences } from './unlock.ts';
import type { View } from './view.ts';
import { wordsFor } from './words.ts';

/** A page in blocks; the sentences are those that the terminal shows. */
type Blocks = readonly string[];

/** Bold, or nothing. */
const strong = (text: string | undefined): Blocks => (text === undefined ? [] : [`**${markdownText(text)}**`]);

const list = (items: readonly string[], mark = () => '-'): Blocks =>
  items.length === 0 ? [] : [items.map((item) => `${mark()} ${markdownText(item)}`).join('\n')];

export function planBlocks({ accounts: all, organization, generatedAt }: PlanDocument, view: View): Blocks {
  const words = view.speech.words.markdown.plan;
  const accounts = inPlanOrder(all, view);
  const [total, ...warnings] = planSentences(accounts, view, accounts.length >= manyAccounts);
  const rows = accounts.flatMap((account) =>
    account.actions.map((action) => [
      account.id,
      account.name,
      ouPath(account.path, view.ouNames) ?? account.path ?? '',
      wordsFor(action.kind, view).one,
      action.id ?? '',
      planFacts(action, account, view),
    ]),
  );
  return [
    words.heading,
    ...strong(total),
    words.source(markdownText(organization.id), generatedAt),
    ...list(warnings),
    ...(rows.length === 0 ? [] : [tableOf(words.columns, rows)]),
  ];
}

export function switchBlocks(document: EnableDocument, view: View): Blocks {
  const { markdown, switching } = view.speech.words;
  const rows = switchRows(document, view).map(({ name, before, after }) => [name, before, after]);
  return [
    markdown.switching.heading,
    `**${markdownText(switchVerdict(document, view))}**`,
    markdown.switching.organization(markdownText(document.organization.id)),
    tableOf(['', switching.before, document.dryRun ? switching.wouldBe : switching.now], rows),
  ];
}

export function recoverBlocks(document: RecoverDocument, view: View): Blocks {
  const { markdown, runs } = view.speech.words;
  const words = markdown.recover;
  const rows = document.accounts.map(({ id, name, email, outcome, error }) => [
    id,
    name,
    email,
    runs.outcome(outcome),
    error === null ? '' : view.speech.phraseOf(error),
  ]);
  const steps = recoverySteps(document, view);
  return [
    words.heading(document.dryRun),
    tableOf(words.columns, rows),
    ...(steps === null ? [] : [markdownText(steps.opening), ...list(steps.steps, () => '1.')]),
  ];
}

export function unlockBlocks(document: UnlockDocument, view: View): Blocks {
  const { markdown, unlock } = view.speech.words;
  const words = markdown.unlock;
  const { service, outcome, statements, policy, resources = [] } = document;
  const { opening, after } = unlockSentences(document, view);
  const listed = resources.map(({ name, region }) => [name, region ?? '?']);
  const told = statements.map(({ index, sid, locks, why }) => [
    String(index + 1),
    sid ?? '',
    words.locks[locks],
    view.speech.words.policy.lock(why),
  ]);
  return [
    words.heading,
    ...strong(opening),
    ...(outcome === 'listed' && listed.length > 0
      ? [tableOf([words.holders[service], unlock.titles.region], listed)]
      : []),
    ...(told.length === 0 ? [] : [tableOf(words.columns, told)]),
    ...list(after),
    ...(policy === null ? [] : [words.policy, fenced(policySource(policy))]),
  ];
}

export function runsBlocks({ runs, openRecoveries = [] }: RunsDocument, view: View): Blocks {
  const { markdown, runs: words } = view.speech.words;
  const rows = [...runs]
    .sort((left, right) => (left.startedAt < right.startedAt ? 1 : -1))
    .map((run) => [
      run.id,
      run.command,
      words.states[run.state],
      run.startedAt,
      run.endedAt ?? markdown.run.notEnded,
      summaryText(run, view),
      run.problem === null ? '' : view.speech.entryOf(run.problem.sentence).message,
    ]);
  return [
    markdown.runs.heading,
    rows.length === 0 ? words.none : tableOf(markdown.runs.columns, rows),
    ...list(openRecoveries.map((one) => openRecoverySentence(one, view))),
  ];
}

export function doctorBlocks(document: DoctorDocument, view: View): Blocks {
  const { markdown, doctor } = view.speech.words;
  const words = markdown.doctor;
  const rows = document.checks.map(({ id, result, finding, cure }) => [
    `${markOf(result, document)} ${words.results[result]}`,
    doctor.labels[id],
    findingText(finding, view.speech),
    cure === null ? '' : view.speech.command(cure),
  ]);
  return [words.heading, tableOf(words.columns, rows), ...list(blockedSentences(document.scp, view))];
}

export function resetBlocks({ organizationId, accountCount, path }: SandboxResetDocument, view: View): Blocks {
  const { words } = view.speech;
  return [
    words.markdown.sandbox.heading,
    markdownText(words.sandbox.saved(simulatedOrganization(organizationId, words), accountCount, path)),
  ];
}

export function simulatedBlocks({ organizationId, accounts }: SandboxShowDocument, view: View): Blocks {
  const { words } = view.speech;
  const columns = heldColumns(words);
  return [
    words.markdown.sandbox.heading,
    ...strong(simulatedOrganization(organizationId, words)),
    tableOf(
      columns.map(({ title }) => title),
      accounts.map((account) => columns.map(({ cell }) => cell(account).text)),
    ),
  ];
}

export function configBlocks(document: ConfigDocument, view: View): Blocks {
  const { words } = view.speech;
  const columns = configColumns(words);
  return [
    words.config.heading,
    tableOf(
      columns.map(({ title }) => title),
      settingsShown(document).map((setting) => columns.map(({ cell }) => cell(setting).text)),
    ),
  ];
}
