import { loopbackOf } from './endpoints.ts';
import { isRestJson, signingNameIn } from './not-simulated.ts';
import { type SimulatedService, services } from './services/index.ts';
import { type Authorization, parseAuthorization } from './signature.ts';
import { NotSimulated, type SandboxRequest } from './wire.ts';

/** Which service a request is for, as its host (or, on loopback, its signature) says. */
export interface Route {
  readonly service: SimulatedService;
  /** The host's region; undefined on loopback, where any region's endpoint is the same, and at hosts without one. */
  readonly region: string | undefined;
  /** The region that the signature must name; undefined on loopback: any. */
  readonly signingRegion: string | undefined;
  /** The service's endpoint without a region. */
  readonly global: boolean;
  /** What stands before the service's own host. */
  readonly subdomain: string | undefined;
  readonly authorization: Authorization | undefined;
}

/** @throws NotSimulated for a host that is none of the simulated services'. */
export function routeOf(request: SandboxRequest): Route {
  const hostname = request.hostname.toLowerCase();
  const authorization = parseAuthorization(request.headers['authorization']);
  const local = loopbackOf(hostname);
  if (local !== undefined) {
    const service = authorization ? serviceBySigningName(authorization.service) : serviceByContent(request);
    return { service, region: undefined, signingRegion: undefined, global: false, ...local, authorization };
  }
  for (const service of services) {
    const endpoint = service.endpointOf(hostname);
    if (endpoint !== undefined) return { service, ...endpoint, ...signedAt(endpoint.region), authorization };
  }
  throw new NotSimulated(hostname);
}

/** Endpoints without a region are signed for us-east-1, GovCloud's `iam.us-gov` for us-gov-west-1 (AWS General Reference). */
const signedAt = (region: string | undefined) => ({
  signingRegion: region === 'us-gov' ? 'us-gov-west-1' : (region ?? 'us-east-1'),
  global: region === undefined,
});

function serviceBySigningName(name: string): SimulatedService {
  const service = services.find((one) => one.name === name);
  if (service === undefined) throw new NotSimulated(`the service ${name}`);
  return service;
}

/** An unsigned request on loopback: enough is known to refuse it in its own protocol. */
function serviceByContent(request: SandboxRequest): SimulatedService {
  const target = request.headers['x-amz-target'] ?? '';
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const given = request.query['Version'] ?? form.get('Version');
  const version = typeof given === 'string' ? given : undefined;
  const claimed = services.find(({ claims }) => claims !== 'the rest' && claims({ target, version }));
  if (claimed !== undefined) return claimed;
  const rest = services.find(({ claims }) => claims === 'the rest');
  const signingName = signingNameIn(request);
  if (signingName !== undefined && signingName !== rest?.name) return serviceBySigningName(signingName);
  const isForAnother = target !== '' || given !== null || isRestJson(request);
  if (rest === undefined || isForAnother) throw new NotSimulated('this service');
  return rest;
}
