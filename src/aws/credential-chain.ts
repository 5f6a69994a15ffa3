import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../clock.ts';
import type { Advice } from '../problems/index.ts';
import { silentLogger } from './clients.ts';
import { AwsError, type Failure, failureOf } from './failure.ts';
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

/** What may have been looked at, in this order, as messages name it. */
const environmentKeys = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

/**
 * The caller's credentials, from the first place of the SDK's standard chain that is set up; where that place fails, the
 * reason is told, and no other is tried: the SDK's own chain goes on, and ends with "could not load credentials".
 * Every request goes through rootctl's transport, but for those to the instance and the container, which as in the SDK
 * go straight: they never leave the machine.
 * @throws AwsError of kind `credentials`, with the hint; or as AWS answered, e.g. `denied` for a role.
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
    return told(
      'AssumeRoleWithWebIdentity',
      fromTokenFile({ roleAssumerWithWebIdentity: webIdentityAssumer(options), logger: silentLogger })(),
      `check the trust policy of AWS_ROLE_ARN and the token in AWS_WEB_IDENTITY_TOKEN_FILE`,
    );
  }
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
    const { fromHttp } = await import('@aws-sdk/credential-provider-http');
    return told(
      'Credentials',
      fromHttp({ logger: silentLogger })(),
      'the container has no role: check its task or pod',
    );
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
      return await fromInstanceMetadata({ logger: silentLogger, profile: name })();
    } catch (error) {
      cause = error;
    }
  }
  const lookedAt = [
    ...(profile === null ? [environmentKeys] : []),
    configuration.profiles.has(name) ? `profile ${name} (it sets none)` : `profile ${name} (there is none)`,
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'the container',
    isOff ? 'not the EC2 instance (AWS_EC2_METADATA_DISABLED)' : 'the EC2 instance',
  ];
  throw refused(
    'no credentials were found',
    `give credentials: aws configure, aws sso login, AWS_PROFILE or --profile (without an account: --sandbox); looked at: ${lookedAt.join(', ')}`,
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
      throw refused(
        `profile ${name} wants a code of MFA device ${serialNumber}, and there is no terminal to ask for it`,
        `run it in a terminal, or hand over a session: aws configure export-credentials --profile ${name}`,
      );
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
  const which = first === name ? `profile ${name}` : `profile ${name}, which begins with profile ${first}`;
  const command = configuration.profiles.get(first)?.['credential_process'];
  if (source === 'process' && command !== undefined && failure.kind === 'credentials') {
    const message = error instanceof Error ? error.message : String(error);
    return refused(
      whatProcessSaid(message, command, which),
      `run it by itself: ${first} has it as credential_process`,
      error,
    );
  }
  const isOfAws = failure.statusCode !== null || failure.kind === 'unreachable';
  if (isOfAws) {
    const hint = `check role_arn and its trust policy: aws sts get-caller-identity --profile ${name}`;
    const withHint: Failure = failure.kind === 'unreachable' ? failure : { ...failure, advice: asTold(hint) };
    const operation = configuration.profiles.get(name)?.['role_arn'] === undefined ? 'Credentials' : 'AssumeRole';
    return new AwsError(operation, { ...withHint, message: `${which}: ${failure.message}` }, error);
  }
  const hints = {
    sso: `sign in again: aws sso login --profile ${first}`,
    login: `sign in again: aws login --profile ${first}`,
  } as const;
  const hint = source === 'sso' || source === 'login' ? hints[source] : `see aws configure list --profile ${name}`;
  // The SDK throws the same for a session that ended and for one that never began: either is mended by signing in.
  return refused(`${which}: ${failure.message}`, hint, error, source === 'sso' ? 'TokenProviderError' : undefined);
}

/** `exec`'s message is the command, which may hold a secret, then what the process wrote on stderr. */
function whatProcessSaid(message: string, command: string, which: string): string {
  const prefix = `Command failed: ${command}`;
  if (!message.startsWith(prefix))
    return `${which}: ${withoutSecrets(message.replaceAll(command, 'credential_process'))}`;
  const said = withoutSecrets(message.slice(prefix.length));
  return said === ''
    ? `${which}: credential_process failed and said nothing`
    : `${which}: credential_process failed and said: ${said}`;
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

async function told<Value>(operation: string, provided: Promise<Value>, hint: string): Promise<Value> {
  try {
    return await provided;
  } catch (error) {
    const failure = failureOf(error);
    const isOfAws = failure.statusCode !== null || failure.kind === 'unreachable';
    if (!isOfAws) throw refused(failure.message, hint, error);
    throw new AwsError(
      operation,
      failure.kind === 'unreachable' ? failure : { ...failure, advice: asTold(hint) },
      error,
    );
  }
}

const asTold = (hint: string): Advice => ({ name: 'as-told', about: hint });

/** There are no credentials, and AWS was not the one who said so. */
const refused = (
  message: string,
  hint: string,
  cause?: unknown,
  code: 'CredentialsProviderError' | 'TokenProviderError' = 'CredentialsProviderError',
): AwsError =>
  new AwsError(
    'Credentials',
    {
      kind: 'credentials',
      code,
      message,
      statusCode: null,
      requestId: null,
      effectUnknown: false,
      advice: asTold(hint),
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
