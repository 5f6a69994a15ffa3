import { recover } from '../../actions/recover.ts';
import { parseAccountList } from '../../org/selection.ts';
import { within } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { RecoverOptions } from '../commands/recover.ts';
import { requireConsent } from '../consent.ts';
import type { Desk } from '../desk.ts';

const untroubled = ['allowed', 'already-allowed', 'planned'] as const;

export async function runRecover(
  {
    output,
    prompts,
    errors,
    stops,
    environment,
  }: Pick<Desk, 'output' | 'prompts' | 'errors' | 'stops' | 'environment'>,
  words: readonly string[],
  options: RecoverOptions,
): Promise<number> {
  output.formatFor('rootctl.recover');
  const accounts = words.flatMap((word) => parseAccountList(word, null));
  requireConsent({ prompts }, 'recover', options);
  const { reason, dryRun, yes: isConfirmed } = options;
  const document = await recover({ accounts, reason, dryRun, isConfirmed }, await environment());
  await output.print(document);
  const troubled = document.accounts.filter(({ outcome }) => untroubled.every((one) => one !== outcome));
  for (const { id, error } of troubled) {
    if (error !== null) errors.tell(within('account', [id], error));
  }
  const hasFailed = troubled.length > 0 || errors.wereTold();
  return stops.exitCode() ?? (hasFailed ? exitCodes.failed : exitCodes.done);
}
