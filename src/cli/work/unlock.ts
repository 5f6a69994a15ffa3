import type { UnlockRequest } from '../../actions/unlock.ts';
import { listHolders, replacementOf, unlock } from '../../actions/unlock.ts';
import type { UnlockDocument } from '../../documents/index.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { readNamedFile } from '../../process/named-files.ts';
import type { UnlockOptions } from '../commands/unlock.ts';
import { requireConsent } from '../consent.ts';
import type { Desk } from '../desk.ts';
export async function runUnlock(
  desk: Pick<Desk, 'files' | 'prompts' | 'output' | 'errors' | 'environment' | 'stops'>,
  service: UnlockDocument['service'],
  named: string | undefined,
  options: UnlockOptions,
): Promise<number> {
  const { output, errors, stops } = desk;
  output.formatFor('rootctl.unlock');
  const { account, dryRun, yes: isConfirmed } = options;
  const change = await readChange(desk, service, named, options);
  const environment = await desk.environment();
  const document =
    named === undefined
      ? await listHolders({ service, account }, environment)
      : await unlock({ service, account, named, change, dryRun, isConfirmed }, environment);
  await output.print(document);
  return stops.exitCode() ?? (errors.wereTold() ? exitCodes.failed : exitCodes.done);
}

/** Everything that can be wrong with the command line and the file, before AWS is asked anything. */
async function readChange(
  { files, prompts }: Pick<Desk, 'files' | 'prompts'>,
  service: UnlockDocument['service'],
  named: string | undefined,
  options: UnlockOptions,
): Promise<UnlockRequest['change']> {
  const { deletePolicy = false, putPolicy } = options;
  if (!deletePolicy && putPolicy === undefined) return undefined;
  if (deletePolicy && putPolicy !== undefined) {
    throw problemError('ContradictingFlags', { flag: '--delete-policy', others: ['--put-policy'], why: 'either-or' });
  }
  if (named === undefined) throw problemError('NothingNamed', { service });
  requireConsent({ prompts }, 'unlock', options);
  if (putPolicy === undefined) return { action: 'delete' };
  return replacementOf(service, await readNamedFile(files, putPolicy, 'policy'), putPolicy);
}
