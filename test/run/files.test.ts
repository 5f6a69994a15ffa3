import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { diskFiles } from '../../src/run/files.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'rootctl-files-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('folders are 0700 and files 0600', async () => {
  const base = await folder();
  const files = diskFiles(join(base, 'state'));
  await files.create('a/new', 'x');
  await files.replace('b/replaced', 'x');
  const file = await files.openAppend('c/appended');
  await file.append('x');
  await file.close();
  for (const name of ['a/new', 'b/replaced', 'c/appended']) {
    expect((await stat(join(base, 'state', name))).mode & 0o777, name).toBe(0o600);
    expect((await stat(join(base, 'state', name, '..'))).mode & 0o777, name).toBe(0o700);
  }
});

test('create says whether it was the first; replace leaves nothing beside; append appends', async () => {
  const files = diskFiles(await folder());
  expect(await files.create('lock', '1')).toBe(true);
  expect(await files.create('lock', '2')).toBe(false);
  expect(await files.read('lock')).toBe('1');
  await files.replace('lock', '3');
  expect(await files.read('lock')).toBe('3');
  expect(await readdir(files.folder)).toEqual(['lock']);
  const file = await files.openAppend('lock');
  await file.append('4');
  await file.append('5');
  await file.close();
  expect(await files.read('lock')).toBe('345');
  await files.remove('lock');
  await files.remove('lock');
  expect(await files.read('lock')).toBeNull();
});

test('what is not there is empty, what cannot be read is an error', async () => {
  const base = await folder();
  const files = diskFiles(base);
  expect(await files.list('runs')).toEqual([]);
  await writeFile(join(base, 'file'), '');
  await expect(files.read('file/below')).rejects.toThrow('ENOTDIR');
  await expect(files.create('file/below', '')).rejects.toThrow();
});
