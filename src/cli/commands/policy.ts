import { type Command, Option } from 'commander';
import {
  type CallerCommand,
  callerCommands,
  callerPolicy,
  type GeneratedPolicy,
  githubOidcTrustPolicy,
  guardrailScp,
} from '../../policy/index.ts';
import { wrap } from '../../render/index.ts';
import type { CommandModule } from '../command.ts';
import type { Context } from '../context.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { accountId, repeated } from '../options.ts';
import { readAccountList } from '../selecting.ts';

interface IamOptions {
  readonly for?: readonly CallerCommand[];
  readonly accounts?: readonly string[];
  readonly org?: string;
  readonly partition: string;
  readonly oidc?: 'github';
  readonly repo?: string;
  readonly branch?: string;
  readonly environment?: string;
  readonly accountId?: string;
}

const partitionOption = () =>
  new Option('--partition <partition>', 'of the ARNs').choices(['aws', 'aws-cn', 'aws-us-gov']).default('aws');

export const policyCommand: CommandModule = {
  name: 'policy',
  summary: 'least-privilege IAM policy for the caller; guardrail SCP for the members',
  examples: [
    'rootctl policy iam --for status,doctor > auditor.json            a role that looks',
    'rootctl policy iam --for delete --org o-exampleorgid             a role that removes, in this organization only',
    'rootctl policy iam --oidc github --repo owner/name --branch main --account-id 111111111111',
    'rootctl policy scp > guardrail.json                              deny root users, let root sessions through',
  ],
  define: (command: Command, run) => {
    command
      .command('iam')
      .summary('what the caller must be allowed, for each command')
      .option(
        '--for <commands>',
        `these commands alone, with commas: ${callerCommands.join(', ')} (default all)`,
        parseFor,
      )
      .option('--accounts <ids>', 'root sessions in these accounts alone: ids, @FILE or -; may be repeated', repeated)
      .option('--org <id>', 'root sessions in members of this organization alone', organizationId)
      .addOption(partitionOption())
      .addOption(new Option('--oidc <provider>', 'the trust policy of a role for CI instead').choices(['github']))
      .option('--repo <owner/name>', 'of --oidc: the repository whose workflows may take the role')
      .option('--branch <name>', 'of --oidc: from this branch alone')
      .option('--environment <name>', 'of --oidc: in this environment alone')
      .option('--account-id <account>', 'of --oidc: the account of the role', accountId)
      .action((options: IamOptions) => run((context) => writeIam(context, options)));
    command
      .command('scp')
      .summary("deny members' root users everything but root sessions")
      .addOption(partitionOption())
      .action((options: { readonly partition: string }) => run((context) => writeScp(context, options)));
  },
};

function parseFor(text: string): readonly CallerCommand[] {
  const named = text.split(',').map((word) => word.trim());
  const wrong = named.find((word) => callerCommands.every((command) => command !== word));
  if (wrong !== undefined) {
    throw new UsageError(
      'UnknownCommand',
      `--for ${JSON.stringify(wrong)} is no command that needs permissions`,
      `choose from: ${callerCommands.join(', ')}`,
    );
  }
  return callerCommands.filter((command) => named.includes(command));
}

/** AWS's own rule (Organizations API Reference, `Organization.Id`). */
function organizationId(text: string): string {
  if (/^o-[a-z0-9]{10,32}$/u.test(text)) return text;
  throw new UsageError(
    'InvalidOrganizationId',
    `${JSON.stringify(text)} is not an organization id`,
    'it is like o-exampleorgid',
  );
}

async function writeIam(context: Context, options: IamOptions): Promise<number> {
  const trustOptions = { repo: options.repo, branch: options.branch, environment: options.environment };
  if (options.oidc !== undefined) return writeTrust(context, options);
  const [stray] = Object.entries({ ...trustOptions, 'account-id': options.accountId }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (stray !== undefined) {
    throw new UsageError(
      'ContradictingFlags',
      `--${stray} belongs to --oidc github`,
      'add --oidc github, or leave it out',
    );
  }
  const lists = await Promise.all((options.accounts ?? []).map((list) => readAccountList(list, context.world)));
  const accounts = lists.length === 0 ? undefined : lists.flat();
  const { partition, org } = options;
  write(context, callerPolicy({ commands: options.for ?? callerCommands, partition, accounts, organizationId: org }));
  if (options.for === undefined) context.notice('For all commands; --for status,delete,… makes it smaller.');
  if (org !== undefined) {
    context.notice(
      '--org is from the documentation of aws:ResourceOrgID, which does not list sts:AssumeRoot among its exceptions; nobody is known to have seen it on AWS: try it before you rely on it.',
    );
  }
  return exitCodes.done;
}

/** What stands for the account where none is given: AWS refuses it, so that it cannot be forgotten. */
const placeholder = 'ACCOUNT_ID';

function writeTrust(context: Context, options: IamOptions): number {
  const { repo, branch, environment, partition, accountId: account = placeholder } = options;
  if (repo === undefined) {
    throw new UsageError('MissingRepository', '--oidc github needs a repository', 'add --repo owner/name');
  }
  try {
    write(context, githubOidcTrustPolicy({ accountId: account, partition, repo, branch, environment }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('InvalidTrust', error.message, 'see rootctl policy iam --help');
  }
  if (account === placeholder) context.notice(`Replace ${placeholder}, or give --account-id.`);
  const chosen = options.for === undefined ? 'status' : options.for.join(',');
  context.notice(`This says who may take the role; what it may do: rootctl policy iam --for ${chosen}`);
  return exitCodes.done;
}

async function writeScp(context: Context, { partition }: { readonly partition: string }): Promise<number> {
  write(context, guardrailScp({ partition }));
  context.notice(
    'Attach it to one test OU first. It denies root users whatever they do with their own password or keys: rootctl recover opens a door that this policy then keeps shut.',
  );
  return exitCodes.done;
}

/** The policy is the result, in any format that people or programs read; why each statement is there goes to stderr. */
function write(context: Context, { document, notes }: GeneratedPolicy): void {
  context.formatFor('rootctl.error', 'policy');
  context.world.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  for (const { sid, comment, source } of notes) {
    for (const line of wrap(`${sid}: ${comment} ${source}`, context.world.stderr.columns, '  ')) context.notice(line);
  }
}
