import { disable } from '../../actions/disable.ts';
import { type EnableRequest, enable } from '../../actions/enable.ts';
import type { EnableDocument } from '../../documents/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import type { SwitchOptions } from '../commands/enable.ts';
import { requireConsent } from '../consent.ts';
import type { Desk } from '../desk.ts';

type Switching = Pick<Desk, 'output' | 'errors' | 'environment' | 'stops'>;

export async function runEnable(desk: Switching, options: SwitchOptions): Promise<number> {
  desk.output.formatFor('rootctl.enable');
  return conclude(desk, await enable(requestOf(options), await desk.environment()));
}

export async function runDisable(desk: Switching & Pick<Desk, 'prompts'>, options: SwitchOptions): Promise<number> {
  desk.output.formatFor('rootctl.disable');
  requireConsent(desk, 'disable', options);
  const { trustedAccess, yes: isConfirmed } = options;
  const request = { ...requestOf(options), trustedAccess, isConfirmed };
  return conclude(desk, await disable(request, await desk.environment()));
}

const requestOf = ({ only, delegatedAdmin, dryRun }: SwitchOptions): EnableRequest => ({
  features: only === undefined ? undefined : [only],
  delegatedAdministrator: delegatedAdmin,
  dryRun,
});

async function conclude({ output, errors, stops }: Switching, document: EnableDocument): Promise<number> {
  await output.print(document);
  const { error } = document;
  if (error != null) errors.tell(error);
  return stops.exitCode() ?? (error == null ? exitCodes.done : exitCodes.failed);
}
