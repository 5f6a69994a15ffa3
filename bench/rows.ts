import type { Behaviour, GenerateOptions } from '../src/sandbox/index.ts';

/** One row of the table: a scenario, a command, and the bound that follows from the scenario alone. */
export interface Row {
  readonly name: string;
  readonly organization: Omit<GenerateOptions, 'seed' | 'enabled'>;
  readonly command: readonly string[];
  /** Seconds below which no client can stay, given the scenario's limits. Null: the row is about CPU or memory. */
  readonly limitSeconds: number | null;
  /** Pages come one after the other, so nothing is faster than listing the accounts and doing nothing: that is measured first, and is the limit. */
  readonly isListing?: true;
  readonly must: string;
  readonly passes: (measured: Measured, others: ReadonlyMap<string, Measured>) => boolean;
}

export interface Measured {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly calls: number;
  readonly throttled: number;
  readonly limitSeconds: number | null;
  /** Accounts whose result differs from what the simulated organization really holds. */
  readonly wrong: number;
  readonly unknown: number;
  readonly accounts: number;
}

const latencyMs = { sts: 40, iam: 30, organizations: 60 };
const clean = { suspended: 0, withCredentials: 0 };
const twoOfThree = { suspended: 0, withCredentials: 2 / 3 };
const status = ['status', '--all', '-o', 'json'];

const throttled = (sts: number): Behaviour => ({
  latencyMs,
  throttle: { sts: { ratePerSecond: sts, burst: sts } },
});

/** The larger of accounts ÷ rate and pages × latency: sessions open while pages are listed. */
function statusLimit(accounts: number, rate: number): Pick<Row, 'limitSeconds' | 'isListing'> {
  const bySessions = accounts / rate;
  const byPages = (Math.ceil((accounts + 1) / 20) * latencyMs.organizations) / 1000;
  return byPages > bySessions ? { limitSeconds: byPages, isListing: true } : { limitSeconds: bySessions };
}

const ratio = (measured: Measured): number => measured.wallSeconds / (measured.limitSeconds ?? 1);
const callsPerAccount = ({ calls, throttled: refused, accounts }: Measured): number =>
  (calls - refused - Math.ceil((accounts + 1) / 20)) / accounts;
const cpuPerCallMs = ({ cpuSeconds, calls }: Measured): number => (cpuSeconds * 1000) / calls;

function rateRow(accounts: number, rate: number): Row {
  return {
    name: `status, ${accounts.toLocaleString('en')} clean accounts, STS ${rate.toLocaleString('en')}/s, not told`,
    organization: { accounts, ...clean, behaviour: throttled(rate) },
    command: status,
    ...statusLimit(accounts, rate),
    must: 'wall ≤ 1.05 × limit; 0 unknown',
    passes: (measured) => ratio(measured) <= 1.05 && measured.unknown + measured.wrong === 0,
  };
}

export const rows: readonly Row[] = [
  {
    name: 'status, 10,000 clean accounts, STS 600/s',
    organization: { accounts: 10_000, ...clean, behaviour: throttled(600) },
    command: status,
    ...statusLimit(10_000, 600),
    must: 'wall ≤ 1.05 × limit; 0 unknown; 2 calls an account; throttled ≤ 5 %',
    passes: (measured) =>
      ratio(measured) <= 1.05 &&
      measured.unknown + measured.wrong === 0 &&
      callsPerAccount(measured) < 2.01 &&
      measured.throttled <= measured.calls * 0.05,
  },
  {
    name: 'status, 10,000 accounts, two of three with credentials, STS 600/s',
    organization: { accounts: 10_000, ...twoOfThree, behaviour: throttled(600) },
    command: status,
    ...statusLimit(10_000, 600),
    must: 'wall ≤ 1.05 × limit; 0 unknown; every credential right',
    passes: (measured) => ratio(measured) <= 1.05 && measured.unknown + measured.wrong === 0,
  },
  rateRow(1_000, 50),
  rateRow(10_000, 200),
  rateRow(10_000, 2_000),
  {
    name: 'status, 10,000 clean accounts, no throttling, no latency',
    organization: { accounts: 10_000, ...clean },
    command: status,
    limitSeconds: null,
    must: 'CPU ≤ 0.35 ms a call',
    passes: (measured) => cpuPerCallMs(measured) <= 0.35 && measured.unknown + measured.wrong === 0,
  },
  {
    name: 'delete, 1,000 accounts of five credentials, STS 200/s, IAM 20/s an account',
    organization: {
      accounts: 1_000,
      suspended: 0,
      withCredentials: 1,
      credentials: 'all',
      behaviour: {
        latencyMs,
        throttle: { sts: { ratePerSecond: 200, burst: 200 }, iam: { ratePerSecond: 20, burst: 20 } },
      },
    },
    command: ['delete', '--all', '--yes', '-q', '-o', 'json'],
    // An Audit session and a Delete session for each account.
    limitSeconds: (2 * 1_000) / 200,
    must: 'wall ≤ 1.25 × limit; all verified',
    passes: (measured) => ratio(measured) <= 1.25 && measured.wrong === 0,
  },
  {
    name: 'memory: status, 1,000 clean accounts',
    organization: { accounts: 1_000, ...clean },
    command: status,
    limitSeconds: null,
    must: '10,000 accounts: < 60 MiB more',
    passes: (measured, others) =>
      (others.get('status, 10,000 clean accounts, no throttling, no latency')?.peakMiB ?? 0) - measured.peakMiB < 60,
  },
  {
    name: 'faults: two of three with credentials; 2 % HTTP 500, 1 % dropped, 5 % throttled',
    organization: {
      accounts: 10_000,
      ...twoOfThree,
      behaviour: {
        ...throttled(600),
        faults: [
          { kind: 'http-500', rate: 0.02 },
          { kind: 'drop-before', rate: 0.005 },
          { kind: 'drop-after', rate: 0.005 },
          { kind: 'throttle', rate: 0.05 },
        ],
      },
    },
    command: status,
    limitSeconds: null,
    must: 'same result; ≤ 1.5 × the time without',
    passes: (measured, others) =>
      measured.unknown + measured.wrong === 0 &&
      measured.wallSeconds <=
        1.5 * (others.get('status, 10,000 accounts, two of three with credentials, STS 600/s')?.wallSeconds ?? 0),
  },
];
