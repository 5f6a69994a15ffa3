import {
  type Advice,
  type AwsData,
  type Cure,
  cureOf,
  namesItsCode,
  type OwnProblem,
  type Problem,
  type ProblemEntry,
  rootctl,
  type Saying,
} from '../problems/index.ts';
import { commandLine, type LeadBack } from './command-line.ts';
import type { ProblemSentences, Say } from './problem-words.ts';
import type { SayingWords } from './sayings.ts';
import type { Words } from './words.ts';

/** A language, and the way back to the organization that is spoken about: all that a sentence depends on. */
export interface Speech<Spoken extends SayingWords = Words> {
  readonly words: Spoken;
  /** A problem in this language, as documents hold it. */
  readonly entryOf: (problem: Problem) => ProblemEntry;
  /** Its message and its code in one phrase, the code once. */
  readonly phraseOf: (problem: Problem) => string;
  /** A command to paste. */
  readonly command: (cure: Cure) => string;
  /** A command of rootctl's to paste. */
  readonly rootctl: (...words: readonly string[]) => string;
}

export function createSpeech<Spoken extends SayingWords>(words: Spoken, leadBack: LeadBack): Speech<Spoken> {
  const command = (cure: Cure): string => commandLine(cure, leadBack);
  const say = (problem: Problem): Say => {
    const cure = cureOf(problem);
    return { cure: cure === null ? '' : command(cure), rootctl: (...parts) => command(rootctl(...parts)) };
  };
  const entryOf = (problem: Problem): ProblemEntry => {
    const { code, data } = problem;
    switch (problem.from) {
      case 'rootctl': {
        const { message, hint } = sentencesOf(words, problem);
        return { code, message: message(problem.data), hint: hint?.(problem.data, say(problem)) ?? null, data };
      }
      case 'aws': {
        const { advice } = problem.data;
        const hint = advice === null ? null : adviceIn(words, advice)(advice, say(problem));
        return { code, message: awsMessage(words, problem.data), hint, data };
      }
      case 'within': {
        const { where, about, problem: inner } = problem.data;
        const { message, hint } = entryOf(inner);
        return { code, message: words.within[where](about, message, hint ?? ''), hint, data };
      }
      case 'system':
        return { code, message: problem.data.said, hint: null, data };
      case 'told':
        return { code, ...problem.data };
    }
  };
  const phraseOf = (problem: Problem): string => {
    const { message, code } = entryOf(problem);
    return namesItsCode(problem) ? message : `${message} (${code})`;
  };
  return { words, command, rootctl: (...parts) => command(rootctl(...parts)), entryOf, phraseOf };
}

/** The compiler does not see that the sentences of a code take the data of that code. */
const sentencesOf = (words: SayingWords, { code }: OwnProblem): ProblemSentences<OwnProblem['data']> =>
  words.problems[code] as ProblemSentences<OwnProblem['data']>;

const adviceIn = (words: SayingWords, { name }: Advice) =>
  words.aws.advice[name] as (advice: Advice, say: Say) => string; // each takes the advice of its name

const sayingIn = (words: SayingWords, { say }: Saying) =>
  words.aws.said[say] as (saying: Saying, inner: string) => string; // likewise

function awsMessage(words: SayingWords, { operation, kind, said, message: theirs }: AwsData): string {
  const message = said.reduceRight((inner, saying) => sayingIn(words, saying)(saying, inner), theirs);
  const sentences = words.aws.message;
  switch (kind) {
    case 'unreachable':
      return sentences.unreachable({ operation, message });
    case 'aborted':
      return sentences.aborted({ operation });
    case 'throttled':
      return sentences.throttled({ operation, message });
    default:
      return sentences.other({ operation, message });
  }
}
