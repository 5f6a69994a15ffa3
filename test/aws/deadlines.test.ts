import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createDeadlines } from '../../src/aws/deadlines.ts';
import { systemClock } from '../../src/clock.ts';

const hourMs = 3_600_000;

/** The garbage collector, which Node shows only to those who ask for it. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

describe('the deadlines of many requests', () => {
  it('keep nothing of a request that has ended, while others are open', async () => {
    const deadlines = createDeadlines(systemClock, hourMs);
    const ended: WeakRef<object>[] = [];
    const begin = (): (() => void) => {
      const request = { body: new Uint8Array(1_000) };
      ended.push(new WeakRef(request));
      return deadlines.start(() => request.body.fill(0));
    };
    // Enough to make the set grow and shrink; one is open at any time, so that the wait never ends.
    let end = begin();
    for (let count = 0; count < 500; count += 1) {
      const next = begin();
      end();
      end = next;
      if (count % 50 === 0) await new Promise(setImmediate);
    }
    const collect = collector();
    await new Promise(setImmediate);
    collect();
    await new Promise(setImmediate);
    collect();
    expect(ended.filter((request) => request.deref() !== undefined).length).toBeLessThan(10);
    deadlines.close();
  });
});
