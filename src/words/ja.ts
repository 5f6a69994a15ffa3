import { aws } from './ja/aws.ts';
import { grammar } from './ja/grammar.ts';
import { help } from './ja/help.ts';
import { policy } from './ja/policy.ts';
import { problems } from './ja/problems.ts';
import { lines, notes, progress, stopping } from './ja/progress.ts';
import { questions } from './ja/questions.ts';
import { shared } from './ja/shared.ts';
import { switching } from './ja/switching.ts';
import { within } from './ja/within.ts';
import type { Words } from './words.ts';

/** Japanese, in the language of AWS's Japanese documentation. */
export const ja: Words = {
  language: 'ja',
  grammar,
  help,
  shared,
  lines,
  progress,
  stopping,
  notes,
  questions,
  aws,
  policy,
  problems,
  switching,
  within,
};
