import { type Command, Option } from 'commander';
import { counted } from '../../actions/events.ts';
import {
  type AccountStatus,
  type CentralizedRootAccess,
  compareStatus,
  isPartlyUnknown,
  isUnaccepted,
  parseStatus,
  type StatusChange,
  type StatusDocument,
  type StatusSummary,
  wasCutShort,
} from '../../documents/index.ts';
import { type Organization, readManagementAccountRoot, requireFeature } from '../../org/organization.ts';
import { createUnitNames } from '../../org/units.ts';
import {
  changeLines,
  createPaint,
  type FormatName,
  incompleteSentence,
  ndjsonLine,
  ndjsonSummary,
  type SortOrder,
  sortOrders,
} from '../../render/index.ts';
import { type AccountReading, readAccounts } from '../../run/reading.ts';
import type { CommandModule } from '../command.ts';
import { type Context, fleetOf, organizationEntryOf } from '../context.ts';
import { createDenialExplainer } from '../denials.ts';
import { cutShortCode, exitCodes, UsageError } from '../errors.ts';
import { readNamedFile } from '../named-files.ts';
import {
  addSelectionOptions,
  isEmptySelection,
  parseSelection,
  purposeOf,
  resolveSelection,
  type SelectionOptions,
} from '../selecting.ts';

interface StatusOptions extends SelectionOptions {
  readonly check?: boolean;
  readonly baseline?: string;
  readonly sort?: SortOrder;
}

export const statusCommand: CommandModule = {
  name: 'status',
  summary: 'root-credential status of the member accounts',
  examples: [
    'rootctl status                          all member accounts',
    'rootctl status --ou Workloads/Prod      one OU with all below it',
    'rootctl status --check -o json          for CI: exit 2 when root credentials are found',
    'rootctl status --sandbox                on a simulated organization',
  ],
  define: (command: Command, run) =>
    addSelectionOptions(command)
      .option('--check', 'exit 2 when a selected account has root credentials, 1 when one is unknown')
      .option('--baseline <file>', 'compare with an earlier status -o json; with --check only what is new counts')
      .addOption(new Option('--sort <order>', 'order of the table').choices(sortOrders).default('default'))
      .action((accounts: string[], options: StatusOptions) => run((context) => status(context, accounts, options))),
};

async function status(context: Context, positional: readonly string[], options: StatusOptions): Promise<number> {
  const { world, stops } = context;
  const format = context.formatFor('rootctl.status');
  const baseline = options.baseline === undefined ? null : await readBaseline(context, options.baseline);
  const parsed = await parseSelection(positional, options, context.config.protect ?? [], world);
  const isAll = parsed.all || isEmptySelection(parsed);
  const beganMs = context.clock.monotonicMs();
  const aws = await context.connect();
  const progress = context.progress();
  progress.update('reading the organization');
  const { organization, access } = await context.readOrganization(aws);
  requireFeature('root-credentials-management', organization, access);
  const purpose = purposeOf(context, 'reading');
  const selection = await resolveSelection(aws, { ...parsed, all: isAll }, purpose, stops.aborting);
  const management = readManagementAccountRoot(aws, organization, stops.aborting);
  stops.onStopping = () => context.notice('Stopping: what is being read is finished. Press again to stop at once.');

  const counting = counted(context.report, 'read');
  const explainDenial = createDenialExplainer(aws, organization, stops.aborting);
  const statuses = new Map<string, AccountStatus>();
  const statusOf = (reading: AccountReading): AccountStatus =>
    statuses.get(reading.account.id) ?? accountStatusOf(reading);
  const [{ readings, listing }, managementAccount] = await Promise.all([
    readAccounts(fleetOf(context, aws, organization), selection, purpose, {
      onListed: counting.onListed,
      finish: async (reading) => {
        statuses.set(reading.account.id, await explainDenial(accountStatusOf(reading), reading.account));
      },
      onReading: (reading) => {
        counting.onReading();
        if (format === 'ndjson') {
          world.stdout.write(
            ndjsonLine(statusOf(reading), context.english, context.isSimulated ? { simulated: true } : {}),
          );
        }
      },
    }),
    management,
  ]);
  const accounts = readings.map(statusOf);
  const document = statusDocument(
    context,
    organization,
    access,
    managementAccount,
    accounts,
    listing.state === 'ended',
  );
  const changes = baseline === null ? null : compareStatus(baseline, document);
  if (format === 'ndjson') {
    world.stdout.write(ndjsonSummary(document));
  } else {
    const unitIds = accountsWithPlace(document, format).flatMap((account) => parentIdsIn(account));
    const ouNames = await createUnitNames(aws)(unitIds, stops.aborting);
    context.print(document, {
      ouNames,
      elapsedMs: context.clock.monotonicMs() - beganMs,
      selection: isAll ? 'all' : 'some',
      listing: listing.state === 'ended' ? 'ended' : 'cut',
      sort: options.sort ?? 'default',
      ...(changes === null ? {} : { baseline: changes }),
    });
  }
  if (changes !== null && format !== 'table') {
    // The data formats are the status and nothing else: what changed is said beside them.
    context.notice(
      changeLines(changes, document, {
        columns: world.stderr.columns,
        paint: createPaint(0),
        speech: context.speech,
      }).join('\n'),
    );
  }
  if (listing.state === 'failed') context.warnOf(listing.error);
  return cutShortCode(document.complete, stops.exitCode()) ?? exitCodeFor(document, options.check === true, changes);
}

/** Up to so many accounts the table and markdown name the OU of clean ones too: one call for each OU. */
const namedAccountsMax = 200;

/** The accounts whose place people are shown by its names; data has the ids. */
function accountsWithPlace(
  { accounts, complete, summary }: StatusDocument,
  format: FormatName,
): readonly AccountStatus[] {
  switch (format) {
    case 'table':
      // One quiet line instead of a table, except where every account was rightly skipped.
      if (summary.present + summary.unknown === 0 && !(complete && summary.skipped === summary.accounts)) return [];
      return accounts.length <= namedAccountsMax ? accounts : accounts.filter(({ status }) => status !== 'absent');
    case 'markdown':
      return summary.absent <= namedAccountsMax ? accounts : accounts.filter(({ status }) => status !== 'absent');
    case 'csv':
      return accounts;
    case 'json':
    case 'ndjson':
    case 'sarif':
      return [];
  }
}

const parentIdsIn = ({ path }: AccountStatus): readonly string[] =>
  (path ?? '').split('/').filter((id) => id.startsWith('ou-'));

/** What could not be looked at outweighs what was found. */
function exitCodeFor(document: StatusDocument, isCheck: boolean, changes: readonly StatusChange[] | null): number {
  if (document.summary.unknown > 0) return exitCodes.failed;
  if (!isCheck) return exitCodes.done;
  // Where old credentials are accepted, a kind that cannot be read may hold one that nobody has accepted.
  if (changes !== null && document.accounts.some(isPartlyUnknown)) return exitCodes.failed;
  const found = changes === null ? document.summary.present > 0 : changes.some(isUnaccepted);
  return found ? exitCodes.found : exitCodes.done;
}

export function accountStatusOf(reading: AccountReading): AccountStatus {
  const { id, name, email, state, path } = reading.account;
  const account = { id, name, email, state, path };
  switch (reading.status) {
    case 'read': {
      const { status, credentials, lastUsedAt, error } = reading.inventory;
      return {
        ...account,
        status,
        reason: null,
        credentials,
        lastUsedAt,
        error: error === null ? null : error.problem,
      };
    }
    case 'unread':
      return {
        ...account,
        status: 'unknown',
        reason: null,
        credentials: null,
        lastUsedAt: null,
        error: reading.error.problem,
      };
    case 'skipped':
      return {
        ...account,
        status: 'skipped',
        reason: reading.reason,
        credentials: null,
        lastUsedAt: null,
        error: null,
      };
  }
}

function statusDocument(
  context: Context,
  organization: Organization,
  access: CentralizedRootAccess,
  managementAccount: StatusDocument['managementAccount'],
  accounts: readonly AccountStatus[],
  isListed: boolean,
): StatusDocument {
  const count = (status: AccountStatus['status']): number =>
    accounts.filter((account) => account.status === status).length;
  const summary: StatusSummary = {
    accounts: accounts.length,
    present: count('present'),
    absent: count('absent'),
    unknown: count('unknown'),
    skipped: count('skipped'),
  };
  return {
    ...context.heading('rootctl.status', isListed && !accounts.some(wasCutShort)),
    organization: organizationEntryOf(organization),
    centralizedRootAccess: access,
    managementAccount,
    summary,
    accounts,
  };
}

async function readBaseline(context: Context, path: string): Promise<StatusDocument> {
  const text = await readNamedFile(context.world, path, 'baseline', 'make one: rootctl status -o json > FILE');
  const parsed = parseStatus(text);
  if (!parsed.ok) {
    throw new UsageError(
      'InvalidBaseline',
      `${path} is not a status document: ${parsed.problem}`,
      'make one: rootctl status -o json > FILE',
    );
  }
  const incomplete = incompleteSentence(parsed.document, {});
  if (incomplete === null) return parsed.document;
  throw new UsageError(
    'IncompleteBaseline',
    `${path} is no baseline, because its reading was cut short. ${incomplete.replace(/\.$/u, '')}`,
    'make one of a reading that came to its end: rootctl status -o json > FILE',
  );
}
