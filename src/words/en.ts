import { aws } from './en/aws.ts';
import { grammar } from './en/grammar.ts';
import { help } from './en/help.ts';
import { policy } from './en/policy.ts';
import { problems } from './en/problems.ts';
import { lines, notes, progress, stopping } from './en/progress.ts';
import { questions } from './en/questions.ts';
import { shared } from './en/shared.ts';
import { switching } from './en/switching.ts';
import { within } from './en/within.ts';

/** English: what every other language must say, key by key. */
export const en = {
  language: 'en',
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
