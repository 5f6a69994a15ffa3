import { doctor } from '../../actions/doctor.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { Desk } from '../desk.ts';
export async function lookAtSetup({
  output,
  groundwork,
  connect,
}: Pick<Desk, 'output' | 'groundwork' | 'connect'>): Promise<number> {
  output.formatFor('rootctl.doctor');
  const document = await doctor({ ...groundwork, connect });
  await output.print(document);
  return document.checks.some(({ result }) => result === 'fail') ? exitCodes.failed : exitCodes.done;
}
