import type { DoctorCheck, DoctorDocument, ScpEntry } from '../documents/index.ts';
import { goodMark } from './completeness.ts';
import { openingLines } from './header.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';
import { listed, plural } from './words.ts';

/** A line a check, each with its cure; then the policies that block root sessions, and whom they reach. */
export function renderDoctor(document: DoctorDocument, view: View): string {
  const { paint, columns } = view;
  const table: readonly Column<DoctorCheck>[] = [
    { title: '', lead: true, cell: ({ result }) => mark(result, document, paint) },
    { title: '', lead: true, cell: ({ id }) => ({ text: label(id) }) },
  ];
  const span = ({ message, cure }: DoctorCheck): readonly Cell[] =>
    cure === null ? [{ text: message }] : [{ text: message }, { text: `→ ${cure}`, paint: paint.bold }];
  const lines = [
    ...openingLines(document, view),
    ...renderTable({ layouts: [table], rows: document.checks, span, titles: false }, columns, paint),
    ...scpLines(document.scp, view),
    ...verdictLines(document, view),
  ];
  return `${lines.join('\n')}\n`;
}

const labels: ReadonlyMap<string, string> = new Map([
  ['scp', 'SCPs'],
  ['scps', 'SCPs'],
  ['sts-region', 'STS region'],
]);
const label = (id: string): string => labels.get(id) ?? id.replaceAll('-', ' ');

function mark(result: DoctorCheck['result'], document: DoctorDocument, paint: Paint): Cell {
  const marks = {
    ok: { text: goodMark(document), paint: paint.green },
    warn: { text: '⚠', paint: paint.yellow },
    fail: { text: '✖', paint: paint.red },
    unknown: { text: '?', paint: paint.yellow },
  };
  return marks[result];
}

const namedAtMost = 5;

/** One entry for each policy statement, not for each of the ten thousand accounts that it may reach. */
function scpLines(scp: readonly ScpEntry[], view: View): readonly string[] {
  const groups = new Map<string, ScpEntry[]>();
  for (const entry of scp) {
    if (entry.verdict === 'clear') continue;
    const key = JSON.stringify([entry.verdict, entry.policyId, entry.sid, entry.targetId, entry.detail ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const ids = entries.map(({ account }) => account);
    const who = ids.length > namedAtMost ? plural(ids.length, 'account') : listed(ids);
    const policy =
      first.policyName === null ? (first.policyId ?? 'a policy') : `${first.policyName} (${first.policyId ?? '?'})`;
    const where = `${policy}${first.sid === null ? '' : `, statement ${first.sid}`}${first.targetId === null ? '' : `, on ${first.targetPath ?? ''} (${first.targetId})`}`;
    const why = first.detail ? `: ${first.detail}` : '';
    const text =
      first.verdict === 'blocked'
        ? `blocked: ${who} by ${where}${why}`
        : `cannot tell: ${who}, because of ${where}${why}`;
    return wrap(`  ${text}`, view.columns, '    ').map(view.paint.yellow);
  });
}

function verdictLines({ checks, complete }: DoctorDocument, view: View): readonly string[] {
  const failed = checks.filter(({ result }) => result === 'fail').length;
  const unsure = checks.filter(({ result }) => result === 'warn' || result === 'unknown').length;
  if (failed === 0 && unsure === 0 && complete)
    return wrap('Everything is in place.', view.columns).map(view.paint.green);
  const parts = [
    ...(failed > 0 ? [`${plural(failed, 'check')} failed`] : []),
    ...(unsure > 0 ? [`${plural(unsure, 'check')} ${unsure === 1 ? 'needs' : 'need'} a look`] : []),
  ];
  return wrap(`${parts.join(', ')}.`, view.columns).map(view.paint.bold);
}
