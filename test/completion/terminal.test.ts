import { access } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Listing } from '../../src/completion/listing.ts';
import { isHere, openShell, realShells, type Taught, teach } from './shells.ts';

/** Names that would do something if a shell read them, or that it would take apart. */
const hostile = [
  '$(touch canary)',
  '`touch canary`',
  '; touch canary #',
  'a & touch canary & b | tee canary',
  '"; touch canary; "',
  "'; touch canary; '",
  "it's",
  'say "hi"',
  'back\\slash \\',
  '-rf / x',
  '--all',
  '* and ? and [a-z]*',
  '{a,b} (c) <d> >canary',
  '~root ~',
  '# no comment',
  '!! !touch ^a^b',
  'wow!',
  "ends with '",
  'ends with "',
  '$HOME $PATH $((1+1)) $IFS',
  'Team: ops=a@b,c',
  '%s %n %F{red}',
  '  two  spaces ',
  '本番 環境（東京）',
  'naïve ☃ 👩‍💻',
];
const asListed = (name: string): string => name.replaceAll('\u200d', '?');

const oneAccount = (name: string): Listing => ({
  organizationId: 'o-exampleorg1',
  accounts: [{ id: '111122223333', name, path: 'o-exampleorg1/r-ab12/ou-ab12-11111111/' }],
  unitNames: new Map([['ou-ab12-11111111', name]]),
});

const isThere = (taught: Taught, name: string): Promise<boolean> =>
  access(taught.home.file(name)).then(
    () => true,
    () => false,
  );

describe.each(realShells)('%s', (shell) => {
  const here = test.skipIf(!isHere(shell));

  here('hands over every name as it is, whatever it says, and runs nothing of it', async () => {
    const taught = await teach(shell);
    const screen = await openShell(shell, taught);
    for (const name of hostile) {
      await taught.list(oneAccount(name));
      // As a word of its own, after `=`, and inside quotes that were opened.
      for (const typed of ['--name ', '--name=', '--name "', "--name '"]) {
        screen.type(`rootctl status ${typed}\t\r`);
        const [, ...rest] = await taught.called(screen.text);
        const found = rest.length === 1 ? rest[0]?.replace(/^--name=/u, '') : rest[1];
        expect([typed, found]).toEqual([typed, asListed(name)]);
        expect(await isThere(taught, 'canary')).toBe(false);
      }
    }
  });

  here('goes on with what was begun, however it was quoted', async () => {
    const taught = await teach(shell);
    const names = ['Team: ops $(touch canary)', 'Team: dev `touch canary`', '本番 環境'];
    await taught.list({
      organizationId: 'o-exampleorg1',
      accounts: names.map((name, index) => ({ id: `11112222333${index}`, name, path: null })),
      unitNames: new Map(),
    });
    const screen = await openShell(shell, taught);
    const begun = ['Team\\:\\ o', '"Team: o', "'Team: o", 'Team": "o', '本番', "'本", '"本番 '];
    for (const typed of begun) {
      screen.type(`rootctl delete --name ${typed}\t\r`);
      expect([typed, ...(await taught.called(screen.text))]).toEqual([
        typed,
        'delete',
        '--name',
        typed.includes('本') ? names[2] : names[0],
      ]);
    }
    // What two have in common, then the rest of one.
    for (const quote of ['', '"', "'"]) {
      screen.type(`rootctl delete --name ${quote}T\td\t\r`);
      expect([quote, ...(await taught.called(screen.text))]).toEqual([quote, 'delete', '--name', names[1]]);
    }
    // Lists, too.
    screen.type('rootctl delete --only=access-keys,mf\t\r');
    expect(await taught.called(screen.text)).toEqual(['delete', '--only=access-keys,mfa-devices']);
    expect(await isThere(taught, 'canary')).toBe(false);
  });

  here('shows whose the ids are, and inserts nothing but ids', async () => {
    const taught = await teach(shell);
    await taught.list({
      organizationId: 'o-exampleorg1',
      accounts: [
        { id: '111122223333', name: 'payments $(touch canary)', path: null },
        { id: '111122224444', name: '本番', path: null },
      ],
      unitNames: new Map(),
    });
    const screen = await openShell(shell, taught);
    screen.type(`rootctl status 1\t\t${shell === 'bash' ? '\t' : ''}`);
    await screen.sees(/111122223333\s.*payments \$\(touch canary\)/u);
    await screen.sees(/111122224444\s.*本番/u);
    screen.type(shell === 'fish' ? '\r\r' : '3\t\r');
    expect(await taught.called(screen.text)).toEqual(['status', '111122223333']);
    expect(await isThere(taught, 'canary')).toBe(false);
  });
});
