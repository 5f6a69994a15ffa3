import type { CommandModule } from '../command.ts';

export const doctorCommand: CommandModule<'doctor'> = {
  name: 'doctor',
  examples: {
    checks: 'rootctl doctor',
    scripts: 'rootctl doctor -o json',
  },
  define: (command, run) => {
    command.action(() => run(async (desk) => (await import('../work/doctor.ts')).lookAtSetup(desk)));
  },
};
