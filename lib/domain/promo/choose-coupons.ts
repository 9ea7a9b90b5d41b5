import type { Till } from '../pricing/price-goods.ts';
import { type CouponChoice, type HeldCoupon, worstCaseFen } from './coupon.ts';
import {
  afterCoupon,
  inTakingOrder,
  takeCoupons,
  type Usable,
  type UsedCoupon,
  type UselessCoupon,
  usableHere,
} from './take-coupons.ts';

/** Of a shopper who holds more that fit, these many of each kind are compared: those that take off most alone. */
export const COMPARED_MAX = { coupon: 12, red_packet: 8 } as const;

export type CouponPlan = {
  readonly choice: CouponChoice['choice'];
  readonly used: readonly UsedCoupon[];
  /** Could be chosen and are not; what each would take off on its own. */
  readonly possible: readonly UsedCoupon[];
  readonly not: readonly UselessCoupon[];
  /** What the best combination takes off. */
  readonly bestFen: number;
};

type Found = { readonly cutFen: number; readonly spentFen: number; readonly taken: readonly Usable[] };

/** More off is better; then giving less away for it, then keeping more coupons. */
const isBetter = (a: Found, b: Found) =>
  a.cutFen !== b.cutFen
    ? a.cutFen > b.cutFen
    : a.spentFen !== b.spentFen
      ? a.spentFen < b.spentFen
      : a.taken.length < b.taken.length;

/**
 * The best of all combinations of one shop coupon, or none, and any of the red packets. Exact: it is left out only
 * what cannot take off more, even if every red packet that is left were worth its whole face.
 */
function bestOf(till: Till, coupons: readonly Usable[], packets: readonly Usable[]): Found {
  let best: Found = { cutFen: 0, spentFen: 0, taken: [] };
  const restFen = packets.map((_, at) => packets.slice(at).reduce((sum, { wantsFen }) => sum + wantsFen, 0));

  function walk(at: number, amounts: ReturnType<Till['amounts']>, found: Found): void {
    if (isBetter(found, best)) best = found;
    const packet = packets[at];
    if (!packet || found.cutFen + (restFen[at] ?? 0) < best.cutFen) return;
    const after = afterCoupon(amounts, packet);
    if (after.cutFen > 0) walk(at + 1, after.amounts, including(found, packet, after.cutFen));
    walk(at + 1, amounts, found);
  }

  const start = till.amounts();
  const nothing: Found = { cutFen: 0, spentFen: 0, taken: [] };
  for (const coupon of coupons) {
    const after = afterCoupon(start, coupon);
    if (after.cutFen > 0) walk(0, after.amounts, including(nothing, coupon, after.cutFen));
  }
  walk(0, start, nothing);
  return best;
}

const including = (found: Found, one: Usable, cutFen: number): Found => ({
  cutFen: found.cutFen + cutFen,
  spentFen: found.spentFen + worstCaseFen(one.coupon.rule),
  taken: [...found.taken, one],
});

/**
 * Takes the coupons of this choice at the till and says all that a shopper may ask: which, what each takes off, what
 * else he could choose, and why the rest is of no use here. The same coupons in another order give the same answer.
 */
export function planCoupons(till: Till, held: readonly HeldCoupon[], choice: CouponChoice, now: number): CouponPlan {
  const not: UselessCoupon[] = [];
  const usable: (Usable & { readonly alone: number })[] = [];
  const amounts = till.amounts();
  for (const coupon of inTakingOrder(held)) {
    const here = usableHere(till, coupon, now);
    const alone = here.ok ? afterCoupon(amounts, here.value).cutFen : 0;
    if (!here.ok) not.push({ id: coupon.id, coupon, why: here.why });
    else if (alone === 0) not.push({ id: coupon.id, coupon, why: { code: 'nothing_left' } });
    else usable.push({ ...here.value, alone });
  }
  const compared = (layer: Usable['layer']) => {
    const own = usable.filter((one) => one.layer === layer);
    if (own.length <= COMPARED_MAX[layer]) return own;
    const byCut = [...own].sort((a, b) => b.alone - a.alone).slice(0, COMPARED_MAX[layer]);
    return own.filter((one) => byCut.includes(one));
  };
  const best = bestOf(till, compared('coupon'), compared('red_packet'));
  const wanted =
    choice.choice === 'best'
      ? best.taken.map(({ coupon }) => coupon)
      : choice.choice === 'none'
        ? []
        : usable.filter(({ coupon }) => choice.ids.includes(coupon.id)).map(({ coupon }) => coupon);
  const took = takeCoupons(till, wanted, now);
  const isTaken = (id: string) => took.used.some(({ coupon }) => coupon.id === id);
  const isRefused = (id: string) => took.not.some((one) => one.id === id);
  const unknown = choice.choice === 'these' ? choice.ids.filter((id) => !held.some((one) => one.id === id)) : [];
  return {
    choice: choice.choice,
    used: took.used,
    possible: usable
      .filter(({ coupon: { id } }) => !isTaken(id) && !isRefused(id))
      .map(({ coupon, alone }) => ({ coupon, cutFen: alone })),
    not: [
      ...took.not,
      ...not,
      ...unknown.map((id) => ({ id, coupon: null, why: { code: 'unknown_coupon' as const } })),
    ],
    bestFen: best.cutFen,
  };
}
