import { readdirSync, readlinkSync } from 'node:fs';
import {
  chmod,
  chown,
  lchown,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { problemError } from '../../src/problems/index.ts';
import { diskFiles, placeOfFile, replaceFile, stateFolderUnwritable } from '../../src/run/files.ts';

/** Within a folder of its own, so that a mistake in what is tested closes that one to others, and not the system's. */
async function folder(): Promise<string> {
  const around = await mkdtemp(join(tmpdir(), 'rootctl-files-'));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  const path = join(around, 'base');
  await mkdir(path, { mode: 0o700 });
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

test('a touch changes the time of a file and nothing else, and makes none', async () => {
  const files = diskFiles(await folder());
  await files.create('lock', 'held');
  for (const atMs of [1_767_225_600_123, 1_000_000_000_000]) {
    await files.touch('lock', atMs);
    expect(await files.touchedAt('lock')).toBeCloseTo(atMs, 0);
  }
  expect(await files.read('lock')).toBe('held');
  await files.touch('nothing', 0);
  expect(await files.touchedAt('nothing')).toBeNull();
  expect(await readdir(files.folder)).toEqual(['lock']);
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

/** Root may give files to others, and may write where nobody may. */
const isRoot = process.getuid?.() === 0;

/** A file that is neither a file nor a folder nor a link. */
async function socketAt(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
}

test('what is neither file nor folder nor link is not replaced, and not listed as a place for a file', async () => {
  const path = join(await folder(), 's');
  await socketAt(path);
  const refused = { problem: { code: 'UnusableFile', data: { why: { is: 'no-file', path } } } };
  await expect(replaceFile(path, 'new')).rejects.toMatchObject(refused);
  await expect(placeOfFile(path)).rejects.toMatchObject(refused);
});

test("what an earlier process of the same id left half-written is in nobody's way", async () => {
  const base = await folder();
  const path = join(base, 'x');
  await writeFile(`${path}.new-${process.pid}`, 'half');
  await replaceFile(path, 'whole');
  expect([await readFile(path, 'utf8'), await readdir(base)]).toEqual(['whole', ['x']]);
  await writeFile(join(base, `lock.new-${process.pid}`), 'half');
  expect(await diskFiles(base).create('lock', 'whole')).toBe(true);
  expect([await readFile(join(base, 'lock'), 'utf8'), await readdir(base)]).toEqual(['whole', ['lock', 'x']]);
});

describe('a file that cannot be replaced', () => {
  test('is told by its own name, in the words of the system', async () => {
    const path = join(await folder(), 'missing', 'plan.json');
    const error = await replaceFile(path, 'x').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: `ENOENT: no such file or directory, open '${path}'`,
      code: 'ENOENT',
      syscall: 'open',
      errno: -2,
      cause: { message: expect.stringContaining('.new-') },
    });
    const below = join(await folder(), 'file');
    await writeFile(below, '');
    await expect(replaceFile(join(below, 'x'), 'y')).rejects.toThrow('ENOTDIR');
  });

  test.each<[string, unknown]>([
    ['a mistake of ours', new Error('no second piece')],
    ['an error of the system that is not known', Object.assign(new Error('odd'), { errno: -99_999, syscall: 'open' })],
    ['an error that only looks like one', Object.assign(new Error('odd'), { errno: -2 })],
    ['another that does', Object.assign(new Error('odd'), { syscall: 'open' })],
    ['what is no error', 'odd'],
  ])('because of %s tells that as it is', async (_name, thrown) => {
    function* pieces(): Generator<string> {
      yield 'x';
      throw thrown;
    }
    const base = await folder();
    expect(await replaceFile(join(base, 'x'), pieces()).catch((error: unknown) => error)).toBe(thrown);
    expect(await readdir(base)).toEqual([]);
  });
});

describe('the place of a file', () => {
  test('is the same for every way to write it, whether it is there or not', async () => {
    const base = await folder();
    await mkdir(join(base, 'real'));
    await symlink(join(base, 'real'), join(base, 'link'));
    await writeFile(join(base, 'real', 'old'), '');
    for (const name of ['old', 'new']) {
      const place = join(base, 'real', name);
      for (const path of [
        place,
        join(base, 'link', name),
        relative(process.cwd(), place),
        `${base}/real/../real/${name}`,
      ]) {
        expect(await placeOfFile(path), path).toBe(place);
      }
    }
  });

  test('is none where a folder or a link stands, or where there is no folder', async () => {
    const base = await folder();
    await mkdir(join(base, 'folder'));
    await symlink('nowhere', join(base, 'link'));
    for (const is of ['folder', 'link']) {
      const path = join(base, is);
      await expect(placeOfFile(path)).rejects.toMatchObject({ problem: { data: { why: { is, path } } } });
    }
    await expect(placeOfFile(join(base, 'missing', 'x'))).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(join(base, 'file'), '');
    await expect(placeOfFile(join(base, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  test.skipIf(isRoot)('is none in a folder that takes no entries', async () => {
    const base = await folder();
    await chmod(base, 0o500);
    await expect(placeOfFile(join(base, 'x'))).rejects.toMatchObject({ code: 'EACCES' });
  });
});

test('a state folder that cannot be used is told with why, unless that is said already', () => {
  const folderName = '/state';
  const cause = new Error('EROFS: read-only file system');
  expect(stateFolderUnwritable(folderName, cause)).toMatchObject({
    problem: {
      code: 'StateFolderUnwritable',
      data: { folder: folderName, why: { is: 'system', said: cause.message } },
    },
    cause,
  });
  const said = problemError('StateFolderInsecure', { folder: folderName, uid: 5 });
  expect(stateFolderUnwritable('/other', said)).toBe(said);
  const unwritable = stateFolderUnwritable(folderName, cause);
  expect(stateFolderUnwritable('/other', unwritable)).toBe(unwritable);
  const link = problemError('UnusableFile', { why: { is: 'link', path: null } });
  expect(stateFolderUnwritable(folderName, link)).toMatchObject({
    problem: { code: 'StateFolderUnwritable', data: { why: { is: 'link', path: null } } },
  });
});

describe('whose a folder is', () => {
  test('does not matter where the system knows no users: nothing is refused, closed or said', async () => {
    const base = await folder();
    await writeFile(join(base, 'x'), '1');
    for (const path of [join(base, 'x'), base]) await chmod(path, 0o755);
    const said: string[] = [];
    const files = diskFiles(base, { userId: null, onTightened: (path) => said.push(path) });
    expect(await files.read('x')).toBe('1');
    expect([said, await modeOf(base), await modeOf(join(base, 'x'))]).toEqual([[], 0o755, 0o755]);
  });

  test('a folder that was open to others is said once', async () => {
    const base = await folder();
    const said: string[] = [];
    const files = diskFiles(base, { onTightened: (path) => said.push(path) });
    await chmod(base, 0o755);
    await files.read('x');
    await chmod(base, 0o755);
    await files.read('x');
    expect(said).toEqual([base]);
  });

  test('a folder of ours alone is nothing to speak of', async () => {
    const said: string[] = [];
    await diskFiles(await folder(), { onTightened: (path) => said.push(path) }).create('x', '1');
    expect(said).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('a folder that cannot be closed to others is refused', async () => {
    const open_ = `/proc/${process.pid}`; // the system lets nobody change its mode
    await expect(diskFiles(open_).read('x')).rejects.toMatchObject({
      problem: { code: 'StateFolderInsecure', data: { folder: open_, uid: null } },
    });
  });

  test.runIf(isRoot)(
    'a link of another user is refused, wherever it leads, and so is a file in a folder of ours',
    async () => {
      const base = await folder();
      await mkdir(join(base, 'real'), { mode: 0o700 });
      await symlink(join(base, 'real'), join(base, 'link'));
      await lchown(join(base, 'link'), 65_534, 65_534);
      const insecure = (folderName: string) => ({
        problem: { code: 'StateFolderInsecure', data: { folder: folderName, uid: 65_534 } },
      });
      await expect(diskFiles(join(base, 'link')).read('x')).rejects.toMatchObject(insecure(join(base, 'link')));
      await mkdir(join(base, 'theirs'), { mode: 0o700 });
      await chown(join(base, 'theirs'), 65_534, 65_534);
      await symlink(join(base, 'theirs'), join(base, 'ours'));
      await expect(diskFiles(join(base, 'ours')).read('x')).rejects.toMatchObject(insecure(join(base, 'ours')));
      await writeFile(join(base, 'real', 'x'), '1');
      await chown(join(base, 'real', 'x'), 65_534, 65_534);
      const files = diskFiles(join(base, 'real'));
      for (const use of [() => files.read('x'), () => files.openAppend('x')]) {
        await expect(use()).rejects.toMatchObject({ problem: { data: { why: { is: 'foreign', uid: 65_534 } } } });
      }
    },
  );
});

test('what stands in the place of a file is said: a folder', async () => {
  const files = diskFiles(await folder());
  await mkdir(join(files.folder, 'x'));
  const refused = { problem: { code: 'UnusableFile', data: { why: { is: 'folder', path: null } } } };
  await expect(files.read('x')).rejects.toMatchObject(refused);
  await expect(files.openAppend('x')).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(files.replace('x', '')).rejects.toMatchObject({ problem: { data: { why: { is: 'folder' } } } });
  expect(await files.create('x', '')).toBe(false);
});

test('the files of a folder are listed in the order of their names, once it is closed to others', async () => {
  const files = diskFiles(await folder());
  for (const name of ['c', 'a', 'e', 'b', 'd']) await files.replace(`runs/${name}`, '');
  expect(await files.list('runs')).toEqual(['a', 'b', 'c', 'd', 'e']);
  await chmod(join(files.folder, 'runs'), 0o755);
  expect(await diskFiles(files.folder).list('runs')).toHaveLength(5);
  expect(await modeOf(join(files.folder, 'runs'))).toBe(0o700);
});

test('a folder for a state that is a file is an error, and so is one that cannot be listed', async () => {
  const base = await folder();
  await writeFile(join(base, 'file'), '');
  await chmod(join(base, 'file'), 0o644);
  const files = diskFiles(join(base, 'file'));
  await expect(files.list('runs')).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(files.replace('runs/x', '')).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(files.openAppend('runs/x')).rejects.toMatchObject({ code: 'ENOTDIR' });
  expect([await readFile(join(base, 'file'), 'utf8'), await modeOf(join(base, 'file'))]).toEqual(['', 0o644]);
});

test('what is written is on the disk before anybody is told so, and the name of a new file too', async () => {
  const base = await folder();
  const handle = await open(base);
  const prototype: Awaited<ReturnType<typeof open>> = Object.getPrototypeOf(handle);
  await handle.close();
  const flushes = [vi.spyOn(prototype, 'datasync'), vi.spyOn(prototype, 'sync')] as const;
  onTestFinished(() => {
    for (const spy of flushes) spy.mockRestore();
  });
  const counted = async (work: () => Promise<unknown>): Promise<readonly number[]> => {
    for (const spy of flushes) spy.mockClear();
    await work();
    return flushes.map((spy) => spy.mock.calls.length);
  };
  const files = diskFiles(base);
  expect(await counted(() => files.create('created', 'x')), 'create').toEqual([1, 1]);
  expect(await counted(() => files.replace('replaced', 'x')), 'replace').toEqual([1, 1]);
  const file = await files.openAppend('appended');
  expect(await counted(() => file.append('x')), 'append').toEqual([1, 0]);
  await file.close();
  expect(await counted(async () => (await files.openAppend('more')).close()), 'openAppend').toEqual([0, 1]);
});

test.skipIf(process.platform !== 'linux')('no file is left open, however its use ended', async () => {
  const base = await folder();
  const left = (): readonly string[] =>
    readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        const path = readlinkSync(`/proc/self/fd/${fd}`);
        return path.startsWith(base) ? [basename(path)] : [];
      } catch {
        return []; // the one that was read by
      }
    });
  const files = diskFiles(base);
  await files.create('a', 'x');
  await files.replace('b', 'x');
  await mkdir(join(base, 'folder'));
  expect(await files.read('a')).toBe('x');
  await expect(files.read('folder')).rejects.toMatchObject({ problem: { code: 'UnusableFile' } });
  const file = await files.openAppend('c');
  expect(left()).toEqual(['c']);
  await file.close();
  expect(left()).toEqual([]);
});

test('what was removed is gone, and nothing else', async () => {
  const files = diskFiles(await folder());
  await files.create('a', 'x');
  await files.create('b', 'x');
  await files.remove('a');
  expect(await readdir(files.folder)).toEqual(['b']);
});
