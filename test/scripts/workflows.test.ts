import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { disagreements, problemsOf } from '../../scripts/workflows.mjs';
import { readYaml } from '../support/runner.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const workflow = (job: string, head = 'on: push\npermissions:\n  contents: read\n'): string =>
  `${head}jobs:\n  a:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n${job}`;
const steps = (step: string): string => workflow(`    steps:\n      - ${step}\n`);

describe('a workflow', () => {
  test('that is in order is left alone', () => {
    const text = steps(`uses: o/a@${commit} # v1.2.3\n      - uses: ./\n      - run: echo "$NAME"`);
    expect(problemsOf('.github/workflows/x.yml', text)).toEqual([]);
  });

  test.each([
    ['an action by its tag', steps('uses: o/a@v4'), 'not pinned'],
    ['an action by an abbreviated commit', steps('uses: o/a@0123456 # v1.2.3'), 'not pinned'],
    ['a commit that says no version', steps(`uses: o/a@${commit}`), 'not pinned'],
    ['an image by its tag', steps('uses: docker://alpine:3'), 'not pinned'],
    ['this action, by its tag, in the pipeline itself', steps('uses: rootctl/rootctl@v0'), 'not pinned'],
    ['no permissions', workflow('    steps: []\n', 'on: push\n'), 'grants no permissions'],
    ['all permissions', workflow('    steps: []\n', 'on: push\npermissions: write-all\n'), 'grants no permissions'],
    [
      'a right to write for every job',
      workflow('', 'on: push\npermissions: { contents: write }\n'),
      'more than reading',
    ],
    ['a job with all permissions', workflow('    permissions: write-all\n'), 'by the handful'],
    ['a job without an end', 'on: push\npermissions: {}\njobs:\n  a:\n    steps: []\n', 'timeout-minutes'],
    ["a title of somebody's in a script", steps(`run: echo "$\{{ github.event.issue.title }}"`), 'use env'],
    ['a token that stays in the clone', steps(`uses: actions/checkout@${commit} # v6.0.3`), 'persist-credentials'],
    [
      "strangers' changes with secrets",
      workflow('', 'on:\n  pull_request_target:\npermissions: {}\n'),
      'pull_request_target',
    ],
  ])('with %s is refused', (_name, text, words) => {
    expect(problemsOf('.github/workflows/x.yml', text).join('\n')).toContain(words);
  });
});

test('an example names this action by the commit that its release gives, by no tag; a document is held to the same', () => {
  const released = 'uses: OWNER/rootctl@COMMIT # v0.1.0: as the notes of the release give it';
  expect(problemsOf('examples/github/x.yml', steps(released))).toEqual([]);
  for (const tag of ['v0', 'v0.1.0', 'action-v0.1.0', 'main'])
    expect(problemsOf('examples/github/x.yml', steps(`uses: OWNER/rootctl@${tag}`))).toHaveLength(1);
  expect(problemsOf('.github/workflows/x.yml', steps(released))).toHaveLength(1);
  expect(problemsOf('README.md', '```yaml\n- uses: o/a@v1\n```')).toHaveLength(1);
});

test('an action is the same commit everywhere', () => {
  const other = commit.replace('0', 'f');
  const texts = new Map([
    ['x.yml', `      - uses: o/a/init@${commit} # v1.2.3`],
    ['y.yml', `      - uses: o/a/analyze@${other} # v1.2.4`],
  ]);
  expect(disagreements(texts)).toEqual(['o/a is at several versions']);
});

describe('updates of dependencies', () => {
  test('hold back majors of packages that are there, and no others', async () => {
    const { updates } = await readYaml('.github/dependabot.yml');
    const namesIn = async (path: string) => Object.keys(JSON.parse(await readFile(path, 'utf8')).devDependencies);
    const names = [...(await namesIn('package.json')), ...(await namesIn('executable/package.json'))];
    const [npm] = updates;
    const held: readonly string[] = npm.ignore.map((rule: { 'dependency-name': string }) => rule['dependency-name']);
    const isThere = (rule: string) =>
      names.some((name) => (rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : name === rule));
    expect(held.filter((rule) => !isThere(rule))).toEqual([]);
    expect(held).toEqual(expect.arrayContaining(['commander', 'chalk', 'string-width', 'vitest', 'typescript']));
  });

  test('keep the clients of AWS together', async () => {
    const { updates } = await readYaml('.github/dependabot.yml');
    expect(updates[0].groups['aws-sdk'].patterns).toEqual(['@aws-sdk/*', '@smithy/*']);
  });
});
