/** Exactly one of these per item, in no particular order; `not-attempted` was never begun. */
export type Outcome<Item, Result> =
  | { readonly status: 'done'; readonly item: Item; readonly result: Result }
  | { readonly status: 'failed'; readonly item: Item; readonly error: unknown }
  | { readonly status: 'not-attempted'; readonly item: Item };

export interface FleetOptions<Item, Result> {
  /** Items in flight at once. */
  readonly concurrency: number;
  /** From now on nothing new is begun; what is in flight ends. */
  readonly stopping: AbortSignal;
  readonly onOutcome: (outcome: Outcome<Item, Result>) => void;
  /** An error that ends the whole run at once, e.g. a session of the wrong account. */
  readonly isFatal?: (error: unknown) => boolean;
}

/**
 * Works through items as they arrive, so many at once. One item's failure is its own outcome and never another's; only
 * a fatal error, or one of the source itself, ends everything: what is in flight is waited for first.
 * @throws the fatal error, or the source's.
 */
export async function forEachItem<Item, Result>(
  source: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  options: FleetOptions<Item, Result>,
): Promise<void> {
  const { concurrency, stopping, onOutcome, isFatal } = options;
  const inFlight = new Set<Promise<void>>();
  let fatal: { readonly error: unknown } | null = null;
  let wake: () => void = () => {};
  const begin = (item: Item): void => {
    const running = work(item)
      .then(
        (result) => onOutcome({ status: 'done', item, result }),
        (error: unknown) => {
          if (isFatal?.(error) === true) fatal ??= { error };
          onOutcome({ status: 'failed', item, error });
        },
      )
      .finally(() => {
        inFlight.delete(running);
        wake();
      });
    inFlight.add(running);
  };
  try {
    for await (const item of source) {
      while (inFlight.size >= concurrency) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (fatal !== null) break;
      if (stopping.aborted) onOutcome({ status: 'not-attempted', item });
      else begin(item);
    }
  } finally {
    await Promise.all(inFlight);
  }
  if (fatal !== null) throw (fatal as { readonly error: unknown }).error;
}
