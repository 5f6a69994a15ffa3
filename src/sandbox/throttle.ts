import type { ServiceName } from './services/index.ts';
import type { SandboxState } from './state.ts';

/** Token buckets, one for each service and account, on the sandbox's clock. */
export function createThrottle(state: SandboxState): {
  admits(service: ServiceName, accountId: string, nowMs: number): boolean;
} {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    admits(service, accountId, nowMs) {
      const limit = state.behaviour.throttle?.[service];
      if (limit === undefined) return true;
      const name = `${service}/${accountId}`;
      let bucket = buckets.get(name);
      if (bucket === undefined) {
        bucket = { tokens: limit.burst, atMs: nowMs };
        buckets.set(name, bucket);
      }
      const earned = ((nowMs - bucket.atMs) * limit.ratePerSecond) / 1000;
      bucket.tokens = Math.min(limit.burst, bucket.tokens + Math.max(0, earned));
      bucket.atMs = nowMs;
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
