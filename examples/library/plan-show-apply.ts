// Plans a deletion, shows it, and applies exactly what was shown, on a simulated organization: `connectSandbox` is all that
// tells it from the real thing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyDeletion,
  connectSandbox,
  describe,
  type PlanDocument,
  ProblemError,
  planDeletion,
  type StatefulEnvironment,
} from 'rootctl';

// The journals tell what was deleted, and an interrupted run is resumed from them: give them a folder that lasts.
const state = await mkdtemp(join(tmpdir(), 'rootctl-example-'));
const connection = await connectSandbox({ accounts: 40, seed: 7, enabled: true });
const say = (line: string) => process.stdout.write(`${line}\n`);

const environment: StatefulEnvironment = {
  connection,
  state,
  answers: {
    // A program of yours asks somebody here, or a rule. Whoever does not answer true has not agreed.
    'type-to-confirm': ({ expected }) => expected === process.env['AGREED_TO'] || connection.isSimulated,
  },
  report: (event) => {
    if (event.event === 'run-begun') say(`journal: ${event.journalPath}`);
    if (event.event === 'problem') say(`${event.weight}: ${event.problem.message}`);
  },
};

try {
  const { plan, document } = await planDeletion({ selection: { all: true }, accountsMax: 50 }, environment);
  const { accounts, skipped, failed } = document.summary;
  say(`${accounts} accounts: ${skipped} are left alone, ${failed} could not be read`);
  if (plan === null) throw new Error('the reading was cut short, and nothing is planned on it');
  if (plan.accounts.length === 0) say('nothing to delete');
  else await show(plan).then(() => apply(plan));
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  const { code, message, hint } = await describe(error);
  say(`${code}: ${message}${hint === null ? '' : `: ${hint}`}`);
  process.exitCode = 1;
} finally {
  connection.close();
  await rm(state, { recursive: true });
}

async function show({ accounts }: PlanDocument): Promise<void> {
  for (const { id, name, actions, warnings } of accounts) {
    say(`${id} ${name}: ${actions.map(({ kind, id: credential }) => credential ?? kind).join(', ')}`);
    for (const { message } of warnings) say(`  mind: ${message}`);
  }
}

async function apply(plan: PlanDocument): Promise<void> {
  const document = await applyDeletion({ plan }, environment);
  for (const { id, outcome, error } of document.accounts)
    if (error !== null) say(`${id} ${outcome}: ${error.code}: ${error.message}`);
  const { deleted, partial, failed, unverified } = document.summary;
  // What is not known to be gone is never taken for gone.
  if (!document.complete || partial + failed + unverified > 0) process.exitCode = 2;
  say(`${deleted} of ${plan.accounts.length} accounts are clean`);
}
