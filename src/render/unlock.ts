import type { LockedResource, PolicyStatement, UnlockDocument } from '../documents/index.ts';
import { openingLines } from './header.ts';
import { type Column, renderTable } from './table.ts';
import { visible, wrap } from './text.ts';
import type { View } from './view.ts';
import { command, plural, shellWord } from './words.ts';

const words = {
  s3: { one: 'bucket', many: 'buckets', flag: '--bucket' },
  sqs: { one: 'queue', many: 'queues', flag: '--queue' },
} satisfies Record<UnlockDocument['service'], { one: string; many: string; flag: string }>;

/** The list of buckets or queues, or one policy with its locking statements marked, and what was done to it. */
export function renderUnlock(document: UnlockDocument, view: View): string {
  const body = document.outcome === 'listed' ? listLines(document, view) : policyLines(document, view);
  return `${[...openingLines(document, view), ...body].join('\n')}\n`;
}

function listLines(document: UnlockDocument, view: View): readonly string[] {
  const { one, many, flag } = words[document.service];
  const resources = document.resources ?? [];
  const owner = accountWords(document);
  if (resources.length === 0) return wrap(`No ${many} in ${owner}${inRegion(document)}.`, view.columns);
  const columns: readonly Column<LockedResource>[] = [
    { title: one.toUpperCase(), shrink: { least: 16, comfortable: 63 }, cell: ({ name }) => ({ text: name }) },
    { title: 'REGION', shrink: { least: 14, comfortable: 20 }, cell: ({ region }) => ({ text: region ?? '?' }) },
  ];
  return [
    ...wrap(`${plural(resources.length, one, many)} in ${owner}${inRegion(document)}`, view.columns),
    '',
    ...renderTable({ layouts: [columns], rows: resources }, view.columns, view.paint),
    '',
    ...wrap(
      `next: ${command(`unlock ${document.service} --account ${document.account} ${flag} NAME${regionFlag(document)}`, document)}`,
      view.columns,
      '      ',
    ),
  ];
}

const inRegion = ({ region }: UnlockDocument): string => (region === null ? '' : ` in ${region}`);
/** A queue's name alone is looked for in the configured region, which may have another queue of that name. */
const regionFlag = ({ service, region }: UnlockDocument): string =>
  service === 'sqs' && region !== null ? ` --region ${region}` : '';
const accountWords = ({ account, accountName }: UnlockDocument): string =>
  accountName === undefined ? account : `${accountName} (${account})`;

/** One policy with its locking statements marked, before anybody is asked what to do about it. */
export const renderLockedPolicy = (document: UnlockDocument, view: View): string =>
  `${[...openingLines(document, view), ...foundLines(document, view)].join('\n')}\n`;

const policyLines = (document: UnlockDocument, view: View): readonly string[] =>
  document.policy === null && document.outcome === 'shown'
    ? foundLines(document, view)
    : [...foundLines(document, view), ...outcomeLines(document, view)];

function foundLines(document: UnlockDocument, view: View): readonly string[] {
  const { one } = words[document.service];
  const what = `${one} ${document.resource ?? '?'} of ${accountWords(document)}${inRegion(document)}`;
  if (document.policy === null) return wrap(`${what} has no policy: nothing locks it.`, view.columns);
  return [
    ...wrap(what, view.columns, '  ').map(view.paint.bold),
    ...policyText(document.policy, view),
    '',
    ...document.statements.flatMap((statement) => statementLines(statement, view)),
  ];
}

/** The policy's own lines; JSON keeps its shape, so a long line is broken at the edge and not re-indented. */
function policyText(policy: UnlockDocument['policy'], view: View): readonly string[] {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy, null, 2);
  return text.split('\n').flatMap((line) => {
    const indent = `  ${/^ */.exec(line)?.[0] ?? ''}`;
    return wrap(visible(line.trimStart()), Math.max(20, view.columns - indent.length)).map((part) => indent + part);
  });
}

function statementLines({ index, sid, locks, why: reason }: PolicyStatement, view: View): readonly string[] {
  const why = view.speech.words.policy.lock(reason);
  const name = sid === null ? `statement ${index + 1}` : `statement ${index + 1}, ${sid}`;
  switch (locks) {
    case 'yes':
      return wrap(`✖ ${name}: locks everybody out: ${why}`, view.columns, '  ').map(view.paint.red);
    case 'unsure':
      return wrap(`⚠ ${name}: may lock: ${why}`, view.columns, '  ').map(view.paint.yellow);
    case 'no':
      return wrap(`✔ ${name}: does not lock: ${why}`, view.columns, '  ').map(view.paint.dim);
  }
}

function outcomeLines(document: UnlockDocument, view: View): readonly string[] {
  const { outcome, service, account, resource, backup } = document;
  const { flag } = words[service];
  const where = regionFlag(document);
  const again = `unlock ${service} --account ${account} ${flag} ${resource === null ? 'NAME' : shellWord(resource)}${where}`;
  const kept = backup === null ? [] : wrap(`The old policy is kept in ${backup}`, view.columns, '  ');
  switch (outcome) {
    case 'listed':
      return [];
    case 'shown':
      return document.statements.some(({ locks }) => locks !== 'no')
        ? wrap(`next: ${command(`${again} --delete-policy`, document)}`, view.columns, '      ')
        : wrap('No statement locks everybody out.', view.columns);
    case 'planned':
      return wrap('This is a dry run: the policy was not changed.', view.columns);
    case 'deleted':
    case 'replaced': {
      const restore =
        backup === null
          ? []
          : wrap(`restore: ${command(`${again} --put-policy ${shellWord(backup)}`, document)}`, view.columns, '  ');
      return [...wrap(`✔ The policy is ${outcome}.`, view.columns).map(view.paint.green), ...kept, ...restore];
    }
  }
}
