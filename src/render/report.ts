import { type Control, type ReportDocument, type VerdictName, verdictNames } from '../documents/index.ts';
import { type JudgedAccount, openIn, type Tally, tallyOf } from './attestation.ts';
import { openingLines, organizationLines } from './header.ts';
import { type Column, renderTable } from './table.ts';
import { wrap } from './text.ts';
import type { View } from './view.ts';

/** What a screen holds beside the table of controls. */
const namedAtMost = 10;

/** The verdict, what each control says in numbers, and the first of the accounts that fail. */
export function renderReport(document: ReportDocument, view: View): string {
  const { columns, paint } = view;
  const tally = tallyOf(document);
  const lines = [
    ...openingLines(document, view),
    ...wrap(verdictSentence(document, tally, view), columns).map(paint.bold),
    ...organizationSentences(tally, document, view).flatMap((sentence) => wrap(sentence, columns, '  ')),
    ...organizationLines(document.organization, document.centralizedRootAccess, view),
    ...aboutReadings(document, view).flatMap((sentence) => wrap(sentence, columns, '  ').map(paint.dim)),
    '',
    ...renderTable({ layouts: [controlColumns(tally, view)], rows: document.controls }, columns, paint),
    ...failingLines(tally.failing, view),
    ...cameBackSentences(document, view).flatMap((sentence) => wrap(sentence, columns, '  ').map(paint.yellow)),
  ];
  return `${lines.join('\n')}\n`;
}

function failingLines(failing: readonly JudgedAccount[], { columns, speech }: View): readonly string[] {
  if (failing.length === 0) return [];
  const { report, controls } = speech.words;
  const named = failing.slice(0, namedAtMost).flatMap(({ id, name, failed }) => {
    const subjects = [...failed.keys()].map((subject) => controls.subjects[subject]);
    return wrap(`  ${report.failing(`${name} (${id})`, subjects)}`, columns, '    ');
  });
  const rest = failing.length - namedAtMost;
  const more = rest > 0 ? wrap(`  ${report.more(rest, speech.rootctl('report', '-o', 'csv'))}`, columns, '    ') : [];
  return ['', report.failingTitle, ...named, ...more];
}

function controlColumns({ counts }: Tally, { paint, speech }: View): readonly Column<Control>[] {
  const { titles } = speech.words.report;
  const strokes: Partial<Record<VerdictName, (text: string) => string>> = { failed: paint.red, unknown: paint.yellow };
  const drops: Readonly<Record<VerdictName, number | undefined>> = {
    passed: undefined,
    failed: undefined,
    unknown: undefined,
    'not-applicable': 2,
    'not-assessed': 3,
  };
  const number = (verdict: VerdictName): Column<Control> => {
    const drop = drops[verdict];
    return {
      title: titles[verdict],
      align: 'right',
      ...(drop === undefined ? {} : { drop }),
      cell: ({ key }) => {
        const count = counts.get(key)?.[verdict] ?? 0;
        const stroke = strokes[verdict];
        return {
          text: speech.words.grammar.number(count),
          ...(count > 0 && stroke !== undefined ? { paint: stroke } : {}),
        };
      },
    };
  };
  return [
    { title: titles.control, cell: ({ key }) => ({ text: key }) },
    ...verdictNames.map(number),
    {
      title: titles.asks,
      drop: 1,
      shrink: { least: 16, comfortable: 52 },
      cell: ({ subject }) => ({ text: speech.words.controls.titles[subject] }),
    },
  ];
}

/** What is said first, in every form for people. */
export function verdictSentence({ complete }: ReportDocument, tally: Tally, { speech }: Pick<View, 'speech'>): string {
  const { accounts, failing } = tally;
  return speech.words.report.total({ accounts, failing: failing.length, open: openIn(tally) }, complete);
}

/** The organization's own controls, each in a sentence. */
export function organizationSentences(
  { organization }: Tally,
  { controls }: ReportDocument,
  { speech }: Pick<View, 'speech'>,
): readonly string[] {
  const { controls: words, report } = speech.words;
  return organization.flatMap(({ control, verdict, reasonCode }) => {
    const subject = controls.find(({ key }) => key === control)?.subject;
    if (subject === undefined) return [];
    return [report.organization(words.titles[subject], words.verdicts[verdict], words.reasons[reasonCode])];
  });
}

/** What the report is made of: when it was read, and of which run it tells. */
export function aboutReadings({ readings, run }: ReportDocument, { speech }: Pick<View, 'speech'>): readonly string[] {
  const { report, runs, shared } = speech.words;
  const [first, last] = [readings[0], readings.at(-1)];
  const cut = readings.filter(({ complete }) => !complete).length;
  const outcomes = new Map<string, number>();
  for (const { outcome } of run?.accounts ?? []) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const counted = [...outcomes].map(([outcome, count]) => runs.counted(count, runs.outcome(outcome)));
  return [
    ...(first === undefined || last === undefined
      ? []
      : [report.readings(readings.length, first.generatedAt, last.generatedAt)]),
    ...(cut > 0 ? [report.cutShort(cut)] : []),
    ...(run === null ? [] : [report.run(run.id, run.startedAt, counted.join(shared.comma) || report.nothingDone)]),
  ];
}

/** Accounts that had been seen clean, and were not any more. */
function cameBackSentences({ accounts, history }: ReportDocument, { speech }: View): readonly string[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return (history ?? [])
    .filter(({ cameBackAt }) => cameBackAt.length > 0)
    .map(({ account, cameBackAt }) =>
      speech.words.report.cameBack(`${names.get(account) ?? account} (${account})`, cameBackAt),
    );
}
