import type { PlanAccount, UnlockDocument } from '../documents/index.ts';
import type { FeatureName } from '../org/feature-names.ts';

/** What an action asks before it changes something. Whoever does not answer has not agreed. */
export type Question =
  /** The very text must be given: who cannot type it in has not read it. */
  | {
      readonly question: 'type-to-confirm';
      readonly what: 'organization' | 'account' | 'bucket' | 'queue';
      readonly expected: string;
      /** What a yes leads to, where the question is all that tells it. */
      readonly consequence?: Consequence;
    }
  /** Which of these accounts? */
  | {
      readonly question: 'choose-accounts';
      readonly accounts: readonly PlanAccount[];
      /** OU id → name, as far as they could be read. */
      readonly ouNames: ReadonlyMap<string, string>;
    };

export type Consequence =
  | {
      readonly will: 'turn-off';
      readonly off: readonly (
        | { readonly what: 'trusted-access' | FeatureName }
        | { readonly what: 'delegated-administrator'; readonly account: string }
      )[];
    }
  /** Whoever reads the e-mail address can set a root password. */
  | {
      readonly will: 'allow-recovery';
      readonly account: { readonly id: string; readonly name: string; readonly email: string };
    }
  /** The policy is removed, or replaced by the one in the file. `backups`: the folder that the old one is kept in. */
  | {
      readonly will: 'change-policy';
      readonly found: UnlockDocument;
      readonly file: string | null;
      readonly backups: string;
    };

export interface Answers {
  readonly 'type-to-confirm': boolean;
  readonly 'choose-accounts': ReadonlySet<string>;
}

export type Ask = <Kind extends Question['question']>(
  question: Extract<Question, { readonly question: Kind }>,
) => Promise<Answers[Kind]>;
