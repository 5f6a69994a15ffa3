import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Credential } from '../../src/sandbox/index.ts';
import type { Identity } from './certificates.ts';

export interface Front {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** What it was asked for, in order: `sts.us-east-1.amazonaws.com AssumeRole`. */
  readonly asked: readonly string[];
  readonly bodies: readonly string[];
}

export interface FrontBehaviour {
  /** The sandbox that answers what is not answered here. */
  readonly endpoint: string;
  /** What every way to credentials leads to. */
  readonly credentials: Credential;
  readonly identity?: Identity;
  /** When those credentials expire; an hour from now unless given. */
  readonly expiresAt?: () => Date;
}

/** AWS as a whole: a sandbox, and the calls for credentials that it does not simulate (STS `AssumeRole…`, SSO). */
export async function startFront({ endpoint, credentials, identity, expiresAt }: FrontBehaviour): Promise<Front> {
  const asked: string[] = [];
  const bodies: string[] = [];
  const expiration = (): Date => expiresAt?.() ?? new Date(Date.now() + 3_600_000);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString();
    bodies.push(body);
    const target = String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    const action = new URLSearchParams(body).get('Action') ?? (target || request.url?.split('?')[0]);
    asked.push(`${request.headers.host} ${action}`);
    const { accessKeyId, secretAccessKey, sessionToken = 'token' } = credentials;
    if (action === 'AssumeRole' || action === 'AssumeRoleWithWebIdentity') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(
        `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
          <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
          <SessionToken>${sessionToken}</SessionToken><Expiration>${expiration().toISOString()}</Expiration>
        </Credentials></${action}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`,
      );
      return;
    }
    if (action === '/federation/credentials') {
      const roleCredentials = { accessKeyId, secretAccessKey, sessionToken, expiration: expiration().getTime() };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ roleCredentials }));
      return;
    }
    if (action === '/token') {
      const token = { accessToken: 'new-token', expiresIn: 3_600, refreshToken: 'next' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
      return;
    }
    const { host, port } = addressOf(endpoint);
    const { headers, method, url } = request;
    const onward = httpRequest({ host, port, method, path: url, headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  };
  const server = identity === undefined ? createServer(listener) : createTlsServer(identity, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, bodies };
}

const addressOf = (endpoint: string) => {
  const { hostname, port } = new URL(endpoint);
  return { host: hostname, port };
};
