import { type Amounts, type LaterCut, laterShares, type Till } from '../pricing/price-goods.ts';
import { isInScope } from '../pricing/promotion.ts';
import { type CouponObstacle, couponCutFen, couponLayer, type HeldCoupon, isHeldAt, thresholdFen } from './coupon.ts';

/** Coupons on one order at most; more red packets than the best combination looks through could not be compared. */
export const COUPONS_PER_ORDER_MAX = 9;

export type UsedCoupon = { readonly coupon: HeldCoupon; readonly cutFen: number };
export type UselessCoupon = {
  readonly id: string;
  readonly coupon: HeldCoupon | null;
  readonly why: CouponObstacle;
};

const SCOPE_ORDER = { products: 0, categories: 1, all: 2 } as const;

/**
 * The order in which coupons are taken, whatever order they come in: the shop coupon, then red packets, narrow ones
 * before wide ones, those that end soonest first.
 */
export function inTakingOrder<C extends HeldCoupon>(coupons: readonly C[]): C[] {
  const layer = (coupon: C) => (couponLayer(coupon.rule) === 'coupon' ? 0 : 1);
  return [...coupons].sort(
    (a, b) =>
      layer(a) - layer(b) ||
      SCOPE_ORDER[a.scope.kind] - SCOPE_ORDER[b.scope.kind] ||
      a.validUntil - b.validUntil ||
      (a.id < b.id ? -1 : 1),
  );
}

/** A coupon that may be used here: the goods that it is for, and what it would like to take off them. */
export type Usable = {
  readonly coupon: HeldCoupon;
  readonly layer: 'coupon' | 'red_packet';
  readonly members: readonly number[];
  readonly wantsFen: number;
};

function obstacleOfTime(coupon: HeldCoupon, now: number): CouponObstacle | null {
  const { state, validFrom, validUntil } = coupon;
  if (state === 'locked') return { code: 'in_order' };
  if (state !== 'usable') return { code: state };
  if (now >= validUntil) return { code: 'expired' };
  if (isHeldAt(coupon, now)) return { code: 'held', heldUntil: coupon.heldUntil ?? now };
  return now < validFrom ? { code: 'not_yet_valid', validFrom } : null;
}

/** Whether a coupon may be used for these goods at all, whatever else is used. */
export function usableHere(
  till: Till,
  coupon: HeldCoupon,
  now: number,
): { readonly ok: true; readonly value: Usable } | { readonly ok: false; readonly why: CouponObstacle } {
  const obstacle = obstacleOfTime(coupon, now);
  if (obstacle) return { ok: false, why: obstacle };
  const layer = couponLayer(coupon.rule);
  const isMember = (index: number) => {
    const good = till.goods[index];
    return good !== undefined && isInScope(coupon.scope, good);
  };
  const members = till.goodsFor(layer).filter(isMember);
  if (members.length === 0) {
    const isAtOtherPrice = [...till.goods.keys()].some(isMember);
    return { ok: false, why: { code: isAtOtherPrice ? 'not_at_session_price' : 'not_for_these_goods' } };
  }
  const { left } = till.amounts();
  const baseFen = members.reduce((sum, index) => sum + (left[index] ?? 0), 0);
  const missingFen = thresholdFen(coupon.rule) - baseFen;
  if (missingFen > 0) return { ok: false, why: { code: 'below_threshold', missingFen } };
  return { ok: true, value: { coupon, layer, members, wantsFen: couponCutFen(coupon.rule, baseFen) } };
}

/** What is left when a coupon has taken its cut, and what the cut came to. */
export function afterCoupon({ left, room }: Amounts, { layer, members, wantsFen }: Usable) {
  const { cutFen, shares } = laterShares({ left, room }, layer, members, wantsFen);
  const after = { left: [...left], room: [...room] };
  members.forEach((index, at) => {
    const fen = shares[at] ?? 0;
    after.left[index] = (after.left[index] ?? 0) - fen;
    if (layer === 'red_packet') after.room[index] = (after.room[index] ?? 0) - fen;
  });
  return { cutFen, amounts: after };
}

function laterCut(till: Till, { coupon, layer, members, wantsFen }: Usable): LaterCut {
  const skuIds = members.map((index) => till.goods[index]?.skuId ?? '');
  return { kind: layer, source: coupon.id, name: coupon.name, cutFen: wantsFen, skuIds };
}

/** Takes exactly these coupons at the till; answers which took how much, and why the others took nothing. */
export function takeCoupons(
  till: Till,
  coupons: readonly HeldCoupon[],
  now: number,
): { used: UsedCoupon[]; not: UselessCoupon[] } {
  const used: UsedCoupon[] = [];
  const not: UselessCoupon[] = [];
  const refuse = (coupon: HeldCoupon, why: CouponObstacle) => not.push({ id: coupon.id, coupon, why });
  const usable: Usable[] = [];
  for (const coupon of inTakingOrder(coupons)) {
    const here = usableHere(till, coupon, now);
    if (!here.ok) refuse(coupon, here.why);
    else if (here.value.layer === 'coupon' && usable.some(({ layer }) => layer === 'coupon')) {
      refuse(coupon, { code: 'one_coupon_only' });
    } else if (usable.length >= COUPONS_PER_ORDER_MAX) refuse(coupon, { code: 'nothing_left' });
    else usable.push(here.value);
  }
  for (const one of usable) {
    const cutFen = till.take(laterCut(till, one));
    if (cutFen > 0) used.push({ coupon: one.coupon, cutFen });
    else refuse(one.coupon, { code: 'nothing_left' });
  }
  return { used, not };
}
