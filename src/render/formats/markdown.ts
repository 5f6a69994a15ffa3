import {
  type AccountStatus,
  type DeleteDocument,
  kindsAsShown,
  type RunDetailDocument,
  type StatusDocument,
} from '../../documents/index.ts';
import { incompleteSentence } from '../completeness.ts';
import { isTrouble, troubleCure, troublePhrase } from '../delete.ts';
import { switchWord } from '../header.ts';
import { lastUsedLong } from '../last-used.ts';
import { ouPath } from '../ou-path.ts';
import { accountText, credentialText, journalText, summaryText } from '../runs.ts';
import { kindText, skipPhrase, sortAccounts, worthARow } from '../status-table.ts';
import { visible } from '../text.ts';
import { kindsOf, type View } from '../view.ts';
import { countKinds, errorPhrase, number, plural, skipWords, wordsFor } from '../words.ts';
import { cannotRender, type Format, type OutputDocument } from './format.ts';

/** A summary of a job may hold 1 MiB (GitHub): absent accounts are counted from here on. */
const absentAtMost = 200;

const listedAccounts = ({ accounts, summary }: StatusDocument): readonly AccountStatus[] =>
  summary.absent <= absentAtMost ? accounts : accounts.filter(({ status }) => status !== 'absent');

/** GitHub-flavoured Markdown, for a CI job's summary or as an attachment to a ticket. */
export const markdown: Format = {
  kinds: ['rootctl.status', 'rootctl.delete', 'rootctl.run'],
  placed: listedAccounts,
  render: (document, view) => {
    switch (document.kind) {
      case 'rootctl.status':
        return page(document, view, statusBlocks(document, view));
      case 'rootctl.delete':
        return page(document, view, deleteBlocks(document, view));
      case 'rootctl.run':
        return page(document, view, runBlocks(document, view));
      default:
        return cannotRender('markdown', document);
    }
  },
};

/**
 * Text that Markdown shows as it is: no table cell ends, no HTML, no link, no image, no emphasis, nobody is mentioned
 * (GitHub looks for mentions after it has removed the backslashes, so a zero-width space follows the `@`).
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`|*_~[\]#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '\\@&#8203;')
    .replaceAll('://', '\\:&#8203;//')
    .replace(/\bwww\./gi, '$&&#8203;');
}

function page(document: OutputDocument, view: View, blocks: readonly string[]): string {
  const incomplete = incompleteSentence(document, view);
  const warning = incomplete === null ? [] : [`**⚠ ${markdownText(incomplete)}**`];
  const simulated = document.simulated
    ? ['**Simulated:** this organization is a sandbox, nothing here is on AWS.']
    : [];
  return `${[...warning, ...simulated, ...blocks].join('\n\n')}\n`;
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map((row) => line(row.map(markdownText)))].join('\n');
}

function statusBlocks(document: StatusDocument, view: View): readonly string[] {
  const { summary, organization, centralizedRootAccess: access, managementAccount } = document;
  const looked = summary.accounts - summary.skipped;
  const isClean = document.complete && looked > 0 && summary.present === 0 && summary.unknown === 0;
  const unread = summary.unknown === 0 ? '' : `, ${number(summary.unknown)} could not be read`;
  const total = isClean
    ? `✔ ${plural(looked, 'account')} looked at: free of root credentials.`
    : `${number(summary.present)} of ${plural(looked, 'account')}${document.complete ? '' : ' looked at'} ${summary.present === 1 ? 'holds' : 'hold'} root credentials${unread}.`;
  const rows = sortAccounts(worthARow(listedAccounts(document)), view);
  const headings = kindsAsShown(kindsOf(view)).map(({ name }) => wordsFor(name, view).heading);
  const titles = ['Account', 'Name', 'OU', 'Root', ...headings, 'Last used'];
  const switches = `root credentials management ${switchWord(access.rootCredentialsManagement)}, root sessions ${switchWord(access.rootSessions)}`;
  return [
    '## Root credentials',
    `**${total}**`,
    `Organization ${markdownText(organization.id)}, ${switches}. Read at ${document.generatedAt}.`,
    ...(managementAccount?.accessKeysPresent ? ["⚠ The management account's root has access keys."] : []),
    ...(managementAccount?.mfaEnabled === false ? ["⚠ The management account's root has no MFA."] : []),
    tableOf(
      titles,
      rows.map((account) => statusRow(account, document, view)),
    ),
    ...(summary.absent > absentAtMost
      ? [`${number(summary.absent)} accounts without root credentials are not listed.`]
      : []),
  ];
}

function statusRow(account: AccountStatus, document: StatusDocument, view: View): readonly string[] {
  const { id, name, path, status, error } = account;
  const kinds = kindsAsShown(kindsOf(view));
  const row = [id, name, ouPath(path, view.ouNames) ?? '', status];
  const reason = (text: string) => [...row, text, ...kinds.map(() => '')];
  if (status === 'skipped') return reason(skipPhrase(account, document.managementAccount));
  if (status === 'unknown') return reason(error ? errorPhrase(error, view.speech) : 'could not be read');
  return [...row, ...kinds.map((kind) => kindText(kind, account, view)), lastUsedLong(account, view)];
}

function deleteBlocks(document: DeleteDocument, view: View): readonly string[] {
  const { summary, accounts, runId, dryRun } = document;
  const outcomes = Object.entries(summary).filter(([outcome, count]) => outcome !== 'accounts' && count > 0);
  const rows = accounts.map((account) => [
    account.id,
    account.name,
    account.outcome,
    account.reason === null ? countKinds(account.actions, view) || '–' : skipWords[account.reason],
    isTrouble(account.outcome)
      ? `${troublePhrase(account, view)} → ${troubleCure(account, document, view.speech)}`
      : '',
  ]);
  return [
    dryRun ? '## Root credentials that would be deleted' : '## Deletion of root credentials',
    `**${plural(summary.accounts, 'account')}: ${outcomes.map(([outcome, count]) => `${number(count)} ${outcome}`).join(', ') || 'nothing to do'}.**`,
    ...(runId === null ? [] : [`Run ${markdownText(runId)}, ended ${document.generatedAt}.`]),
    tableOf(['Account', 'Name', 'Outcome', 'Credentials', 'What to do'], rows),
  ];
}

function runBlocks(document: RunDetailDocument, view: View): readonly string[] {
  const { run, journal, accounts, events, cloudTrailQuery } = document;
  const eventRows = events.map((event) => [
    event.at,
    event.event,
    event.account ?? '',
    credentialText(event, view),
    event.requestId ?? '',
    event.sessionAccessKeyId ?? '',
    event.detail ?? '',
  ]);
  return [
    `## Run ${markdownText(run.id)}`,
    tableOf(
      ['', ''],
      [
        ['Command', run.command],
        ['Organization', run.organizationId ?? 'unknown'],
        ['Started', run.startedAt],
        ['Ended', run.endedAt ?? 'not ended'],
        ['State', run.state],
        ['Accounts', summaryText(run)],
        ['Journal', `${journal.path}: ${journalText(document, view)}`],
      ],
    ),
    '### Accounts',
    tableOf(
      ['Account', 'Name', 'Outcome', 'Credentials'],
      accounts.map((one) => [one.id, one.name, one.outcome, accountText(one, view)]),
    ),
    '### Events',
    tableOf(['At', 'Event', 'Account', 'Credential', 'Request', 'Session key', 'Detail'], eventRows),
    '### The same in CloudTrail',
    fenced(cloudTrailQuery),
  ];
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.split('\n').map(visible).join('\n')}\n${fence}`;
}
