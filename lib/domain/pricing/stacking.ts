import type { PricedUnits } from './price-line.ts';

export type PriceKind = PricedUnits['priceKind'];

/** Whether a kind of cut goes with a kind of price. `if_session_says`: the session decides, when it is saved. */
type Goes = boolean | 'if_session_says';

/**
 * Which cut goes with which price, as data. Ordinary goods: the member's price, one promotion a line, one shop coupon,
 * red packets, points. Goods of a session have their price already: a promotion only where their session says so, red
 * packets, no shop coupon.
 */
export const STACKING: Readonly<
  Record<PriceKind, Readonly<Record<'member' | 'promotion' | 'coupon' | 'red_packet' | 'points', Goes>>>
> = {
  ordinary: { member: true, promotion: true, coupon: true, red_packet: true, points: true },
  session: { member: false, promotion: 'if_session_says', coupon: false, red_packet: true, points: true },
  tier: { member: false, promotion: 'if_session_says', coupon: false, red_packet: true, points: true },
};

/** The largest share of a line's price, before anything is taken off, that all red packets together may take: 20 %. */
export const RED_PACKET_PERMILLE = 200;

export function goesWith(kind: keyof (typeof STACKING)['ordinary'], price: PriceKind, sessionSays: boolean): boolean {
  const goes = STACKING[price][kind];
  return goes === 'if_session_says' ? sessionSays : goes;
}
