import { socketsFor } from '../actions/defaults.ts';
import type { Report } from '../actions/events.ts';
import { type AwsOptions, configuredRegion } from '../aws/clients.ts';
import { createCredentialChain } from '../aws/credential-chain.ts';
import { readNetwork } from '../aws/network.ts';
import {
  configuredEndpoint,
  type NamedProfile,
  readSharedConfiguration,
  requireHttpUrl,
  requireProfile,
  type SharedConfiguration,
} from '../aws/profiles.ts';
import { usualLimits } from '../aws/transport.ts';
import type { Clock } from '../clock.ts';
import type { Configuration } from '../configuration/reading.ts';
import { problemError } from '../problems/index.ts';
import { visible } from '../render/index.ts';
import type { Speaker } from '../terminal/speaker.ts';
import type { Stopping } from './stopping.ts';
import type { World } from './world.ts';

/** What the command line says of the way. */
interface Wishes {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

export interface Needs {
  readonly world: World;
  readonly options: Wishes;
  readonly configuration: Configuration;
  readonly concurrency: number;
  /** AWS's time of day. */
  readonly clock: Clock;
  readonly report: Report;
  readonly speaker: Speaker;
  readonly stops: Stopping;
}

export type Connection = Pick<AwsOptions, 'region' | 'transport' | 'credentials' | 'profile' | 'endpointFor'>;

const defaultRegion = 'us-east-1';

/**
 * The way over the network, with what the environment, the shared configuration and the flags say of it.
 * @throws ProblemError of exit class `usage` when one of them cannot be: before the first request.
 */
export async function openConnection(needs: Needs): Promise<Connection> {
  const { world, options, clock } = needs;
  const configuration = await readSharedConfiguration();
  const configuredUrl = needs.configuration.textOf('endpoint-url');
  const profile = chooseProfile(needs, configuration);
  const name = profile ?? 'default';
  const network = await readNetwork(world.env, name, configuration, world.readFile);
  const endpointFor = (service: string): string | null => {
    if (options.endpointUrl !== undefined) return options.endpointUrl;
    const found = configuredEndpoint(service, world.env, name, configuration);
    const isOfEnvironment = found !== null && found.profile === null;
    if (!isOfEnvironment && configuredUrl !== undefined) return configuredUrl;
    if (found !== null) requireHttpUrl(found);
    return found?.url ?? null;
  };
  for (const service of ['STS', 'IAM', 'Organizations', 'S3', 'SQS']) endpointFor(service); // refused now, or never
  const region = await chooseRegion(needs, profile);
  const transport = await world.openTransport(
    { ...usualLimits, socketsPerHost: socketsFor(needs.concurrency) },
    network,
  );
  const credentials = createCredentialChain({
    profile,
    configuration,
    env: world.env,
    region,
    transport,
    endpointUrl: options.endpointUrl ?? (world.env['AWS_ENDPOINT_URL'] ? null : (configuredUrl ?? null)),
    stsEndpoint: endpointFor('STS'),
    userAgent: `rootctl/${world.version}`,
    askMfaCode: mfaCodeOf(needs),
    clock,
  });
  return { region, transport, credentials, endpointFor, ...(profile === null ? {} : { profile }) };
}

/** The profile that somebody named; null when nobody did. */
function chooseProfile({ world, options, configuration }: Needs, shared: SharedConfiguration): string | null {
  const chosen: readonly (readonly [string | undefined, NamedProfile['source']])[] = [
    [options.profile, 'flag'],
    [world.env['AWS_PROFILE'] || undefined, 'environment'],
    [configuration.textOf('profile'), 'configuration'],
  ];
  for (const [name, source] of chosen) {
    if (name === undefined) continue;
    requireProfile({ name, source }, shared);
    return name;
  }
  return null;
}

async function chooseRegion({ options, configuration, report }: Needs, profile: string | null): Promise<string> {
  const region = options.region ?? (await configuredRegion(profile ?? undefined)) ?? configuration.textOf('region');
  if (region === undefined) {
    report({ event: 'note', note: { note: 'default-region', region: defaultRegion } });
    return defaultRegion;
  }
  // The pseudo-regions of global endpoints: AssumeRoot is served by regional ones only.
  return region === 'aws-global' ? defaultRegion : region;
}

/** null where there is nobody to ask. As the AWS CLI does; a code has six digits (STS API Reference, `TokenCode`). */
function mfaCodeOf({ world, speaker, stops }: Needs): ((device: string) => Promise<string>) | null {
  const { prompts } = world;
  if (prompts === null) return null;
  return async (device) => {
    for (let tries = 0; tries < 3; tries += 1) {
      speaker.pause();
      const question = visible(speaker.speech.words.questions.mfaCode(device));
      const code = (await prompts.ask(question, stops.aborting))?.trim() ?? '';
      if (/^\d{6}$/u.test(code)) return code;
    }
    throw problemError('NoMfaCode', { device });
  };
}
