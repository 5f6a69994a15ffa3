import { readFileSync } from 'node:fs';
import type { Processes } from './lock.ts';

export const systemProcesses: Processes = { pid: process.pid, identityOf: processIdentity };

/** A process's start time in clock ticks since boot, with the boot's id, where the system tells (Linux, proc(5)). */
function processIdentity(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is alive and somebody else's.
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EPERM') return null;
  }
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${fields[19] ?? ''}`;
  } catch {
    return 'alive';
  }
}
