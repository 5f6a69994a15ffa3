import { expect } from 'vitest';
import type { WireAnswer, wiredSession } from '../support/wire.ts';

type Opened<Policies> = { readonly policies: Policies } & Pick<ReturnType<typeof wiredSession>, 'sent'>;

/** A request that is stopped while it waits to be tried again is given up, and goes without a signal where there is none. */
export async function expectStoppable<Policies>(
  open: (answer: () => WireAnswer, how?: { readonly signal: AbortSignal }) => Promise<Opened<Policies>>,
  ask: (policies: Policies) => Promise<unknown>,
  { failing, whole }: Readonly<Record<'failing' | 'whole', WireAnswer>>,
): Promise<void> {
  const stop = new AbortController();
  const { policies, sent } = await open(() => {
    stop.abort();
    return failing;
  }, stop);
  await expect(ask(policies)).rejects.toMatchObject({ failure: { kind: 'aborted' } });
  expect(sent.map(({ isStoppable }) => isStoppable)).toEqual([true]);
  const without = await open(() => whole);
  await ask(without.policies);
  expect(without.sent.map(({ isStoppable }) => isStoppable)).toEqual([false]);
}
