import type { DoctorCheck, DoctorDocument, ScpEntry } from '../documents/index.ts';
import { findingText, scpDetailText } from '../words/index.ts';
import { goodMark } from './completeness.ts';
import { openingLines } from './header.ts';
import type { Paint } from './style.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';

/** A line a check, each with its cure; then the policies that block root sessions, and whom they reach. */
export function renderDoctor(document: DoctorDocument, view: View): string {
  const { paint, columns, speech } = view;
  const { labels } = speech.words.doctor;
  const table: readonly Column<DoctorCheck>[] = [
    { title: '', lead: true, cell: ({ result }) => mark(result, document, paint) },
    { title: '', lead: true, cell: ({ id }) => ({ text: labels[id] }) },
  ];
  const span = ({ finding, cure }: DoctorCheck): readonly Cell[] => {
    const text = findingText(finding, speech);
    return cure === null ? [{ text }] : [{ text }, { text: `→ ${speech.command(cure)}`, paint: paint.bold }];
  };
  const lines = [
    ...openingLines(document, view),
    ...renderTable({ layouts: [table], rows: document.checks, span, titles: false }, columns, paint),
    ...scpLines(document.scp, view),
    ...verdictLines(document, view),
  ];
  return `${lines.join('\n')}\n`;
}

/** A mark says the same as the word. */
export const markOf = (result: DoctorCheck['result'], document: DoctorDocument): string =>
  ({ ok: goodMark(document), warn: '⚠', fail: '✖', unknown: '?' })[result];

function mark(result: DoctorCheck['result'], document: DoctorDocument, { green, yellow, red }: Paint): Cell {
  const strokes = { ok: green, warn: yellow, fail: red, unknown: yellow };
  return { text: markOf(result, document), paint: strokes[result] };
}

const namedAtMost = 5;

/** One entry for each policy statement, not for each of the ten thousand accounts that it may reach. */
const scpLines = (scp: readonly ScpEntry[], view: View): readonly string[] =>
  blockedSentences(scp, view).flatMap((text) => wrap(`  ${text}`, view.columns, '    ').map(view.paint.yellow));

export function blockedSentences(scp: readonly ScpEntry[], { speech }: Pick<View, 'speech'>): readonly string[] {
  const { doctor, grammar, shared } = speech.words;
  const groups = new Map<string, ScpEntry[]>();
  for (const entry of scp) {
    if (entry.verdict === 'clear') continue;
    const { verdict, policyId, sid, targetId, detail } = entry;
    const why = detail === undefined ? null : scpDetailText(detail, speech);
    const key = JSON.stringify([verdict, policyId, sid, targetId, why]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const ids = entries.map(({ account }) => account);
    const who = ids.length > namedAtMost ? shared.accounts(ids.length) : grammar.list(ids);
    const why = first.detail === undefined ? null : scpDetailText(first.detail, speech);
    return first.verdict === 'blocked'
      ? doctor.blocked(who, first)
      : (first.detail?.detail === 'policy' ? doctor.doubtful : doctor.untold)(who, why ?? '');
  });
}

function verdictLines({ checks, complete }: DoctorDocument, view: View): readonly string[] {
  const failed = checks.filter(({ result }) => result === 'fail').length;
  const unsure = checks.filter(({ result }) => result === 'warn' || result === 'unknown').length;
  const { doctor } = view.speech.words;
  if (failed === 0 && unsure === 0 && complete) return wrap(doctor.allWell, view.columns).map(view.paint.green);
  const parts = [...(failed > 0 ? [doctor.failed(failed)] : []), ...(unsure > 0 ? [doctor.unsure(unsure)] : [])];
  return parts.length === 0 ? [] : wrap(doctor.verdict(parts), view.columns).map(view.paint.bold);
}
