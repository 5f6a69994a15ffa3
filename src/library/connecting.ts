import { defaults, socketsFor } from '../actions/defaults.ts';
import type { AwsOptions } from '../aws/clients.ts';
import { type Network, readCaBundle, readProxies } from '../aws/network.ts';
import type { Credentials } from '../aws/signature.ts';
import { createHttpTransport, usualLimits } from '../aws/transport.ts';
import { systemClock } from '../clock.ts';
import { requireLimit } from './limits.ts';

/**
 * A way to AWS, or to a simulated organization, from `connectAws` or `connectSandbox`. Any number of calls may go over
 * it, one after the other or side by side.
 */
export interface Connection {
  /** Where root sessions are opened: the region of the STS endpoint. */
  readonly region: string;
  /** Nothing leaves the process, and every document says `simulated: true`. */
  readonly isSimulated: boolean;
  /** Ends the connections that are kept open for further requests, so that the process can end. */
  readonly close: () => void;
}

/** AWS's own three values: an access key, or temporary credentials with their session token. */
export interface CallerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface AwsConnectionOptions {
  /**
   * The caller's: of the management account, or of a delegated administrator of IAM. A function is asked before each
   * request, so that it may renew them; it should keep them as long as they are good.
   */
  readonly credentials: CallerCredentials | (() => Promise<CallerCredentials>);
  /** E.g. `eu-west-1`. Only regional STS endpoints open root sessions. */
  readonly region: string;
  /** An http:// or https:// address that every request goes to, instead of to AWS. */
  readonly endpointUrl?: string | undefined;
  /** The address of a proxy, e.g. `http://user:password@proxy.example.com:3128`. */
  readonly proxyUrl?: string | undefined;
  /** Certificates (PEM) that are trusted instead of Node's. */
  readonly caCertificates?: string | undefined;
  /** Connections that one host may have open; 200 unless given, twice as many as accounts in flight. */
  readonly socketsPerHost?: number | undefined;
}

export interface SandboxConnectionOptions {
  /** Member accounts of an organization that is made up; the documented one unless given. */
  readonly accounts?: number | undefined;
  /** What is made up follows from it, keys and ids of credentials too; 1 unless given. */
  readonly seed?: number | undefined;
  /** The JSON of a scenario (docs/sandbox.md), instead of both. */
  readonly scenario?: string | undefined;
  /** Whether centralized root access is on from the beginning; as the scenario says, or off, unless given. */
  readonly enabled?: boolean | undefined;
}

/** What a connection stands for inside. */
export type Wire = Pick<AwsOptions, 'region' | 'transport' | 'credentials' | 'endpointFor' | 'surroundings'> & {
  readonly isSimulated: boolean;
};

const wires = new WeakMap<Connection, Wire>();

/** @throws TypeError for what neither `connectAws` nor `connectSandbox` has made. */
export function wireOf(connection: Connection): Wire {
  const wire = wires.get(connection);
  if (wire === undefined) throw new TypeError('connection: not one that connectAws or connectSandbox has made');
  return wire;
}

function connected(wire: Wire): Connection {
  const { region, isSimulated, transport } = wire;
  const connection: Connection = Object.freeze({ region, isSimulated, close: () => transport.destroy() });
  wires.set(connection, wire);
  return connection;
}

/**
 * The way to AWS with what is given here, and nothing else: neither environment variables nor the shared configuration
 * count. Sends nothing yet.
 * @throws ProblemError `InvalidNetworkSetting` for a proxy that is no address, and for a text without certificates; TypeError for an
 * endpoint that is no address; RangeError for a number of connections that is none.
 */
export async function connectAws(options: AwsConnectionOptions): Promise<Connection> {
  const {
    credentials,
    region,
    endpointUrl,
    proxyUrl,
    caCertificates,
    socketsPerHost = socketsFor(defaults.concurrency),
  } = options;
  if (endpointUrl !== undefined && !/^https?:$/u.test(new URL(endpointUrl).protocol))
    throw new TypeError('endpointUrl: no http:// or https:// address');
  requireLimit('socketsPerHost', socketsPerHost, 'count', 1);
  const network: Network = {
    ...readProxies(proxyUrl === undefined ? {} : { http_proxy: proxyUrl, https_proxy: proxyUrl }),
    caCertificates:
      caCertificates === undefined
        ? null
        : readCaBundle(caCertificates, { setting: 'caCertificates', profile: null, path: null }),
  };
  return connected({
    region,
    credentials: typeof credentials === 'function' ? async () => asGiven(await credentials()) : asGiven(credentials),
    transport: createHttpTransport({ ...usualLimits, socketsPerHost }, systemClock, network),
    endpointFor: () => endpointUrl ?? null,
    surroundings: 'ignored',
    isSimulated: false,
  });
}

const asGiven = ({ accessKeyId, secretAccessKey, sessionToken }: CallerCredentials): Credentials =>
  sessionToken === undefined ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken };

/**
 * A simulated organization in memory: nothing is read from the disk, nothing is kept, and no request can leave the
 * process.
 * @throws Error for a scenario that is none, naming the field.
 */
export async function connectSandbox(options: SandboxConnectionOptions = {}): Promise<Connection> {
  const { accounts, seed = defaults.sandboxSeed, scenario, enabled } = options;
  const { createSandbox, leavingRoom, parseScenario, sandboxRequestHandler, seededScenario, switchRootAccess } =
    await import('../sandbox/index.ts');
  const chosen = scenario === undefined ? seededScenario(accounts, seed) : parseScenario(scenario);
  const switched = enabled === undefined ? chosen : switchRootAccess(chosen, enabled);
  const sandbox = createSandbox(switched, { clock: systemClock });
  return connected({
    region: sandbox.region,
    credentials: sandbox.credentials().management,
    transport: leavingRoom(sandboxRequestHandler(sandbox), systemClock),
    endpointFor: () => null,
    surroundings: 'ignored',
    isSimulated: true,
  });
}
