import type { Clock } from '../clock.ts';
import { createAuthentication } from './authentication.ts';
import { type Authorization, createAuthorization } from './authorization.ts';
import { type Behaviour, behaviourSchema, spoiltKinds } from './behaviour.ts';
import type { Call } from './call.ts';
import { callersOf, type Principal } from './callers.ts';
import { createEvents } from './events.ts';
import { createFaults, type FaultTarget } from './faults.ts';
import { oncePerSecond } from './instant.ts';
import type { Credential } from './keys.ts';
import { notSimulatedAnswer } from './not-simulated.ts';
import { type Counters, createRecorder, type RequestRecord } from './record.ts';
import { type Route, routeOf } from './route.ts';
import { problemIn, type Scenario } from './scenario.ts';
import type { Operation, Service } from './services/service.ts';
import { snapshotOf } from './snapshot.ts';
import { createSpoiler } from './spoil.ts';
import { type AccountState, stateFrom } from './state.ts';
import { createThrottle } from './throttle.ts';
import { ConnectionDropped, NotSimulated, Refusal, type SandboxRequest, type SandboxResponse } from './wire.ts';

export interface Sandbox {
  /**
   * Answers one request as AWS would.
   * @throws ConnectionDropped when a fault says so; NotSimulated for what the sandbox does not model; the signal's reason.
   */
  handle(request: SandboxRequest, signal?: AbortSignal): Promise<SandboxResponse>;
  /** NotSimulated as an answer, for those whom no exception reaches: an error that the client's own parser reads. */
  answerNotSimulated(request: SandboxRequest, error: NotSimulated): SandboxResponse;
  /** Empty when the scenario has no organization. */
  readonly organizationId: string;
  readonly region: string;
  /** The delegated administrator's once there is one; a member's unless there is none. */
  credentials(): { management: Credential; delegatedAdministrator?: Credential; member?: Credential };
  /** Those of a caller that the scenario names. */
  credentialsOf(callerName: string): Credential | undefined;
  /** The whole state, behaviour included; another sandbox goes on from it. */
  snapshot(): Scenario;
  /** Whether another sandbox would go on otherwise from its snapshot than from the scenario that it was made from. */
  hasChanged(): boolean;
  /** Ground truth: what each account really holds at this moment. */
  readonly accounts: readonly AccountState[];
  /** What was asked, in order of arrival; empty unless recorded. */
  readonly requests: readonly RequestRecord[];
  counters(): Counters;
  resetCounters(): void;
  /** Replaces latency, throttling, lag and faults from now on. @throws Error when it is not a behaviour. */
  setBehaviour(behaviour: unknown): void;
}

export interface SandboxOptions {
  readonly clock: Pick<Clock, 'nowMs' | 'sleep'>;
  /** Called after each change of the state, before the request that caused it is answered; a promise is awaited. */
  readonly onChange?: () => void | Promise<void>;
  readonly recordRequests?: boolean;
}

export function createSandbox(scenario: Scenario, { clock, onChange, recordRequests }: SandboxOptions): Sandbox {
  const state = stateFrom(scenario, clock.nowMs());
  const callers = callersOf(state);
  const authenticate = createAuthentication(state, callers);
  const authorization = createAuthorization(state);
  const throttle = createThrottle(state);
  const faults = createFaults(state);
  const spoil = createSpoiler(state);
  const runEvents = createEvents(state, authorization.forget);
  const recorder = createRecorder(recordRequests ?? false);
  const requestIdPrefix = `${(state.seed >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-`;
  const requestIdOf = (number: number): string => requestIdPrefix + number.toString(16).padStart(12, '0');

  let hasChanged = false;
  const change = async (): Promise<void> => {
    hasChanged = true;
    await onChange?.();
  };
  /** Events may wait for a request's number, and chance goes by it. */
  const countsRequests = (): boolean =>
    state.events.some(({ at }) => 'request' in at) || (state.behaviour.faults?.length ?? 0) > 0;

  // Clients correct their clock by the `Date` header.
  const httpDate = oncePerSecond((nowMs) => new Date(nowMs).toUTCString());

  async function handle(request: SandboxRequest, signal?: AbortSignal): Promise<SandboxResponse> {
    signal?.throwIfAborted();
    const arrivedMs = clock.nowMs();
    state.requestCount += 1;
    const number = state.requestCount; // before others are let in
    if (runEvents(arrivedMs)) await change();
    const route = routeOf(request);
    const operation = readOperation(request, route);
    const requestId = requestIdOf(number);
    const record: RequestRecord = {
      at: arrivedMs,
      number,
      service: route.service.name,
      operation: operation instanceof Refusal ? 'unreadable' : operation.name,
      callerAccount: undefined,
      targetAccount: operation instanceof Refusal ? undefined : accountIn(operation, route.service),
      accessKeyId: route.authorization?.accessKeyId,
      parameters: operation instanceof Refusal ? {} : operation.parameters,
      outcome: 'aborted',
      statusCode: 0,
      changed: false,
    };
    recorder.begin(record);
    try {
      const answer = await answerTo(request, route, operation, record, requestId, signal);
      record.statusCode = answer.statusCode;
      answer.headers['date'] = httpDate(clock.nowMs());
      return answer;
    } catch (error) {
      if (error instanceof ConnectionDropped) record.outcome = `dropped-${error.when}`;
      if (error instanceof NotSimulated) record.outcome = error.name;
      throw error;
    } finally {
      recorder.end(record);
    }
  }

  async function answerTo(
    request: SandboxRequest,
    route: Route,
    operation: Operation | Refusal,
    record: RequestRecord,
    requestId: string,
    signal: AbortSignal | undefined,
  ): Promise<SandboxResponse> {
    const { service } = route;
    const latencyMs = state.behaviour.latencyMs?.[service.name] ?? 0;
    // A client that can hang up may do so before the effect or after it; one that cannot waits once, before.
    const beforeMs = signal ? latencyMs / 2 : latencyMs;
    let answer: SandboxResponse;
    let target: FaultTarget | undefined;
    try {
      if (operation instanceof Refusal) throw operation;
      const principal = authenticate(request, route, clock.nowMs());
      record.callerAccount = principal.account.id;
      record.targetAccount ??= principal.account.id;
      target = {
        service: service.name,
        operation: operation.name,
        accountId: record.targetAccount,
        resourceId: service.resourceIn?.(operation.parameters),
      };
      if (!throttle.admits(service.name, principal.account.id, clock.nowMs()) || faults.strike('throttle', target))
        throw service.throttled;
      if (beforeMs > 0) await clock.sleep(beforeMs, signal);
      if (faults.strike('drop-before', target)) throw new ConnectionDropped('before');
      if (faults.strike('http-500', target)) throw service.failed;
      if (faults.strike('http-503', target)) throw unavailable;
      answer = run(request, route, operation, principal, target, record, requestId);
      record.outcome = 'ok';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      record.outcome = error.code;
      answer = service.refused(error, requestId);
    }
    if (record.changed) await change();
    if (latencyMs > beforeMs) await clock.sleep(latencyMs - beforeMs, signal);
    if (target && faults.strike('drop-after', target)) throw new ConnectionDropped('after');
    return target && answer.statusCode === 200 ? spoilt(answer, target, record) : answer;
  }

  /** The answer, or what a fault makes of it; the record then names the fault instead of `ok`. */
  function spoilt(answer: SandboxResponse, target: FaultTarget, record: RequestRecord): SandboxResponse {
    for (const kind of spoiltKinds) {
      const strike = faults.strike(kind, target);
      const body = strike && spoil({ ...strike, kind }, answer.body, target, record.parameters);
      if (body === undefined) continue;
      record.outcome = kind;
      return {
        ...answer,
        body,
        headers: { ...answer.headers, ...(kind === 'html' ? { 'content-type': 'text/html' } : {}) },
      };
    }
    return answer;
  }

  function run(
    request: SandboxRequest,
    route: Route,
    operation: Operation,
    principal: Principal,
    target: FaultTarget,
    record: RequestRecord,
    requestId: string,
  ): SandboxResponse {
    const { service } = route;
    const region = route.region ?? route.authorization?.region ?? state.region;
    const nowMs = clock.nowMs();
    const call: Call = {
      state,
      principal,
      nowMs,
      region,
      globalEndpoint: route.global,
      request,
      authorize: (question) =>
        refuseUnlessAllowed(authorization, route.service, principal, { ...question, region }, nowMs),
      changed: () => {
        record.changed = true;
      },
      issue: (session) => callers.issue(`${state.requestCount} ${nowMs}`, session),
      strike: (kind) => faults.strike(kind, target),
    };
    if (faults.strike('access-denied', target))
      throw service.denied(`User: ${principal.arn} is not authorized to perform: ${service.name}:${operation.name}`);
    return operation.perform(call, requestId);
  }

  return {
    handle,
    answerNotSimulated(request, error) {
      const answer = notSimulatedAnswer(request, error, requestIdOf(state.requestCount));
      return { ...answer, headers: { ...answer.headers, date: httpDate(clock.nowMs()) } };
    },
    organizationId: state.organization?.id ?? '',
    region: state.region,
    credentials: callers.credentials,
    credentialsOf: callers.credentialsOf,
    snapshot: () => snapshotOf(state),
    hasChanged: () => hasChanged || (countsRequests() && state.requestCount > (scenario.requestCount ?? 0)),
    accounts: state.accounts,
    requests: recorder.requests,
    counters: recorder.counters,
    resetCounters: recorder.resetCounters,
    setBehaviour(given) {
      state.behaviour = readBehaviour(given);
      hasChanged = true;
    },
  };
}

function readOperation(request: SandboxRequest, route: Route): Operation | Refusal {
  try {
    return route.service.read(request, route.subdomain);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function readBehaviour(given: unknown): Behaviour {
  const parsed = behaviourSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`behaviour ${problemIn(parsed.error)}`);
}

/** The account that an operation is about, where the request itself says so. */
function accountIn({ parameters }: Operation, service: Service): string | undefined {
  const given = service.accountIn?.(parameters);
  return typeof given === 'string' ? /\d{12}/.exec(given)?.[0] : undefined;
}

function refuseUnlessAllowed(
  authorization: Authorization,
  service: Service,
  principal: Principal,
  question: Parameters<Authorization['denialOf']>[1],
  nowMs: number,
): void {
  const message = authorization.denialOf(principal, question, nowMs);
  if (message !== undefined) throw service.denied(message);
}

/** In the same words for every service. */
const unavailable = new Refusal(
  'ServiceUnavailable',
  503,
  'The request has failed due to a temporary failure of the server.',
);
