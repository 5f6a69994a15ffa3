import { expect, test } from 'vitest';
import { serve } from '../support/sandbox-server.ts';
import { everything, type Member, memberId, organizationId, password, scenarioOf } from '../support/scenarios.ts';
import { openScreen } from '../support/terminal.ts';

/** The multi-select of an organization with several units, in a window of so many rows. */
async function choosing(accounts: readonly Member[], columns = 80, rows = 24) {
  const scenario = scenarioOf(accounts, {
    organization: {
      organizationalUnits: [
        { id: 'ou-test-wrkloads', name: 'Workloads', parentId: 'r-test' },
        { id: 'ou-test-security', name: '統制', parentId: 'ou-test-wrkloads' },
      ],
    },
  });
  const served = await serve(scenario);
  const terminal = openScreen(
    ['delete', '--endpoint-url', served.endpoint],
    { home: served.home, env: served.env() },
    columns,
    rows,
  );
  await terminal.sees('Which accounts?');
  await terminal.sees('space marks');
  return { served, terminal };
}

const searched = [
  { name: 'ml-prod', root: password },
  { name: 'ml.prod', root: password },
  { name: '監査ログ集約アカウント', root: password },
  { name: 'Café (δοκιμή) #7', root: password },
  { name: 'Payments Sandbox', root: password },
  { name: 'holds-nothing' },
];

test('delete without a selection offers the accounts that hold credentials, to search and to mark', async () => {
  const { served, terminal } = await choosing(searched);
  expect(terminal.text()).toContain('Payments Sandbox');
  expect(terminal.text()).not.toContain('holds-nothing');
  terminal.type('payments');
  await terminal.sees('Which accounts? payments');
  await terminal.sees(/^(?![\s\S]*監査)/u); // the search left it out
  terminal.type(' ');
  await terminal.sees('1 marked');
  terminal.type('\r');
  await terminal.sees('Type the organization id');
  terminal.type(`${organizationId}\r`);
  expect(await terminal.ended).toBe(0);
  expect(await served.credentialCount(memberId(4))).toBe(0);
  expect(await served.credentialCount(memberId(2))).toBe(1);
});

test('choosing nothing is a no', async () => {
  const { served, terminal } = await choosing(searched);
  terminal.type('\r');
  expect(await terminal.ended).toBe(64);
  expect(terminal.text()).toContain('nothing was changed');
  expect(await served.credentialCount(memberId(4))).toBe(1);
});

test('the search finds whatever is typed, in every script', async () => {
  const { terminal } = await choosing(searched);
  const searches: readonly (readonly [string, string, number])[] = [
    ['a hyphen', 'ml-prod', 0],
    ['a full stop', 'ml.prod', 1],
    ['kanji, as an input method hands them over', '監査', 2],
    ['half-width kana for full-width ones', 'ｱｶｳﾝﾄ', 2],
    ['a full-width space between two words', '監査\u3000集約', 2],
    ['capitals', 'ML-P', 0],
    ['an accent typed as two characters', 'cafe\u0301', 3],
    ['Greek', 'δοκ', 3],
    ['signs, pasted with the space between them', '\u001b[200~(δοκιμή) #7\u001b[201~', 3],
    ['a name without its space', 'paymentssandbox', 4],
    ['the end of an id', memberId(1).slice(-4), 1],
  ];
  for (const [what, typed, index] of searches) {
    terminal.type(typed);
    await terminal.sees('1 of 5 shown');
    expect(
      terminal.lines().filter((line) => line.includes(memberId(index))),
      what,
    ).toHaveLength(1);
    terminal.type('\u0015'); // Ctrl-U
    await terminal.sees('0 marked\n');
  }
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
});

test('a paste into the search is text to its end: it marks nothing and ends nothing', async () => {
  const { terminal } = await choosing(searched);
  terminal.type('\u001b[200~Payments Sandbox\r\n\u001b[201~');
  await terminal.sees('0 marked, 1 of 5 shown');
  await terminal.sees(memberId(4));
  terminal.type('\u007f'.repeat(20));
  await terminal.sees(memberId(0));
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
  expect(terminal.text()).toContain('nothing was changed');
});

test('the multi-select groups by OU, shows what each account holds, and takes the height of the terminal', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    name: `team-${index}`,
    parentId: 'ou-test-wrkloads',
    root: password,
  }));
  const { terminal } = await choosing(
    [...many, { name: '監査', parentId: 'ou-test-security', root: everything(memberId(60)) }],
    100,
    30,
  );
  const rows = () => terminal.lines().filter((line) => /\[[x ]\] \d{12}/u.test(line));
  expect(rows()).toHaveLength(25); // 30 less the question, its heading, two lines of help, and the cursor's at the end
  terminal.type('監');
  await terminal.sees('1 of 61 shown');
  const [row = ''] = rows();
  expect(row).toMatch(/2 access keys, .*password, 2 MFA devices/u);
  const heading = terminal.lines()[terminal.lines().indexOf(row) - 1];
  expect(heading).toBe('Workloads/統制');
  expect(terminal.text()).not.toContain('team-');
  terminal.type('\u0015'); // Ctrl-U
  await terminal.sees('team-1');
  terminal.resize(100, 12);
  terminal.type('\u001b[B'.repeat(30));
  await terminal.sees(/› \[ \] \d{12} {2}team-\d+/u);
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
});

test.each([1, 10, 40])('at %i columns the multi-select neither hangs nor crashes', async (columns) => {
  const served = await serve(scenarioOf(searched));
  const terminal = openScreen(
    ['delete', '--no-pager', '--endpoint-url', served.endpoint],
    { home: served.home, env: served.env() },
    columns,
    24,
  );
  await terminal.sees('›');
  terminal.type(' \r');
  await terminal.sees(/\)[\s\n]*:$/u);
  expect(terminal.raw()).toContain('\u001b[?2004l'); // the terminal is as it was
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(130);
});

test('choosing is interrupted: nothing was changed', async () => {
  const { terminal } = await choosing(searched);
  terminal.kill('SIGTERM');
  expect(await terminal.ended).toBe(143);
  expect(terminal.text()).toContain('nothing was changed');
});
