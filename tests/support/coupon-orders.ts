import { randomUUID } from 'node:crypto';
import type { CouponChoice } from '../../lib/domain/promo/coupon.ts';
import type { Shop } from './shop.ts';

export const BEST: CouponChoice = { choice: 'best' };

/** A quote with coupons, and the submit that is to follow it. */
export async function quoteWith(
  shop: Shop,
  shopperId: string,
  lines: { skuId: string; quantity: number }[],
  choice: CouponChoice = BEST,
) {
  const quoted = await shop.orders.quote(lines, shopperId, choice);
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.refusal));
  const { quote } = quoted.value;
  const submit = (key: string = randomUUID()) =>
    shop.orders.submit(shopperId, { key, lines, quoteVersion: quote.version, addressId: 'home' });
  return { quote, submit };
}

/** Orders with the best coupons and expects it to be accepted. */
export async function orderWith(shop: Shop, shopperId: string, lines: { skuId: string; quantity: number }[]) {
  const { submit } = await quoteWith(shop, shopperId, lines);
  const answer = await submit();
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}
