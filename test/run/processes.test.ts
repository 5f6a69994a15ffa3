import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemProcesses } from '../../src/run/processes.ts';

const isLinux = process.platform === 'linux';
/** More than Linux ever gives (proc(5), `pid_max`). */
const nobody = 2 ** 22 + 1;

test('this process is one of those that are there, and is the same each time', () => {
  expect(systemProcesses.pid).toBe(process.pid);
  expect(systemProcesses.identityOf(process.pid)).not.toBeNull();
  expect(systemProcesses.identityOf(process.pid)).toBe(systemProcesses.identityOf(process.pid));
});

test('a process that is gone is nobody', () => {
  expect(systemProcesses.identityOf(nobody)).toBeNull();
});

test.runIf(isLinux)(
  'a process is told from a later one of the same pid by its start and the boot that it was started in',
  () => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The name of a program, which stands between brackets before, may hold both.
    const fromState = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    expect(systemProcesses.identityOf(process.pid)).toBe(`${boot}:${fromState[19]}`);
    expect(systemProcesses.identityOf(process.pid)).toMatch(/^[0-9a-f-]{36}:[1-9]\d*$/u);
    expect(systemProcesses.identityOf(process.ppid)).not.toBe(systemProcesses.identityOf(process.pid));
  },
);

test.runIf(isLinux)('a process is there although it is not ours to send a signal to', () => {
  expect(systemProcesses.identityOf(1)).toMatch(/:\d+$/u);
});

test('what is no process at all is nobody', () => {
  expect(systemProcesses.identityOf(Number.NaN)).toBeNull();
});
