import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Home, makeHome, rootctl } from '../support/program.ts';
import { serve } from '../support/sandbox-server.ts';
import { scenarioOf } from '../support/scenarios.ts';

const listing = (home: Home, name = 'sandbox'): string => join(home.state, `completion/${name}.tsv`);
const read = (home: Home): Promise<string | null> => readFile(listing(home), 'utf8').catch(() => null);

describe('the listing that TAB reads', () => {
  test('is written by commands that list the organization, for this user alone, and by no other', async () => {
    for (const [command, ...more] of [
      ['status'],
      ['status', '-o', 'json'],
      ['delete', '--all', '--dry-run'],
      ['doctor'],
      ['recover', '444444444444', '--dry-run'],
      ['enable', '--delegated-admin', '444444444444', '--dry-run'],
    ]) {
      const home = await makeHome();
      await rootctl(['enable', '--sandbox'], { home });
      await rootctl(['explain', '--sandbox'], { home });
      await rootctl(['runs', '--sandbox'], { home });
      expect([command, await read(home)]).toEqual([command, null]);
      await rootctl([command ?? '', ...more, '--sandbox'], { home });
      const text = (await read(home)) ?? '';
      expect(text).toMatch(/^o-\w+\t\t\n(?:\d{12}\t[^\t\n]+\t[^\t\n]*\n)+(?:ou-[\w-]+\t[^\t\n]*\t[^\t\n]+\n)+$/u);
      expect((await stat(listing(home))).mode & 0o777).toBe(0o600);
      expect((await stat(join(home.state, 'completion'))).mode & 0o777).toBe(0o700);
      expect(await readdir(join(home.state, 'completion'))).toEqual(['sandbox.tsv']);
    }
  });

  test('costs no call, and keeps the names of OUs that an earlier command had read', async () => {
    const home = await makeHome();
    await rootctl(['enable', '--sandbox'], { home });
    await rootctl(['status', '--sandbox', '-o', 'json'], { home });
    expect(await read(home)).toMatch(/^ou-[\w-]+\t\tou-/mu); // ids: nobody had read the names
    await rootctl(['status', '--sandbox'], { home });
    const named = await read(home);
    expect(named).toMatch(/^ou-[\w-]+\tWorkloads\tWorkloads$/mu);
    await rootctl(['status', '--sandbox', '-o', 'json'], { home });
    expect(await read(home)).toBe(named);
  });

  test('is of the whole organization whatever was selected, also when the selection was a mistake', async () => {
    const home = await makeHome();
    await rootctl(['enable', '--sandbox'], { home });
    const { code } = await rootctl(['status', '444444444444', '--sandbox'], { home });
    expect(code).toBe(0);
    const whole = await read(home);
    expect(whole?.match(/^\d{12}\t/gmu)?.length).toBeGreaterThan(3);
    expect((await rootctl(['status', '999999999999', '--sandbox'], { home })).code).toBe(64);
    expect(await read(home)).toBe(whole);
  });

  test('is another one on AWS, and stays when a later listing does not come to its end', async () => {
    const { run, home, setBehaviour } = await serve(scenarioOf([{ name: '本番 $(canary)' }, {}]));
    await run(['status', '-o', 'json']);
    expect(await readdir(join(home.state, 'completion'))).toEqual(['aws.tsv']);
    const whole = await readFile(listing(home, 'aws'), 'utf8');
    expect(whole).toContain('\t本番 $(canary)\t');
    await setBehaviour({ faults: [{ kind: 'access-denied', rate: 1, operation: 'ListAccounts' }] });
    expect((await run(['status'])).code).toBe(1);
    expect(await readFile(listing(home, 'aws'), 'utf8')).toBe(whole);
  });

  test('is none of the command’s business when it cannot be written', async () => {
    const home = await makeHome();
    await rootctl(['enable', '--sandbox'], { home });
    await mkdir(home.state, { recursive: true });
    await writeFile(join(home.state, 'completion'), 'a file where the folder belongs');
    const { code, stderr } = await rootctl(['status', '444444444444', '--sandbox'], { home });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('completion')]);
    await chmod(home.state, 0o700);
  });
});

test('a shell that is not known is a mistake, and the known ones are named', async () => {
  const home = await makeHome();
  const { code, stdout, stderr } = await rootctl(['completion', 'tcsh'], { home });
  expect([code, stdout]).toEqual([64, '']);
  expect(stderr).toMatch(/bash.*zsh.*fish.*powershell/u);
  expect((await rootctl(['completion'], { home })).code).toBe(64);
  expect((await rootctl(['completion', 'bash', '--out', 'json=a'], { home })).code).toBe(64);
});

test('a start-up file gets the script whatever format the environment prefers', async () => {
  const home = await makeHome();
  const { code, stdout, stderr } = await rootctl(['completion', 'bash'], { home, env: { ROOTCTL_OUTPUT: 'json' } });
  expect([code, stdout.split('\n')[0], stderr]).toEqual([0, '# bash completion of rootctl', '']);
});
