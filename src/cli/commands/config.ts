import type { CommandModule } from '../command.ts';

const load = () => import('../work/config.ts');

export const configCommand: CommandModule<'config'> = {
  name: 'config',
  examples: {
    show: 'rootctl config show',
    program: 'rootctl config show -o json',
    schema: 'rootctl config schema > rootctl.schema.json',
  },
  define: (command, run, { commands }) => {
    const { show: showing, schema } = commands.config;
    command
      .command('show')
      .summary(showing.summary)
      .action(() => run(async (desk) => (await load()).show(desk, command)));
    command
      .command('schema')
      .summary(schema.summary)
      .action(() => run(async (desk) => (await load()).writeSchema(desk)));
  },
};
