import type { CommandModule } from '../command.ts';

export const explainCommand: CommandModule<'explain'> = {
  name: 'explain',
  examples: { all: 'rootctl explain', one: 'rootctl explain AccessDenied' },
  define: (command, run, help) => {
    command
      .argument('[code]', help.commands.explain.code)
      .action((code: string | undefined) =>
        run(async (desk) => (await import('../work/explain.ts')).explain(desk, code)),
      );
  },
};
