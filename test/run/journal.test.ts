import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { type MemoryDisk, memoryDisk } from '../../harness/disk.ts';
import { type JournalEvent, openJournal, readJournal } from '../../src/run/journal.ts';
import { holds } from '../support/properties.ts';
import { english } from '../support/speech.ts';

const intent = (number: number): JournalEvent => ({
  event: 'intent',
  account: '200000000001',
  kind: 'access-key',
  id: `AKIA${number}`,
  sessionAccessKeyId: 'ASIA1',
});
const open = (files: MemoryDisk) => openJournal(files, 'run-1', virtualClock(), english.entryOf);
const textOf = (files: MemoryDisk): string => files.contents.get('runs/run-1.jsonl') ?? '';

async function written(count: number): Promise<MemoryDisk> {
  const files = memoryDisk();
  const journal = await open(files);
  for (let number = 0; number < count; number += 1) await journal.record(intent(number));
  await journal.close();
  return files;
}

describe('writing', () => {
  test('a promise is kept when its line is on the disk, not before', async () => {
    const files = memoryDisk();
    let release = (): void => {};
    files.onAppend = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    const journal = await open(files);
    let isKept = false;
    const promise = journal.record(intent(1)).then(() => {
      isKept = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isKept).toBe(false);
    expect(textOf(files)).toBe('');
    release();
    await promise;
    expect(textOf(files)).toContain('AKIA1');
  });

  test('events that arrive while the disk is busy share the next flush, in their order', async () => {
    const files = memoryDisk();
    const flushes: number[] = [];
    files.onAppend = async (_name, text) => {
      flushes.push(text.trim().split('\n').length);
      await new Promise((resolve) => setImmediate(resolve));
    };
    const journal = await open(files);
    await Promise.all(Array.from({ length: 1_000 }, (_, number) => journal.record(intent(number))));
    expect(flushes.reduce((sum, count) => sum + count, 0)).toBe(1_000);
    expect(flushes.length).toBeLessThan(5);
    const { lines, flaw } = readJournal(textOf(files));
    expect(flaw).toBeNull();
    expect(lines.map((line) => 'id' in line && line.id)).toEqual(
      Array.from({ length: 1_000 }, (_, number) => `AKIA${number}`),
    );
  });

  test('from the first failure on every call fails, also those that were waiting', async () => {
    const files = memoryDisk();
    files.onAppend = () => {
      throw new Error('ENOSPC: no space left on device');
    };
    const journal = await open(files);
    const results = await Promise.allSettled([journal.record(intent(1)), journal.record(intent(2))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    delete files.onAppend;
    await expect(journal.record(intent(3))).rejects.toMatchObject({ problem: { code: 'JournalUnwritable' } });
    await expect(journal.record(intent(3))).rejects.toThrow('ENOSPC');
    expect(textOf(files)).toBe('');
  });

  test('what waits behind a write that failed is not written, even if the disk has room again', async () => {
    const files = memoryDisk();
    let writes = 0;
    files.onAppend = () => {
      writes += 1;
      if (writes === 1) throw new Error('ENOSPC: no space left on device');
    };
    const journal = await open(files);
    const first = journal.record(intent(1));
    await Promise.resolve(); // the first is being written: what comes now goes into the next flush
    const results = await Promise.allSettled([first, journal.record(intent(2)), journal.record(intent(3))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(journal.record(intent(4))).rejects.toMatchObject({ problem: { code: 'JournalUnwritable' } });
    expect({ text: textOf(files), writes }).toEqual({ text: '', writes: 1 });
  });

  test('a folder that cannot be opened is told with the cure', async () => {
    const files = { ...memoryDisk(), openAppend: () => Promise.reject(new Error('EACCES')) };
    await expect(openJournal(files, 'run-1', virtualClock(), english.entryOf)).rejects.toMatchObject({
      problem: { code: 'JournalUnwritable', data: { why: { is: 'system', said: 'EACCES' }, runId: 'run-1' } },
    });
  });
});

describe('reading', () => {
  test('an empty journal is whole', () => {
    expect(readJournal('')).toEqual({ lines: [], flaw: null, isCut: false });
  });

  test('a last line cut off by a crash is no problem, and the chain goes on behind it', async () => {
    const files = await written(4);
    const cut = textOf(files).slice(0, -20);
    expect(readJournal(cut)).toMatchObject({ flaw: null, isCut: true, lines: { length: 3 } });
    files.contents.set('runs/run-1.jsonl', cut);
    const journal = await open(files);
    await journal.record(intent(9));
    const { lines, flaw, isCut } = readJournal(textOf(files));
    expect({ flaw, isCut }).toEqual({ flaw: null, isCut: false });
    expect(lines.map((line) => 'id' in line && line.id)).toEqual(['AKIA0', 'AKIA1', 'AKIA2', 'AKIA9']);
  });

  test('a resumption that is killed just after it ended a cut line, or cut off itself, can be resumed', async () => {
    const files = await written(4);
    const cut = textOf(files).slice(0, -20);
    for (const left of [`${cut}\n`, `${cut}\n{"seq":4,"ev`, `${cut}\n{"seq":4,"ev\n`]) {
      expect(readJournal(left)).toMatchObject({ flaw: null, isCut: true, lines: { length: 3 } });
      files.contents.set('runs/run-1.jsonl', left);
      const journal = await open(files);
      await journal.record(intent(9));
      expect(readJournal(textOf(files))).toMatchObject({ flaw: null, lines: { length: 4 } });
    }
  });

  test('any change of any byte but a cut at the end is noticed', async () => {
    const text = textOf(await written(6));
    await holds(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.constantFrom('x', '0', ' ', '"', '\n', ''),
        (at, replacement) => {
          const changed = text.slice(0, at) + replacement + text.slice(at + 1);
          if (changed === text || text.startsWith(changed)) return;
          const { lines, flaw } = readJournal(changed);
          // What is cut from the last line is a crash; what is changed in it is not vouched for by a next line.
          const isLast = at >= text.trimEnd().lastIndexOf('\n');
          if (!isLast) expect(flaw, JSON.stringify(changed.slice(Math.max(0, at - 30), at + 30))).not.toBeNull();
          expect(lines.length).toBeLessThanOrEqual(7);
        },
      ),
      500,
    );
  });

  test('any lines taken out, doubled or exchanged are noticed', async () => {
    const lines = textOf(await written(8))
      .trimEnd()
      .split('\n');
    await holds(
      fc.property(fc.array(fc.nat({ max: 7 }), { maxLength: 10 }), (order) => {
        const isPrefix = order.every((line, index) => line === index);
        const text = order.map((line) => `${lines[line]}\n`).join('');
        expect(readJournal(text).flaw === null).toBe(isPrefix);
      }),
      300,
    );
  });

  test('never throws, whatever the file holds', async () => {
    await holds(
      fc.property(
        fc.array(fc.oneof(fc.json(), fc.string(), fc.constant('{"event":"run","seq":0,"prev":"","at":""}'))),
        (rows) => {
          expect(() => readJournal(rows.join('\n'))).not.toThrow();
        },
      ),
      300,
    );
  });
});
