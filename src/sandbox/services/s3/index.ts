import { restXmlProtocol } from '../../protocols/rest-xml.ts';
import { accessDenied, Refusal } from '../../wire.ts';
import type { Service } from '../service.ts';
import { readS3 } from './operations.ts';

/** Path-style and virtual-hosted, with or without a region (S3 User Guide, "Virtual hosting of buckets"). */
const host = /^(?:(.+)\.)?s3(?:-fips)?(?:\.dualstack)?(?:\.([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/;

export const s3: Service<'s3'> = {
  name: 's3',
  endpointOf(hostname) {
    const match = host.exec(hostname);
    return match === null ? undefined : { region: match[2], subdomain: match[1] };
  },
  claims: 'the rest',
  ...restXmlProtocol(readS3),
  isPathSignedAsSent: true,
  denied: accessDenied,
  throttled: new Refusal('SlowDown', 503, 'Please reduce your request rate.'),
  failed: new Refusal('InternalError', 500, 'We encountered an internal error. Please try again.'),
};
