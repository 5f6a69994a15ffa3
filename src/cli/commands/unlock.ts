import type { Command } from 'commander';
import { accountId } from '../../configuration/values.ts';
import type { AccountId } from '../../org/account.ts';
import type { CommandModule, Help } from '../command.ts';

export interface UnlockOptions {
  readonly account: AccountId;
  readonly deletePolicy?: boolean;
  readonly putPolicy?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const load = () => import('../work/unlock.ts');

export const unlockCommand: CommandModule<'unlock'> = {
  name: 'unlock',
  examples: {
    buckets: 'rootctl unlock s3 --account 123456789012',
    bucket: 'rootctl unlock s3 --account 123456789012 --bucket ledger',
    remove: 'rootctl unlock s3 --account 123456789012 --bucket ledger --delete-policy',
    queues: 'rootctl unlock sqs --account 123456789012 --region eu-west-1',
    replace: 'rootctl unlock sqs --account 123456789012 --queue events --put-policy p.json',
  },
  define: (command, run, help) => {
    const { s3, sqs } = help.commands.unlock;
    addChangeOptions(command.command('s3').summary(s3.summary), help)
      .option('--bucket <name>', s3.flags.bucket)
      .action((options: UnlockOptions & { readonly bucket?: string }) =>
        run(async (desk) => (await load()).runUnlock(desk, 's3', options.bucket, options)),
      );
    addChangeOptions(command.command('sqs').summary(sqs.summary), help)
      .option('--queue <queue>', sqs.flags.queue)
      .action((options: UnlockOptions & { readonly queue?: string }) =>
        run(async (desk) => (await load()).runUnlock(desk, 'sqs', options.queue, options)),
      );
  },
};

function addChangeOptions(command: Command, { commands, yes }: Help): Command {
  const { flags } = commands.unlock;
  return command
    .requiredOption('--account <account>', flags.account, accountId)
    .option('--delete-policy', flags['delete-policy'])
    .option('--put-policy <file>', flags['put-policy'])
    .option('--dry-run', flags['dry-run'])
    .option('--yes', yes);
}
