import { annotations } from './ja/annotations.ts';
import { aws } from './ja/aws.ts';
import { config } from './ja/config.ts';
import { controls } from './ja/controls.ts';
import { deletion } from './ja/deletion.ts';
import { doctor } from './ja/doctor.ts';
import { grammar } from './ja/grammar.ts';
import { help } from './ja/help.ts';
import { markdown } from './ja/markdown.ts';
import { opening } from './ja/opening.ts';
import { policy } from './ja/policy.ts';
import { problems } from './ja/problems.ts';
import { lines, notes, progress, stopping } from './ja/progress.ts';
import { questions } from './ja/questions.ts';
import { recover } from './ja/recover.ts';
import { removal } from './ja/removal.ts';
import { report } from './ja/report.ts';
import { runs } from './ja/runs.ts';
import { sandbox } from './ja/sandbox.ts';
import { shared } from './ja/shared.ts';
import { status } from './ja/status.ts';
import { switching } from './ja/switching.ts';
import { terminal } from './ja/terminal.ts';
import { times } from './ja/times.ts';
import { unlock } from './ja/unlock.ts';
import { within } from './ja/within.ts';
import type { Words } from './words.ts';

/** Japanese, in the language of AWS's Japanese documentation. */
export const ja: Words = {
  language: 'ja',
  grammar,
  help,
  shared,
  annotations,
  opening,
  times,
  status,
  markdown,
  sandbox,
  terminal,
  lines,
  progress,
  stopping,
  notes,
  questions,
  config,
  deletion,
  removal,
  runs,
  aws,
  doctor,
  policy,
  problems,
  controls,
  recover,
  report,
  switching,
  unlock,
  within,
};
