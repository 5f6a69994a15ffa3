import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { identityIn, isHeardBy, placeIn, relationBetween, systemProcesses } from '../../src/run/processes.ts';

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

const refusal = (code: string) => Object.assign(new Error(`kill ${code}`), { code });
const statOf = (name: string, startTicks: number) => `77 (${name}) S ${'0 '.repeat(18)}${startTicks} 0 0\n`;
const linux = (stat: string): Readonly<Record<string, string>> => ({
  '/proc/77/stat': stat,
  '/proc/sys/kernel/random/boot_id': 'b007\n',
});

test.each<[string, Error | null, Readonly<Record<string, string>>, string | null]>([
  ['of Linux by its start and the boot', null, linux(statOf('node', 4_711)), 'b007:4711'],
  ['whatever its program is called', null, linux(statOf('a) S 1 (b', 4_711)), 'b007:4711'],
  ['also where it is somebody else’s', refusal('EPERM'), linux(statOf('node', 4_711)), 'b007:4711'],
  ['as one that is gone', refusal('ESRCH'), linux(statOf('node', 4_711)), null],
  ['where the system tells nothing of it, as one that is there', null, {}, 'alive'],
  ['somebody else’s as well', refusal('EPERM'), {}, 'alive'],
])('a process is known %s', (_, refused, files, identity) => {
  const identityOf = identityIn({
    probe: (pid) => {
      expect(pid).toBe(77);
      if (refused !== null) throw refused;
    },
    readText: (path) => {
      const text = files[path];
      if (text === undefined) throw refusal('ENOENT');
      return text;
    },
  });
  expect(identityOf(77)).toBe(identity);
});

describe('where a pid is what it is here', () => {
  const files: Readonly<Record<string, string>> = {
    '/proc/sys/kernel/random/boot_id': 'b007\n',
    '/proc/self/ns/pid': 'pid:[4026531836]',
  };
  const from =
    (known: Readonly<Record<string, string>>) =>
    (path: string): string => {
      const text = known[path];
      if (text === undefined) throw refusal('ENOENT');
      return text;
    };

  const hostname = () => 'host';
  const machine = { ...files, '/etc/machine-id': 'm1\n' };

  test('is told by the machine, its boot and the namespace of pids', () => {
    expect(placeIn({ readText: from(machine), readLink: from(files), hostname })).toBe('m1 b007 pid:[4026531836]');
    expect(placeIn({ readText: from(files), readLink: from(files), hostname })).toBe('- b007 pid:[4026531836]');
    if (isLinux) expect(systemProcesses.pulse?.place).toMatch(/^\S+ [0-9a-f-]{36} pid:\[\d+\]$/u);
  });

  test('is the host where the system tells but one of them', () => {
    expect(placeIn({ readText: from(files), readLink: from({}), hostname })).toBe('host');
    expect(placeIn({ readText: from({}), readLink: from(files), hostname })).toBe('host');
  });

  const first = 'pid:[4026531836]';
  test.each([
    ['the same', `m1 b1 ${first}`, `m1 b1 ${first}`, 'here'],
    ['a container of the same', `- b1 pid:[7]`, `- b1 pid:[7]`, 'here'],
    ['this machine before it was started anew', `m1 b0 ${first}`, `m1 b1 ${first}`, 'ended'],
    ['another machine', `m2 b0 ${first}`, `m1 b1 ${first}`, 'elsewhere'],
    ['a machine that has no id', `- b0 ${first}`, `- b1 ${first}`, 'elsewhere'],
    ['a container of this machine', `m1 b1 pid:[7]`, `m1 b1 ${first}`, 'elsewhere'],
    ['the machine, from a container of it', `m1 b1 ${first}`, `m1 b1 pid:[7]`, 'elsewhere'],
    ['another container', `- b1 pid:[7]`, `- b1 pid:[8]`, 'elsewhere'],
    ['a host that tells its name alone', 'one', 'two', 'elsewhere'],
    ['the same host', 'one', 'one', 'here'],
  ])('%s', (_name, place, here, relation) => {
    expect(relationBetween(place, here)).toBe(relation);
  });

  test('of this process is here', () => {
    const { pulse } = systemProcesses;
    expect(pulse?.relationTo(pulse.place)).toBe('here');
  });
});

describe('somebody in another place', () => {
  const listen = async (times: readonly (number | null)[]) => {
    const waits: number[] = [];
    const left = [...times];
    const look = async () => left.shift() ?? (times.at(-1) as number | null);
    const isHeard = await isHeardBy(async (ms) => void waits.push(ms))(look);
    return { isHeard, waitedMs: waits.reduce((sum, ms) => sum + ms, 0) };
  };

  test('is heard as soon as the time of its lock changes, forwards or backwards', async () => {
    expect(await listen([1, 1, 1, 2])).toEqual({ isHeard: true, waitedMs: 750 });
    expect(await listen([2, 1])).toEqual({ isHeard: true, waitedMs: 250 });
  });

  test('is not heard where it stays for as long as six beats take', async () => {
    expect(await listen([1])).toEqual({ isHeard: false, waitedMs: 6_000 });
  });

  test('is gone when its lock is', async () => {
    expect(await listen([1, null])).toEqual({ isHeard: false, waitedMs: 250 });
    expect(await listen([null])).toMatchObject({ isHeard: false });
  });

  test('hears of this one every second, until it is stopped', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let beats = 0;
    const stop = systemProcesses.pulse?.keep(() => {
      beats += 1;
    });
    vi.advanceTimersByTime(6_000);
    stop?.();
    vi.advanceTimersByTime(6_000);
    expect(beats).toBe(6);
  });
});
