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
  const { service, resources = [] } = document;
  const { titles } = view.speech.words.unlock;
  const { opening, after } = unlockSentences(document, view);
  if (resources.length === 0) return wrap(opening, view.columns);
  const columns: readonly Column<LockedResource>[] = [
    {
      title: titles[service],
      shrink: { least: 16, comfortable: 63 },
      cell: ({ name }) => ({ text: name }),
    },
    {
      title: titles.region,
      shrink: { least: 14, comfortable: 20 },
      cell: (resource) => ({ text: resource.region ?? '?' }),
    },
  ];
  return [
    ...wrap(opening, view.columns),
    '',
    ...renderTable({ layouts: [columns], rows: resources }, view.columns, view.paint),
    '',
    ...after.flatMap((text) => wrap(text, view.columns, '      ')),
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
function policyText(policy: NonNullable<UnlockDocument['policy']>, view: View): readonly string[] {
  return policySource(policy)
    .split('\n')
    .flatMap((line) => {
      const indent = `  ${/^ */.exec(line)?.[0] ?? ''}`;
      return wrap(visible(line.trimStart()), Math.max(20, view.columns - indent.length)).map((part) => indent + part);
    });
}

export const policySource = (policy: NonNullable<UnlockDocument['policy']>): string =>
  typeof policy === 'string' ? policy : JSON.stringify(policy, null, 2);

const marks = { yes: '✖', unsure: '⚠', no: '✔' } as const;
const colours = { yes: 'red', unsure: 'yellow', no: 'dim' } as const;

function statementLines({ index, sid, locks, why }: PolicyStatement, view: View): readonly string[] {
  const { unlock, policy } = view.speech.words;
  const text = unlock.locks[locks](unlock.statement(index + 1, sid), policy.lock(why));
  return wrap(`${marks[locks]} ${text}`, view.columns, '  ').map(view.paint[colours[locks]]);
}

function outcomeLines(document: UnlockDocument, view: View): readonly string[] {
  const isDone = document.outcome === 'deleted' || document.outcome === 'replaced';
  const [first = '', ...more] = unlockSentences(document, view).after;
  return [
    ...(isDone ? wrap(`✔ ${first}`, view.columns).map(view.paint.green) : wrap(first, view.columns, '      ')),
    ...more.flatMap((text) => wrap(text, view.columns, '  ')),
  ];
}

/** What it is about, and what was done or is next. */
export function unlockSentences(
  document: UnlockDocument,
  view: View,
): { readonly opening: string; readonly after: readonly string[] } {
  const { service, resource, region, policy, outcome, backup, statements, resources = [] } = document;
  const words = view.speech.words.unlock;
  const owner = ownerOf(document);
  const again = (...more: readonly string[]) => commandOn(document, resource ?? 'NAME', more, view);
  if (outcome === 'listed') {
    const text =
      resources.length === 0
        ? words.none(service, owner, region)
        : words.listed(service, resources.length, owner, region);
    return { opening: text, after: resources.length === 0 ? [] : [words.next(commandOn(document, 'NAME', [], view))] };
  }
  const holder = words.holder(service, resource ?? '?', owner, region);
  const opening = policy === null ? words.noPolicy(holder) : holder;
  switch (outcome) {
    case 'shown':
      if (policy === null) return { opening, after: [] };
      return {
        opening,
        after: [
          statements.some(({ locks }) => locks !== 'no') ? words.next(again('--delete-policy')) : words.nothingLocks,
        ],
      };
    case 'planned':
      return { opening, after: [words.dryRun] };
    case 'deleted':
    case 'replaced': {
      const kept = backup === null ? [] : [words.kept(backup), words.restore(again('--put-policy', backup))];
      return { opening, after: [words.done[policy === null ? 'put' : outcome], ...kept] };
    }
  }
}
