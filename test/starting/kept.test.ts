import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Compiled, type CompiledFiles, compiledFilesIn, isUsable } from '../../src/starting/kept.ts';
import { keeping } from '../../src/starting/start.ts';
import { holds } from '../support/properties.ts';

const user = process.geteuid?.();
const text = Buffer.from('(function(){})');
const compiled: Compiled = { data: Buffer.from('what V8 made of it'), runs: ['status 0'] };

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rootctl-kept-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('what was compiled is read again', () => {
  test('by the same Node, of the same text, by its user alone', async () => {
    const folder = join(await makeFolder(), 'cache/rootctl');
    const files = compiledFilesIn(folder, 'v20 x64', user);
    files.write('main', text, compiled);
    expect(files.read('main', text)).toEqual(compiled);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'main.compiled')).mode & 0o777).toBe(0o600);
    expect(files.read('work', text)).toBeNull();
  });

  test.each<[string, (files: CompiledFiles, folder: string) => Compiled | null]>([
    ['of another text of the same length', (files) => files.read('main', Buffer.from('(function(){ }'))],
    ['by another Node', (_, folder) => compiledFilesIn(folder, 'v22 x64', user).read('main', text)],
    ['by another user', (_, folder) => compiledFilesIn(folder, 'v20 x64', (user ?? 0) + 1).read('main', text)],
    [
      'in a folder that others can write to',
      (files, folder) => {
        chmodSync(folder, 0o722);
        return files.read('main', text);
      },
    ],
    [
      'in a folder that others can look into: it may once have been open to them',
      (files, folder) => {
        chmodSync(folder, 0o755);
        files.write('work', text, compiled);
        expect(readdirSync(folder)).toEqual(['main.compiled']);
        return files.read('main', text);
      },
    ],
    [
      'from a file that others can write to',
      (files, folder) => {
        chmodSync(join(folder, 'main.compiled'), 0o620);
        return files.read('main', text);
      },
    ],
    [
      'through a link',
      (files, folder) => {
        symlinkSync('main.compiled', join(folder, 'linked.compiled'));
        return files.read('linked', text);
      },
    ],
  ])('but not %s', async (_, read) => {
    const folder = join(await makeFolder(), 'rootctl');
    const files = compiledFilesIn(folder, 'v20 x64', user);
    files.write('main', text, compiled);
    expect(read(files, folder)).toBeNull();
  });

  test('but not damaged, wherever and however', async () => {
    const folder = join(await makeFolder(), 'rootctl');
    const files = compiledFilesIn(folder, 'v20 x64', user);
    files.write('main', text, compiled);
    const path = join(folder, 'main.compiled');
    const whole = readFileSync(path);
    const damaged = fc.oneof(
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        return bytes;
      }),
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.json().map((json) => Buffer.from(`${json}\n`)),
    );
    holds(
      fc.property(damaged, (bytes) => {
        writeFileSync(path, bytes);
        const read = files.read('main', text);
        // What ran is no code: another word there makes nothing run that should not.
        if (read !== null) expect(read.data).toEqual(compiled.data);
      }),
      500,
    );
  });
});

describe('nothing is kept, and nothing said', () => {
  test('where there is no home, or one of somebody else', async () => {
    const folder = await makeFolder();
    expect(isUsable(join(folder, 'nobody/.cache/rootctl'), user)).toBe(false);
    expect(isUsable(join(folder, '.cache/rootctl'), (user ?? 0) + 1)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    expect(isUsable(join(folder, '.cache/rootctl'), user)).toBe(true);
  });

  test('where the folder is a file, or a link that leads elsewhere', async () => {
    const folder = await makeFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync('elsewhere', join(folder, 'link'));
    for (const name of ['file', 'link', 'file/below']) {
      const files = compiledFilesIn(join(folder, name), 'v20 x64', user);
      files.write('main', text, compiled);
      files.tidy(['main']);
      expect(files.read('main', text)).toBeNull();
    }
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });
});

test('what an earlier version left is removed, and nothing else', async () => {
  const folder = join(await makeFolder(), 'rootctl');
  const files = compiledFilesIn(folder, 'v20 x64', user);
  for (const name of ['main', 'words-1', 'words-2']) files.write(name, text, compiled);
  writeFileSync(join(folder, 'main.compiled.123'), 'half');
  writeFileSync(join(folder, 'v22.1.0-x64-1234-0'), "Node's own");
  files.tidy(['main', 'words-2']);
  expect(readdirSync(folder).sort()).toEqual(['main.compiled', 'v22.1.0-x64-1234-0', 'words-2.compiled']);
});

describe('a program whose files are compiled from what was kept', () => {
  async function makeProgram() {
    const folder = await makeFolder();
    const change = (name: string, code: string): void => writeFileSync(join(folder, `${name}.cjs`), code);
    change('main', 'exports.say = (word) => require("./words.cjs").greeting + " " + word;');
    change('words', 'exports.greeting = "hello";');
    const kept = new Map<string, Compiled & { readonly text: Buffer }>();
    const files: CompiledFiles = {
      read: (name, of) => {
        const known = kept.get(name);
        return known?.text.equals(of) ? known : null;
      },
      write: (name, of, what) => void kept.set(name, { ...what, text: of }),
      tidy: (names) => {
        for (const name of kept.keys()) if (!names.includes(name)) kept.delete(name);
      },
    };
    const runs = () => Object.fromEntries([...kept].map(([name, known]) => [name, known.runs]));
    const run = (word: string, label: string): unknown => {
      const { load, keep } = keeping(folder, files);
      const { say } = load('main') as { say: (word: string) => string };
      const said = say(word);
      keep(label);
      return said;
    };
    return { folder, change, kept, runs, run, files };
  }

  test('says the same, the first time and later', async () => {
    const { run, runs } = await makeProgram();
    expect(['you', 'me'].map((word) => run(word, 'say 0'))).toEqual(['hello you', 'hello me']);
    expect(runs()).toEqual({ main: ['say 0'], words: ['say 0'] });
  });

  test('V8 takes what was kept', async () => {
    const { run, kept, runs } = await makeProgram();
    run('you', 'say 0');
    const before = kept.get('main')?.data;
    run('you', 'say 0');
    // What V8 refuses is compiled, and kept, anew.
    expect(kept.get('main')?.data).toBe(before);
    run('you', 'say 1');
    expect(runs()).toEqual({ main: ['say 0', 'say 1'], words: ['say 0', 'say 1'] });
  });

  test('runs what the files say now', async () => {
    const { run, change } = await makeProgram();
    run('you', 'say 0');
    change('words', 'exports.greeting = "adieu";');
    expect(run('you', 'say 0')).toBe('adieu you');
  });

  test('runs, and keeps anew, where V8 refuses what was kept', async () => {
    const { run, kept, change } = await makeProgram();
    run('you', 'say 0');
    const known = kept.get('words');
    if (known === undefined) throw new Error('nothing was kept');
    // Another text, because V8 remembers what it has compiled in this process.
    change('words', 'exports.greeting = "howdy";');
    const data = Buffer.alloc(known.data.length);
    kept.set('words', { ...known, data, text: Buffer.from(known.text.toString().replace('hello', 'howdy')) });
    expect(run('you', 'say 0')).toBe('howdy you');
    expect(kept.get('words')?.data).not.toEqual(data);
  });

  test('lets go of what it has no more', async () => {
    const { run, kept, change } = await makeProgram();
    kept.set('words-before', { text, ...compiled });
    run('you', 'say 0');
    expect([...kept.keys()].sort()).toEqual(['main', 'words']);
    change('main', 'exports.say = (word) => word;');
    run('you', 'say 0');
    expect([...kept.keys()].sort()).toEqual(['main', 'words']);
  });

  test('is kept under the flags of V8 that it started with: a start with other ones would refuse it', async () => {
    const { folder, files, kept } = await makeProgram();
    const run = (): void => {
      const { load, keep } = keeping(folder, files);
      load('main');
      setFlagsFromString('--heap-growing-percent=50');
      onTestFinished(() => setFlagsFromString('--heap-growing-percent=0'));
      keep('say 0');
    };
    run();
    const known = kept.get('main');
    if (known === undefined) throw new Error('nothing was kept');
    // Of the same length, which is all that V8 compares: another text, because it remembers what it has compiled here.
    const script = new Script(known.text.toString().replace('say', 'cry'), { cachedData: known.data });
    expect(script.cachedDataRejected).toBe(false);
  });

  test('is not kept where other flags of V8 cannot be taken back', async () => {
    const { folder, files, kept } = await makeProgram();
    const { load, keep } = keeping(folder, files);
    load('main');
    setFlagsFromString('--max-lazy');
    onTestFinished(() => setFlagsFromString('--no-max-lazy'));
    keep('say 0');
    expect(kept.size).toBe(0);
  });

  test('of many different runs a file takes the functions of the first ones', async () => {
    const { run, runs } = await makeProgram();
    for (let code = 0; code < 40; code += 1) run('you', `say ${code}`);
    expect(runs()['main']).toHaveLength(32);
  });

  test('ends as it ended, whatever becomes of what is kept', async () => {
    const { folder, files } = await makeProgram();
    const full = () => {
      throw new Error('the disk is full');
    };
    const { load, keep } = keeping(folder, { ...files, write: full, tidy: full });
    load('main');
    expect(() => keep('say 0')).not.toThrow();
    rmSync(folder, { recursive: true });
    expect(() => keep('say 1')).not.toThrow();
  });

  test('a long run keeps nothing', async () => {
    const { folder, files, kept } = await makeProgram();
    const { load, keep } = keeping(folder, files);
    load('main');
    keep(null);
    expect(kept.size).toBe(0);
  });

  test('what could not be read once is read again', async () => {
    const { folder, files, change } = await makeProgram();
    const { load } = keeping(folder, files);
    expect(() => load('later')).toThrow('ENOENT');
    change('later', 'if (!globalThis.rootctlIsReady) throw new Error("not yet"); exports.answer = 42;');
    expect(() => load('later')).toThrow('not yet');
    Object.assign(globalThis, { rootctlIsReady: true });
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'rootctlIsReady'));
    expect(load('later')).toEqual({ answer: 42 });
  });

  test('what is read after memory was preferred to time is not kept', async () => {
    const { folder, files, runs } = await makeProgram();
    const { load, keep } = keeping(folder, files);
    load('main');
    setFlagsFromString('--heap-growing-percent=50');
    onTestFinished(() => setFlagsFromString('--heap-growing-percent=0'));
    (load('main') as { say: (word: string) => string }).say('you');
    keep('say 0');
    expect(runs()).toEqual({ main: ['say 0'] });
  });

  test('tells of a file that it has not', async () => {
    const { folder, files } = await makeProgram();
    expect(() => keeping(folder, files).load('missing')).toThrow('ENOENT');
  });
});
