import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../clock.ts';
import type { Advice, Saying } from '../problems/index.ts';
import { silentLogger } from './clients.ts';
import { AwsError, failureOf } from './failure.ts';
import { withinLimits } from './metadata.ts';
import { credentialSourceOf, firstInChain, type SharedConfiguration } from './profiles.ts';
import type { Credentials } from './signature.ts';
import type { Transport } from './transport.ts';

export interface CredentialChainOptions {
  /** The profile that somebody named; null for `default`, which the keys of the environment go before. */
  readonly profile: string | null;
  readonly configuration: SharedConfiguration;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly region: string;
  readonly transport: Transport;
  /** Where every call goes, those for credentials too; null for AWS. */
  readonly endpointUrl: string | null;
  /** Where STS is; null for AWS's. */
  readonly stsEndpoint: string | null;
  readonly userAgent: string;
  /** Asks the person for the code of an MFA device; null where there is nobody to ask. */
  readonly askMfaCode: ((serialNumber: string) => Promise<string>) | null;
  readonly clock: Clock;
}

/**
 * The caller's credentials, from the first place of the SDK's standard chain that is set up; where that place fails, the
 * reason is told, and no other is tried: the SDK's own chain goes on, and ends with "could not load credentials".
 * Every request goes through rootctl's transport, but for those to the instance and the container, which as in the SDK
 * go straight: they never leave the machine.
 * @throws AwsError of kind `credentials`, with what to do; or as AWS answered, e.g. `denied` for a role.
 */
export function createCredentialChain(options: CredentialChainOptions): () => Promise<Credentials> {
  return keptFresh(() => load(options), options.clock);
}

async function load(options: CredentialChainOptions): Promise<AwsCredentialIdentity> {
  const { profile, configuration, env } = options;
  const name = profile ?? 'default';
  if (profile === null && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) {
    const { fromEnv } = await import('@aws-sdk/credential-provider-env');
    return fromEnv({ logger: silentLogger })();
  }
  if (credentialSourceOf(configuration.profiles.get(name)) !== null) return fromProfile(name, options);
  if (env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']) {
    const { fromTokenFile } = await import('@aws-sdk/credential-provider-web-identity');
    return advised(
      'AssumeRoleWithWebIdentity',
      fromTokenFile({ roleAssumerWithWebIdentity: webIdentityAssumer(options), logger: silentLogger })(),
      { name: 'check-web-identity' },
    );
  }
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
    const { fromHttp } = await import('@aws-sdk/credential-provider-http');
    return advised('Credentials', withinLimits(options.clock, fromHttp({ logger: silentLogger })), {
      name: 'check-container',
    });
  }
  return fromInstance(name, options);
}

async function fromInstance(name: string, options: CredentialChainOptions): Promise<AwsCredentialIdentity> {
  const { profile, configuration, env } = options;
  const isOff = (env['AWS_EC2_METADATA_DISABLED'] ?? 'false').toLowerCase() !== 'false';
  let cause: unknown;
  if (!isOff) {
    const { fromInstanceMetadata } = await import('@smithy/credential-provider-imds');
    try {
      return await withinLimits(options.clock, fromInstanceMetadata({ logger: silentLogger, profile: name }));
    } catch (error) {
      cause = error;
    }
  }
  const isThere = configuration.profiles.has(name);
  throw refused(
    [{ say: 'no-credentials' }],
    '',
    { name: 'give-credentials-anywhere', profile: name, isNamed: profile !== null, isThere, isInstanceOff: isOff },
    cause,
  );
}

async function fromProfile(name: string, options: CredentialChainOptions): Promise<AwsCredentialIdentity> {
  const { configuration, transport, endpointUrl, askMfaCode } = options;
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  const first = firstInChain(name, configuration);
  const source = credentialSourceOf(configuration.profiles.get(first));
  let asking: { readonly error: unknown } | null = null;
  const mfaCodeProvider = async (serialNumber: string): Promise<string> => {
    try {
      if (askMfaCode !== null) return await askMfaCode(serialNumber);
      throw refused([{ say: 'no-terminal-for-code', profile: name, device: serialNumber }], '', {
        name: 'hand-over-session',
        profile: name,
      });
    } catch (error) {
      asking = { error };
      throw error;
    }
  };
  const provider = fromIni({
    profile: name,
    logger: silentLogger,
    mfaCodeProvider,
    roleAssumer: roleAssumer(options),
    roleAssumerWithWebIdentity: webIdentityAssumer(options),
    clientConfig: {
      requestHandler: transport,
      logger: silentLogger,
      ...(endpointUrl === null ? {} : { endpoint: endpointUrl }),
    },
  });
  try {
    return await provider();
  } catch (error) {
    if (asking !== null) throw error;
    throw ofProfile(error, name, first, source, configuration);
  }
}

/** What went wrong with a profile's credentials, and whose move it is. */
function ofProfile(
  error: unknown,
  name: string,
  first: string,
  source: ReturnType<typeof credentialSourceOf>,
  configuration: SharedConfiguration,
): AwsError {
  const failure = failureOf(error);
  const which: Saying = { say: 'profile', profile: name, first: first === name ? null : first };
  const command = configuration.profiles.get(first)?.['credential_process'];
  if (source === 'process' && command !== undefined && failure.kind === 'credentials') {
    const { said, theirs } = whatProcessSaid(error instanceof Error ? error.message : String(error), command);
    // No cause: the SDK's error says the whole command, and all that it has said.
    return refused([which, ...said], theirs, { name: 'run-process', profile: first });
  }
  const said = [which, ...(failure.said ?? [])];
  const isOfAws = failure.statusCode !== null || failure.kind === 'unreachable';
  if (isOfAws) {
    const operation = configuration.profiles.get(name)?.['role_arn'] === undefined ? 'Credentials' : 'AssumeRole';
    const checkRole: Advice = { name: 'check-role', profile: name };
    const more = failure.kind === 'unreachable' ? { said } : { said, advice: checkRole };
    return new AwsError(operation, { ...failure, ...more }, error);
  }
  // The SDK throws the same for a session that ended and for one that never began: either is mended by signing in.
  if (source === 'sso') {
    const signIn: Advice = { name: 'sign-in-to-sso', profile: first };
    return refused(said, failure.message, signIn, error, 'TokenProviderError');
  }
  const advice: Advice =
    source === 'login' ? { name: 'sign-in-with-login', profile: first } : { name: 'check-profile', profile: name };
  return refused(said, failure.message, advice, error);
}

/**
 * `exec`'s message is the command, which may hold a secret, then what the process wrote on stderr. The SDK keeps nothing
 * but the message, so the command can be taken out of it here only, before it becomes data.
 */
function whatProcessSaid(
  message: string,
  command: string,
): { readonly said: readonly Saying[]; readonly theirs: string } {
  const prefix = `Command failed: ${command}`;
  if (!message.startsWith(prefix))
    return { said: [], theirs: withoutSecrets(message.replaceAll(command, 'credential_process')) };
  const theirs = withoutSecrets(message.slice(prefix.length));
  return { said: [{ say: theirs === '' ? 'process-silent' : 'process-said' }], theirs };
}

/** One line, not too long, without what looks like a secret key or a token: forty characters and more of Base64. */
const withoutSecrets = (text: string): string => {
  const line = text
    .replace(/[A-Za-z0-9/+_-]{40,}={0,2}/gu, '***')
    .replace(/\s+/gu, ' ')
    .trim();
  return line.length > saidCharactersMax ? `${line.slice(0, saidCharactersMax)}…` : line;
};
const saidCharactersMax = 300;

const stsOptions = ({ transport, region, stsEndpoint, userAgent }: CredentialChainOptions) => ({
  requestHandler: transport,
  region,
  logger: silentLogger,
  customUserAgent: userAgent,
  ignoreConfiguredEndpointUrls: true,
  ...(stsEndpoint === null ? {} : { endpoint: stsEndpoint }),
});
const roleAssumer = (options: CredentialChainOptions) => getDefaultRoleAssumer(stsOptions(options));
const webIdentityAssumer = (options: CredentialChainOptions) =>
  getDefaultRoleAssumerWithWebIdentity(stsOptions(options));

async function advised<Value>(operation: string, provided: Promise<Value>, advice: Advice): Promise<Value> {
  try {
    return await provided;
  } catch (error) {
    const failure = failureOf(error);
    const isOfAws = failure.statusCode !== null || failure.kind === 'unreachable';
    if (!isOfAws) throw refused(failure.said ?? [], failure.message, advice, error);
    throw new AwsError(operation, failure.kind === 'unreachable' ? failure : { ...failure, advice }, error);
  }
}

/**
 * There are no credentials, and AWS was not the one who said so.
 * @param theirs what the SDK or a process said, which `said` stands around.
 */
const refused = (
  said: readonly Saying[],
  theirs: string,
  advice: Advice,
  cause?: unknown,
  code: 'CredentialsProviderError' | 'TokenProviderError' = 'CredentialsProviderError',
): AwsError =>
  new AwsError(
    'Credentials',
    {
      kind: 'credentials',
      code,
      message: theirs,
      said,
      statusCode: null,
      requestId: null,
      effectUnknown: false,
      advice,
    },
    cause,
  );

/** The SDK renews credentials five minutes before they expire; AWS's time says when that is. */
const renewedBeforeMs = 300_000;
/** How long what could not be renewed, and still holds, is not tried to be renewed again. */
const renewalPauseMs = 60_000;

/** Loads once for all who ask, and again in time. A renewal that fails is an error only when nothing is held any more. */
function keptFresh(loadNow: () => Promise<AwsCredentialIdentity>, clock: Clock): () => Promise<Credentials> {
  let held: AwsCredentialIdentity | null = null;
  let loading: Promise<AwsCredentialIdentity> | null = null;
  let triedMs = Number.NEGATIVE_INFINITY;
  const leftMs = ({ expiration }: AwsCredentialIdentity): number =>
    expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - clock.nowMs();
  return async () => {
    if (held !== null) {
      const heldMs = leftMs(held);
      const isTried = clock.monotonicMs() - triedMs < renewalPauseMs;
      if (heldMs > renewedBeforeMs || (heldMs > 0 && isTried)) return held;
    }
    loading ??= loadNow().finally(() => {
      loading = null;
    });
    triedMs = clock.monotonicMs();
    try {
      held = await loading;
    } catch (error) {
      if (held === null || leftMs(held) <= 0) throw error;
    }
    return held;
  };
}
