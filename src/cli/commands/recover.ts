import { parseAccountList } from '../../org/selection.ts';
import { within } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { CommandModule } from '../command.ts';
import { requireConsent } from '../consent.ts';
import type { Desk } from '../desk.ts';

interface RecoverOptions {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const recoverCommand: CommandModule<'recover'> = {
  name: 'recover',
  examples: {
    reason: 'rootctl recover 444444444444 --reason "INC-4711"',
    look: 'rootctl recover 444444444444 --dry-run',
    close: 'rootctl delete 444444444444',
  },
  define: (command, run, help) => {
    const { flags } = help.commands.recover;
    command
      .argument('<account...>', help.accountIds)
      .option('--reason <text>', flags.reason)
      .option('--dry-run', flags['dry-run'])
      .option('--yes', help.yes)
      .action((accounts: string[], options: RecoverOptions) => run((desk) => runRecover(desk, accounts, options)));
  },
};

async function runRecover(
  {
    output,
    prompts,
    errors,
    stops,
    environment,
  }: Pick<Desk, 'output' | 'prompts' | 'errors' | 'stops' | 'environment'>,
  words: readonly string[],
  options: RecoverOptions,
): Promise<number> {
  output.formatFor('rootctl.recover');
  const accounts = words.flatMap((word) => parseAccountList(word, null));
  requireConsent({ prompts }, 'recover', options);
  const { reason, dryRun, yes: isConfirmed } = options;
  const { recover } = await import('../../actions/recover.ts');
  const document = await recover({ accounts, reason, dryRun, isConfirmed }, await environment());
  await output.print(document);
  const troubled = document.accounts.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
  for (const { id, error } of troubled) {
    if (error !== null) errors.tell(within('account', [id], error));
  }
  const hasFailed = troubled.length > 0 || errors.wereTold();
  return stops.exitCode() ?? (hasFailed ? exitCodes.failed : exitCodes.done);
}
