/** Where a host leads, within the service that it belongs to. */
export interface Endpoint {
  /** Undefined for the endpoint without a region. */
  readonly region: string | undefined;
  /** What stands before the service's own host. */
  readonly subdomain: string | undefined;
}

/** `NAME.REGION.amazonaws.com` and its forms: FIPS, dual-stack, China, without a region (AWS General Reference, "Service endpoints"). */
export function endpointsNamed(name: string): (hostname: string) => Endpoint | undefined {
  const pattern = new RegExp(
    String.raw`^${name}(?:-fips)?(?:\.([a-z0-9-]+))?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$`,
    'u',
  );
  return (hostname) => {
    const match = pattern.exec(hostname);
    return match === null ? undefined : { region: match[1], subdomain: undefined };
  };
}

const loopback = /^(?:(.+)\.)?(?:localhost|127\.0\.0\.1|\[?::1\]?)$/;

/** Of a host without its port, in lower case; undefined for one that is not this machine. */
export function loopbackOf(hostname: string): Pick<Endpoint, 'subdomain'> | undefined {
  const match = loopback.exec(hostname);
  return match === null ? undefined : { subdomain: match[1] };
}
