import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Listing } from '../../src/completion/listing.ts';
import { makeHome, rootctl } from '../support/program.ts';
import { isHere, offered, realShells, type Taught, teach } from './shells.ts';

const ou = { workloads: 'ou-ab12-11111111', production: 'ou-ab12-22222222', unread: 'ou-ab12-33333333' };
const below = (...units: readonly string[]): string => `o-exampleorg1/r-ab12/${units.join('/')}/`;

const listing: Listing = {
  organizationId: 'o-exampleorg1',
  accounts: [
    { id: '111122223333', name: 'payments-prod', path: below(ou.workloads, ou.production) },
    { id: '111122224444', name: '本番', path: below(ou.workloads) },
    { id: '222233334444', name: 'legacy', path: below(ou.unread) },
    { id: '333344445555', name: '', path: null },
  ],
  unitNames: new Map([
    [ou.workloads, 'Workloads'],
    [ou.production, '本番'],
  ]),
};
const ids = listing.accounts.map(({ id }) => id);
const simulated: Listing = {
  organizationId: 'o-simulated1',
  accounts: [{ id: '999988887777', name: 'simulated', path: null }],
  unitNames: new Map(),
};

/** What is typed, and what is offered in every shell. `…`: more than that. */
const table: readonly (readonly [line: string, ...words: string[]])[] = [
  ['rootctl sta', 'status'],
  ['rootctl ', 'completion', 'delete', 'help', 'status', '…'],
  ['rootctl nonsense '],
  ['rootctl status --so', '--sort'],
  ['rootctl status --sort ', 'default', 'id', 'last-used', 'name'],
  ['rootctl status --sort n', 'name'],
  ['rootctl enable ', '--delegated-admin', '--dry-run', '--help', '--sandbox', '…'],
  ['rootctl enable --only ', 'root-credentials-management', 'root-sessions'],
  // Flags that can stand everywhere, before the command too; a value that looks like a command is none.
  ['rootctl -o js', 'json'],
  ['rootctl status -o nd', 'ndjson'],
  ['rootctl --output=js', '--output=json'],
  ['rootctl --out js', 'json=', '…'],
  ['rootctl --profile delete status --so', '--sort'],
  ['rootctl --lang ', 'en', 'ja'],
  ['rootctl --region '],
  ['rootctl unlock ', 'help', 's3', 'sqs'],
  ['rootctl unlock s3 --bu', '--bucket'],
  ['rootctl unlock s3 --account 2', '222233334444'],
  ['rootctl policy iam --partition aws-', 'aws-cn', 'aws-us-gov'],
  ['rootctl policy iam --for status,do', 'status,doctor'],
  ['rootctl delete --only ', 'access-keys', 'login-profile', 'mfa-devices', 'signing-certificates'],
  ['rootctl delete --only access-keys,mf', 'access-keys,mfa-devices'],
  ['rootctl delete --only=access-keys,mf', '--only=access-keys,mfa-devices'],
  ['rootctl completion ', 'bash', 'fish', 'powershell', 'zsh'],
  ['rootctl help run', 'runs'],
  ['rootctl help ex', 'exit-codes', 'explain'],
  ['rootctl help unlock s3', 's3'],
  ['rootctl unlock help ', 's3', 'sqs'],
  ['rootctl status --columns name,', '…'],
  ['rootctl status --state present,unk', 'present,unknown'],
  ['rootctl explain AccessD', 'AccessDenied'],
  ['rootctl explain AccessDenied ', '--help', '--sandbox', '…'],
  ['rootctl runs ', 'resume', 'show'],
  ['rootctl runs show ', '20260131-0930-k3f9', '20260201-0800-aaaa'],
  ['rootctl report --run 20260201', '20260201-0800-aaaa'],
  ['rootctl runs resume 20260201', '20260201-0800-aaaa'],
  ['rootctl status ', ...ids],
  ['rootctl status 111122223333 2', '222233334444'],
  ['rootctl status -- 2', '222233334444'],
  ['rootctl status --accounts 222233334444,3', '222233334444,333344445555'],
  ['rootctl recover 3', '333344445555'],
  ['rootctl delete --org ', 'o-exampleorg1'],
  ['rootctl delete --name ', 'legacy', 'payments-prod', '本番'],
  ['rootctl delete --name=leg', '--name=legacy'],
  ['rootctl delete --ou ', 'Workloads', 'Workloads/本番', 'ou-ab12-33333333'],
  ['rootctl delete --ou Workloads/', 'Workloads/本番'],
  ['rootctl delete --exclude pay', 'payments-prod'],
  ['rootctl delete --exclude Work', 'Workloads', 'Workloads/本番'],
  ['rootctl delete --exclude 2', '222233334444'],
  ['rootctl status --sandbox ', '999988887777'],
  ['rootctl --sandbox status --name s', 'simulated'],
];

describe.each(realShells)('%s', (shell) => {
  const here = test.skipIf(!isHere(shell));
  const normal = (words: readonly string[], line: string): readonly string[] => {
    // bash is given what follows `=` only.
    const [flag = ''] = shell === 'bash' ? (/--[a-z]+=$/u.exec(line.replace(/=[^=\s]*$/u, '=')) ?? []) : [];
    return words.map((word) => `${flag}${word}`).sort();
  };
  const prepared = async (): Promise<Taught> => {
    const taught = await teach(shell);
    await taught.list(listing);
    await taught.list(simulated, true);
    await mkdir(join(taught.home.state, 'runs'), { recursive: true });
    for (const run of ['20260131-0930-k3f9', '20260201-0800-aaaa']) {
      await writeFile(join(taught.home.state, 'runs', `${run}.jsonl`), '');
    }
    return taught;
  };

  here('offers what can stand there', async () => {
    const taught = await prepared();
    for (const [line, ...words] of table) {
      const found = normal(await offered(shell, taught, line), line);
      if (words.at(-1) === '…') expect([line, ...found]).toEqual(expect.arrayContaining([line, ...words.slice(0, -1)]));
      else expect([line, ...found]).toEqual([line, ...[...words].sort()]);
    }
  });

  here('offers files where a flag takes one', async () => {
    const taught = await prepared();
    for (const line of [
      'rootctl delete --plan ',
      'rootctl status --baseline ',
      'rootctl --config ',
      'rootctl --out json=',
    ]) {
      const found = await offered(shell, taught, line);
      expect([line, found.some((word) => /^(?:json=)?(?:FILES|bin\/)$/u.test(word))]).toEqual([line, true]);
    }
  });

  here('reads the listing where the state folder is when TAB is pressed, and without one goes without', async () => {
    const taught = await prepared();
    const elsewhere = await makeHome();
    for (const on of ['1', 'true']) {
      expect(await offered(shell, taught, 'rootctl status ', { ROOTCTL_SANDBOX: on })).toEqual(['999988887777']);
    }
    expect(await offered(shell, taught, 'rootctl status ', { XDG_STATE_HOME: elsewhere.folder })).toEqual([]);
    const usual = { XDG_STATE_HOME: '', HOME: taught.home.folder };
    expect(await offered(shell, taught, 'rootctl status ', usual)).toEqual([]);
    await mkdir(taught.home.file('.local'), { recursive: true });
    await rename(taught.home.file('state'), taught.home.file('.local/state'));
    expect((await offered(shell, taught, 'rootctl status ', usual)).length).toBe(ids.length);
  });
});

describe('the scripts', () => {
  const scriptOf = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await rootctl(['completion', ...args], { home: await makeHome() });
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  test('say what things are in the language of whoever made them, where the shell shows it', async () => {
    const english = 'show the root credentials of the member accounts';
    for (const shell of ['zsh', 'fish', 'powershell']) {
      expect(await scriptOf(shell)).toContain(english);
      const japanese = await scriptOf(shell, '--lang', 'ja');
      expect(japanese).not.toContain(english);
      expect(japanese).toMatch(/メンバーアカウント/u);
    }
  });

  test('evaluate nothing', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const code = (await scriptOf(shell)).replaceAll(/^\s*#.*$/gmu, '');
      expect(code).not.toMatch(/\beval\b|compgen -[WC]|Invoke-Expression|\biex\b|\bsource\b|\(e\)|ExpandString/u);
    }
  });
});
