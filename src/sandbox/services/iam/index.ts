import { endpointsNamed } from '../../endpoints.ts';
import { queryProtocol } from '../../protocols/query.ts';
import { accessDenied, Refusal } from '../../wire.ts';
import type { Service } from '../service.ts';
import { iamOperations } from './operations.ts';

export const iam: Service<'iam'> = {
  name: 'iam',
  endpointOf: endpointsNamed('iam'),
  claims: ({ version }) => version === '2010-05-08',
  ...queryProtocol({
    name: 'iam',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: iamOperations,
  }),
  denied: accessDenied,
  throttled: new Refusal('Throttling', 400, 'Rate exceeded'),
  failed: new Refusal('ServiceFailure', 500, 'The request processing has failed because of an unknown error.'),
};
