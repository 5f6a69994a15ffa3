import { exitCodes } from '../../process/exit-codes.ts';
import type { CommandModule } from '../command.ts';
import type { Desk } from '../desk.ts';

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

async function doctor({
  output,
  groundwork,
  connect,
}: Pick<Desk, 'output' | 'groundwork' | 'connect'>): Promise<number> {
  output.formatFor('rootctl.doctor');
  const { doctor: look } = await import('../../actions/doctor.ts');
  const document = await look({ ...groundwork, connect });
  await output.print(document);
  return document.checks.some(({ result }) => result === 'fail') ? exitCodes.failed : exitCodes.done;
}
