import type { Call } from '../call.ts';
import type { Protocol } from '../services/service.ts';
import { notSimulatedOperation, type SandboxRequest, type SandboxResponse, utf8 } from '../wire.ts';
import { noXml, type Xml, xml } from '../xml.ts';

export type Parameters = Readonly<Record<string, string>>;
export type QueryOperations = Readonly<Record<string, (call: Call, parameters: Parameters) => Xml>>;

interface QueryService {
  readonly name: string;
  readonly namespace: string;
  readonly operations: QueryOperations;
}

/** AWS Query: a form is asked, XML answers. */
export function queryProtocol({ name, namespace, operations }: QueryService): Protocol {
  return {
    protocol: 'query',
    read(request) {
      const { Action: operation = '', Version: _version, ...parameters } = formOf(request);
      const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (perform === undefined) throw notSimulatedOperation(name, operation);
      return {
        name: operation,
        parameters,
        perform: (call, requestId) => answer(namespace, operation, perform(call, parameters), requestId),
      };
    },
    refused({ code, statusCode, message, headers }, requestId) {
      const type = statusCode < 500 ? 'Sender' : 'Receiver';
      return {
        statusCode,
        headers: { ...headers, 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
        body: utf8(
          xml`<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
            .text,
        ),
      };
    },
  };
}

/** In the body or in the address. */
function formOf(request: SandboxRequest): Record<string, string> {
  const form: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.query)) if (typeof value === 'string') form[name] = value;
  const { buffer, byteOffset, byteLength } = request.body;
  if (byteLength > 0) {
    const text = Buffer.from(buffer, byteOffset, byteLength).toString();
    for (const [name, value] of new URLSearchParams(text)) form[name] = value;
  }
  return form;
}

function answer(namespace: string, operation: string, result: Xml, requestId: string): SandboxResponse {
  // Operations without an output have no …Result element.
  const wrapped = result === noXml ? '' : `<${operation}Result>${result.text}</${operation}Result>`;
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: utf8(
      `<${operation}Response xmlns="${namespace}">${wrapped}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    ),
  };
}
