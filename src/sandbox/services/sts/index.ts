import { endpointsNamed } from '../../endpoints.ts';
import { queryProtocol } from '../../protocols/query.ts';
import { accessDenied, Refusal } from '../../wire.ts';
import type { Service } from '../service.ts';
import { stsOperations } from './operations.ts';

export const sts: Service<'sts'> = {
  name: 'sts',
  endpointOf: endpointsNamed('sts'),
  claims: ({ version }) => version === '2011-06-15',
  ...queryProtocol({
    name: 'sts',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: stsOperations,
  }),
  accountIn: ({ TargetPrincipal }) => TargetPrincipal,
  denied: accessDenied,
  throttled: new Refusal('Throttling', 400, 'Rate exceeded'),
  failed: new Refusal('InternalFailure', 500, 'The request processing has failed because of an unknown error.'),
};
