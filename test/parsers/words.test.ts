import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/duration.ts';
import { chooseLanguage, localeLanguage } from '../../src/flags/language.ts';
import { checkSelection, emptySelection } from '../../src/org/selecting.ts';
import { matchesGlob } from '../../src/policy/index.ts';
import { ProblemError } from '../../src/problems/index.ts';
import { readQuery } from '../../src/render/query.ts';
import { everything, memberId, password, scenarioOf } from '../support/scenarios.ts';
import { createScene, keptOf } from '../support/scene.ts';
import { anyText, holdsOften, requireClear, spoiltText } from './hostile.ts';

const organization = scenarioOf(
  [
    { root: everything(memberId(0)), parentId: 'ou-test-wrkloads' },
    { name: '監査', root: password },
  ],
  {
    organization: {
      organizationalUnits: [{ id: 'ou-test-wrkloads', name: 'Workloads', parentId: 'r-test' }],
    },
  },
);

const words: Readonly<Record<string, readonly string[]>> = {
  account: ['200000000001', '200000000001,200000000002'],
  duration: ['90', '90s', '1.5s', '15m', '24h', '90d'],
  date: ['30d', '2026-01-15', '2026-01-15T09:30:00Z', '2026-01-15T09:30:00.000+09:00'],
  glob: ['member-*', '監?', '*'],
  unit: ['Workloads', 'Root/Workloads', 'ou-test-wrkloads', 'r-test'],
  tag: ['owner=payments', 'owner'],
  number: ['10', '2.5'],
  query: ["accounts[?status=='present'].id", 'summary', 'accounts[].{id: id, n: name}', 'sort_by(accounts, &name)[-1]'],
  names: ['access-keys', 'login-profile,mfa-devices', 'account,name,root', 'json', 'ja', 'json=x.json'],
};

/** Each flag that takes a text, beside a command that reads, and what a good value is like. */
const flags: readonly (readonly [string, readonly string[], string])[] = [
  ['--accounts', ['status'], 'account'],
  ['--exclude', ['delete', '--all', '--dry-run'], 'glob'],
  ['--exclude', ['delete', '--all', '--dry-run'], 'unit'],
  ['--ou', ['status'], 'unit'],
  ['--name', ['status'], 'glob'],
  ['--tag', ['status'], 'tag'],
  ['--joined-since', ['status'], 'date'],
  ['--unused-for', ['delete', '--all', '--dry-run'], 'duration'],
  ['--plan-max-age', ['delete', '--all', '--dry-run'], 'duration'],
  ['--timeout', ['status'], 'duration'],
  ['--wait', ['delete', '--all', '--dry-run'], 'duration'],
  ['--max-accounts', ['delete', '--all', '--dry-run'], 'number'],
  ['--max-failures', ['delete', '--all', '--dry-run'], 'number'],
  ['--concurrency', ['status'], 'number'],
  ['--rate', ['status'], 'number'],
  ['--only', ['delete', '--all', '--dry-run'], 'names'],
  ['--columns', ['status'], 'names'],
  ['--state', ['status'], 'names'],
  ['--output', ['status'], 'names'],
  ['--out', ['status'], 'names'],
  ['--lang', ['status'], 'names'],
  ['--org', ['delete', '--all', '--dry-run'], 'account'],
  ['--query', ['status'], 'query'],
  ['--repo', ['policy', 'iam', '--oidc', 'github', '--account-id', memberId(0)], 'names'],
];

/** Usage, and what can be known only of the organization: an id or OU that it does not have. */
const ofOrganization = /organization|OU|account|matches|session|Workloads|no |not /u;

describe('whatever is said on the command line or in a variable', () => {
  test.each(flags)('%s of %j is read, or refused in a line that names it', async (flag, command, kind) => {
    const text = fc.oneof({ weight: 2, arbitrary: spoiltText(words[kind] ?? []) }, anyText);
    await holdsOften(
      fc.asyncProperty(text, async (value) => {
        const scene = createScene(organization);
        const result = await scene.run([...command, `${flag}=${value}`, '--', ...[]]);
        if (result.code === 64 && scene.sandbox.requests.length > 0) {
          expect(result.stderr).toMatch(ofOrganization);
          // How many accounts a plan has is known when they have been read.
          const changes = scene.sandbox.requests.filter(({ operation }) => /^(?:Delete|Deactivate)/u.test(operation));
          expect(changes).toEqual([]);
        } else {
          requireClear(result, scene, { named: /./u, typed: value });
          if (result.code === 64) expect(keptOf(scene)).toEqual([]);
        }
        const variable = `ROOTCTL_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`;
        if (value.includes('\0')) return; // no variable can hold it
        const said = createScene(organization);
        const again = await said.run(command, { env: { [variable]: value } });
        if (again.code !== 64 || said.sandbox.requests.length === 0)
          requireClear(again, said, { named: /./u, typed: value });
      }),
      12,
    );
  });

  test('the locale and ROOTCTL_LANG choose a language, or are refused', () => {
    const text = fc.oneof(spoiltText(['ja_JP.UTF-8', 'ja', 'en_US.UTF-8', 'C']), anyText);
    holdsOften(
      fc.property(text, text, (locale, named) => {
        expect(['en', 'ja']).toContain(localeLanguage({ LC_ALL: locale }));
        try {
          expect(['en', 'ja']).toContain(
            chooseLanguage({ flag: undefined, env: { ROOTCTL_LANG: named }, config: undefined }),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      300,
    );
  });

  test('a selection is checked, or a problem', () => {
    holdsOften(
      fc.property(fc.array(anyText, { maxLength: 3 }), anyText, (list, one) => {
        const request = {
          ...emptySelection,
          accounts: [],
          units: list,
          names: list,
          exclusions: list,
          joinedSince: one,
          tags: [{ key: one, value: one }],
        };
        try {
          const checked = checkSelection(request, list);
          for (const matches of checked.names) matches(one);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      300,
    );
  });

  test('a duration is whole milliseconds of a hundred years at most, or none', () => {
    holdsOften(
      fc.property(fc.oneof(spoiltText(words['duration'] ?? []), anyText), (text) => {
        const durationMs = parseDuration(text);
        if (durationMs === null) return;
        expect(Number.isSafeInteger(durationMs)).toBe(true);
        expect(durationMs).toBeGreaterThanOrEqual(0);
        expect(durationMs).toBeLessThanOrEqual(36_500 * 86_400_000);
      }),
      1_000,
    );
  });

  test('a query is asked, or is told to be none; its answer is JSON', () => {
    const json = JSON.stringify({ accounts: [{ id: '1', status: 'present', name: 'a' }], summary: { accounts: 1 } });
    holdsOften(
      fc.property(fc.oneof({ weight: 3, arbitrary: spoiltText(words['query'] ?? []) }, anyText), (text) => {
        const query = readQuery(text);
        if (!query.ok) return;
        const answer = query.ask(json);
        if (answer.ok) JSON.parse(answer.json);
        else expect(answer.said).not.toMatch(/Cannot read|is not a function|is not iterable/u);
      }),
      1_000,
    );
  });

  test('a glob answers, however many stars it has', () => {
    holdsOften(
      fc.property(anyText, anyText, (pattern, name) => {
        expect(typeof matchesGlob(pattern, name, { ignoreCase: true })).toBe('boolean');
      }),
      300,
    );
    // Exponential in any matcher that tries again from each star.
    expect(matchesGlob(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
  });
});
