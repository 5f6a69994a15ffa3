/**
 * The names of an account's OUs from below the root down, `Workloads/Prod`; `Root` directly under the root. An OU whose
 * name is not known stands with its id.
 * @param path AWS's `o-…/r-…/ou-…/ou-…/`
 */
export function ouPath(path: string | null, ouNames: ReadonlyMap<string, string> | undefined): string | undefined {
  if (path === null || ouNames === undefined) return undefined;
  const names = path
    .split('/')
    .filter((id) => id.startsWith('ou-'))
    .map((id) => ouNames.get(id) ?? id);
  return names.length === 0 ? 'Root' : names.join('/');
}
