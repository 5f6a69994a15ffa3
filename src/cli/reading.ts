import type { Environment } from '../actions/environment.ts';
import type { ActionEvent } from '../actions/events.ts';
import { type StatusRequest, status } from '../actions/status.ts';
import type { StatusDocument } from '../documents/index.ts';
import { isEmptySelection } from '../org/selecting.ts';
import type { View } from '../render/index.ts';

/** What AWS answers now, and what is known of it beside its document. */
export interface Read {
  readonly document: StatusDocument;
  readonly listing: Extract<ActionEvent, { readonly event: 'listing' }>;
  readonly view: Partial<View>;
}

/** Reads the accounts, and hears how their listing ended. */
export async function readNow(request: StatusRequest, environment: Environment): Promise<Read> {
  const told: { listing: Read['listing'] } = { listing: { event: 'listing', state: 'ended' } };
  const document = await status(request, {
    ...environment,
    report: (event) => {
      if (event.event === 'listing') told.listing = event;
      environment.report(event);
    },
  });
  const { listing } = told;
  const { selection } = request;
  return {
    document,
    listing,
    view: {
      selection: selection.all || isEmptySelection(selection) ? 'all' : 'some',
      listing: listing.state === 'ended' ? 'ended' : 'cut',
    },
  };
}
