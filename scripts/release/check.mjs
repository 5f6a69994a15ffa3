// `node scripts/release/check.mjs TAG`, with GITHUB_REPOSITORY set: fails, with the reasons, where TAG cannot be released.
import { readFileSync } from 'node:fs';
import { obstacles } from './checking.mjs';

const found = obstacles({
  tag: process.argv[2] ?? '',
  manifest: JSON.parse(readFileSync('package.json', 'utf8')),
  changelog: readFileSync('CHANGELOG.md', 'utf8'),
  repository: process.env.GITHUB_REPOSITORY ?? '',
});
for (const line of found) process.stdout.write(`${line}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
