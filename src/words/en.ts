import { annotations } from './en/annotations.ts';
import { aws } from './en/aws.ts';
import { config } from './en/config.ts';
import { controls } from './en/controls.ts';
import { deletion } from './en/deletion.ts';
import { doctor } from './en/doctor.ts';
import { grammar } from './en/grammar.ts';
import { help } from './en/help.ts';
import { markdown } from './en/markdown.ts';
import { opening } from './en/opening.ts';
import { policy } from './en/policy.ts';
import { problems } from './en/problems.ts';
import { lines, notes, progress, stopping } from './en/progress.ts';
import { questions } from './en/questions.ts';
import { recover } from './en/recover.ts';
import { removal } from './en/removal.ts';
import { report } from './en/report.ts';
import { runs } from './en/runs.ts';
import { sandbox } from './en/sandbox.ts';
import { shared } from './en/shared.ts';
import { status } from './en/status.ts';
import { switching } from './en/switching.ts';
import { terminal } from './en/terminal.ts';
import { times } from './en/times.ts';
import { unlock } from './en/unlock.ts';
import { within } from './en/within.ts';

/**
 * English: what every other language must say, key by key. What stands behind a getter is read when it is said (`later` in
 * scripts/build.mjs).
 */
export const en = {
  language: 'en',
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
  get config() {
    return config;
  },
  get deletion() {
    return deletion;
  },
  get removal() {
    return removal;
  },
  get runs() {
    return runs;
  },
  aws,
  get doctor() {
    return doctor;
  },
  get policy() {
    return policy;
  },
  problems,
  controls,
  get recover() {
    return recover;
  },
  get report() {
    return report;
  },
  get switching() {
    return switching;
  },
  get unlock() {
    return unlock;
  },
  within,
};
