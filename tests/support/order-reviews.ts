import type { Database } from '../../server/platform/database.ts';
import { openLog } from '../../server/platform/log.ts';
import type { CouponService } from '../../server/promo/service.ts';
import { reviewPaidOrders } from '../../server/risk/order-reviews.ts';
import { endDueReviews, refundRefused } from '../../server/risk/review-decisions.ts';
import type { Risk } from '../../server/risk/service.ts';
import { orderWith } from './coupon-orders.ts';
import { claimOne } from './coupons.ts';
import { sweepRisk } from './risk.ts';
import type { Shop } from './shop.ts';

export type Delivery = { readonly phone?: string; readonly region?: string; readonly street?: string };

let phones = 0;

/** The order's parcel goes there; left out, nobody else's does. */
export async function deliverTo(db: Database, orderId: string, delivery: Delivery = {}): Promise<void> {
  phones += 1;
  const home = {
    phone: `139${String(phones).padStart(8, '0')}`,
    region: '上海市 黄浦区',
    street: `南京东路 ${phones} 号`,
  };
  await db.query('update orders set address = address || $2 where id = $1', [
    orderId,
    JSON.stringify({ ...home, ...delivery }),
  ]);
}

/** Pays at the gateway by this account. */
export async function payBy(shop: Shop, orderId: string, payerId: string): Promise<void> {
  const { tradeId } = await shop.openPayment(orderId);
  await shop.gateway.pay(tradeId, { payerId });
  await shop.hear(await shop.notice(tradeId, { payerId }));
}

/** Somebody claims a reward, orders with it, and somebody pays. @returns the order and the coupon */
export async function redeem(
  { db, shop, coupons }: { db: Database; shop: Shop; coupons: CouponService },
  shopperId: string,
  templateId: string,
  { payer, ...delivery }: Delivery & { readonly payer: string },
): Promise<{ orderId: string; couponId: string }> {
  const couponId = await claimOne(coupons, shopperId, templateId);
  const { orderId } = await orderWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
  await deliverTo(db, orderId, delivery);
  await payBy(shop, orderId, payer);
  return { orderId, couponId };
}

/** Lets the worker look at what was paid. */
export async function lookAtOrders(db: Database, risk: Risk): Promise<void> {
  while (await reviewPaidOrders(db, risk.hashes));
}

/** Lets the worker do what follows of decisions and of time, money and all. */
export async function sweepReviews(db: Database, shop: Shop): Promise<void> {
  // What the shopper asked back of an order goes first, then the rest.
  for (let round = 0; round < 2; round += 1) {
    await endDueReviews(db);
    await refundRefused({ db, refunds: shop.refunds.book, log: openLog('silent') });
    await shop.sendRefunds();
  }
  await endDueReviews(db);
  await refundRefused({ db, refunds: shop.refunds.book, log: openLog('silent') });
  await sweepRisk(db);
}

export async function reviewOfOrder(db: Database, orderId: string) {
  const [row] = await db.query<{ state: string; groupId: string | null; decisionId: string | null; why: string }>(
    'select state, group_id as "groupId", decision_id as "decisionId", why from risk_order_review where order_id = $1',
    [orderId],
  );
  return row;
}

/** The time of this order's review is over. */
export async function endReview(db: Database, orderId: string, at = "now() - interval '1 second'"): Promise<void> {
  await db.query(`update risk_order_review set held_until = ${at} where order_id = $1`, [orderId]);
  await db.query(`update orders set held_until = ${at} where id = $1`, [orderId]);
  await db.query(
    `update risk_decision set at = now() - interval '24 hours', hold_until = ${at}
     where id = (select decision_id from risk_order_review where order_id = $1)`,
    [orderId],
  );
}
