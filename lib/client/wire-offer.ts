import type { OfferName, Sending } from './wire.ts';

/** How the names of stores' offers are sent; their page teaches them to the wire. */
export const OFFER_WIRE = {
  'public.store-offers': 'GET',
  'offer.mine': 'GET',
  'offer.claim': 'again',
} as const satisfies { readonly [N in OfferName]: Sending<N> };
