import { X509Certificate } from 'node:crypto';

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

/** A setting of the network that cannot be. It never repeats the value: a proxy's address may hold a password. */
export class NetworkSettingError extends Error {
  override readonly name = 'NetworkSettingError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in small letters too, which win, as for the AWS CLI (botocore takes them from
 * Python's `urllib.request.getproxies`). `ALL_PROXY` counts for neither.
 * @throws NetworkSettingError when a proxy is no http:// or https:// address.
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
    throw new NetworkSettingError(`${variable} is not the address of a proxy such as http://proxy.example.com:3128`);
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
    throw new NetworkSettingError(`${variable} has a user or a password with a lone %: write it as %25`);
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

/**
 * The certificates of a bundle, each of them looked at: Node passes over what is none, and then trusts nobody.
 * @param path where they were read, and `source` who names that file: for the message.
 * @throws NetworkSettingError
 */
export function readCaBundle(text: string, path: string, source: string): string {
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/gu);
  if (blocks === null) throw new NetworkSettingError(`${path} (${source}) holds no certificate in PEM form`);
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch {
      throw new NetworkSettingError(`${path} (${source}): certificate ${index + 1} of ${blocks.length} cannot be read`);
    }
  }
  return blocks.join('\n');
}
