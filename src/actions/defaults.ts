/** What holds unless whoever calls says otherwise, on the command line and in the library alike. */
export const defaults = {
  /** Accounts in flight: rate × latency at 600 sessions a second and 150 ms (`docs/performance.md`). */
  concurrency: 100,
  /** Connections that one host may have open, for each account in flight: details of an account are read side by side. */
  socketsPerAccount: 2,
  /** How old a plan may be that is carried out. `text`: as a flag spells it. */
  planAge: { ms: 86_400_000, text: '24h' },
  /** How long a deletion is waited for to be seen. */
  wait: { ms: 60_000, text: '60s' },
  /** What a simulated organization follows from. */
  sandboxSeed: 1,
} as const;

/** Connections that one host may have open: fewer than eight save nothing. */
export const socketsFor = (concurrency: number): number => Math.max(concurrency * defaults.socketsPerAccount, 8);
