import { defaults } from '../../actions/defaults.ts';
import { wholeNumber } from '../../configuration/values.ts';
import type { CommandModule } from '../command.ts';

export interface StartOptions {
  readonly port: number;
  readonly scenario?: string;
}

export interface ResetOptions {
  readonly accounts?: number;
  readonly seed: number;
  readonly scenario?: string;
}

/** The simulated organization is loaded only when asked for. */
const load = () => import('../work/sandbox.ts');

export const sandboxCommand: CommandModule<'sandbox'> = {
  name: 'sandbox',
  examples: {
    start: 'rootctl sandbox start --port 4580',
    reset: 'rootctl sandbox reset --accounts 1000 --seed 7',
    show: 'rootctl sandbox show',
    use: 'rootctl status --sandbox',
  },
  define: (command, run, { commands }) => {
    const words = commands.sandbox;
    command
      .command('start')
      .summary(words.start.summary)
      .option('--port <n>', words.start.flags.port, wholeNumber(0, 65_535), 4580)
      .option('--scenario <file>', words.start.flags.scenario)
      .action((options: StartOptions) => run(async (desk) => (await load()).start(desk, options)));
    command
      .command('reset')
      .summary(words.reset.summary)
      .option('--accounts <n>', words.reset.flags.accounts, wholeNumber(1, 100_000))
      .option('--seed <n>', words.reset.flags.seed, wholeNumber(0, 2_147_483_647), defaults.sandboxSeed)
      .option('--scenario <file>', words.reset.flags.scenario)
      .action((options: ResetOptions) => run(async (desk) => (await load()).reset(desk, options)));
    command
      .command('show')
      .summary(words.show.summary)
      .action(() => run(async (desk) => (await load()).show(desk)));
  },
};
