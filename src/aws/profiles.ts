import { loadSharedConfigFiles } from '@smithy/core/config';

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

export interface ConfiguredEndpoint {
  readonly url: string;
  readonly isOfEnvironment: boolean;
  /** Where it is set, in words. */
  readonly source: string;
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
    if (url) return { url, isOfEnvironment: true, source: name };
  }
  const section = profile['services'];
  const url =
    (section === undefined ? undefined : services.get(section)?.[`${service.toLowerCase()}.endpoint_url`]) ??
    profile['endpoint_url'];
  return url ? { url, isOfEnvironment: false, source: `endpoint_url of profile ${profileName}` } : null;
}
