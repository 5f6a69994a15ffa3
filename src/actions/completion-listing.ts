import { type Listing, listingFile, listingText, unitNamesIn } from '../completion/listing.ts';
import type { Environment } from './environment.ts';
import type { ActionEvent } from './events.ts';

type Keeping = Pick<Environment, 'product' | 'state'>;

/** What a command heard of the organization, kept for the TAB key. */
export interface ListingKeeper {
  readonly hear: (event: ActionEvent) => void;
  /** Writes down what was heard; without a whole listing, nothing. Never throws: it is none of the command's business. */
  readonly keep: (keeping: Keeping) => Promise<void>;
}

export function createListingKeeper(): ListingKeeper {
  const unitNames = new Map<string, string>();
  let listed: Omit<Listing, 'unitNames'> | null = null;
  return {
    hear: (event) => {
      if (event.event === 'organization') listed = event;
      if (event.event === 'unit-names') for (const { id, name } of event.units) unitNames.set(id, name);
    },
    keep: async ({ product, state }) => {
      if (listed === null) return;
      const file = listingFile(product.isSimulated);
      try {
        const before = await state.read(file);
        const known = unitNamesIn(before ?? '', listed.organizationId);
        const text = listingText({ ...listed, unitNames: new Map([...known, ...unitNames]) });
        if (text !== before) await state.replace(file, text);
      } catch {
        // A disk that is full or read-only: nothing is completed then.
      }
    },
  };
}
