import type { Report } from '../actions/events.ts';
import type { Answers, Ask, Consequence, Question } from '../actions/questions.ts';
import { type Stopping, untilStopped } from '../process/stopping.ts';
import { holdings, ouPath, renderLockedPolicy, type View, visible } from '../render/index.ts';
import type { Choice } from '../terminal/multi-select.ts';
import type { Prompts } from '../terminal/person.ts';
import type { Speaker } from '../terminal/speaker.ts';
import { requireChooser } from './consent.ts';

interface Desk {
  /** null where there is nobody to ask. */
  readonly prompts: Prompts | null;
  readonly speaker: Speaker;
  readonly stops: Stopping;
  readonly report: Report;
  readonly nowMs: () => number;
  /** Shows what a question is about. */
  readonly show: (render: (view: View) => string) => void;
}

type Of<Kind extends Question['question']> = Extract<Question, { readonly question: Kind }>;

/**
 * Puts the questions of actions to the person at the terminal; where there is none, nobody agrees.
 * @throws InterruptedError on Ctrl-C, a signal or `--timeout`, which says that nothing was changed.
 */
export function createAsk(desk: Desk): Ask {
  const ways: { readonly [Kind in Question['question']]: (question: Of<Kind>) => Promise<Answers[Kind]> } = {
    'type-to-confirm': (question) => typeToConfirm(desk, question),
    'choose-accounts': (question) => chooseAccounts(desk, question),
  };
  return <Kind extends Question['question']>(question: Of<Kind>): Promise<Answers[Kind]> => {
    const way = ways[question.question as Kind] as (question: Of<Kind>) => Promise<Answers[Kind]>;
    desk.report({ event: 'phase', phase: 'asking' });
    return way(question);
  };
}

/** A slip of the finger does not throw away a reading of thousands; who cannot type it in three tries has not read it. */
const triesMax = 3;

async function typeToConfirm(desk: Desk, asked: Of<'type-to-confirm'>): Promise<boolean> {
  const { what, expected, consequence } = asked;
  const { prompts } = desk;
  const { speech, warn } = desk.speaker;
  const { words } = speech;
  if (consequence !== undefined && prompts !== null) tellConsequence(desk, consequence);
  for (let triesLeft = triesMax - 1; triesLeft >= 0 && prompts !== null; triesLeft -= 1) {
    const question = visible(words.questions.type[what](expected));
    const answer = await untilStopped(desk, (signal) => prompts.ask(question, signal));
    if (answer === null) return false;
    if (answer.trim() === expected) return true;
    if (triesLeft > 0) warn(words.questions.notThat(expected, triesLeft));
  }
  return false;
}

function tellConsequence({ speaker: { speech, warn }, show }: Desk, consequence: Consequence): void {
  const { consequences } = speech.words.questions;
  switch (consequence.will) {
    case 'turn-off':
      warn(consequences['turn-off'](consequence.off));
      return;
    case 'allow-recovery':
      warn(consequences['allow-recovery'](consequence.account));
      return;
    case 'change-policy':
      show((view) => renderLockedPolicy(consequence.found, view));
      warn(consequences['change-policy'](consequence.file, consequence.backups));
  }
}

async function chooseAccounts(desk: Desk, { accounts, ouNames }: Of<'choose-accounts'>): Promise<ReadonlySet<string>> {
  const { prompts, nowMs } = desk;
  const { speech } = desk.speaker;
  const choose = requireChooser(prompts);
  const choices = accounts.map(
    (account): Choice => ({
      value: account.id,
      name: account.name,
      group: ouPath(account.path, ouNames) ?? speech.words.questions.noPlace,
      detail: holdings(account, { nowMs: nowMs(), speech }),
    }),
  );
  // By organizational unit, then by name, as people look for them.
  const { compare } = speech.words.grammar;
  choices.sort((left, right) => compare(left.group, right.group) || compare(left.name, right.name));
  const chosen = await untilStopped(desk, (signal) => choose(speech.words.questions.which, choices, signal));
  return new Set(chosen);
}
