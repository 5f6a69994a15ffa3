import { endpointsNamed } from '../../endpoints.ts';
import { hasAction } from '../../not-simulated.ts';
import { jsonProtocol } from '../../protocols/json.ts';
import { accessDenied, NotSimulated, Refusal } from '../../wire.ts';
import type { Service } from '../service.ts';
import { sqsOperations } from './operations.ts';

const json = jsonProtocol({
  name: 'sqs',
  version: '1.0',
  operations: sqsOperations,
  errorOf: ({ code, message, fields }) => ({ __type: `com.amazonaws.sqs#${code}`, message, ...fields }),
  isQueryCompatible: true,
});

export const sqs: Service<'sqs'> = {
  name: 'sqs',
  endpointOf: endpointsNamed('sqs'),
  claims: ({ target }) => target.startsWith('AmazonSQS'),
  ...json,
  read(request, subdomain) {
    // What SDKs spoke before November 2023 (SQS Developer Guide, "AWS JSON protocol").
    if (hasAction(request)) throw new NotSimulated("SQS's older Query protocol, only its JSON protocol");
    return json.read(request, subdomain);
  },
  denied: accessDenied,
  throttled: new Refusal('RequestThrottled', 403, 'Rate exceeded'),
  failed: new Refusal('InternalFailure', 500, 'The request processing has failed because of an unknown error.'),
};
