import { expect, test } from 'vitest';
import { type DiskWatch, memoryDisk, openDisk } from '../../harness/disk.ts';

function watched(fate: ReturnType<DiskWatch['beforeAppend']> = 'write') {
  let isDead = false;
  const watch: DiskWatch = {
    beforeAppend: () => fate,
    onDurable: () => {},
    isDead: () => isDead,
    die: () => {
      isDead = true;
    },
    flush: async () => {},
  };
  const disk = memoryDisk();
  return { disk, files: openDisk(disk, watch), isDead: () => isDead };
}

test('a full disk keeps what fits and refuses the rest, now and later', async () => {
  const { disk, files } = watched();
  disk.freeBytes = 5;
  const file = await files.openAppend('runs/a.jsonl');
  await expect(file.append('1234567')).rejects.toMatchObject({ code: 'ENOSPC' });
  await expect(file.append('8')).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(disk.contents.get('runs/a.jsonl')).toBe('12345');
});

test.each([
  ['die-before', ''],
  ['die-torn', 'abc'],
  ['die-after', 'abcdef'],
] as const)('a process killed at a write leaves what the disk had: %s', async (fate, left) => {
  const { disk, files, isDead } = watched(fate);
  const file = await files.openAppend('runs/a.jsonl');
  let isAnswered = false;
  void file.append('abcdef').then(() => {
    isAnswered = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect({ left: disk.contents.get('runs/a.jsonl'), isAnswered, isDead: isDead() }).toEqual({
    left,
    isAnswered: false,
    isDead: true,
  });
});

test('a file is created once', async () => {
  const { files } = watched();
  expect(await files.create('locks/o.json', '1')).toBe(true);
  expect(await files.create('locks/o.json', '2')).toBe(false);
  expect(await files.read('locks/o.json')).toBe('1');
  expect(await files.list('locks')).toEqual(['o.json']);
});

test('what the disk does at an append is done before it counts, and its error is the answer', async () => {
  const disk = memoryDisk();
  const file = await disk.openAppend('runs/a.jsonl');
  await file.append('1');
  disk.onAppend = async (name, text) => {
    throw new Error(`${name}: no room for ${text}`);
  };
  await expect(file.append('2')).rejects.toThrow('runs/a.jsonl: no room for 2');
  delete disk.onAppend;
  await file.append('3');
  expect(await disk.read('runs/a.jsonl')).toBe('13');
});

test('two processes see the same disk, and the end of one is not the end of the other', async () => {
  const { disk, files } = watched('die-after');
  void (await files.openAppend('runs/a.jsonl')).append('x');
  await new Promise((resolve) => setImmediate(resolve));
  expect(await disk.read('runs/a.jsonl')).toBe('x');
});
