import { defaults } from '../../actions/defaults.ts';
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

export const sandboxCommand: CommandModule<'sandbox'> = {
  name: 'sandbox',
  examples: {
    start: 'rootctl sandbox start --port 4580',
    reset: 'rootctl sandbox reset --accounts 1000 --seed 7',
    use: 'rootctl status --sandbox',
  },
  define: (command, run, { commands }) => {
    const words = commands.sandbox;
    command
      .command('start')
      .summary(words.start.summary)
      .option('--port <n>', words.start.flags.port, wholeNumber(0, 65_535), 4580)
      .option('--scenario <file>', words.start.flags.scenario)
      .action((options: StartOptions) => run((context) => start(context, options)));
    command
      .command('reset')
      .summary(words.reset.summary)
      .option('--accounts <n>', words.reset.flags.accounts, wholeNumber(1, 100_000))
      .option('--seed <n>', words.reset.flags.seed, wholeNumber(0, 2_147_483_647), defaults.sandboxSeed)
      .option('--scenario <file>', words.reset.flags.scenario)
      .action((options: ResetOptions) => run((context) => reset(context, options)));
    command
      .command('show')
      .summary(words.show.summary)
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
