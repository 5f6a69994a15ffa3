import { expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { connectionTo, createWorld } from '../../harness/world.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createSandbox, defaultScenario } from '../../src/sandbox/index.ts';

test('a world without anything special runs a command that needs nothing', async () => {
  const world = createWorld();
  expect(await runProgram(['--version'], world)).toBe(0);
  expect(world.written).toEqual({ stdout: `${world.version}\n`, stderr: '' });
});

test('it reaches AWS where it is connected, on the clock that it was given', async () => {
  const clock = virtualClock();
  const sandbox = createSandbox(defaultScenario(), { clock });
  const world = createWorld({ clock, connection: connectionTo(sandbox, sandbox.credentials().management) });
  expect(await runProgram(['enable', '-q'], world)).toBe(0);
  expect(sandbox.hasChanged()).toBe(true);
  await expect(createWorld().openTransport({} as never, {} as never)).rejects.toThrow('reaches no network');
});

test('two worlds share nothing but what both were given', async () => {
  const papers = new Map([['plan.json', '{}']]);
  const [one, other, stranger] = [createWorld({ papers }), createWorld({ papers }), createWorld()];
  await one.writeFile('new.json', '1');
  await one.state.replace('locks/o.json', '1');
  expect(await other.readFile('new.json')).toBe('1');
  expect(await other.state.read('locks/o.json')).toBe(null);
  await expect(stranger.readFile('plan.json')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(one.random()).toBe(other.random());
});

test('what is written is kept, and a terminal of the test hears of it too', () => {
  const heard: string[] = [];
  const world = createWorld({ stderr: { isLive: true, columns: 40, write: (text) => heard.push(text) } });
  world.stderr.write('a');
  world.stdout.write('b');
  expect([world.written, heard]).toEqual([{ stdout: 'b', stderr: 'a' }, ['a']]);
  expect([world.stderr.columns, world.stderr.isLive, world.stdout.columns]).toEqual([40, true, 160]);
});

test('signals are heard by whoever listens, until they stop listening', () => {
  const world = createWorld();
  expect(world.signal('SIGINT')).toBe(false);
  const heard: string[] = [];
  const stop = world.onSignal((signal) => heard.push(signal));
  expect(world.signal('SIGTERM')).toBe(true);
  stop();
  expect([world.signal('SIGINT'), heard]).toEqual([false, ['SIGTERM']]);
});

test('a killed process says nothing, writes nothing, and never wakes', async () => {
  let isDead = false;
  const world = createWorld({ isDead: () => isDead });
  let isAwake = false;
  const wake = (): void => {
    isAwake = true;
  };
  void world.clock.sleep(10).then(wake);
  isDead = true;
  void world.clock.sleep(10).then(wake);
  void world.writeFile('a', 'text').then(wake);
  world.stdout.write('text');
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect([isAwake, world.papers.size, world.written.stdout]).toEqual([false, 0, '']);
});
