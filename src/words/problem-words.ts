import type {
  AdviceName,
  AdviceOf,
  DataOfCode,
  OwnCode,
  RuleName,
  SayingName,
  SayingOf,
  Where,
} from '../problems/index.ts';

/** What a sentence about a problem may use beside the problem's own data. */
export interface Say {
  /** The problem's cure as a command to paste; empty where no command mends it. */
  readonly cure: string;
  /** Any other command of rootctl's to paste, leading back to the same organization. */
  readonly rootctl: (...words: readonly string[]) => string;
}

/** What a value must be, as a sentence that follows a colon. */
export type RuleWords = { readonly [Name in RuleName]: (limits: readonly string[]) => string };

/** Where a problem was met; `message` and `hint` are what it says itself. */
export type WithinWords = {
  readonly [Name in Where]: (about: readonly string[], message: string, hint: string) => string;
};

/** The sentences of one problem: what happened, and what to do. */
export interface ProblemSentences<Data> {
  readonly message: (data: Data) => string;
  readonly hint?: (data: Data, say: Say) => string | null;
}

/** A language has words for every problem: a missing one does not compile. */
export type ProblemWords = { readonly [Code in OwnCode]: ProblemSentences<DataOfCode<Code>> };

/** The part of a language that speaks of problems in these codes. */
export type ProblemWordsOf<Codes extends OwnCode> = Pick<ProblemWords, Codes>;

/** About calls to AWS. `message` is AWS's prose: data. */
export interface AwsWords {
  readonly message: {
    readonly unreachable: (call: { readonly operation: string; readonly message: string }) => string;
    readonly aborted: (call: { readonly operation: string }) => string;
    readonly throttled: (call: { readonly operation: string; readonly message: string }) => string;
    readonly other: (call: { readonly operation: string; readonly message: string }) => string;
  };
  /** `inner`: what the next one says, or AWS. */
  readonly said: { readonly [Name in SayingName]: (saying: SayingOf<Name>, inner: string) => string };
  readonly advice: { readonly [Name in AdviceName]: (advice: AdviceOf<Name>, say: Say) => string };
}
