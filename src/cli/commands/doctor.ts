import { doctor as look } from '../../actions/doctor.ts';
import type { CommandModule } from '../command.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';

export const doctorCommand: CommandModule<'doctor'> = {
  name: 'doctor',
  examples: {
    checks: 'rootctl doctor',
    scripts: 'rootctl doctor -o json',
  },
  define: (command, run) => {
    command.action(() => run(doctor));
  },
};

async function doctor(context: Context): Promise<number> {
  context.formatFor('rootctl.doctor');
  const document = await look({ ...context.groundwork, connect: context.connect });
  context.print(document);
  return document.checks.some(({ result }) => result === 'fail') ? exitCodes.failed : exitCodes.done;
}
