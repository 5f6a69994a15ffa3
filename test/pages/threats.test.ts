import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/threats.md', 'utf8');
/** `test/…`: “title”, “title” */
const named = [...page.matchAll(/`(test\/[^`]+)`: ((?:“[^”]+”(?:, )?)+)/gu)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/“([^”]+)”/gu)].map(([, title = '']) => [file, title] as const),
);

describe('docs/threats.md', () => {
  test.each(named)('%s has a test “%s”', (file, title) => {
    const source = readFileSync(file, 'utf8').replaceAll("\\'", "'");
    const isThere = ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote},`));
    expect(isThere, `${file} has no test “${title}”`).toBe(true);
  });

  test('names a test in each row of its tables', () => {
    const rows = page.split('\n').filter((line) => /^\| (?!---|what is hostile)/u.test(line));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row).toMatch(/`test\/[^`]+`: “/u);
    expect(named.length).toBeGreaterThan(rows.length);
  });
});

test('the package has no dependency, and nothing runs when it is installed', () => {
  // `prepare` is for those who work on it: npm runs it in a checkout, and for no package from a registry.
  const { dependencies, optionalDependencies, peerDependencies, scripts } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  expect([dependencies, optionalDependencies, peerDependencies]).toEqual([undefined, undefined, undefined]);
  for (const moment of ['preinstall', 'install', 'postinstall']) expect(Object.keys(scripts)).not.toContain(moment);
});
