import { randomUUID } from 'node:crypto';
import type { AnswerOf } from '../../lib/contracts/contract.ts';
import type { counterArrive, counterExtend, counterReady } from '../../lib/contracts/counter.ts';
import { assert } from '../../lib/domain/assert.ts';
import { EXTENSION_MS, HELD_FOR_MS } from '../../lib/domain/pickup/deadlines.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import { tellStock } from '../inventory/holds.ts';
import { postNews } from '../order/order-log.ts';
import { tellOrders } from '../order/tell-orders.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { logCounter, type Post, postOf } from './clerks.ts';
import type { PickupCodes } from './codes.ts';
import { type Facts, needsPost, orderAfter, readFacts, storeNamed } from './counter-facts.ts';

type Refused =
  | { code: 'no_store' }
  | { code: 'not_found' }
  | { code: 'pickup_not_paid' }
  | { code: 'wrong_store'; storeId: string }
  | { code: 'pickup_cannot_move'; state: Facts['state'] }
  | { code: 'refund_in_progress' }
  | { code: 'goods_awaited'; lineNumbers: number[] }
  | { code: 'order_in_review'; until: number | null };
type Own = { readonly tx: Queryable; readonly post: Post; readonly facts: Facts };

/** What the shopper is told of his pickup beside the move itself; its order has a newer picture. */
export async function tellPickup(tx: Queryable, orderId: string, news: string | null): Promise<void> {
  await tx.query('update orders set sequence = sequence + 1 where id = $1', [orderId]);
  if (news !== null) await postNews(tx, [orderId], news);
  await tellOrders(tx, [orderId]);
}

/** A name of one change of place of an order's units; an order may have several. */
export const moveReference = (orderId: string): string => `${orderId}@${randomUUID()}`;

/** Units of an order that are sold in the warehouse are sold in the store now: two moves, one transaction. */
export async function carryUnits(tx: Queryable, orderId: string, storeId: string): Promise<number> {
  const units = await tx.query<{ sku_id: string; location_id: string; quantity: number }>(
    `select sku_id, location_id, sum(quantity)::integer as quantity from pickup_line
     where order_id = $1 and location_id <> $2 group by 1, 2 order by 1, 2`,
    [orderId, storeId],
  );
  if (units.length === 0) return 0;
  const skuIds = units.map(({ sku_id }) => sku_id);
  await tx.query(
    `insert into stock_level (sku_id, location_id) select sku_id, $2 from unnest($1::text[]) as u (sku_id)
     on conflict do nothing`,
    [skuIds, storeId],
  );
  await tx.query(
    `select 1 from stock_level s
     where (s.sku_id, s.location_id) in (select * from unnest($1::text[], $2::text[]))
        or (s.sku_id = any ($1::text[]) and s.location_id = $3)
     order by s.sku_id, s.location_id for update`,
    [skuIds, units.map(({ location_id }) => location_id), storeId],
  );
  const [done] = await tx.query<{ levels: number }>(
    `with u as (
       select * from unnest($1::text[], $2::text[], $3::integer[]) as u (sku_id, location_id, quantity)
     ), sides as (
       select sku_id, location_id, 'carry_out' as kind, quantity, -quantity as sold from u
       union all
       select sku_id, $5, 'carry_in', sum(quantity)::integer, sum(quantity)::integer from u group by sku_id
     ), moves as (
       insert into stock_move (sku_id, location_id, kind, quantity, reference)
       select sku_id, location_id, kind, quantity, $6 from sides
     ), lines as (
       update pickup_line set location_id = $5 where order_id = $4
     ), levels as (
       update stock_level s set sold = s.sold + b.sold, version = s.version + 1
       from sides b where s.sku_id = b.sku_id and s.location_id = b.location_id returning 1
     )
     select (select count(*) from levels) as levels`,
    [
      skuIds,
      units.map(({ location_id }) => location_id),
      units.map(({ quantity }) => quantity),
      orderId,
      storeId,
      moveReference(orderId),
    ],
  );
  assert(done !== undefined && done.levels >= 2, 'what is carried leaves one place and comes to another');
  await tellStock(tx, skuIds);
  return units.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function preparing({ db, codes }: { db: Database; codes: PickupCodes }) {
  /** One command of the counter on an order of its own store, under the order's lock; again changes nothing. */
  async function move(clerkId: string, orderId: string, work: (own: Own) => Promise<Refused | null>) {
    const moved = await db.transaction(async (tx): Promise<Result<null, Refused>> => {
      const post = needsPost(await postOf(tx, clerkId, { isKept: true }));
      if (!post.ok) return post;
      const facts = await readFacts(tx, orderId, { isLocked: true });
      if (!facts) {
        const [order] = await tx.query('select 1 from orders where id = $1 and store_id = $2', [
          orderId,
          post.value.storeId,
        ]);
        return refuse({ code: order ? 'pickup_not_paid' : 'not_found' });
      }
      if (facts.storeId !== post.value.storeId) return refuse({ code: 'wrong_store', storeId: facts.storeId });
      const refused = await work({ tx, post: post.value, facts });
      return refused ? refuse(refused) : accept(null);
    });
    if (moved.ok) return accept(await orderAfter(db, orderId, clerkId));
    const { refusal } = moved;
    if (refusal.code !== 'wrong_store') return refuse(refusal);
    return refuse({ code: 'wrong_store', store: await storeNamed(db, refusal.storeId) });
  }

  const isRefunding = ({ orderState }: Facts) => orderState !== 'paid';

  return {
    /** Put aside: from now on the owner has a code, and seven days. */
    ready(clerkId: string, orderId: string) {
      return move(clerkId, orderId, async ({ tx, post, facts }) => {
        if (facts.state === 'ready') return null;
        if (facts.state !== 'preparing') return { code: 'pickup_cannot_move', state: facts.state };
        if (isRefunding(facts)) return { code: 'refund_in_progress' };
        if (facts.reviewUntil !== null && facts.now < facts.reviewUntil) {
          return { code: 'order_in_review', until: facts.reviewUntil };
        }
        const awaited = await tx.query<{ line_number: number }>(
          'select line_number from pickup_line where order_id = $1 and location_id <> $2 order by 1',
          [orderId, facts.storeId],
        );
        if (awaited.length > 0) return { code: 'goods_awaited', lineNumbers: awaited.map((one) => one.line_number) };
        await codes.make(tx, { orderId, storeId: facts.storeId, kind: 'own' });
        const moved = await tx.query(
          `update pickup set state = 'ready', ready_at = clock_timestamp(),
             fetch_before = clock_timestamp() + $2 * interval '1 millisecond'
           where order_id = $1 and state = 'preparing' returning 1`,
          [orderId, HELD_FOR_MS],
        );
        assert(moved.length === 1, 'what is being prepared becomes ready');
        await logCounter(tx, { storeId: post.storeId, clerkId, what: 'ready', orderId });
        await tellPickup(tx, orderId, 'pickup_ready');
        return null;
      }) as Promise<AnswerOf<typeof counterReady>>;
    },

    arrive(clerkId: string, orderId: string) {
      return move(clerkId, orderId, async ({ tx, post, facts }) => {
        if (facts.state === 'ready') return null;
        if (facts.state !== 'preparing') return { code: 'pickup_cannot_move', state: facts.state };
        if (isRefunding(facts)) return { code: 'refund_in_progress' };
        const units = await carryUnits(tx, orderId, facts.storeId);
        if (units === 0) return null;
        await logCounter(tx, { storeId: post.storeId, clerkId, what: 'arrived', orderId, units });
        await tellPickup(tx, orderId, null);
        return null;
      }) as Promise<AnswerOf<typeof counterArrive>>;
    },

    extend(clerkId: string, orderId: string) {
      return move(clerkId, orderId, async ({ tx, post, facts }) => {
        if (facts.state !== 'ready') return { code: 'pickup_cannot_move', state: facts.state };
        const extended = await tx.query(
          `update pickup set is_extended = true, fetch_before = fetch_before + $2 * interval '1 millisecond'
           where order_id = $1 and state = 'ready' and not is_extended returning 1`,
          [orderId, EXTENSION_MS],
        );
        if (extended.length === 0) return null;
        await logCounter(tx, { storeId: post.storeId, clerkId, what: 'extended', orderId });
        await tellPickup(tx, orderId, 'pickup_extended');
        return null;
      }) as Promise<AnswerOf<typeof counterExtend>>;
    },
  };
}
