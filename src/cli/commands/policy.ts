import { Option } from 'commander';
import { accountId } from '../../configuration/values.ts';
import { repeated } from '../../flags/options.ts';
import { type CallerCommand, callerCommands } from '../../policy/caller-commands.ts';
import { problemError } from '../../problems/thrown.ts';
import type { CommandModule } from '../command.ts';

export interface IamOptions {
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

const partitionOption = (about: string) =>
  new Option('--partition <partition>', about).choices(['aws', 'aws-cn', 'aws-us-gov']).default('aws');

const load = () => import('../work/policy.ts');

export const policyCommand: CommandModule<'policy'> = {
  name: 'policy',
  examples: {
    looks: 'rootctl policy iam --for status,doctor > auditor.json',
    removes: 'rootctl policy iam --for delete --org o-exampleorgid',
    trust: 'rootctl policy iam --oidc github --repo owner/name --branch main --account-id 111111111111',
    guardrail: 'rootctl policy scp > guardrail.json',
  },
  define: (command, run, { commands }) => {
    const { iam, scp, partition } = commands.policy;
    const { flags } = iam;
    command
      .command('iam')
      .summary(iam.summary)
      .option('--for <commands>', flags.for(callerCommands), parseFor)
      .option('--accounts <ids>', flags.accounts, repeated)
      .option('--org <id>', flags.org, organizationId)
      .addOption(partitionOption(partition))
      .addOption(new Option('--oidc <provider>', flags.oidc).choices(['github']))
      .option('--repo <owner/name>', flags.repo)
      .option('--branch <name>', flags.branch)
      .option('--environment <name>', flags.environment)
      .option('--account-id <account>', flags['account-id'], accountId)
      .action((options: IamOptions) => run(async (desk) => (await load()).writeIam(desk, options)));
    command
      .command('scp')
      .summary(scp.summary)
      .addOption(partitionOption(partition))
      .action((options: { readonly partition: string }) => run(async (desk) => (await load()).writeScp(desk, options)));
  },
};

function parseFor(text: string): readonly CallerCommand[] {
  const named = text.split(',').map((word) => word.trim());
  const wrong = named.find((word) => callerCommands.every((command) => command !== word));
  if (wrong !== undefined) throw problemError('UnknownCommand', { word: wrong, offered: callerCommands });
  return callerCommands.filter((command) => named.includes(command));
}

/** AWS's own rule (Organizations API Reference, `Organization.Id`). */
function organizationId(text: string): string {
  if (/^o-[a-z0-9]{10,32}$/u.test(text)) return text;
  throw problemError('InvalidOrganizationId', { word: text });
}
