import type { Command } from 'commander';
import type { UnlockRequest } from '../../actions/unlock.ts';
import { accountId } from '../../configuration/values.ts';
import type { UnlockDocument } from '../../documents/index.ts';
import type { AccountId } from '../../org/account.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { readNamedFile } from '../../process/named-files.ts';
import type { CommandModule, Help } from '../command.ts';
import { requireConsent } from '../consent.ts';
import type { Desk } from '../desk.ts';

interface UnlockOptions {
  readonly account: AccountId;
  readonly deletePolicy?: boolean;
  readonly putPolicy?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

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
        run((desk) => runUnlock(desk, 's3', options.bucket, options)),
      );
    addChangeOptions(command.command('sqs').summary(sqs.summary), help)
      .option('--queue <queue>', sqs.flags.queue)
      .action((options: UnlockOptions & { readonly queue?: string }) =>
        run((desk) => runUnlock(desk, 'sqs', options.queue, options)),
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

const loadUnlock = () => import('../../actions/unlock.ts');

async function runUnlock(
  desk: Pick<Desk, 'files' | 'prompts' | 'output' | 'errors' | 'environment'>,
  service: UnlockDocument['service'],
  named: string | undefined,
  options: UnlockOptions,
): Promise<number> {
  const { output, errors } = desk;
  output.formatFor('rootctl.unlock');
  const { account, dryRun, yes: isConfirmed } = options;
  const change = await readChange(desk, service, named, options);
  const environment = await desk.environment();
  const { listHolders, unlock } = await loadUnlock();
  const document =
    named === undefined
      ? await listHolders({ service, account }, environment)
      : await unlock({ service, account, named, change, dryRun, isConfirmed }, environment);
  await output.print(document);
  return errors.wereTold() ? exitCodes.failed : exitCodes.done;
}

/** Everything that can be wrong with the command line and the file, before AWS is asked anything. */
async function readChange(
  { files, prompts }: Pick<Desk, 'files' | 'prompts'>,
  service: UnlockDocument['service'],
  named: string | undefined,
  options: UnlockOptions,
): Promise<UnlockRequest['change']> {
  const { deletePolicy = false, putPolicy } = options;
  if (!deletePolicy && putPolicy === undefined) return undefined;
  if (deletePolicy && putPolicy !== undefined) {
    throw problemError('ContradictingFlags', { flag: '--delete-policy', others: ['--put-policy'], why: 'either-or' });
  }
  if (named === undefined) throw problemError('NothingNamed', { service });
  requireConsent({ prompts }, 'unlock', options);
  if (putPolicy === undefined) return { action: 'delete' };
  const { replacementOf } = await loadUnlock();
  return replacementOf(service, await readNamedFile(files, putPolicy, 'policy'), putPolicy);
}
