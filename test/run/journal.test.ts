import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../harness/clock.ts';
import { type MemoryDisk, memoryDisk } from '../../harness/disk.ts';
import { problem } from '../../src/problems/index.ts';
import { type JournalEvent, listRunIds, openJournal, readJournal } from '../../src/run/journal.ts';
import { holds } from '../support/properties.ts';
import { english } from '../support/speech.ts';

const intent = (number: number): JournalEvent => ({
  event: 'intent',
  account: '200000000001',
  kind: 'access-key',
  id: `AKIA${number}`,
  sessionAccessKeyId: 'ASIA1',
});
const hashOfNothing = createHash('sha256').digest('hex');
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

  test('a new journal begins with its first line, and each line has the number and the hash that its place gives it', async () => {
    const files = await written(2);
    const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex');
    const [one = '', two = '', ...rest] = textOf(files).split('\n');
    expect(JSON.parse(one)).toEqual({ seq: 0, ...intent(0), at: '2026-01-31T09:30:00.000Z', prev: hashOf('') });
    expect(JSON.parse(two)).toEqual({ seq: 1, ...intent(1), at: '2026-01-31T09:30:00.000Z', prev: hashOf(one) });
    expect(rest).toEqual(['']);
  });

  test('an event is dated by the clock, whatever it says itself', async () => {
    const files = memoryDisk();
    const journal = await open(files);
    const dated = { ...intent(1), at: '1999-01-01T00:00:00.000Z' };
    await journal.record(dated);
    expect(readJournal(textOf(files))).toMatchObject({ flaw: null, lines: [{ at: '2026-01-31T09:30:00.000Z' }] });
  });

  test('a journal that is gone on with keeps what it holds, and its next line follows from the last', async () => {
    const files = await written(2);
    const before = textOf(files);
    const journal = await open(files);
    expect(textOf(files)).toBe(before);
    await journal.record(intent(2));
    expect(textOf(files)).toBe(textOf(await written(3)));
  });

  test('says where it is, and lets go of its file', async () => {
    const disk = memoryDisk();
    let isClosed = false;
    const openAppend = async (name: string) => ({
      ...(await disk.openAppend(name)),
      close: async () => {
        isClosed = true;
      },
    });
    const journal = await openJournal({ ...disk, openAppend }, 'run-1', virtualClock(), english.entryOf);
    expect(journal.path).toBe('/state/runs/run-1.jsonl');
    expect(isClosed).toBe(false);
    await journal.close();
    expect(isClosed).toBe(true);
  });

  test('the failure names the journal and the run to go on with, or none where a run cannot be gone on with', async () => {
    for (const isResumable of [true, false]) {
      const files = memoryDisk();
      files.onAppend = () => Promise.reject(new Error('ENOSPC'));
      const journal = await openJournal(files, 'run-1', virtualClock(), english.entryOf, isResumable);
      const data = {
        path: '/state/runs/run-1.jsonl',
        why: { is: 'system', said: 'ENOSPC' },
        runId: isResumable ? 'run-1' : null,
      };
      await expect(journal.record(intent(1))).rejects.toMatchObject({
        problem: { data },
        cause: { message: 'ENOSPC' },
      });
    }
  });

  test('what was written before the first failure stays, and nothing is written after it', async () => {
    const files = memoryDisk();
    const journal = await open(files);
    await journal.record(intent(1));
    const before = textOf(files);
    files.onAppend = () => Promise.reject(new Error('EIO'));
    await expect(journal.record(intent(2))).rejects.toThrow('EIO');
    delete files.onAppend;
    for (const number of [3, 4]) await expect(journal.record(intent(number))).rejects.toThrow('EIO');
    expect(textOf(files)).toBe(before);
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

  const linesOf = async (count: number) =>
    textOf(await written(count))
      .trimEnd()
      .split('\n');

  test.each<[string, (line: string) => string, object]>([
    ['is no JSON', (line) => line.slice(1), { is: 'alien', line: 2 }],
    ['is no event', (line) => line.replace('"intent"', '"attempt"'), { is: 'alien', line: 2 }],
    ['is JSON but no object', () => 'null', { is: 'alien', line: 2 }],
    ['is empty', () => '', { is: 'alien', line: 2 }],
    ['says something else', (line) => line.replace('AKIA1', 'AKIA7'), { is: 'torn', line: 3 }],
    ['has another number', (line) => line.replace('"seq":1', '"seq":7'), { is: 'torn', line: 2 }],
    [
      'does not follow from the one before',
      (line) => line.replace(/"prev":"[^"]+"/u, `"prev":"${'0'.repeat(64)}"`),
      { is: 'torn', line: 2 },
    ],
  ])('a line that %s is a flaw, and its number is said', async (_name, change, flaw) => {
    const lines = await linesOf(4);
    const text = lines.map((line, index) => `${index === 1 ? change(line) : line}\n`).join('');
    expect(readJournal(text)).toMatchObject({ flaw, isCut: false });
  });

  test('the first flaw is the one that is said', async () => {
    const [one = '', two = '', three = '', four = ''] = await linesOf(4);
    expect(readJournal(`${[one, 'x', three, 'y', four].join('\n')}\n`).flaw).toEqual({ is: 'alien', line: 2 });
    expect(readJournal(`${[one, three, two, four].join('\n')}\n`).flaw).toEqual({ is: 'torn', line: 2 });
  });

  test('a line with the right hash and the wrong number follows from nothing', async () => {
    const [one = '', two = ''] = await linesOf(2);
    expect(readJournal(`${one}\n${two.replace('"seq":1', '"seq":2')}\n`).flaw).toEqual({ is: 'torn', line: 2 });
  });

  test('a last line that lacks only its end of line is whole', async () => {
    const text = textOf(await written(2));
    expect(readJournal(text.trimEnd())).toEqual(readJournal(text));
    expect(readJournal(text)).toMatchObject({ flaw: null, isCut: false, lines: { length: 2 } });
  });

  test('what a crash cut off in the middle is vouched for by the next whole line alone', async () => {
    const files = await written(2);
    const cut = textOf(files).slice(0, -20);
    files.contents.set('runs/run-1.jsonl', cut);
    await (await open(files)).record(intent(9));
    const resumed = textOf(files);
    expect(readJournal(resumed)).toMatchObject({ flaw: null, isCut: false });
    const forged = resumed.replace(cut.slice(-20), 'x'.repeat(20));
    expect(readJournal(forged)).toMatchObject({ flaw: { is: 'alien', line: 2 }, isCut: false });
  });

  describe('the line of a plan', () => {
    const plan = {
      seq: 0,
      event: 'plan',
      hash: 'x',
      plan: { any: 'thing' },
      decided: 5,
      at: 'then',
      prev: hashOfNothing,
    };

    test('is read whatever its plan holds, which is looked at by whoever wants it', () => {
      expect(readJournal(JSON.stringify(plan))).toEqual({ lines: [plan], flaw: null, isCut: false });
    });

    test.each<[string, object]>([
      ...['seq', 'prev', 'hash', 'plan', 'at'].map((field): [string, object] => [
        `without its ${field}`,
        { ...plan, [field]: undefined },
      ]),
      ['that is not dated by a text', { ...plan, at: 5 }],
      ['that is called otherwise', { ...plan, event: 'plans' }],
    ])('%s is none', (_name, line) => {
      expect(readJournal(`${JSON.stringify(line)}\n`).lines).toEqual([]);
    });
  });

  test('a problem in a line is held as the problem, not as its sentences', async () => {
    const files = memoryDisk();
    const journal = await open(files);
    const error = problem('Unanswered', { runId: 'run-1' });
    await journal.record({ event: 'end', state: 'interrupted', summary: {}, error });
    expect(textOf(files)).toContain('"message":');
    expect(readJournal(textOf(files)).lines).toMatchObject([{ error }]);
  });

  test('journals are those files that are called so, by the names of their runs', async () => {
    const files = await written(1);
    for (const name of ['runs/run-2.jsonl', 'runs/README', 'runs/x.jsonl.new-1', 'backups/y.jsonl']) {
      files.contents.set(name, '');
    }
    expect(await listRunIds(files)).toEqual(['run-1', 'run-2']);
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
