import { loadSharedConfigFiles } from '@smithy/core/config';
import { problemError } from '../problems/index.ts';

/** The settings of one profile, of the config and the credentials file together. */
export type Profile = Readonly<Record<string, string | undefined>>;

/** The shared configuration of all AWS tools (`~/.aws/config`, `~/.aws/credentials`), as the SDK reads it. */
export interface SharedConfiguration {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The sections `[services NAME]`; a setting below a service is `SERVICE.setting`. */
  readonly services: ReadonlyMap<string, Profile>;
}

/** The SDK takes a file that it cannot read for an empty one. */
export async function readSharedConfiguration(): Promise<SharedConfiguration> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const profiles = new Map<string, Profile>();
  const services = new Map<string, Profile>();
  for (const [name, section] of [...Object.entries(configFile), ...Object.entries(credentialsFile)]) {
    const [, kind, rest] = /^(services|sso-session)\.(.+)$/u.exec(name) ?? [];
    if (kind === 'services' && rest !== undefined) services.set(rest, section);
    else if (kind === undefined) profiles.set(name, { ...profiles.get(name), ...section });
  }
  return { profiles, services };
}

/** What a profile's credentials come from, where it says so itself. */
export type CredentialSource = 'role' | 'keys' | 'web-identity' | 'process' | 'sso' | 'login';

/** In the order in which the SDK looks for them (`resolveProfileData` of its `credential-provider-ini`). */
export function credentialSourceOf(profile: Profile | undefined): CredentialSource | null {
  if (profile === undefined) return null;
  const has = (name: string): boolean => profile[name] !== undefined;
  if (has('role_arn') && (has('source_profile') || has('credential_source'))) return 'role';
  if (has('aws_access_key_id')) return 'keys';
  if (has('web_identity_token_file')) return 'web-identity';
  if (has('credential_process')) return 'process';
  if (has('sso_session') || has('sso_start_url')) return 'sso';
  if (has('login_session')) return 'login';
  return has('role_arn') ? 'role' : null;
}

/** The profile at the end of a chain of `source_profile`, whose own credentials all the roles of the chain begin with. */
export function firstInChain(name: string, { profiles }: SharedConfiguration): string {
  const seen = new Set<string>();
  let current = name;
  for (;;) {
    seen.add(current);
    const next = profiles.get(current)?.['source_profile'];
    if (next === undefined || seen.has(next)) return current;
    current = next;
  }
}

/** A profile that somebody named, and where. */
export interface NamedProfile {
  readonly name: string;
  readonly source: 'flag' | 'environment' | 'configuration';
}

/**
 * Refuses a profile that there is not, naming those that there are. `default` need not be there.
 * @throws ProblemError `UnknownProfile`
 */
export function requireProfile({ name, source }: NamedProfile, { profiles }: SharedConfiguration): void {
  if (name === 'default' || profiles.has(name)) return;
  const known = nearestFirst(name, [...profiles.keys()]);
  const nearest = known.slice(0, namedAtMost);
  throw problemError('UnknownProfile', { profile: name, source, nearest, more: known.length - nearest.length });
}

const namedAtMost = 10;

function nearestFirst(wanted: string, names: readonly string[]): readonly string[] {
  const distances = new Map(names.map((name) => [name, editDistance(wanted.toLowerCase(), name.toLowerCase())]));
  return [...names].sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0) || (a < b ? -1 : 1));
}

/** How many characters must be put in, taken out or changed to make one text the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [done, character] of [...from].entries()) {
    const next = [done + 1];
    for (let index = 0; index < to.length; index += 1) {
      const changed = (row[index] ?? 0) + (to[index] === character ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

export interface ConfiguredEndpoint {
  readonly url: string;
  /** Where it is set: a variable of the environment, or a setting of the profile. */
  readonly setting: string;
  readonly profile: string | null;
}

/**
 * The endpoint that the environment or the profile sets for a service (AWS SDKs and Tools Reference Guide,
 * "Service-specific endpoints"). The SDK itself looks in the profile that `AWS_PROFILE` names, whichever is in use.
 * @param service its name as the SDK has it, e.g. `STS`, `S3`.
 */
export function configuredEndpoint(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
  profileName: string,
  { profiles, services }: SharedConfiguration,
): ConfiguredEndpoint | null {
  const profile = profiles.get(profileName) ?? {};
  const ignore = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile['ignore_configured_endpoint_urls'];
  if (ignore?.toLowerCase() === 'true') return null;
  for (const name of [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL']) {
    const url = env[name];
    if (url) return { url, setting: name, profile: null };
  }
  const section = profile['services'];
  const url =
    (section === undefined ? undefined : services.get(section)?.[`${service.toLowerCase()}.endpoint_url`]) ??
    profile['endpoint_url'];
  return url ? { url, setting: 'endpoint_url', profile: profileName } : null;
}

/** @throws ProblemError `InvalidEndpoint` */
export function requireHttpUrl({ url, setting, profile }: ConfiguredEndpoint): void {
  if (URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol)) return;
  // What stands before an @ is somebody's name and password, whatever else is wrong.
  throw problemError('InvalidEndpoint', { setting, profile, url: url.replace(/^.*@/su, '…@') });
}
