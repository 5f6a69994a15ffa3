import { doctor } from '../../actions/doctor.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { cutShortCode } from '../../process/result-codes.ts';
import type { Desk } from '../desk.ts';
export async function lookAtSetup({
  output,
  groundwork,
  connect,
  stops,
}: Pick<Desk, 'output' | 'groundwork' | 'connect' | 'stops'>): Promise<number> {
  output.formatFor('rootctl.doctor');
  const document = await doctor({ ...groundwork, connect });
  await output.print(document);
  const hasFailed = document.checks.some(({ result }) => result === 'fail');
  return cutShortCode(document.complete, stops.exitCode()) ?? (hasFailed ? exitCodes.failed : exitCodes.done);
}
