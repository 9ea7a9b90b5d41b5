import type { PickupName, Sending } from './wire.ts';

/** How the names of store pickup are sent; its pages teach them to the wire. */
export const PICKUP_WIRE = {
  'pickup.code': 'GET',
  'pickup.changeStore': 'again',
  'pickup.giveFriendCode': 'again',
  'pickup.takeFriendCode': 'again',
  'pickup.friend': 'GET',
} as const satisfies { readonly [N in PickupName]: Sending<N> };
