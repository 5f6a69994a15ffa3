import { type ServiceName, services } from './services/index.ts';

/** One request as the sandbox saw it. */
export interface RequestRecord {
  /** Epoch milliseconds on the sandbox's clock, at arrival. */
  readonly at: number;
  readonly number: number;
  readonly service: ServiceName;
  readonly operation: string;
  /** Undefined when the signature did not say. */
  callerAccount: string | undefined;
  targetAccount: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `ok`, AWS's error code, `NotSimulated`, `dropped-before`, `dropped-after`, the kind of fault that spoilt the answer, or `aborted` by the client. */
  outcome: string;
  statusCode: number;
  /** Whether it changed the state, whatever the client was told. */
  changed: boolean;
}

export interface Counter {
  requests: number;
  errors: number;
  throttled: number;
}

export interface Counters extends Counter {
  /** `iam.GetUser` → its share. */
  byOperation: Record<string, Counter>;
  byService: Partial<Record<ServiceName, Counter>>;
}

export interface Recorder {
  readonly requests: readonly RequestRecord[];
  begin(record: RequestRecord): void;
  end(record: RequestRecord): void;
  counters(): Counters;
  resetCounters(): void;
}

const recordCountMax = 500_000;

/** Counts always, keeps the requests only on demand, and no more than half a million of them. */
export function createRecorder(keep: boolean): Recorder {
  const requests: RequestRecord[] = [];
  let byOperation = new Map<string, Counter & { readonly service: ServiceName }>();
  const counterFor = ({ service, operation }: RequestRecord): Counter => {
    const name = `${service}.${operation}`;
    let counter = byOperation.get(name);
    if (counter === undefined) {
      counter = { service, requests: 0, errors: 0, throttled: 0 };
      byOperation.set(name, counter);
    }
    return counter;
  };
  return {
    requests,
    begin(record) {
      if (!keep) return;
      requests.push(record);
      if (requests.length > recordCountMax) requests.splice(0, recordCountMax / 10);
    },
    end(record) {
      const counter = counterFor(record);
      counter.requests += 1;
      if (record.outcome === 'ok') return;
      counter.errors += 1;
      if (throttlingCodes.has(record.outcome)) counter.throttled += 1;
    },
    counters() {
      const total: Counters = { requests: 0, errors: 0, throttled: 0, byOperation: {}, byService: {} };
      for (const [name, { service, ...counter }] of [...byOperation].sort(([a], [b]) => (a < b ? -1 : 1))) {
        total.byOperation[name] = counter;
        const share = total.byService[service] ?? { requests: 0, errors: 0, throttled: 0 };
        total.byService[service] = share;
        for (const sum of [total, share]) {
          sum.requests += counter.requests;
          sum.errors += counter.errors;
          sum.throttled += counter.throttled;
        }
      }
      return total;
    },
    resetCounters() {
      byOperation = new Map();
    },
  };
}

const throttlingCodes: ReadonlySet<string> = new Set(services.map(({ throttled }) => throttled.code));
