import type { PricedUnits } from './price-line.ts';

export type PriceKind = PricedUnits['priceKind'];

/** Whether a kind of cut goes with a kind of price. `if_session_says`: the session decides, when it is saved. */
type Goes = boolean | 'if_session_says';

/**
 * Which cut goes with which price, as data. Ordinary goods: the member's price, one promotion a line, one shop coupon,
 * points. Goods of a session have their price already: a promotion only where their session says so, no shop coupon.
 */
export const STACKING: Readonly<
  Record<PriceKind, Readonly<Record<'member' | 'promotion' | 'coupon' | 'points', Goes>>>
> = {
  ordinary: { member: true, promotion: true, coupon: true, points: true },
  session: { member: false, promotion: 'if_session_says', coupon: false, points: true },
  tier: { member: false, promotion: 'if_session_says', coupon: false, points: true },
};

export function goesWith(kind: keyof (typeof STACKING)['ordinary'], price: PriceKind, sessionSays: boolean): boolean {
  const goes = STACKING[price][kind];
  return goes === 'if_session_says' ? sessionSays : goes;
}
