import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import type { Context } from '../context.ts';
import { wholeNumber } from '../options.ts';

interface StartOptions {
  readonly port: number;
  readonly scenario?: string;
}

interface ResetOptions {
  readonly accounts?: number;
  readonly seed: number;
  readonly scenario?: string;
}

export const sandboxCommand: CommandModule = {
  name: 'sandbox',
  summary: 'a simulated organization',
  examples: [
    'rootctl sandbox start --port 4580                  serve it for the AWS CLI and SDKs',
    'rootctl sandbox reset --accounts 1000 --seed 7     make a new one',
    'rootctl status --sandbox                           or use it inside any command',
  ],
  define: (command: Command, run) => {
    command
      .command('start')
      .summary('serve it over HTTP on loopback until interrupted')
      .option('--port <n>', 'port; 0 takes any free one', wholeNumber(0, 65_535), 4580)
      .option('--scenario <file>', 'start from this description instead of the saved organization')
      .action((options: StartOptions) => run((context) => start(context, options)));
    command
      .command('reset')
      .summary('make a new organization')
      .option('--accounts <n>', 'member accounts; without it the default organization', wholeNumber(1, 100_000))
      .option('--seed <n>', 'the same seed makes the same organization', wholeNumber(0, 2_147_483_647), 1)
      .option('--scenario <file>', 'take this description')
      .action((options: ResetOptions) => run((context) => reset(context, options)));
    command
      .command('show')
      .summary('what the simulated organization really holds')
      .action(() => run((context) => show(context)));
  },
};

/** The sandbox is loaded only when asked for. */
const load = () => import('../sandbox-commands.ts');

const start = async (context: Context, options: StartOptions): Promise<number> =>
  (await load()).startSandbox(context, options);
const reset = async (context: Context, options: ResetOptions): Promise<number> =>
  (await load()).resetSandbox(context, options);
const show = async (context: Context): Promise<number> => (await load()).showSandbox(context);
