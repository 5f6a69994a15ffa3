// What must be true before anything is published.

/**
 * @param tag as pushed: `v1.2.3`.
 * @param manifest the parsed package.json.
 * @param changelog the text of CHANGELOG.md.
 * @param repository of the workflow: `OWNER/NAME`.
 * @returns what is in the way, a line each.
 */
export function obstacles({ tag, manifest, changelog, repository }) {
  const found = [];
  if (tag !== `v${manifest.version}`) found.push(`the tag is ${tag}, package.json says ${manifest.version}`);
  if (notesOf(changelog, manifest.version) === null)
    found.push(`CHANGELOG.md has nothing to say of ${manifest.version} (## [${manifest.version}] …)`);
  // npm takes provenance only for the repository that the package names.
  if (repositoryOf(manifest.repository) !== repository)
    found.push(`package.json must name the repository it comes from: "repository": "github:${repository}"`);
  return found;
}

/** @returns what the changelog says of a version; null where that is nothing. */
export function notesOf(changelog, version) {
  const [, rest] = changelog.split(`\n## [${version}]`);
  if (rest === undefined) return null;
  const [, ...lines] = rest.split('\n');
  const end = lines.findIndex((line) => line.startsWith('## '));
  const notes = lines
    .slice(0, end < 0 ? undefined : end)
    .join('\n')
    .trim();
  return notes === '' ? null : notes;
}

function repositoryOf(said) {
  const address = typeof said === 'string' ? said : said?.url;
  return (
    /^(?:github:|(?:git\+)?https:\/\/github\.com\/)([\w.-]+\/[\w.-]+?)(?:\.git)?$/u.exec(address ?? '')?.[1] ?? null
  );
}
