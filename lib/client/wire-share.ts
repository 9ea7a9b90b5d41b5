import type { Sending, ShareName } from './wire.ts';

/** How the names of sharing are sent; whoever needs one teaches them to the wire. */
export const SHARE_WIRE = {
  'share.link': 'again',
  'share.touch': 'again',
  'share.consent': 'again',
  'share.mine': 'GET',
  'share.showName': 'again',
} as const satisfies { readonly [N in ShareName]: Sending<N> };
