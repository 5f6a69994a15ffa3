import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { notesOf, obstacles } from '../../scripts/release/checking.mjs';
import { formulaOf } from '../../scripts/release/formula.mjs';

const changelog =
  '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-26\n\n### Added\n\n- A thing.\n\n## [1.2.2]\n';
const release = {
  tag: 'v1.2.3',
  manifest: { version: '1.2.3', repository: 'github:o/r' },
  changelog,
  repository: 'o/r',
};

describe('a release', () => {
  test('of a version that is told of, from the repository that the package names, is let through', () => {
    expect(obstacles(release)).toEqual([]);
    const manifest = { version: '1.2.3', repository: { type: 'git', url: 'git+https://github.com/o/r.git' } };
    expect(obstacles({ ...release, manifest })).toEqual([]);
  });

  test.each([
    ['a tag of another version', { tag: 'v1.2.4' }, 'the tag is v1.2.4, package.json says 1.2.3'],
    ['a tag without its v', { tag: '1.2.3' }, 'the tag is 1.2.3'],
    ['a version that the changelog does not know', { changelog: '## [Unreleased]\n\n- A thing.\n' }, 'nothing to say'],
    ['a version of which nothing is told', { changelog: '\n## [1.2.3]\n\n## [1.2.2]\n\n- B.\n' }, 'nothing to say'],
    ['another repository', { repository: 'else/r' }, 'must name the repository'],
    ['a package without a repository', { manifest: { version: '1.2.3' } }, '"repository": "github:o/r"'],
  ])('with %s is stopped', (_name, other, words) => {
    expect(obstacles({ ...release, ...other }).join('\n')).toContain(words);
  });

  test('is told of by its own part of the changelog, and no other', () => {
    expect(notesOf(changelog, '1.2.3')).toBe('### Added\n\n- A thing.');
    expect(notesOf(changelog, '1.2.2')).toBeNull();
  });

  test('of the version that package.json has now is told of', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(notesOf(await readFile('CHANGELOG.md', 'utf8'), version)).toContain('- ');
  });
});

describe('the formula', () => {
  const given = { repository: 'o/r', url: 'https://github.com/o/r/releases/download/v1.2.3/rootctl-1.2.3.tgz' };
  const sha256 = 'ab'.repeat(32);

  test('names the package of the release, its checksum and Node', () => {
    const text = formulaOf({ ...given, sha256 });
    for (const line of [
      `url "${given.url}"`,
      `sha256 "${sha256}"`,
      'depends_on "node"',
      'homepage "https://github.com/o/r"',
    ])
      expect(text).toContain(`  ${line}\n`);
  });

  test.skipIf(spawnSync('ruby', ['--version']).status !== 0)('is Ruby', () => {
    const { status, stderr } = spawnSync('ruby', ['-wc'], { input: formulaOf({ ...given, sha256 }), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test.each([
    ['an address that would end its text', { url: 'https://x/"; system "id"' }],
    ['a value that Ruby would fill in', { repository: 'o/#{1}' }],
    ['no checksum', { sha256: 'ab' }],
  ])('is not written of %s', (_name, other) => {
    expect(() => formulaOf({ ...given, sha256, ...other })).toThrow();
  });
});
