import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Quote } from '../../lib/contracts/order.ts';
import type { PricedOrder, ShownPrice } from '../../lib/domain/order/settle-orders.ts';
import type { CouponPlan } from '../../lib/domain/promo/choose-coupons.ts';
import type { HeldCoupon } from '../../lib/domain/promo/coupon.ts';

/**
 * What a version carries: when, how much in all, per SKU its subtotal and whether a tier price was shown, and, when it
 * was asked about coupons, how they were chosen and which are used.
 */
type Body = {
  t: number;
  f: number;
  l: [skuId: string, subtotalFen: number, hadTier: 0 | 1][];
  c?: [choice: CouponPlan['choice'], ...ids: string[]];
};

const sign = (secret: string, text: string) => createHmac('sha256', `quote:${secret}`).update(text).digest('base64url');

/** Dresses a priced order as the quote that a phone shows, signed so that its own words come back at submit. */
export function toQuote(
  order: PricedOrder,
  plan: CouponPlan | null,
  { quotedAt, validMs, secret }: { quotedAt: number; validMs: number; secret: string },
): Quote {
  const body: Body = {
    t: quotedAt,
    f: order.totalFen,
    l: order.lines.map(({ skuId, price }) => [
      skuId,
      price.subtotalFen,
      price.units.some((unit) => unit.priceKind === 'tier') ? 1 : 0,
    ]),
    ...(plan ? { c: [plan.choice, ...plan.used.map(({ coupon }) => coupon.id)] } : {}),
  };
  const text = Buffer.from(JSON.stringify(body)).toString('base64url');
  return {
    lines: order.lines.flatMap(({ skuId, price, shares }) =>
      price.units.map((unit, index) => ({
        skuId,
        quantity: unit.quantity,
        unitFen: unit.unitFen,
        priceKind: unit.priceKind,
        sessionId: unit.sessionId,
        tierUpTo: unit.tierUpTo,
        discountFen: shares[index]?.discountFen ?? 0,
      })),
    ),
    goodsFen: order.goodsFen,
    cuts: [...order.cuts],
    discountFen: order.discountFen,
    freightFen: order.freightFen,
    totalFen: order.totalFen,
    coupons: plan && toQuoteCoupons(plan),
    savedFen: order.savedFen,
    quotedAt,
    validUntil: quotedAt + validMs,
    version: `${text}.${sign(secret, text)}`,
  };
}

const quoted = ({ id, name, rule, scope, validUntil }: HeldCoupon) => ({ id, name, rule, scope, validUntil });

function toQuoteCoupons({ choice, used, possible, not, bestFen }: CouponPlan): Quote['coupons'] {
  return {
    choice,
    used: used.map(({ coupon, cutFen }) => ({ ...quoted(coupon), cutFen })),
    possible: possible.map(({ coupon, cutFen }) => ({ ...quoted(coupon), cutFen })),
    not: not.map(({ id, coupon, why }) => ({ ...(coupon ? quoted(coupon) : {}), id, why })),
    bestFen,
  } as Quote['coupons'];
}

/** Reads a version back; null when it is not ours. */
export function readVersion(version: string, secret: string): ShownPrice | null {
  const [text, signature] = version.split('.', 2);
  if (!text || !signature) return null;
  const expected = Buffer.from(sign(secret, text));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const body = JSON.parse(Buffer.from(text, 'base64url').toString()) as Body;
  const [choice, ...ids] = body.c ?? [];
  return {
    ...(choice ? { coupons: { choice, ids } } : {}),
    quotedAt: body.t,
    totalFen: body.f,
    bySku: new Map(body.l.map(([skuId, subtotalFen]) => [skuId, subtotalFen])),
    hadTier: new Set(body.l.filter(([, , hadTier]) => hadTier === 1).map(([skuId]) => skuId)),
  };
}
