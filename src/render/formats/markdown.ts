import {
  type AccountStatus,
  type DeleteAccount,
  type DeleteDocument,
  isTrouble,
  kindsAsShown,
  type ReportDocument,
  type RunDetailDocument,
  type StatusDocument,
  verdictNames,
} from '../../documents/index.ts';
import { writtenControl } from '../../words/index.ts';
import { type JudgedAccount, tallyOf } from '../attestation.ts';
import { incompleteSentence } from '../completeness.ts';
import { lastUsedLong } from '../last-used.ts';
import { managementSentence } from '../management.ts';
import {
  configBlocks,
  doctorBlocks,
  planBlocks,
  recoverBlocks,
  resetBlocks,
  runsBlocks,
  simulatedBlocks,
  switchBlocks,
  unlockBlocks,
} from '../markdown-pages.ts';
import { fenced, markdownText, tableOf } from '../markdown-text.ts';
import { ouPath } from '../ou-path.ts';
import { alikeIn, byUnit, isNotable, troubleCure, troublePhrase } from '../outcomes.ts';
import { inNumbers, manyAccounts } from '../plan.ts';
import { aboutReadings, organizationSentences, verdictSentence } from '../report.ts';
import { accountText, allOfIt, credentialText, journalText, shownQuery, summaryText, tellsByEvents } from '../runs.ts';
import { changesOf, invitedSentence } from '../status.ts';
import { inStates, notShownSentence } from '../status-display.ts';
import { columnsOf, joinedText, kindText, skipPhrase, sortAccounts, worthARow } from '../status-table.ts';
import { noPaint } from '../style.ts';
import { kindsOf, type View } from '../view.ts';
import { countKinds, skipReasonText, wordsFor } from '../words.ts';
import { cannotRender, everyResult, type Format, type OutputDocument } from './format.ts';

/** A summary of a job may hold 1 MiB (GitHub): absent accounts are counted from here on. */
const absentAtMost = 200;

const listedAccounts = ({ accounts, summary }: StatusDocument): readonly AccountStatus[] =>
  summary.absent <= absentAtMost ? accounts : accounts.filter(({ status }) => status !== 'absent');

/** GitHub-flavoured Markdown, for a CI job's summary or as an attachment to a ticket. */
export const markdown: Format = {
  kinds: everyResult,
  endings: ['.md', '.markdown'],
  placed: listedAccounts,
  arranges: ['columns', 'state'],
  tellsChanges: true,
  countsByUnit: true,
  render: (document, view) => {
    switch (document.kind) {
      case 'rootctl.status':
        return page(document, view, statusBlocks(document, view));
      case 'rootctl.delete':
        return page(document, view, deleteBlocks(document, view));
      case 'rootctl.run':
        return page(document, view, runBlocks(document, view));
      case 'rootctl.report':
        return page(document, view, reportBlocks(document, view));
      case 'rootctl.plan':
        return page(document, view, planBlocks(document, view));
      case 'rootctl.enable':
      case 'rootctl.disable':
        return page(document, view, switchBlocks(document, view));
      case 'rootctl.recover':
        return page(document, view, recoverBlocks(document, view));
      case 'rootctl.unlock':
        return page(document, view, unlockBlocks(document, view));
      case 'rootctl.runs':
        return page(document, view, runsBlocks(document, view));
      case 'rootctl.doctor':
        return page(document, view, doctorBlocks(document, view));
      case 'rootctl.sandbox.reset':
        return page(document, view, resetBlocks(document, view));
      case 'rootctl.sandbox.show':
        return page(document, view, simulatedBlocks(document, view));
      case 'rootctl.config':
        return page(document, view, configBlocks(document, view));
      case 'rootctl.error':
        return cannotRender('markdown', document);
    }
  },
};

function page(document: OutputDocument, view: View, blocks: readonly string[]): string {
  const incomplete = incompleteSentence(document, view);
  const warning = incomplete === null ? [] : [`**⚠ ${markdownText(incomplete)}**`];
  const simulated = document.simulated ? [view.speech.words.markdown.simulated] : [];
  return `${[...warning, ...simulated, ...blocks].join('\n\n')}\n`;
}

function statusBlocks(document: StatusDocument, view: View): readonly string[] {
  const { summary, organization, centralizedRootAccess: access, managementAccount } = document;
  const { markdown: all, opening } = view.speech.words;
  const words = all.status;
  const { present, unknown } = summary;
  const looked = summary.accounts - summary.skipped;
  const isClean = document.complete && looked > 0 && present === 0 && unknown === 0;
  const total = isClean ? words.clean(looked) : words.total({ present, unknown, looked }, document.complete);
  const rows = sortAccounts(inStates(worthARow(listedAccounts(document)), view), view);
  const notShown = notShownSentence(document.accounts, view);
  const invited = invitedSentence(document, view);
  const management = managementSentence(managementAccount, view);
  const { columns } = words;
  const kinds = kindsAsShown(kindsOf(view)).map(({ name }) => wordsFor(name, view).heading);
  const titles = [
    columns.account,
    columns.name,
    columns.unit,
    columns.joined,
    columns.root,
    ...kinds,
    columns.lastUsed,
  ];
  const switches = [
    opening.rootCredentialsManagement(access.rootCredentialsManagement),
    opening.rootSessions(access.rootSessions),
  ];
  return [
    words.heading,
    ...(invited === null ? [] : [`**${markdownText(invited)}**`]),
    `**${total}**`,
    words.source(markdownText(organization.id), switches, document.generatedAt),
    ...(management === null ? [] : [management]),
    view.shownColumns === undefined
      ? tableOf(
          titles,
          rows.map((account) => statusRow(account, document, view)),
        )
      : chosenTable(rows, document, view),
    ...(notShown === null ? [] : [markdownText(notShown)]),
    ...(summary.absent > absentAtMost ? [words.notListed(summary.absent)] : []),
    ...(document.changes === null ? [] : changeBlocks(document, view)),
  ];
}

function statusRow(account: AccountStatus, document: StatusDocument, view: View): readonly string[] {
  const { id, name, path, status, error } = account;
  const { speech } = view;
  const words = speech.words.status;
  const kinds = kindsAsShown(kindsOf(view));
  const row = [id, name, ouPath(path, view.ouNames) ?? '', joinedText(account, view), words.states[status]];
  const reason = (text: string) => [...row, text, ...kinds.map(() => '')];
  if (status === 'skipped') return reason(skipPhrase(account, document.managementAccount, view));
  if (status === 'unknown') return reason(error ? speech.phraseOf(error) : words.unread);
  return [...row, ...kinds.map((kind) => kindText(kind, account, view)), lastUsedLong(account, view)];
}

function chosenTable(rows: readonly AccountStatus[], document: StatusDocument, view: View): string {
  const columns = columnsOf(document, view);
  return tableOf(
    columns.map(({ title }) => title),
    rows.map((account) => columns.map(({ cell }) => cell(account).text)),
  );
}

/** A summary of a job has its limit: so many changes are listed. */
const changesAtMost = 1_000;

function changeBlocks(document: StatusDocument, view: View): readonly string[] {
  const { title, phrases } = changesOf(document, view);
  const shown = phrases.slice(0, changesAtMost).map(({ text }) => `- ${markdownText(text)}`);
  const left = phrases.length - shown.length;
  return [
    `**${title}**`,
    ...(shown.length === 0 ? [] : [shown.join('\n')]),
    ...(left === 0 ? [] : [view.speech.words.markdown.status.changesNotListed(left)]),
  ];
}

function deleteBlocks(document: DeleteDocument, view: View): readonly string[] {
  const { summary, runId, dryRun, generatedAt } = document;
  const { markdown: all, runs } = view.speech.words;
  const words = all.delete;
  const outcomes = Object.entries(summary).filter(([outcome, count]) => outcome !== 'accounts' && count > 0);
  const counts = outcomes.map(([outcome, count]) => runs.counted(count, runs.outcome(outcome)));
  return [
    words.heading(dryRun),
    `**${words.total(summary.accounts, counts)}**`,
    ...(runId === null ? [] : [words.run(markdownText(runId), generatedAt)]),
    ...outcomeBlocks(document, view),
  ];
}

/** As on the terminal: of many accounts, those that are simply deleted are counted by OU. */
function outcomeBlocks(result: Pick<DeleteDocument, 'accounts' | 'runId'>, view: View): readonly string[] {
  const { accounts, runId } = result;
  const { markdown: all, runs } = view.speech.words;
  const words = all.delete;
  const trouble = (account: DeleteAccount): string => {
    const { outcome, error } = account;
    // Of what was not begun nothing happened that could be told.
    const what = isTrouble(outcome) ? troublePhrase(account, view) : error === null ? '' : view.speech.phraseOf(error);
    return what === '' ? '' : `${what} → ${troubleCure(account, view.speech)}`;
  };
  const concerned = ({ outcome, actions }: DeleteAccount): DeleteAccount['actions'] =>
    outcome === 'planned' ? actions.filter(({ result }) => result === 'planned') : actions;
  const table = (some: readonly DeleteAccount[], what = trouble): string =>
    tableOf(
      words.columns,
      some.map((account) => [
        account.id,
        account.name,
        runs.outcome(account.outcome),
        account.reason === null || account.outcome === 'planned'
          ? countKinds(concerned(account), view) || '–'
          : skipReasonText({ ...account, reason: account.reason }, view.speech),
        what(account),
      ]),
    );
  if (accounts.length < manyAccounts) return [table(accounts)];
  const { alike, single } = alikeIn(accounts.filter(isNotable), runId, view);
  const row = (cells: readonly string[]) => (view.places === undefined ? cells.slice(1) : cells);
  const units = byUnit(accounts, view).map((one) => row([one.unit, String(one.accounts), String(one.credentials)]));
  const skipped = accounts.filter((account) => account.outcome === 'skipped' && !isNotable(account));
  return [
    ...(single.length === 0 ? [] : [table(single)]),
    ...alike.flatMap((group) => [
      `**${markdownText(group.title)}**`,
      ...(group.cure === null ? [] : [markdownText(`→ ${group.cure}`)]),
      ...(group.each === null ? [group.accounts.map(({ id }) => id).join(' ')] : [table(group.accounts, group.each)]),
    ]),
    ...(units.length === 0 ? [] : [tableOf(row(words.unitColumns), units)]),
    ...inNumbers(skipped, { ...view, columns: Number.POSITIVE_INFINITY, paint: noPaint }).map(markdownText),
  ];
}

function runBlocks(document: RunDetailDocument, view: View): readonly string[] {
  const { run, journal, accounts, events } = document;
  const { markdown: all, runs } = view.speech.words;
  const words = all.run;
  const { facts } = words;
  const isAll = view.withEvents === true;
  const eventRows = events.map((event) => [
    event.at,
    event.event,
    event.account ?? '',
    credentialText(event, view),
    event.requestId ?? '',
    event.sessionAccessKeyId ?? '',
    event.detail ?? '',
  ]);
  const query = shownQuery(document, isAll);
  return [
    words.heading(markdownText(run.id)),
    tableOf(
      ['', ''],
      [
        [facts.command, run.command],
        [facts.organization, run.organizationId ?? words.unknown],
        [facts.started, run.startedAt],
        [facts.ended, run.endedAt ?? words.notEnded],
        [facts.state, runs.states[run.state]],
        [facts.accounts, summaryText(run, view)],
        [facts.journal, `${journal.path}: ${journalText(document, view)}`],
      ],
    ),
    words.accounts,
    ...(isAll || accounts.length === 0
      ? [
          tableOf(
            words.accountColumns,
            accounts.map((one) => [one.id, one.name, runs.outcome(one.outcome), accountText(one, view)]),
          ),
        ]
      : outcomeBlocks({ accounts, runId: run.id }, view)),
    ...(isAll || tellsByEvents(document) ? [words.events, tableOf(words.eventColumns, eventRows)] : []),
    ...(isAll || tellsByEvents(document) ? [] : [markdownText(allOfIt(document, view))]),
    ...(query === null ? [] : [words.cloudTrail, fenced(query)]),
  ];
}

/** A summary of a job may hold 1 MiB (GitHub): of those that fail, or could not be read, so many are listed. */
const judgedAtMost = 500;

function reportBlocks(document: ReportDocument, view: View): readonly string[] {
  const { controls, mappings, organization } = document;
  const { controls: words, grammar, report, shared } = view.speech.words;
  const { columns, ...all } = report.markdown;
  const tally = tallyOf(document);
  const judged = [...tally.failing, ...tally.open];
  const sentences = organizationSentences(tally, document, view);
  const readings = aboutReadings(document, view).join(shared.betweenSentences);
  const controlRows = controls.map((control) => {
    const counts = tally.counts.get(control.key);
    const numbers = verdictNames.map((verdict) => grammar.number(counts?.[verdict] ?? 0));
    const { title, source } = writtenControl(control, view.speech);
    return [control.key, title, ...numbers, source];
  });
  const history = historyRows(document);
  const others = mappings.map(({ by, standard, subjects, ids }) => [
    standard,
    subjects?.map((subject) => words.subjects[subject]).join(shared.comma) ?? all.anySubject,
    ids.join(shared.comma),
    words.sources[by],
  ]);
  return [
    all.heading,
    `**${verdictSentence(document, tally, view)}**`,
    ...sentences.map(markdownText),
    all.about(markdownText(organization.id), markdownText(readings)),
    all.controls,
    tableOf([columns.control, columns.asks, ...verdictNames.map((one) => columns[one]), columns.source], controlRows),
    ...(judged.length === 0
      ? []
      : [
          all.accounts,
          tableOf(
            all.accountColumns,
            judged.slice(0, judgedAtMost).flatMap((account) => judgedRows(account, view)),
          ),
        ]),
    ...(judged.length > judgedAtMost ? [all.notListed(judged.length - judgedAtMost)] : []),
    ...(history.length === 0 ? [] : [all.history, tableOf(all.historyColumns, history)]),
    ...(others.length === 0 ? [] : [all.mappings, tableOf(all.mappingColumns, others)]),
    all.disagreements,
    words.disagreements.map((one) => `- ${markdownText(one)}`).join('\n'),
  ];
}

/** A row a verdict and reason, since an account may fail for one and be unknown for another. */
function judgedRows({ id, name, failed, unknown }: JudgedAccount, view: View): readonly (readonly string[])[] {
  const { controls: words, shared } = view.speech.words;
  const rows = (verdict: 'failed' | 'unknown', why: JudgedAccount['failed']) =>
    [...new Set(why.values())].map((reason) => {
      const subjects = [...why].filter(([, one]) => one === reason).map(([subject]) => words.subjects[subject]);
      return [id, name, words.verdicts[verdict], subjects.join(shared.comma), words.reasons[reason]];
    });
  return [...rows('failed', failed), ...rows('unknown', unknown)];
}

/** Accounts that became clean within the period, or came back. */
function historyRows({ accounts, history, readings }: ReportDocument): readonly (readonly string[])[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const from = readings[0]?.generatedAt;
  return (history ?? [])
    .filter(({ cleanSince, cameBackAt }) => cameBackAt.length > 0 || (cleanSince !== null && cleanSince !== from))
    .slice(0, judgedAtMost)
    .map(({ account, cleanSince, cameBackAt }) => [
      account,
      names.get(account) ?? '',
      cleanSince ?? '',
      cameBackAt.join(' '),
    ]);
}
