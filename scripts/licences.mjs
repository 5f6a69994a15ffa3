// The licences of everything inside the bundle: dist/THIRD-PARTY-LICENSES for people, dist/sbom.cdx.json (CycloneDX)
// for scanners. Read from esbuild's metafile, because npm calls every bundled package a development dependency.
// Run by itself, after a build, it prints them by licence: `node scripts/licences.mjs`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const noticePath = 'dist/THIRD-PARTY-LICENSES';
const bomPath = 'dist/sbom.cdx.json';

/** SPDX ids that may be inside the package. Another one is a decision, not an accident: the build fails. */
const allowed = new Set(['Apache-2.0', 'MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0']);

/** Packages with code in the bundle, by name. */
function bundledPackages(metafile) {
  const folders = new Set(
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1] ?? []),
    ),
  );
  const packages = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/iu.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
    return { name, version, licence: license, texts };
  });
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws Error naming the packages whose licence is not among the allowed ones. */
function requireAllowed(packages) {
  const others = packages.filter(({ licence }) => !allowed.has(licence));
  if (packages.length === 0) throw new Error('no bundled package was found: the licences were not checked');
  if (others.length === 0) return;
  const list = others.map(({ name, version, licence }) => `${name} ${version} (${JSON.stringify(licence)})`);
  throw new Error(`licences that are not on the list in scripts/licences.mjs: ${list.join(', ')}`);
}

function noticeText(packages) {
  const byText = groupBy(packages, textOf);
  const firstOf = new Map();
  const parts = [...byText].map(([text, members]) => {
    const names = members.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join('\n');
    const terms = text.replaceAll(copyrightLine, '');
    const first = firstOf.get(terms);
    if (first === undefined) firstOf.set(terms, members[0].name);
    return `${names}\n\n${first === undefined ? text : `${text.match(copyrightLine).join('\n')}\n\nAll else is as in the text of ${first} above.`}\n`;
  });
  const head =
    'rootctl contains code of these packages. The texts below are theirs, unchanged; one that differs from another in its\nlines of copyright alone is given by these.\n';
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

const copyrightLine = /^ *Copyright .*$/gmu;

const textOf = ({ licence, texts }) =>
  texts.length > 0 ? texts.join('\n\n') : `The package carries no licence text; it states ${licence} (see LICENSE).`;

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Without a serial number and a time: the same bundle gives the same file. */
function softwareBillOfMaterials(packages, version) {
  const component = (name, componentVersion, licence) => ({
    'bom-ref': purl(name, componentVersion),
    name,
    version: componentVersion,
    licenses: [{ license: { id: licence } }],
    purl: purl(name, componentVersion),
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', ...component('rootctl', version, 'Apache-2.0') } },
    components: packages.map((one) => ({ type: 'library', ...component(one.name, one.version, one.licence) })),
  };
}

const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

export function writeLicences(metafile, version) {
  const packages = bundledPackages(metafile);
  requireAllowed(packages);
  writeFileSync(noticePath, noticeText(packages));
  writeFileSync(bomPath, `${JSON.stringify(softwareBillOfMaterials(packages, version))}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { components } = JSON.parse(readFileSync(bomPath, 'utf8'));
  const packages = components.map(({ licenses, ...one }) => ({ ...one, licence: licenses[0]?.license.id }));
  requireAllowed(packages);
  for (const [licence, members] of groupBy(packages, (one) => one.licence)) {
    process.stdout.write(`${licence}: ${members.map(({ name, version }) => `${name} ${version}`).join(', ')}\n`);
  }
}
