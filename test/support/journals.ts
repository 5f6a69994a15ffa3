import { type VirtualClock, virtualClock } from '../../harness/clock.ts';
import type { MemoryDisk } from '../../harness/disk.ts';
import { type PlanAccount, type PlanDocument, planHash } from '../../src/documents/index.ts';
import { type JournalEvent, openJournal } from '../../src/run/journal.ts';
import { managementId, organizationId } from './scenarios.ts';
import { english } from './speech.ts';

const organization = {
  id: organizationId,
  managementAccountId: managementId,
  callerAccountId: managementId,
  callerArn: `arn:aws:iam::${managementId}:user/somebody`,
  callerRole: 'management',
  partition: 'aws',
} as const;

export const headerOf = (
  runId: string,
  command: 'delete' | 'recover' | 'unlock' = 'delete',
): Extract<JournalEvent, { readonly event: 'run' }> => ({
  event: 'run',
  runId,
  command,
  rootctlVersion: '1.0.0',
  organization,
  pid: 7,
  simulated: false,
  options: {},
});

/** A plan with the hash that fits it, of the organization of the scenarios unless of another. */
export function planOf(accounts: readonly PlanAccount[], ofOrganization: string = organizationId): PlanDocument {
  const plan = {
    schemaVersion: '1',
    kind: 'rootctl.plan',
    generatedAt: '2026-01-31T09:29:00.000Z',
    rootctlVersion: '1.0.0',
    complete: true,
    organization: { ...organization, id: ofOrganization },
    options: { only: ['access-key', 'signing-certificate', 'login-profile', 'mfa-device'] },
    accounts,
  } as const;
  return { ...plan, hash: planHash(plan) };
}

/** Writes a run's journal, new or to go on with; a minute passes before each line but the first. */
export async function writeJournal(
  files: MemoryDisk,
  runId: string,
  events: readonly JournalEvent[],
  clock: VirtualClock = virtualClock({ moves: 'by-hand' }),
): Promise<void> {
  const journal = await openJournal(files, runId, clock, english.entryOf);
  for (const [index, event] of events.entries()) {
    if (index > 0) clock.pass(60_000);
    await journal.record(event);
  }
  await journal.close();
}
