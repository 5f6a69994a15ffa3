// What no compiler sees: links of the documents, addresses of a registry, paths of somebody's machine.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const problems = [];

/** GitHub's name of a heading. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/gu, '-');
const anchorsOf = (text) => [...text.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading]) => anchorOf(heading));

let linkCount = 0;
for (const [file, text] of texts) {
  if (!file.endsWith('.md')) continue;
  const prose = text.replace(/^```[\s\S]*?^```$/gmu, '').replace(/`[^`\n]*`/gu, '');
  for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/gu)) {
    if (/^(https?|mailto):/u.test(target)) continue;
    linkCount += 1;
    const [path, anchor] = target.split('#');
    const wanted = path === '' ? file : join(dirname(file), path);
    if (!existsSync(wanted)) problems.push(`${file} links to ${target}, which is not there`);
    else if (anchor !== undefined && !anchorsOf(readFileSync(wanted, 'utf8')).includes(anchor))
      problems.push(`${file} links to ${target}: ${wanted} has no such heading`);
  }
}
if (linkCount === 0) problems.push('no link was looked at');

// In code, comments name documents as `docs/….md`.
for (const [file, text] of texts) {
  for (const [path] of text.matchAll(/\bdocs\/[\w-]+\.md\b/gu)) {
    if (!existsSync(path)) problems.push(`${file} names ${path}, which is not there`);
  }
}

const lockfile = JSON.parse(texts.get('package-lock.json') ?? '{}');
for (const [name, { resolved }] of Object.entries(lockfile.packages ?? {})) {
  if (resolved !== undefined) problems.push(`package-lock.json: ${name} names an address; .npmrc omits them`);
}
if (/registry/iu.test((texts.get('.npmrc') ?? '').replace('omit-lockfile-registry-resolved', '')))
  problems.push('.npmrc names a registry');

/** `me` is nobody in particular. */
const machinePath = /(?:^|[^\w.-])\/(?:(?:root|work)\/|(?:home|Users)\/(?!me\/)[\w.-]+\/)/mu;
for (const [file, text] of texts) {
  if (file === 'package-lock.json' || file.endsWith('.svg')) continue;
  const path = machinePath.exec(text);
  if (path !== null)
    problems.push(`${file} has a path of one machine: ${text.slice(path.index).split('\n')[0].trim().slice(0, 60)}`);
}

for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`# ${files.length} files, ${linkCount} links\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
