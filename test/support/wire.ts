import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import { virtualClock } from '../../harness/clock.ts';
import { createAws } from '../../src/aws/clients.ts';
import { unpaced } from '../../src/aws/pace.ts';
import { createSigner } from '../../src/aws/signature.ts';
import { isAccountId } from '../../src/org/account.ts';
import type { RootSession } from '../../src/root/session.ts';
import { mockedAccountId } from './mocked-aws.ts';

export interface WireAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: HttpRequest['query'];
  readonly headers: HttpRequest['headers'];
  readonly body: string;
  readonly isStoppable: boolean;
}

export type WireOptions = Pick<Parameters<typeof createAws>[0], 'endpointFor'>;

/** An emulator that stands for one service, by its name in the SDK. */
export const endpointOf = (name: string) => (service: string) =>
  service === name ? `https://${name.toLowerCase()}.emulated.example` : null;

/** A root session of the mocked account, where AWS is a function of the HTTP request; `sent` are the requests, `paced` whose pace each kept. */
export function wiredSession(answer: (request: WireRequest, index: number) => WireAnswer, options: WireOptions = {}) {
  if (!isAccountId(mockedAccountId)) throw new Error('not an id');
  const clock = virtualClock();
  const sent: WireRequest[] = [];
  const paced: string[] = [];
  const aws = createAws({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    transport: {
      handle: async (request, { abortSignal } = {}) => {
        const { method, hostname: host, path, query, headers } = request;
        const body = typeof request.body === 'string' ? request.body : Buffer.from(request.body ?? '').toString('utf8');
        const isStoppable = abortSignal !== undefined;
        const one: WireRequest = { method, host, path, query, headers, body, isStoppable };
        sent.push(one);
        const { status: statusCode = 200, headers: told = {}, body: text = '' } = answer(one, sent.length - 1);
        return { response: new HttpResponse({ statusCode, headers: { ...told }, body: Buffer.from(text) }) };
      },
      destroy: () => {},
    },
    pace: {
      ...unpaced,
      acquire: (key, signal) => {
        paced.push(key);
        return unpaced.acquire(key, signal);
      },
    },
    ...options,
    clock,
    random: () => 0.5,
    userAgent: 'test',
  });
  const credentials = { accessKeyId: 'ASIAINSESSION', secretAccessKey: 'secret', sessionToken: 'token' };
  const identity = { accountId: mockedAccountId, credentials, signer: createSigner(credentials) };
  const session: RootSession = {
    accountId: mockedAccountId,
    accessKeyId: () => credentials.accessKeyId,
    identity: () => identity,
    ask: () => Promise.reject(new Error('nothing of IAM is asked here')),
  };
  return { aws, session, sent, paced };
}
