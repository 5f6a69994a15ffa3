import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { diskFiles, replaceFile } from '../../src/run/files.ts';

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

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test.each([[0o777], [0o755], [0o770], [0o701]])(
  'a folder that was there with mode %o is closed and said',
  async (mode) => {
    const base = await folder();
    await mkdir(join(base, 'runs'));
    await writeFile(join(base, 'runs/x.jsonl'), 'x');
    for (const path of ['runs/x.jsonl', 'runs', '.']) await chmod(join(base, path), mode);
    const said: string[] = [];
    const files = diskFiles(base, { onTightened: (path, was) => said.push(`${path} ${was.toString(8)}`) });
    expect(await files.read('runs/x.jsonl')).toBe('x');
    expect(await files.list('runs')).toEqual(['x.jsonl']);
    expect(said).toEqual([`${base} ${mode.toString(8)}`, `${join(base, 'runs')} ${mode.toString(8)}`]);
    expect([await modeOf(base), await modeOf(join(base, 'runs'))]).toEqual([0o700, 0o700]);
    expect(await modeOf(join(base, 'runs/x.jsonl'))).toBe(0o600);
  },
);

test("another user's folder is refused, read or written, and so is a link to one", async () => {
  const base = await folder();
  const mine = process.getuid?.() ?? 0;
  await symlink(base, join(base, 'link'));
  for (const files of [diskFiles(base, { userId: mine + 1 }), diskFiles(join(base, 'link'), { userId: mine + 1 })]) {
    const uses = [
      () => files.read('x'),
      () => files.list('runs'),
      () => files.create('x', ''),
      () => files.openAppend('x'),
      () => files.replace('x', ''),
    ];
    for (const use of uses) {
      const refused = use();
      await expect(refused).rejects.toMatchObject({ problem: { code: 'StateFolderInsecure', data: { uid: mine } } });
    }
  }
  expect(await readdir(base)).toEqual(['link']);
});

test('a link to a folder of ours is one of ours', async () => {
  const base = await folder();
  await mkdir(join(base, 'real'));
  await symlink(join(base, 'real'), join(base, 'state'));
  expect(await diskFiles(join(base, 'state')).create('x', '1')).toBe(true);
  expect(await modeOf(join(base, 'real'))).toBe(0o700);
});

test('no link is followed out of the folder, to read or to append', async () => {
  const base = await folder();
  await writeFile(join(base, 'elsewhere'), 'secret');
  await mkdir(join(base, 'state'));
  await symlink(join(base, 'elsewhere'), join(base, 'state/x'));
  const files = diskFiles(join(base, 'state'));
  await expect(files.read('x')).rejects.toMatchObject({ problem: { data: { why: { is: 'link', path: null } } } });
  await expect(files.openAppend('x')).rejects.toMatchObject({ problem: { data: { why: { is: 'link', path: null } } } });
  await expect(files.replace('x', '')).rejects.toMatchObject({ problem: { data: { why: { is: 'link' } } } });
  expect(await files.create('x', '')).toBe(false);
  expect(await readFile(join(base, 'elsewhere'), 'utf8')).toBe('secret');
});

test('a replaced file is a new one of mode 0600, and whoever kept the old one keeps the old one', async () => {
  const base = await folder();
  const path = join(base, 'plan.json');
  await writeFile(path, 'old', { mode: 0o644 });
  await link(path, join(base, 'kept'));
  await replaceFile(path, 'new');
  expect([await readFile(path, 'utf8'), await readFile(join(base, 'kept'), 'utf8')]).toEqual(['new', 'old']);
  expect(await modeOf(path)).toBe(0o600);
  expect((await readdir(base)).sort()).toEqual(['kept', 'plan.json']);
});

test.each([
  ['a symbolic link', (path: string) => symlink('/dev/null', path), 'link'],
  ['a folder', (path: string) => mkdir(path), 'folder'],
])('%s is not replaced', async (_name, make, is) => {
  const base = await folder();
  await make(join(base, 'x'));
  await expect(replaceFile(join(base, 'x'), 'new')).rejects.toMatchObject({
    problem: { data: { why: { is, path: join(base, 'x') } } },
  });
  expect(await readdir(base)).toEqual(['x']);
});

test('a file that comes in pieces is replaced when all of them are there, and stays as it was when one fails', async () => {
  const base = await folder();
  const path = join(base, 'status.json');
  function* pieces(isWhole: boolean): Generator<string> {
    yield 'アカウント ';
    if (!isWhole) throw new Error('no second piece');
    yield 'of many';
  }
  await replaceFile(path, pieces(true));
  expect(await readFile(path, 'utf8')).toBe('アカウント of many');
  await expect(replaceFile(path, pieces(false))).rejects.toThrow('no second piece');
  expect(await readFile(path, 'utf8')).toBe('アカウント of many');
  expect(await readdir(base)).toEqual(['status.json']);
});
