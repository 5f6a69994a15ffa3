import {
  awsProblem,
  type ExitClass,
  isOwnCode,
  type KnownAwsCode,
  type Move,
  moveOfAws,
  type OwnCode,
  registry,
} from '../problems/index.ts';
import type { Speech } from './speech.ts';
import type { Language } from './words.ts';

interface Explained {
  readonly means: string;
  readonly cause: string;
}

/** A code without its explanation does not compile. Of what AWS says, the cure stands among the hints already. */
export interface ExplanationWords {
  readonly heading: { readonly code: string; readonly means: string };
  readonly labels: { readonly [Name in 'cause' | 'cure' | 'move' | 'exit']: string };
  readonly moves: Readonly<Record<Move, string>>;
  readonly exits: Readonly<Record<ExitClass, string>>;
  readonly more: (command: string) => string;
  readonly codes: { readonly [Code in OwnCode]: Explained & { readonly cure: string } };
  readonly aws: { readonly [Code in Exclude<KnownAwsCode, OwnCode>]: Explained };
}

/** All that is known of a code, whatever the case at hand. */
export interface Explanation extends Explained {
  readonly code: string;
  readonly cure: string;
  readonly move: Move;
  readonly exit: ExitClass;
}

/** Of a call that nobody made. */
const nothingMore = { operation: '', kind: 'other', message: '', statusCode: null, requestId: null } as const;

/** Loaded only when something is to be explained. */
export const loadExplanations = async (language: Language): Promise<ExplanationWords> =>
  (language === 'en' ? await import('./en/explanations.ts') : await import('./ja/explanations.ts')).explanations;

/** Every known code in the order of the alphabet. */
export function explanationsIn(words: ExplanationWords, { entryOf }: Speech): readonly Explanation[] {
  const own = Object.entries(words.codes).flatMap(([code, explained]): readonly Explanation[] =>
    isOwnCode(code) ? [{ code, ...explained, move: registry[code].move, exit: registry[code].exit }] : [],
  );
  const ofAws = Object.entries(words.aws).map(
    ([code, explained]): Explanation => ({
      code,
      ...explained,
      cure: entryOf(awsProblem(code, nothingMore, null)).hint ?? '',
      move: moveOfAws(code),
      exit: 'failed',
    }),
  );
  const all = [...own, ...ofAws];
  return all.sort((left, right) => (left.code.toLowerCase() < right.code.toLowerCase() ? -1 : 1));
}
