import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { requireWhole } from './answers.ts';
import { type CallEnvironment, callWithRetries, defaultPatience, type Patience } from './call.ts';
import { createDispatch, type Dispatch, type SdkCommand } from './dispatch.ts';
import { AwsError, aborted, type Failure, failureOf } from './failure.ts';
import { refusingForeign } from './foreign.ts';
import type { Pace, PaceKey } from './pace.ts';
import { type Credentials, createSigner, type Signer } from './signature.ts';
import { type AwsTime, createAwsTime } from './time.ts';
import type { Transport } from './transport.ts';

/** The credentials of one root session, bound to the account that they are for. */
export interface SessionIdentity {
  readonly accountId: string;
  readonly credentials: Credentials;
  readonly signer: Signer;
}

type Send = <Output extends object>(command: SdkCommand<Output>, signal?: AbortSignal) => Promise<Output>;

/** Everything rootctl asks of AWS goes through here: paced, retried, signed with the credentials of its call. */
export interface Aws {
  readonly region: string;
  readonly organizations: Send;
  readonly sts: Send;
  /** IAM as the caller, in the caller's own account. */
  readonly iam: Send;
  /** IAM as the root user of a member account, within a root session. */
  readonly asRoot: <Output extends object>(
    session: SessionIdentity,
    command: SdkCommand<Output>,
    signal?: AbortSignal,
  ) => Promise<Output>;
  /** STS as the root user of a member account: `GetCallerIdentity`, which no policy can deny, says whose session it is. */
  readonly stsAsRoot: <Output extends object>(
    session: SessionIdentity,
    command: SdkCommand<Output>,
    signal?: AbortSignal,
  ) => Promise<Output>;
  readonly forgetAccount: (accountId: string) => void;
  /** For services that are loaded only when needed (S3, SQS): what their clients share with these. */
  readonly shared: {
    /** Paced, retried and looked at like every other call. `operation` is AWS's own name. */
    readonly call: <Output>(
      operation: string,
      service: 's3' | 'sqs',
      send: () => Promise<Output>,
      signal?: AbortSignal,
    ) => Promise<Output>;
    /** Configuration of any SDK client, by the service's name in the SDK, but for its region and credentials. */
    readonly clientFor: (service: string) => SharedClientOptions;
  };
}

interface SharedClientOptions {
  readonly requestHandler: Transport;
  readonly logger: typeof silentLogger;
  readonly endpoint?: string;
  readonly profile?: string;
  /** The SDK's own look at the configuration knows no `--profile`, and in the sandbox nothing may lead out of it. */
  readonly ignoreConfiguredEndpointUrls: true;
  readonly useDualstackEndpoint?: boolean;
  readonly useFipsEndpoint?: boolean;
  readonly customUserAgent: string;
  /** Milliseconds by which AWS's time is ahead of this machine's: these clients sign by themselves. */
  readonly systemClockOffset: number;
}

export interface AwsOptions {
  readonly region: string;
  readonly profile?: string;
  /** `ignored`: what the environment and the shared configuration say of how to call AWS does not count. */
  readonly surroundings?: 'heeded' | 'ignored';
  /** Where a service is, by its name in the SDK (`STS`, `S3`); null or not given: at AWS. */
  readonly endpointFor?: (service: string) => string | null;
  /** The caller's, asked for at each call, since they may be renewed meanwhile. */
  readonly credentials: Credentials | (() => Promise<Credentials>);
  readonly transport: Transport;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Learns AWS's time from its answers; one of the call's own unless given. */
  readonly time?: AwsTime;
  readonly random: Random;
  readonly userAgent: string;
  readonly patience?: Patience;
  readonly onRetry?: (operation: string, failure: Failure, delayMs: number) => void;
  /** How commands reach AWS, replaceable service by service in tests. */
  readonly dispatch?: Partial<Record<'organizations' | 'sts' | 'iam', Dispatch>>;
}

/** Without a logger the SDK warns on the console, e.g. of a profile beside keys in the environment: the terminal is ours. */
const quiet = (): void => {};
export const silentLogger = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

/** All that the SDK's clients for STS, IAM, Organizations, S3 and SQS would ask the surroundings for, as it is without. */
const unsurrounded = {
  authSchemePreference: [],
  defaultsMode: 'legacy',
  defaultUserAgentProvider: async () => [],
  disableClockSkewCorrection: false,
  disableS3ExpressSessionAuth: false,
  requestChecksumCalculation: 'WHEN_SUPPORTED',
  responseChecksumValidation: 'WHEN_SUPPORTED',
  retryMode: 'standard',
  sigv4aSigningRegionSet: async () => undefined,
  useArnRegion: false,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: async () => undefined,
} as const;

/** Organizations and IAM are global services whose endpoint and signing region is us-east-1 (AWS General Reference). */
const globalRegion = 'us-east-1';

export function createAws(options: AwsOptions): Aws {
  const { region, transport, clock, userAgent } = options;
  const time = options.time ?? createAwsTime(clock);
  const clientFor = (service: string): SharedClientOptions => {
    const endpoint = options.endpointFor?.(service) ?? null;
    return {
      requestHandler: refusingForeign(transport),
      logger: silentLogger,
      ignoreConfiguredEndpointUrls: true,
      customUserAgent: userAgent,
      systemClockOffset: time.nowMs() - clock.nowMs(),
      ...(options.surroundings === 'ignored' ? unsurrounded : {}),
      ...(endpoint === null ? {} : { endpoint }),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
    };
  };
  // Commands are signed here, not by the clients: nothing may look for credentials a second way.
  const clientOptions = (service: string) => ({ ...clientFor(service), credentials: options.credentials });
  const sts = new STSClient({ ...clientOptions('STS'), region, useGlobalEndpoint: false });
  const iam = new IAMClient({ ...clientOptions('IAM'), region: globalRegion });
  const organizations = new OrganizationsClient({ ...clientOptions('Organizations'), region: globalRegion });
  const dispatch = {
    sts: options.dispatch?.sts ?? createDispatch(sts, transport, userAgent, time),
    iam: options.dispatch?.iam ?? createDispatch(iam, transport, userAgent, time),
    organizations: options.dispatch?.organizations ?? createDispatch(organizations, transport, userAgent, time),
  };
  const environment: CallEnvironment = {
    pace: options.pace,
    clock,
    random: options.random,
    patience: options.patience ?? defaultPatience,
    ...(options.onRetry === undefined ? {} : { onRetry: options.onRetry }),
  };

  const { credentials: given } = options;
  const callersCredentials = async (): Promise<Credentials> => (typeof given === 'function' ? given() : given);
  let callerSigner: { readonly credentials: Credentials; readonly signer: Signer } | undefined;
  const signAsCaller = async (): Promise<Signer> => {
    const credentials = await callersCredentials();
    const isSame =
      callerSigner?.credentials.accessKeyId === credentials.accessKeyId &&
      callerSigner.credentials.sessionToken === credentials.sessionToken;
    if (!isSame || callerSigner === undefined) callerSigner = { credentials, signer: createSigner(credentials) };
    return callerSigner.signer;
  };
  /** Whoever gives the credentials (a program, a server, a person) may take longer than the command. */
  const signerUnless = (signal: AbortSignal | undefined): Promise<Signer> => {
    if (signal === undefined) return signAsCaller();
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(aborted());
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
      void signAsCaller()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', giveUp));
    });
  };
  /** Once; what comes back is whole, or it is an error. */
  const send = async <Output extends object>(
    service: 'organizations' | 'sts' | 'iam',
    command: SdkCommand<Output>,
    signer: Signer,
    signal: AbortSignal | undefined,
  ): Promise<Output> =>
    requireWhole(
      operationName(command),
      await dispatch[service](command, { signer, nowMs: time.nowMs(), ...(signal ? { signal } : {}) }),
    );
  const asCaller =
    (service: 'organizations' | 'sts' | 'iam'): Send =>
    async (command, signal) => {
      await signerUnless(signal); // what is wrong with the credentials is no failure of this call, and no reason to repeat it
      return callWithRetries(
        operationName(command),
        service,
        async () => send(service, command, await signerUnless(signal), signal),
        environment,
        signal,
      );
    };

  return {
    region,
    organizations: asCaller('organizations'),
    sts: asCaller('sts'),
    iam: asCaller('iam'),
    asRoot: (session, command, signal) =>
      callWithRetries(
        operationName(command),
        iamKey(session.accountId),
        () => send('iam', command, session.signer, signal),
        environment,
        signal,
      ),
    stsAsRoot: (session, command, signal) =>
      callWithRetries(
        operationName(command),
        'sts',
        () => send('sts', command, session.signer, signal),
        environment,
        signal,
      ),
    forgetAccount: (accountId) => options.pace.forget(iamKey(accountId)),
    shared: {
      call: (operation, service, sendOnce, signal) =>
        callWithRetries(operation, service, async () => requireWhole(operation, await sendOnce()), environment, signal),
      clientFor,
    },
  };
}

const iamKey = (accountId: string): PaceKey => `iam:${accountId}`;

/** AWS's name of the operation, e.g. `ListAccessKeys`, from the command's schema `[9, namespace, name, …]`. */
function operationName(command: SdkCommand<object>): string {
  return Array.isArray(command.schema) ? String(command.schema[2]) : 'AWS';
}

/**
 * The region of the SDK's standard chain (`AWS_REGION`, the profile's `region`).
 * @returns null when none is set anywhere.
 * @throws AwsError when the profile does not exist or a configuration file cannot be read.
 */
export async function configuredRegion(profile: string | undefined): Promise<string | null> {
  try {
    const options = { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile === undefined ? {} : { profile }) };
    const region = await loadConfig({ ...NODE_REGION_CONFIG_OPTIONS, default: '' }, options)();
    return region === '' ? null : region;
  } catch (error) {
    throw new AwsError('LoadConfiguration', failureOf(error), error);
  }
}
