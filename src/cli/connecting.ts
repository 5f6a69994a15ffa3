import { type AwsOptions, configuredRegion } from '../aws/clients.ts';
import { createCredentialChain } from '../aws/credential-chain.ts';
import { type Network, NetworkSettingError, readCaBundle, readProxies } from '../aws/network.ts';
import { configuredEndpoint, readSharedConfiguration, type SharedConfiguration } from '../aws/profiles.ts';
import { usualLimits } from '../aws/transport.ts';
import type { Clock } from '../clock.ts';
import type { Config } from './config.ts';
import { UsageError } from './errors.ts';
import type { GlobalOptions } from './options.ts';
import type { World } from './world.ts';

interface Needs {
  readonly world: World;
  readonly options: GlobalOptions;
  readonly config: Config;
  readonly concurrency: number;
  /** AWS's time of day. */
  readonly clock: Clock;
  readonly notice: (text: string) => void;
  /** Asks the person at the terminal; null where there is nobody. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
}

type Connection = Pick<AwsOptions, 'region' | 'transport' | 'credentials' | 'profile' | 'endpointFor'>;

/** Connections that one host may have open: details of an account are read side by side. */
const socketsPerAccount = 2;
const defaultRegion = 'us-east-1';

/**
 * The way to AWS over the network, with what the environment, the shared configuration and the flags say of it.
 * @throws UsageError when one of them cannot be: before the first request.
 */
export async function openConnection(needs: Needs): Promise<Connection> {
  const { world, options, config, clock, ask } = needs;
  const configuration = await readSharedConfiguration();
  const profile = chooseProfile(needs, configuration);
  const name = profile ?? 'default';
  const network = await readNetwork(world, name, configuration);
  const endpointFor = (service: string): string | null => {
    if (options.endpointUrl !== undefined) return options.endpointUrl;
    const found = configuredEndpoint(service, world.env, name, configuration);
    if (found?.isOfEnvironment !== true && config.endpointUrl !== undefined) return config.endpointUrl;
    if (found !== null) requireHttpUrl(found.url, found.source);
    return found?.url ?? null;
  };
  for (const service of ['STS', 'IAM', 'Organizations', 'S3', 'SQS']) endpointFor(service); // refused now, or never
  const region = await chooseRegion(needs, profile);
  const transport = world.openTransport(
    { ...usualLimits, socketsPerHost: Math.max(needs.concurrency * socketsPerAccount, 8) },
    network,
  );
  const credentials = createCredentialChain({
    profile,
    configuration,
    env: world.env,
    region,
    transport,
    endpointUrl: options.endpointUrl ?? (world.env['AWS_ENDPOINT_URL'] ? null : (config.endpointUrl ?? null)),
    stsEndpoint: endpointFor('STS'),
    userAgent: `rootctl/${world.version}`,
    askMfaCode: ask === null ? null : (serialNumber) => askMfaCode(ask, serialNumber),
    clock,
  });
  return { region, transport, credentials, endpointFor, ...(profile === null ? {} : { profile }) };
}

/**
 * The profile that somebody named; null when nobody did. `default` need not be there.
 * @throws UsageError naming those that there are.
 */
function chooseProfile({ world, options, config }: Needs, { profiles }: SharedConfiguration): string | null {
  const named = [
    { name: options.profile, source: '--profile' },
    { name: world.env['AWS_PROFILE'] || undefined, source: 'AWS_PROFILE' },
    { name: config.profile, source: 'profile in the configuration file of rootctl' },
  ].find(({ name }) => name !== undefined);
  if (named?.name === undefined) return null;
  const { name, source } = named;
  if (name === 'default' || profiles.has(name)) return name;
  const known = nearestFirst(name, [...profiles.keys()]);
  const more = known.length > shownMax ? `, and ${known.length - shownMax} more` : '';
  throw new UsageError(
    'UnknownProfile',
    `there is no profile ${name} (${source}) in the shared AWS configuration`,
    known.length === 0
      ? 'the shared AWS configuration has no profiles: aws configure sso makes one'
      : `there are: ${known.slice(0, shownMax).join(', ')}${more}`,
  );
}

const shownMax = 10;

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

/** @throws UsageError for a proxy that is no address and a bundle that holds no certificates. */
async function readNetwork(world: World, profile: string, { profiles }: SharedConfiguration): Promise<Network> {
  const ofEnvironment = world.env['AWS_CA_BUNDLE'];
  const path = ofEnvironment || profiles.get(profile)?.['ca_bundle'];
  const source = ofEnvironment ? 'AWS_CA_BUNDLE' : `ca_bundle of profile ${profile}`;
  try {
    const proxies = readProxies(world.env);
    if (!path) return { ...proxies, caCertificates: null };
    return { ...proxies, caCertificates: readCaBundle(await readBundle(world, path, source), path, source) };
  } catch (error) {
    if (!(error instanceof NetworkSettingError)) throw error;
    throw new UsageError('InvalidNetworkSetting', error.message, 'mend it, or unset it to do without');
  }
}

async function readBundle(world: World, path: string, source: string): Promise<string> {
  try {
    return await world.readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new NetworkSettingError(`cannot read the certificates in ${path} (${source}): ${code}`);
  }
}

function requireHttpUrl(url: string, source: string): void {
  if (URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol)) return;
  throw new UsageError(
    'InvalidEndpoint',
    `${source} is no http:// or https:// address: ${url}`,
    'mend it, or unset it',
  );
}

async function chooseRegion({ options, config, notice }: Needs, profile: string | null): Promise<string> {
  const region = options.region ?? (await configuredRegion(profile ?? undefined)) ?? config.region;
  if (region === undefined) {
    notice(`no region is configured: using ${defaultRegion} for STS`);
    return defaultRegion;
  }
  // The pseudo-regions of global endpoints: AssumeRoot is served by regional ones only.
  return region === 'aws-global' ? defaultRegion : region;
}

/** As the AWS CLI does; a code has six digits (STS API Reference, `TokenCode`). */
async function askMfaCode(ask: NonNullable<Needs['ask']>, serialNumber: string): Promise<string> {
  for (let tries = 0; tries < 3; tries += 1) {
    const code = (await ask(`MFA code of ${serialNumber}:`))?.trim() ?? '';
    if (/^\d{6}$/u.test(code)) return code;
  }
  throw new UsageError('NoMfaCode', `no code of MFA device ${serialNumber} was given`, 'a code has six digits');
}
