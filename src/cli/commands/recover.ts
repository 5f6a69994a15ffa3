import type { CommandModule } from '../command.ts';

export interface RecoverOptions {
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
      .action((accounts: string[], options: RecoverOptions) =>
        run(async (desk) => (await import('../work/recover.ts')).runRecover(desk, accounts, options)),
      );
  },
};
