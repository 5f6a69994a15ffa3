import type { PlanAccount } from '../documents/index.ts';

/** What an action asks before it changes something. Whoever does not answer has not agreed. */
export type Question =
  /** The very text must be given: who cannot type it in has not read it. */
  | {
      readonly question: 'type-to-confirm';
      readonly what: 'organization' | 'account' | 'bucket' | 'queue';
      readonly expected: string;
    }
  /** Which of these accounts? */
  | {
      readonly question: 'choose-accounts';
      readonly accounts: readonly PlanAccount[];
      /** OU id → name, as far as they could be read. */
      readonly ouNames: ReadonlyMap<string, string>;
    };

export interface Answers {
  readonly 'type-to-confirm': boolean;
  readonly 'choose-accounts': ReadonlySet<string>;
}

export type Ask = <Kind extends Question['question']>(
  question: Extract<Question, { readonly question: Kind }>,
) => Promise<Answers[Kind]>;
