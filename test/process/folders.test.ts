import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { homeFolder } from '../../src/process/folders.ts';
import { makeHome, rootctl } from '../support/program.ts';

describe('the home of a user', () => {
  const nobody = (): string => {
    throw new Error('uv_os_homedir returned ENOENT');
  };

  test.each([
    ['whom the system does not know', [nobody, nobody], '/'],
    ['whose HOME is empty', [() => '', () => '/home/ada'], '/home/ada'],
    ['whose HOME is the working folder', [() => '.', () => '/home/ada'], '/home/ada'],
    ['as the system has it', [() => '/home/ada', nobody], '/home/ada'],
  ])('%s', (_, asks, folder) => {
    expect(homeFolder(asks)).toBe(folder);
  });
});

describe('a folder that variables name relative to where the command stands', () => {
  test.each([
    ['XDG_CONFIG_HOME', 'own', { XDG_CONFIG_HOME: 'own' }],
    ['HOME', '.config', { HOME: '.', XDG_CONFIG_HOME: undefined }],
    ['an empty HOME', '.config', { HOME: '', XDG_CONFIG_HOME: undefined }],
  ])('%s: what lies there is not obeyed as the user’s own configuration', async (_, folder, env) => {
    const home = await makeHome();
    await mkdir(home.file(`${folder}/rootctl`), { recursive: true });
    await writeFile(home.file(`${folder}/rootctl/config.yaml`), 'endpointUrl: https://elsewhere.example\n');
    const { json } = await rootctl(['config', 'show', '-o', 'json'], { home, env });
    expect(json.files).not.toContainEqual(expect.stringContaining('config.yaml'));
    expect(JSON.stringify(json)).not.toContain('elsewhere');
  });

  test('nothing, by HOME: nor are profiles that lie there', async () => {
    const home = await makeHome();
    await mkdir(home.file('.aws'));
    await writeFile(
      home.file('.aws/config'),
      '[profile theirs]\nregion = eu-west-1\ncredential_process = touch owned\n',
    );
    const { code, stderr } = await rootctl(['status', '--profile', 'theirs'], { home, env: { HOME: '' } });
    expect([code, stderr.split('\n')[0]]).toEqual([64, expect.stringContaining('theirs (--profile) does not exist')]);
    expect(await readdir(home.folder)).toEqual(['.aws']);
  });

  test('XDG_STATE_HOME: nothing is written there', async () => {
    const home = await makeHome();
    const { code } = await rootctl(['sandbox', 'reset', '--accounts', '1'], {
      home,
      env: { XDG_STATE_HOME: 'state', HOME: home.file('me') },
    });
    expect([code, await home.journals()]).toEqual([0, []]);
    expect(await readdir(home.folder)).toEqual(['me']);
  });
});
