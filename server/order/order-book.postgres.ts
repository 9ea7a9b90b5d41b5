import type { HeldOffer } from '../../lib/domain/inventory/waitlist.ts';
import { statesBefore } from '../../lib/domain/order/order-state.ts';
import { skusFor } from '../../lib/domain/order/settle-orders.ts';
import { atStore } from '../../lib/domain/pickup/place.ts';
import { readHeldOffers } from '../inventory/waitlist-facts.ts';
import { againIfRaced, type Database } from '../platform/database.ts';
import { readHeldCoupons } from '../promo/coupon-rows.ts';
import type { OrderBook, StoredOrder } from './order-book.ts';
import { readEarlier, readFacts, readUsed } from './order-facts.postgres.ts';
import { logMove } from './order-log.ts';
import { type OrderRow, SELECT_ORDER, toOrder } from './order-rows.ts';
import { placeOrders } from './place-orders.postgres.ts';
import { READ_STOCK, READ_STORE } from './place-orders.sql.ts';
import { closeOrders, endDue } from './unpaid-orders.postgres.ts';

export function postgresOrderBook(db: Database, newOrderId: (shopperId: string) => string): OrderBook {
  async function one(orderId: string): Promise<StoredOrder | null> {
    const [row] = await db.query<OrderRow>(`${SELECT_ORDER} where o.id = $1`, [orderId]);
    return row ? toOrder(row) : null;
  }

  return {
    // The same key at two processes: the loser finds the winner's order when it looks again.
    place: (commands) => againIfRaced(() => placeOrders(db, commands, newOrderId)),

    async facts(skuIds, shopperId, storeId) {
      const levels =
        storeId === undefined
          ? []
          : await db.query<{ sku_id: string; available: number }>(READ_STORE, [storeId, skuIds]);
      const stores = new Map(levels.map((row) => [atStore(storeId ?? '', row.sku_id), row.available]));
      const stock = await db.query<{ sku_id: string; available: number; offered: number }>(READ_STOCK, [skuIds]);
      const facts = await readFacts(db, skuIds, stock, 1);
      const { now, promotions } = facts;
      if (shopperId === '') return { now, skus: facts.skus, promotions, used: new Map(), stores };
      const used = await readUsed(db, [shopperId], skuIds);
      const isOffered = stock.some((row) => row.offered > 0);
      const offers = isOffered ? await readHeldOffers(db, [shopperId], skuIds) : new Map<string, HeldOffer>();
      const lines = skuIds.map((skuId) => ({ skuId, quantity: 1 }));
      return { now, skus: skusFor(shopperId, lines, facts.skus, offers, now), promotions, used, stores };
    },

    heldCoupons: (shopperId, named) => readHeldCoupons(db, shopperId, named),

    async earlier(shopperId, key) {
      const [earlier] = (await readEarlier(db, [{ shopperId, key }])).values();
      return earlier ?? null;
    },

    read: one,

    async list({ shopperId, states, before, search, limit }) {
      const rows = await db.query<OrderRow>(
        `${SELECT_ORDER}
         where ($1::text is null or o.shopper_id = $1) and ($2::text[] is null or o.state = any ($2))
           and ($3::text is null or o.id < $3)
           and ($4::text is null or o.id = $4 or o.address ->> 'phone' like '%' || $4)
         order by o.id desc limit $5`,
        [shopperId ?? null, states ?? null, before ?? null, search ?? null, limit],
      );
      return rows.map(toOrder);
    },

    move(orderId, to, { actor, reason, fields = {}, from, also }) {
      const allowed = statesBefore(to).filter((state) => from.includes(state));
      return db.transaction(async (tx) => {
        const [moved] = await tx.query<{ from_state: string }>(
          `with before as (select id, state from orders where id = $1 and state = any ($2::text[])
             and ($3 <> 'packed' or store_id is null)
             and ($3 <> 'packed' or held_until is null or held_until <= clock_timestamp()) for update)
           update orders o set state = $3, sequence = o.sequence + 1,
             carrier = coalesce($4, o.carrier), tracking_number = coalesce($5, o.tracking_number),
             closed_because = coalesce($6, o.closed_because),
             shipped_at = case when $3 = 'shipped' then now() else o.shipped_at end,
             received_at = case when $3 = 'received' then now() else o.received_at end
           from before where o.id = before.id
           returning before.state as from_state`,
          [orderId, allowed, to, fields.carrier ?? null, fields.tracking_number ?? null, fields.closed_because ?? null],
        );
        if (!moved) return false;
        await logMove(tx, [orderId], { from: moved.from_state, to, actor, reason });
        await also?.(tx);
        return true;
      });
    },

    close: (orderIds, actor) => closeOrders(db, orderIds, actor),
    endDue: (marginMs, limit) => endDue(db, marginMs, limit),

    async listClosing(olderThanMs, limit) {
      const rows = await db.query<{ id: string }>(
        `select o.id from orders o join order_log l on l.order_id = o.id and l.step = o.sequence
         where o.state = 'closing' and l.at < now() - ($1 || ' milliseconds')::interval order by o.id limit $2`,
        [olderThanMs, limit],
      );
      return rows.map((row) => row.id);
    },
  };
}
