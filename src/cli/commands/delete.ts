import { Option } from 'commander';
import { applyDeletion } from '../../actions/apply-deletion.ts';
import { defaults } from '../../actions/defaults.ts';
import {
  notBegun,
  type PlannedDeletion,
  planDeletion,
  type ShownPlan,
  shownPlan,
} from '../../actions/plan-deletion.ts';
import { type UnitNames, unitNamesAt } from '../../actions/unit-names.ts';
import { duration, durationAboveZero, wholeNumber } from '../../configuration/values.ts';
import {
  type CredentialKindName,
  credentialKinds,
  type DeleteDocument,
  type KindDescriptions,
} from '../../documents/index.ts';
import { spanOf } from '../../duration.ts';
import { waitOption } from '../../flags/options.ts';
import { isEmptySelection } from '../../org/selecting.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { Speaker } from '../../terminal/speaker.ts';
import type { CommandModule, Help } from '../command.ts';
import { requireChooser, requireConsent } from '../consent.ts';
import { tellDeletion } from '../deleting.ts';
import type { Desk } from '../desk.ts';
import { planView, readPlan, showPlan, writePlan } from '../plans.ts';
import { addSelectionOptions, parseSelection, type SelectionOptions } from '../selecting.ts';

interface DeleteOptions extends SelectionOptions {
  readonly only?: readonly CredentialKindName[];
  readonly dryRun?: boolean;
  readonly planOut?: string;
  readonly plan?: string;
  readonly planMaxAge: number;
  readonly org?: string;
  readonly maxAccounts?: number;
  readonly unusedFor?: number;
  readonly maxFailures?: number;
  readonly wait: number;
  readonly yes?: boolean;
}

const dayMs = 86_400_000;

export const deleteCommand: CommandModule<'delete'> = {
  name: 'delete',
  examples: {
    look: 'rootctl delete --all --dry-run',
    all: 'rootctl delete --all',
    unused: 'rootctl delete --ou Workloads --unused-for 90d',
    planOut: 'rootctl delete --all --plan-out plan.json',
    plan: 'rootctl delete --plan plan.json --yes',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.delete;
    addSelectionOptions(command, help)
      .addOption(onlyOption(help))
      .option('--dry-run', flags['dry-run'])
      .option('--plan-out <file>', flags['plan-out'])
      .option('--plan <file>', flags.plan)
      .addOption(
        new Option('--plan-max-age <time>', flags['plan-max-age'](help.durations))
          .argParser(duration)
          .default(defaults.planAge.ms, defaults.planAge.text),
      )
      .option('--org <id>', flags.org)
      .option('--max-accounts <n>', flags['max-accounts'], wholeNumber(1, 1_000_000))
      .option('--unused-for <time>', flags['unused-for'](help.durations), durationAboveZero)
      .option('--max-failures <n>', flags['max-failures'], wholeNumber(1, 1_000_000))
      .addOption(waitOption(help))
      .option('--yes', help.yes)
      .action((accounts: string[], options: DeleteOptions) => run((desk) => remove(desk, accounts, options)));
  },
};

/** `--only access-keys,mfa-devices`: names the kinds, in removal order. */
export function onlyOption(help: Help, kinds: KindDescriptions = credentialKinds): Option {
  const flags = Object.values(kinds).map(({ flag }) => flag);
  return new Option('--only <kinds>', help.only(flags)).argParser((text: string) => parseOnly(text, kinds));
}

function parseOnly(text: string, kinds: KindDescriptions): readonly CredentialKindName[] {
  const kindFlags = Object.values(kinds).map(({ flag }) => flag);
  const named = text.split(',').map((word) => word.trim());
  const wrong = named.find((word) => !kindFlags.includes(word));
  if (wrong !== undefined) throw problemError('UnknownKind', { word: wrong, offered: kindFlags });
  return Object.values(kinds)
    .filter(({ flag }) => named.includes(flag))
    .map(({ name }) => name);
}

async function remove(desk: Desk, positional: readonly string[], options: DeleteOptions): Promise<number> {
  const { files, prompts, groundwork } = desk;
  desk.output.formatFor('rootctl.delete');
  const isDryRun = options.dryRun === true || options.planOut !== undefined;
  const selection = await parseSelection(positional, options, groundwork.protections, files);
  const plan = options.plan === undefined ? null : await readPlan(desk, options.plan, selection, options);
  if (plan === null && isEmptySelection(selection)) requireChooser(prompts);
  requireConsent(desk, 'delete', { ...options, dryRun: isDryRun });
  if (options.unusedFor !== undefined) sayUnusedFor(desk.speaker, options.unusedFor);

  const { environment, units } = unitNamesAt(await desk.environment());
  const deletion = await planDeletion(
    {
      ...(plan === null
        ? { selection, only: options.only, unusedForMs: options.unusedFor }
        : { plan, ageMaxMs: options.planMaxAge }),
      organizationId: options.org,
      accountsMax: options.maxAccounts,
    },
    environment,
  );
  if (deletion.plan === null) return tellCutShort(desk, deletion, isDryRun);
  if (options.planOut !== undefined) await writePlan(desk, options.planOut, deletion.plan);
  const shown = shownPlan(deletion.plan, deletion);
  if (isDryRun) return tellDryRun(desk, shown, notBegun(deletion, true, environment), units);
  if (shown.plan.accounts.length > 0) await showPlan(desk, shown, options.yes !== true, units);
  const request = {
    deletion,
    isConfirmed: options.yes === true,
    waitMs: options.wait,
    failuresMax: options.maxFailures,
  };
  const places = new Map(deletion.decisions.map(({ reading: { account } }) => [account.id, account.path]));
  return tellDeletion(desk, environment, { places, units }, (told) => applyDeletion(request, told));
}

/** A time in the wrong unit protects nothing, so it is said in words; one below a day is hardly what somebody meant. */
function sayUnusedFor({ notice, warn, speech }: Speaker, unusedForMs: number): void {
  const { deletion, lines, times } = speech.words;
  const { count, unit } = spanOf(unusedForMs);
  const span = times.span(count, unit);
  if (unusedForMs >= dayMs) notice(deletion.unusedFor(span));
  else warn(lines.warning(deletion.unusedForShort(span)));
}

/** The reading did not come to its end: what it told is told, and nothing is deleted. */
async function tellCutShort(
  { output, speaker, errors, stops, groundwork }: Desk,
  deletion: PlannedDeletion,
  isDryRun: boolean,
): Promise<number> {
  const { listing } = deletion;
  await output.print(notBegun(deletion, isDryRun, groundwork), {
    listing: listing.state === 'ended' ? 'ended' : 'cut',
  });
  if (listing.state === 'failed') errors.tell(listing.error.problem);
  speaker.warn(speaker.speech.words.deletion.cutShort[listing.state === 'failed' ? 'listing-failed' : 'interrupted']);
  return stops.exitCode() ?? exitCodes.failed;
}

async function tellDryRun(
  { output }: Pick<Desk, 'output'>,
  shown: ShownPlan,
  document: DeleteDocument,
  units: UnitNames,
): Promise<number> {
  if (document.summary.planned === 0) await output.print(document);
  else await output.print(document, await planView(shown, true, units), shown.plan);
  return document.summary.failed > 0 ? exitCodes.failed : exitCodes.done;
}
