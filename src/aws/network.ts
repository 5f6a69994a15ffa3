import { X509Certificate } from 'node:crypto';
import { problemError } from '../problems/index.ts';
import type { SharedConfiguration } from './profiles.ts';

/** A proxy, and how it is shown: its address carries no user and no password. */
export interface ProxyServer {
  readonly url: URL;
  /** `Proxy-Authorization`, from the user and the password of the address. */
  readonly authorization: string | null;
  /** The environment variable that names it. */
  readonly variable: string;
}

/** The way to AWS that this machine prescribes. */
export interface Network {
  readonly proxies: { readonly 'http:': ProxyServer | null; readonly 'https:': ProxyServer | null };
  /** Entries of `NO_PROXY`: hosts, with or without a port, that also stand for all below them; `*` is every host. */
  readonly unproxied: readonly string[];
  /** Certificates (PEM) that are trusted instead of Node's, as `AWS_CA_BUNDLE` does in the AWS CLI; null for Node's. */
  readonly caCertificates: string | null;
}

/** Straight ahead, with the certificates that Node trusts. */
export const openNetwork: Network = {
  proxies: { 'http:': null, 'https:': null },
  unproxied: [],
  caCertificates: null,
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in small letters too, which win, as for the AWS CLI (botocore takes them from
 * Python's `urllib.request.getproxies`). `ALL_PROXY` counts for neither.
 * @throws ProblemError `InvalidNetworkSetting` when a proxy is no http:// or https:// address; it never repeats the value,
 * which may hold a password.
 */
export function readProxies(env: Environment): Pick<Network, 'proxies' | 'unproxied'> {
  // A web server hands the header `Proxy:` of a request to a CGI program as HTTP_PROXY (CVE-2016-5385, httpoxy).
  const isWebServers = env['REQUEST_METHOD'] !== undefined;
  return {
    proxies: {
      'https:': readProxy(env, ['https_proxy', 'HTTPS_PROXY']),
      'http:': readProxy(env, isWebServers ? ['http_proxy'] : ['http_proxy', 'HTTP_PROXY']),
    },
    unproxied: (env['no_proxy'] ?? env['NO_PROXY'] ?? '')
      .split(/[\s,]+/u)
      .filter((entry) => entry !== '')
      .map((entry) => entry.toLowerCase()),
  };
}

function readProxy(env: Environment, variables: readonly string[]): ProxyServer | null {
  const variable = variables.find((name) => env[name] !== undefined); // the empty one switches the other off
  const text = variable === undefined ? '' : (env[variable] ?? '').trim();
  if (variable === undefined || text === '') return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text.replace(/^\/\//u, '')}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw problemError('InvalidNetworkSetting', { setting: variable, profile: null, flaw: { is: 'no-proxy-address' } });
  }
  const authorization = authorizationOf(url, variable);
  return { url: new URL(`${url.protocol}//${url.host}`), authorization, variable };
}

function authorizationOf({ username, password }: URL, variable: string): string | null {
  if (username === '' && password === '') return null;
  try {
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(login).toString('base64')}`;
  } catch {
    throw problemError('InvalidNetworkSetting', { setting: variable, profile: null, flaw: { is: 'lone-percent' } });
  }
}

/** The proxy for a request, or null where it goes straight. */
export function proxyFor(
  { proxies, unproxied }: Network,
  { protocol, hostname, port }: { readonly protocol: string; readonly hostname: string; readonly port?: number },
): ProxyServer | null {
  const plain = protocol === 'http:' ? 'http:' : 'https:';
  const proxy = proxies[plain];
  if (proxy === null) return null;
  const host = hostname.replace(/^\[(.*)\]$/u, '$1').toLowerCase();
  const portOrDefault = port ?? (plain === 'http:' ? 80 : 443);
  return unproxied.some((entry) => isMeant(entry, host, portOrDefault)) ? null : proxy;
}

/** `example.com` and `.example.com` also mean every host below, as in `urllib`; `*.example.com` is what many write. */
function isMeant(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const [, bracketed, name, ownPort] =
    /^(?:\[([^\]]*)\]|(.*?))(?::(\d+))?$/u.exec(isAddress6(entry) ? `[${entry}]` : entry) ?? [];
  if (ownPort !== undefined && Number(ownPort) !== port) return false;
  const wanted = (bracketed ?? name ?? '').replace(/^\*?\./u, '');
  return wanted !== '' && (host === wanted || host.endsWith(`.${wanted}`));
}

/** More than one colon, and no brackets: `::1` is no name with a port. */
const isAddress6 = (entry: string): boolean => !entry.startsWith('[') && entry.split(':').length > 2;

/** Where certificates come from: the setting that names their file, of the profile if one is named. */
export interface BundleSource {
  readonly setting: string;
  readonly profile: string | null;
  /** null where the certificates themselves were given. */
  readonly path: string | null;
}

/**
 * The certificates of a bundle, each of them looked at: Node passes over what is none, and then trusts nobody.
 * @throws ProblemError `InvalidNetworkSetting`
 */
export function readCaBundle(text: string, { setting, profile, path }: BundleSource): string {
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/gu);
  if (blocks === null)
    throw problemError('InvalidNetworkSetting', { setting, profile, flaw: { is: 'no-certificate', path } });
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch {
      const flaw = { is: 'bad-certificate', path, position: index + 1, of: blocks.length } as const;
      throw problemError('InvalidNetworkSetting', { setting, profile, flaw });
    }
  }
  return blocks.join('\n');
}

/**
 * What the environment and the profile say of the network: proxies, and the bundle of certificates that they name.
 * @throws ProblemError `InvalidNetworkSetting`: for a proxy that is no address, for a file that cannot be read, and for
 * one that holds no certificates.
 */
export async function readNetwork(
  env: Environment,
  profileName: string,
  { profiles }: SharedConfiguration,
  readFile: (path: string) => Promise<string>,
): Promise<Network> {
  const proxies = readProxies(env);
  const ofEnvironment = env['AWS_CA_BUNDLE'];
  const path = ofEnvironment || profiles.get(profileName)?.['ca_bundle'];
  if (!path) return { ...proxies, caCertificates: null };
  const source = ofEnvironment
    ? { setting: 'AWS_CA_BUNDLE', profile: null }
    : { setting: 'ca_bundle', profile: profileName };
  const text = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw problemError('InvalidNetworkSetting', { ...source, flaw: { is: 'unreadable-file', path, code } }, error);
  });
  return { ...proxies, caCertificates: readCaBundle(text, { ...source, path }) };
}
