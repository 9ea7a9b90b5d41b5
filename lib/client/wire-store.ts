import type { Sending, StoreName } from './wire.ts';

/** How the names of the stores are sent; whoever shows stores teaches them to the wire. */
export const STORE_WIRE = {
  'public.store': 'GET',
  'public.store-stock': 'GET',
} as const satisfies { readonly [N in StoreName]: Sending<N> };
