import type { LockedResource, PolicyStatement, UnlockDocument } from '../documents/index.ts';
import { openingLines } from './header.ts';
import { type Column, renderTable } from './table.ts';
import { visible, wrap } from './text.ts';
import type { View } from './view.ts';

/** The list of buckets or queues, or one policy with its locking statements marked, and what was done to it. */
export function renderUnlock(document: UnlockDocument, view: View): string {
  const body = document.outcome === 'listed' ? listLines(document, view) : policyLines(document, view);
  return `${[...openingLines(document, view), ...body].join('\n')}\n`;
}

function listLines(document: UnlockDocument, view: View): readonly string[] {
  const { service, region, resources = [] } = document;
  const words = view.speech.words.unlock;
  const owner = ownerOf(document);
  if (resources.length === 0) return wrap(words.none(service, owner, region), view.columns);
  const columns: readonly Column<LockedResource>[] = [
    {
      title: words.titles[service],
      shrink: { least: 16, comfortable: 63 },
      cell: ({ name }) => ({ text: name }),
    },
    {
      title: words.titles.region,
      shrink: { least: 14, comfortable: 20 },
      cell: (resource) => ({ text: resource.region ?? '?' }),
    },
  ];
  return [
    ...wrap(words.listed(service, resources.length, owner, region), view.columns),
    '',
    ...renderTable({ layouts: [columns], rows: resources }, view.columns, view.paint),
    '',
    ...wrap(words.next(commandOn(document, 'NAME', [], view)), view.columns, '      '),
  ];
}

const ownerOf = ({ account, accountName }: UnlockDocument): string =>
  accountName === undefined ? account : `${accountName} (${account})`;

const flags = { s3: '--bucket', sqs: '--queue' } as const;

/** A queue's name alone is looked for in the configured region, which may have another queue of that name. */
function commandOn(
  { service, account, region }: UnlockDocument,
  name: string,
  more: readonly string[],
  { speech }: View,
): string {
  const where = service === 'sqs' && region !== null ? ['--region', region] : [];
  return speech.rootctl('unlock', service, '--account', account, flags[service], name, ...where, ...more);
}

/** One policy with its locking statements marked, before anybody is asked what to do about it. */
export const renderLockedPolicy = (document: UnlockDocument, view: View): string =>
  `${[...openingLines(document, view), ...foundLines(document, view)].join('\n')}\n`;

const policyLines = (document: UnlockDocument, view: View): readonly string[] =>
  document.policy === null && document.outcome === 'shown'
    ? foundLines(document, view)
    : [...foundLines(document, view), ...outcomeLines(document, view)];

function foundLines(document: UnlockDocument, view: View): readonly string[] {
  const words = view.speech.words.unlock;
  const { service, resource, region, policy, statements } = document;
  const holder = words.holder(service, resource ?? '?', ownerOf(document), region);
  if (policy === null) return wrap(words.noPolicy(holder), view.columns);
  return [
    ...wrap(holder, view.columns, '  ').map(view.paint.bold),
    ...policyText(policy, view),
    '',
    ...statements.flatMap((statement) => statementLines(statement, view)),
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

const marks = { yes: '✖', unsure: '⚠', no: '✔' } as const;
const colours = { yes: 'red', unsure: 'yellow', no: 'dim' } as const;

function statementLines({ index, sid, locks, why }: PolicyStatement, view: View): readonly string[] {
  const { unlock, policy } = view.speech.words;
  const text = unlock.locks[locks](unlock.statement(index + 1, sid), policy.lock(why));
  return wrap(`${marks[locks]} ${text}`, view.columns, '  ').map(view.paint[colours[locks]]);
}

function outcomeLines(document: UnlockDocument, view: View): readonly string[] {
  const { outcome, resource, backup, statements } = document;
  const words = view.speech.words.unlock;
  const again = (...more: readonly string[]) => commandOn(document, resource ?? 'NAME', more, view);
  switch (outcome) {
    case 'listed':
      return [];
    case 'shown':
      return statements.some(({ locks }) => locks !== 'no')
        ? wrap(words.next(again('--delete-policy')), view.columns, '      ')
        : wrap(words.nothingLocks, view.columns);
    case 'planned':
      return wrap(words.dryRun, view.columns);
    case 'deleted':
    case 'replaced': {
      const done = wrap(`✔ ${words.done[outcome]}`, view.columns).map(view.paint.green);
      if (backup === null) return done;
      return [
        ...done,
        ...wrap(words.kept(backup), view.columns, '  '),
        ...wrap(words.restore(again('--put-policy', backup)), view.columns, '  '),
      ];
    }
  }
}
