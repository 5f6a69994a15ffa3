import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import { accountId } from '../options.ts';
import { type UnlockOptions, unlock } from '../unlocking.ts';

export const unlockCommand: CommandModule = {
  name: 'unlock',
  summary: 'read, remove or replace a bucket or queue policy that locks everybody out',
  examples: [
    'rootctl unlock s3 --account 123456789012                                     list its buckets',
    'rootctl unlock s3 --account 123456789012 --bucket ledger                     which statement locks?',
    'rootctl unlock s3 --account 123456789012 --bucket ledger --delete-policy     asks for the name',
    'rootctl unlock sqs --account 123456789012 --region eu-west-1                 list its queues there',
    'rootctl unlock sqs --account 123456789012 --queue events --put-policy p.json',
  ],
  define: (command: Command, run) => {
    addChangeOptions(command.command('s3').summary('bucket policies'))
      .option('--bucket <name>', 'the bucket; without it they are listed')
      .action((options: UnlockOptions & { readonly bucket?: string }) =>
        run((context) => unlock(context, 's3', options.bucket, options)),
      );
    addChangeOptions(command.command('sqs').summary('queue policies; --region where they are'))
      .option('--queue <queue>', 'its name, ARN or URL; without it they are listed')
      .action((options: UnlockOptions & { readonly queue?: string }) =>
        run((context) => unlock(context, 'sqs', options.queue, options)),
      );
  },
};

const addChangeOptions = (command: Command): Command =>
  command
    .requiredOption('--account <account>', 'the member account that owns it', accountId)
    .option('--delete-policy', 'remove the policy; the old one is saved first')
    .option('--put-policy <file>', 'replace the policy; the old one is saved first')
    .option('--dry-run', 'look, and change nothing')
    .option('--yes', 'do not ask');
