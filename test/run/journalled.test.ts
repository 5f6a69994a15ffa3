import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { memoryDisk } from '../../harness/disk.ts';
import { told } from '../../src/problems/index.ts';
import { type JournalEvent, readJournal } from '../../src/run/journal.ts';
import { journalled } from '../../src/run/journalled.ts';
import { english } from '../support/speech.ts';

const header: JournalEvent = {
  event: 'run',
  runId: 'run-1',
  command: 'recover',
  rootctlVersion: '0.0.0',
  organization: {
    id: 'o-exampleorgid',
    managementAccountId: '100000000000',
    callerAccountId: '100000000000',
    callerArn: 'arn:aws:iam::100000000000:user/somebody',
    callerRole: 'management',
    partition: 'aws',
  },
  pid: 1,
  simulated: false,
  options: {},
};
const resumed: JournalEvent = { event: 'resumed', pid: 1, rootctlVersion: '0.0.0', callerArn: 'arn' };
const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

function bench() {
  const files = memoryDisk();
  const stop = new AbortController();
  const environment = { state: files, clock: virtualClock(), stopping: stop.signal, entryOf: english.entryOf };
  const text = () => files.contents.get('runs/run-1.jsonl');
  const ends = () => readJournal(text() ?? '').lines.filter(({ event }) => event === 'end');
  return { files, stop, environment, text, ends };
}

const worked = async () => ({ summary: { accounts: 1 }, error: null, result: 'done' });

describe('journalled', () => {
  test('the header is on the disk before the work begins, and its end after it', async () => {
    const { environment, text, ends } = bench();
    const ended = await journalled(environment, 'run-1', [header], async () => {
      expect(text()).toContain('"event":"run"');
      return worked();
    });
    expect(ended).toEqual({ result: 'done', state: 'finished', unwritten: null });
    expect(ends()).toMatchObject([{ state: 'finished', summary: { accounts: 1 }, error: null }]);
  });

  test('work that was stopped, or ended before its time, ends as interrupted', async () => {
    const stopped = bench();
    await journalled(stopped.environment, 'run-1', [header], async () => {
      stopped.stop.abort();
      return worked();
    });
    expect(stopped.ends()).toMatchObject([{ state: 'interrupted', error: null }]);
    const failed = bench();
    const error = told('TooManyFailures', '5 accounts have failed', null);
    const ended = await journalled(failed.environment, 'run-1', [header], async () => ({ ...(await worked()), error }));
    expect(ended.state).toBe('interrupted');
    expect(failed.ends()).toMatchObject([{ state: 'interrupted', error }]);
  });

  test('work that throws ends as interrupted, with its error', async () => {
    const { environment, ends } = bench();
    const work = () => Promise.reject(new Error('a mistake of ours'));
    await expect(journalled(environment, 'run-1', [header], work)).rejects.toThrow('a mistake of ours');
    expect(ends()).toMatchObject([{ state: 'interrupted', error: { data: { what: 'a mistake of ours' } } }]);
  });

  test('a new run whose header cannot be written does nothing and leaves no journal', async () => {
    const { files, environment, text } = bench();
    files.onAppend = () => Promise.reject(full);
    const work = () => Promise.reject(new Error('the work began'));
    await expect(journalled(environment, 'run-1', [header], work)).rejects.toMatchObject({
      problem: { code: 'StateFolderUnwritable', data: { folder: '/state', why: { is: 'system', said: full.message } } },
    });
    expect(text()).toBeUndefined();
  });

  test('a new run whose journal cannot even be opened does nothing and leaves nothing', async () => {
    const { files, environment, text } = bench();
    const state = { ...files, openAppend: () => Promise.reject(full) };
    await expect(journalled({ ...environment, state }, 'run-1', [header], worked)).rejects.toMatchObject({
      problem: { code: 'StateFolderUnwritable', data: { why: { is: 'system', said: full.message } } },
    });
    await expect(journalled({ ...environment, state }, 'run-1', [resumed], worked)).rejects.toMatchObject({
      problem: { code: 'JournalUnwritable', data: { runId: 'run-1' } },
    });
    expect(text()).toBeUndefined();
  });

  test.each<[string, JournalEvent, string | null]>([
    ['a recovery', header, null],
    ['an unlocking', { ...header, command: 'unlock' }, null],
    ['a deletion', { ...header, command: 'delete' }, 'run-1'],
    ['a run that is gone on with', resumed, 'run-1'],
  ])('%s that can no longer write its journal says whether it can be gone on with', async (_name, first, runId) => {
    const { files, environment } = bench();
    const { unwritten } = await journalled(environment, 'run-1', [first], async () => {
      files.onAppend = () => Promise.reject(full);
      return worked();
    });
    expect(unwritten).toMatchObject({ problem: { code: 'JournalUnwritable', data: { runId } } });
  });

  test('the journal is closed, however the work or its beginning ended', async () => {
    const { files, environment } = bench();
    const closed: string[] = [];
    const openAppend = async (name: string) => ({
      ...(await files.openAppend(name)),
      close: async () => {
        closed.push(name);
        throw new Error('it cannot be closed');
      },
    });
    const open = { ...environment, state: { ...files, openAppend } };
    const broken = async () => {
      throw new Error('a mistake of ours');
    };
    expect(await journalled(open, 'run-1', [header], worked)).toMatchObject({ state: 'finished' });
    await expect(journalled(open, 'run-2', [header], broken)).rejects.toThrow('a mistake of ours');
    files.onAppend = () => Promise.reject(full);
    await expect(journalled(open, 'run-3', [header], worked)).rejects.toThrow('StateFolderUnwritable');
    expect(closed).toEqual(['runs/run-1.jsonl', 'runs/run-2.jsonl', 'runs/run-3.jsonl']);
  });

  test('a stop that came after the last of it interrupted nothing', async () => {
    const { environment, stop, ends } = bench();
    const ended = await journalled(environment, 'run-1', [header], async () => {
      stop.abort();
      return { ...(await worked()), isWhole: true };
    });
    expect(ended.state).toBe('finished');
    expect(ends()).toMatchObject([{ state: 'finished' }]);
  });

  test('work that is whole and ended with an error is interrupted all the same', async () => {
    const { environment } = bench();
    const error = told('TooManyFailures', '5 accounts have failed', null);
    const whole = async () => ({ ...(await worked()), error, isWhole: true });
    expect((await journalled(environment, 'run-1', [header], whole)).state).toBe('interrupted');
  });

  test('work that throws throws the same although its end cannot be written', async () => {
    const { files, environment } = bench();
    const work = async () => {
      files.onAppend = () => Promise.reject(full);
      throw new Error('a mistake of ours');
    };
    await expect(journalled(environment, 'run-1', [header], work)).rejects.toThrow('a mistake of ours');
  });

  test('everything of the prologue is on the disk before the work begins, in its order', async () => {
    const { environment, text } = bench();
    await journalled(environment, 'run-1', [header, resumed], async () => {
      expect(readJournal(text() ?? '').lines.map(({ event }) => event)).toEqual(['run', 'resumed']);
      return worked();
    });
  });

  test('a resumed run that cannot go on with its journal keeps it', async () => {
    const { files, environment, text } = bench();
    await journalled(environment, 'run-1', [header], worked);
    const before = text();
    files.onAppend = () => Promise.reject(full);
    await expect(journalled(environment, 'run-1', [resumed], worked)).rejects.toMatchObject({
      problem: { code: 'JournalUnwritable' },
    });
    expect(text()).toBe(before);
  });

  test('what was done is known although its end cannot be written', async () => {
    const { files, environment } = bench();
    const ended = await journalled(environment, 'run-1', [header], async () => {
      files.onAppend = () => Promise.reject(full);
      return worked();
    });
    expect(ended).toMatchObject({ result: 'done', unwritten: { problem: { code: 'JournalUnwritable' } } });
  });
});
