import { expect, test } from 'vitest';
import { createDisk, type DiskWatch, openDisk } from '../../simulation/memory-files.ts';

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
  const disk = createDisk();
  return { disk, files: openDisk(disk, watch), isDead: () => isDead };
}

test('a full disk keeps what fits and refuses the rest, now and later', async () => {
  const { disk, files } = watched();
  disk.freeBytes = 5;
  const file = await files.openAppend('runs/a.jsonl');
  await expect(file.append('1234567')).rejects.toMatchObject({ code: 'ENOSPC' });
  await expect(file.append('8')).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(disk.files.get('runs/a.jsonl')).toBe('12345');
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
  expect({ left: disk.files.get('runs/a.jsonl'), isAnswered, isDead: isDead() }).toEqual({
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
