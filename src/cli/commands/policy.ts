import { Option } from 'commander';
import { policy } from '../../actions/policy.ts';
import { accountId } from '../../configuration/values.ts';
import { repeated } from '../../flags/options.ts';
import { type CallerCommand, callerCommands, type GeneratedPolicy } from '../../policy/index.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { wrap } from '../../render/index.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';
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

const partitionOption = (about: string) =>
  new Option('--partition <partition>', about).choices(['aws', 'aws-cn', 'aws-us-gov']).default('aws');

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
      .action((options: IamOptions) => run((desk) => writeIam(desk, options)));
    command
      .command('scp')
      .summary(scp.summary)
      .addOption(partitionOption(partition))
      .action((options: { readonly partition: string }) => run((desk) => writeScp(desk, options)));
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

type Writing = Pick<Desk, 'files' | 'output' | 'speaker'>;

async function writeIam(desk: Writing, options: IamOptions): Promise<number> {
  const trustOptions = { repo: options.repo, branch: options.branch, environment: options.environment };
  if (options.oidc !== undefined) return writeTrust(desk, options);
  const [stray] = Object.entries({ ...trustOptions, 'account-id': options.accountId }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (stray !== undefined) {
    throw problemError('ContradictingFlags', { flag: `--${stray}`, others: ['--oidc github'], why: 'part-of' });
  }
  const lists = await Promise.all((options.accounts ?? []).map((list) => readAccountList(list, desk.files)));
  const accounts = lists.length === 0 ? undefined : lists.flat();
  const { partition, org } = options;
  const commands = options.for ?? callerCommands;
  write(desk, policy({ policy: 'iam', commands, partition, accounts, organizationId: org }));
  const { advice } = desk.speaker.speech.words.policy;
  if (options.for === undefined) tell(desk, advice.allCommands);
  if (org !== undefined) tell(desk, advice.unobserved);
  return exitCodes.done;
}

/** What stands for the account where none is given: AWS refuses it, so that it cannot be forgotten. */
const placeholder = 'ACCOUNT_ID';

function writeTrust(desk: Writing, options: IamOptions): number {
  const { repo, branch, environment, partition, accountId: account = placeholder } = options;
  if (repo === undefined) throw problemError('MissingRepository', {});
  write(desk, policy({ policy: 'github-trust', accountId: account, partition, repo, branch, environment }));
  const { speech } = desk.speaker;
  const { advice } = speech.words.policy;
  if (account === placeholder) tell(desk, advice.replace(placeholder));
  const chosen = options.for === undefined ? 'status' : options.for.join(',');
  tell(desk, advice.permissions(speech.rootctl('policy', 'iam', '--for', chosen)));
  return exitCodes.done;
}

async function writeScp(desk: Writing, { partition }: { readonly partition: string }): Promise<number> {
  write(desk, policy({ policy: 'scp', partition }));
  tell(desk, desk.speaker.speech.words.policy.advice.guardrail);
  return exitCodes.done;
}

/** The policy is the result, in any format that people or programs read; why each statement is there goes to stderr. */
function write(desk: Writing, { document, notes }: GeneratedPolicy): void {
  const { output, speaker } = desk;
  output.formOf('policy', ['table', 'json']);
  output.write(`${JSON.stringify(document, null, 2)}\n`);
  for (const note of notes) tell(desk, `${note.sid}: ${speaker.speech.words.policy.note(note)} ${note.source}`);
}

function tell({ speaker: { columns, notice } }: Writing, text: string): void {
  for (const line of wrap(text, columns(), '  ')) notice(line);
}
