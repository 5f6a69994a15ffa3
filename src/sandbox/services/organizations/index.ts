import { endpointsNamed } from '../../endpoints.ts';
import { jsonProtocol } from '../../protocols/json.ts';
import { Refusal } from '../../wire.ts';
import type { Service } from '../service.ts';
import { organizationsOperations, resourceIn } from './operations.ts';

export const organizations: Service<'organizations'> = {
  name: 'organizations',
  endpointOf: endpointsNamed('organizations'),
  claims: ({ target }) => target.startsWith('AWSOrganizations'),
  ...jsonProtocol({
    name: 'organizations',
    version: '1.1',
    operations: organizationsOperations,
    errorOf: ({ code, message, fields }) => ({ __type: code, Message: message, ...fields }),
  }),
  accountIn: ({ AccountId }) => AccountId,
  resourceIn,
  /** The same answer has another code here (API Reference, AccessDeniedException). */
  denied: (message) => new Refusal('AccessDeniedException', 400, message),
  throttled: new Refusal(
    'TooManyRequestsException',
    400,
    'AWS Organizations can\u2019t complete your request because you have sent too many requests in too short a period of time.',
    { fields: { Type: 'REQUEST_RATE' } },
  ),
  failed: new Refusal(
    'ServiceException',
    500,
    "AWS Organizations can't complete your request because of an internal service error.",
  ),
};
