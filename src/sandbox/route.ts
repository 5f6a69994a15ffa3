import { isRestJson, signingNameIn } from './not-simulated.ts';
import { type Authorization, parseAuthorization } from './signature.ts';
import { NotSimulated, type SandboxRequest, type ServiceName } from './wire.ts';

/** Which service a request is for, as its host (or, on loopback, its signature) says. */
export interface Route {
  readonly service: ServiceName;
  /** The host's region; undefined on loopback, where any region's endpoint is the same, and at hosts without one. */
  readonly region: string | undefined;
  /** The region that the signature must name; undefined on loopback: any. */
  readonly signingRegion: string | undefined;
  /** STS's or S3's endpoint without a region. */
  readonly global: boolean;
  /** From a virtual-hosted S3 address. */
  readonly bucket: string | undefined;
  readonly authorization: Authorization | undefined;
}

const hosts: readonly { pattern: RegExp; service: ServiceName }[] = [
  {
    pattern: /^organizations(?:-fips)?(?:\.([a-z0-9-]+))?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/,
    service: 'organizations',
  },
  { pattern: /^iam(?:-fips)?(?:\.([a-z0-9-]+))?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/, service: 'iam' },
  { pattern: /^sts(?:-fips)?(?:\.([a-z0-9-]+))?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/, service: 'sts' },
  { pattern: /^sqs(?:-fips)?(?:\.([a-z0-9-]+))?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/, service: 'sqs' },
];
const s3Host = /^(?:(.+)\.)?s3(?:-fips)?(?:\.dualstack)?(?:\.([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/;
const loopback = /^(?:(.+)\.)?(?:localhost|127\.0\.0\.1|\[?::1\]?)$/;

/** Of a host without its port. */
export const isLoopback = (hostname: string): boolean => loopback.test(hostname.toLowerCase());

/** @throws NotSimulated for a host that is none of the simulated services'. */
export function routeOf(request: SandboxRequest): Route {
  const hostname = request.hostname.toLowerCase();
  const authorization = parseAuthorization(request.headers['authorization']);
  const local = loopback.exec(hostname);
  if (local) {
    const service = authorization ? serviceBySigningName(authorization.service) : serviceByContent(request);
    const bucket = service === 's3' ? local[1] : undefined;
    return { service, region: undefined, signingRegion: undefined, global: false, bucket, authorization };
  }
  for (const { pattern, service } of hosts) {
    const match = pattern.exec(hostname);
    if (match) return { service, ...regionOf(match[1]), bucket: undefined, authorization };
  }
  const s3 = s3Host.exec(hostname);
  if (s3) return { service: 's3', ...regionOf(s3[2]), bucket: s3[1], authorization };
  throw new NotSimulated(hostname);
}

/** Endpoints without a region are signed for us-east-1, GovCloud's `iam.us-gov` for us-gov-west-1 (AWS General Reference). */
const regionOf = (region: string | undefined) => ({
  region,
  signingRegion: region === 'us-gov' ? 'us-gov-west-1' : (region ?? 'us-east-1'),
  global: region === undefined,
});

function serviceBySigningName(name: string): ServiceName {
  switch (name) {
    case 'organizations':
    case 'iam':
    case 'sts':
    case 's3':
    case 'sqs':
      return name;
    default:
      throw new NotSimulated(`the service ${name}`);
  }
}

/** An unsigned request on loopback: enough is known to refuse it in its own protocol. */
function serviceByContent(request: SandboxRequest): ServiceName {
  const target = request.headers['x-amz-target'] ?? '';
  if (target.startsWith('AWSOrganizations')) return 'organizations';
  if (target.startsWith('AmazonSQS')) return 'sqs';
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const version = request.query['Version'] ?? form.get('Version');
  if (version === '2011-06-15') return 'sts';
  if (version === '2010-05-08') return 'iam';
  const isForAnother = target !== '' || version !== null || isRestJson(request);
  const service = signingNameIn(request);
  if (service !== undefined && service !== 's3') return serviceBySigningName(service);
  if (isForAnother) throw new NotSimulated('this service');
  return 's3';
}
