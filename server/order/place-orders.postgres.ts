import { assert } from '../../lib/domain/assert.ts';
import {
  type Books,
  type Decision,
  isRefusal,
  type SettleRules,
  settleOrders,
} from '../../lib/domain/order/settle-orders.ts';
import { promiseOf } from '../../lib/domain/pickup/deadlines.ts';
import { atStore, CENTRAL, isTransfer } from '../../lib/domain/pickup/place.ts';
import { NO_CALENDAR } from '../../lib/domain/store/opening.ts';
import { stockNotice } from '../inventory/stock-notice.ts';
import { readHeldOffers } from '../inventory/waitlist-facts.ts';
import { serveWaitlist, takeOffers } from '../inventory/waitlist-offers.ts';
import { columnsOf, type RowOf } from '../platform/columns.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { holdCoupons, lockCoupons } from '../promo/coupon-holds.ts';
import type { PlaceCommand, Placed, PlaceOutcome } from './order-book.ts';
import { type Facts, readEarlier, readFacts, readRefused, readUnpaid, readUsedBy } from './order-facts.postgres.ts';
import {
  COPY_COLUMNS,
  KEEP_REFUSED,
  LINE_COLUMNS,
  LOCK_STOCK,
  LOCK_STOCK_AND_STORES,
  ORDER_COLUMNS,
  WRITE,
} from './place-orders.sql.ts';

export const SETTLE_RULES: SettleRules = {
  freight: LIMITS.freight,
  quoteValidMs: LIMITS.order.quoteValidMs,
  unpaidMax: LIMITS.order.unpaidMax,
};

type Rows = {
  readonly orders: RowOf<typeof ORDER_COLUMNS>[];
  readonly lines: RowOf<typeof LINE_COLUMNS>[];
  /** By SKU: the place of its copy. */
  readonly skus: Map<string, number>;
  readonly copies: RowOf<typeof COPY_COLUMNS>[];
};

type Accepted = Extract<Decision, { kind: 'accepted' }>;

const orNull = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? list : null);

/** Where the batch's copies have this SKU's, counted from 1; added when it is the first line of it. */
function placeOfCopy({ skus, copies }: Rows, skuId: string, facts: Facts): number {
  const known = skus.get(skuId);
  if (known !== undefined) return known;
  const copy = facts.copies.get(skuId);
  assert(copy !== undefined, 'a priced SKU has a product');
  copies.push({
    title: copy.title,
    choice: copy.choice,
    product_handle: copy.productHandle,
    picture_path: copy.picturePath,
  });
  skus.set(skuId, copies.length);
  return copies.length;
}

/** The rows of one accepted order, added to the batch's. */
function addRows(rows: Rows, command: PlaceCommand, { order, sources }: Accepted, placed: Placed, facts: Facts): void {
  rows.orders.push({
    id: placed.orderId,
    shopper_id: command.shopperId,
    key: command.key,
    request_hash: command.requestHash,
    goods_fen: order.goodsFen,
    freight_fen: order.freightFen,
    total_fen: order.totalFen,
    saved_fen: order.savedFen,
    discount_fen: order.discountFen,
    cuts: orNull(order.cuts),
    quote: { shownTotalFen: command.shown.totalFen, quotedAt: command.shown.quotedAt },
    address: command.address,
    note: command.note,
    rank: order.rank,
    placed_at: facts.now,
    pay_before: placed.payBefore,
    store_id: command.storeId ?? null,
    promised_at: sources && promiseOf(facts.now, isTransfer(sources), command.calendar ?? NO_CALENDAR),
  });
  let lineNumber = 0;
  for (const { skuId, price, shares } of order.lines) {
    const place = placeOfCopy(rows, skuId, facts);
    for (const [index, unit] of price.units.entries()) {
      lineNumber += 1;
      rows.lines.push({
        order_id: placed.orderId,
        line_number: lineNumber,
        sku_id: skuId,
        quantity: unit.quantity,
        unit_fen: unit.unitFen,
        price_kind: unit.priceKind,
        session_id: unit.sessionId,
        tier_up_to: unit.tierUpTo,
        tier_slot: unit.tierSlot,
        rank: price.rank,
        discount_fen: shares[index]?.discountFen ?? 0,
        cuts: orNull(shares[index]?.cuts),
        copy: place,
        shopper_id: command.shopperId,
        expires_at: placed.payBefore + LIMITS.order.channelMarginMs,
        location_id: sources?.get(skuId)?.location ?? CENTRAL,
      });
    }
  }
}

/**
 * A key that was sent again and is refused stays refused, at every process: its first sending, which may still be on its
 * way, must not make an order that the shopper was just told he has not got.
 */
async function keepRefused(
  tx: Queryable,
  commands: readonly PlaceCommand[],
  decisions: readonly Decision[],
  known: ReadonlyMap<string, unknown>,
): Promise<void> {
  const fresh = commands.flatMap(({ isAgain, shopperId, key }, index) => {
    const decision = decisions[index] as Decision;
    return isAgain && isRefusal(decision) && !known.has(`${shopperId}|${key}`) ? [{ shopperId, key, decision }] : [];
  });
  if (fresh.length === 0) return;
  await tx.query(KEEP_REFUSED, [
    fresh.map(({ shopperId }) => shopperId),
    fresh.map(({ key }) => key),
    fresh.map(({ decision }) => JSON.stringify(decision)),
    LIMITS.order.quoteValidMs,
  ]);
}

type LevelRow = { sku_id: string; location_id: string; available: number; offered: number };

/** Locks the warehouse's rows of a batch, and where it has orders for pickup those of their stores. */
function lockStock(tx: Queryable, skuIds: readonly string[], commands: readonly PlaceCommand[]) {
  const fetched = commands.flatMap(({ storeId, lines }) =>
    storeId === undefined ? [] : lines.map(({ skuId }) => ({ skuId, storeId })),
  );
  if (fetched.length === 0)
    return { stock: tx.query<Omit<LevelRow, 'location_id'>>(LOCK_STOCK, [skuIds]), stores: null };
  const all = tx.query<LevelRow>(LOCK_STOCK_AND_STORES, [
    skuIds,
    fetched.map(({ skuId }) => skuId),
    fetched.map(({ storeId }) => storeId),
  ]);
  const isCentral = (row: LevelRow) => row.location_id === CENTRAL;
  return {
    stock: all.then((rows) => rows.filter(isCentral)),
    stores: all.then((rows) => {
      const own = rows.filter((row) => !isCentral(row));
      return new Map(own.map((row) => [atStore(row.location_id, row.sku_id), row.available]));
    }),
  };
}

/**
 * Settles one batch in one transaction: lock and read, decide (pure), write with one statement (docs/adr/0002).
 * A throw changes nothing and leaves the batch to be split by the sequencer.
 */
export async function placeOrders(
  db: Database,
  commands: readonly PlaceCommand[],
  newOrderId: (shopperId: string) => string,
): Promise<PlaceOutcome[]> {
  const skuIds = [...new Set(commands.flatMap((command) => command.lines.map((line) => line.skuId)))].sort();
  const shopperIds = [...new Set(commands.map((command) => command.shopperId))];
  const couponIds = commands.flatMap(({ shown }) => shown.coupons?.ids ?? []);
  return db.hotTransaction(async (tx) => {
    // Sent in one go and answered in this order: every statement after the first begins when the locks are held.
    const { stock: locked, stores: lockedAtStores } = lockStock(tx, skuIds, commands);
    const [stock, stores, facts, held, earlier, refused, unpaid, coupons] = await Promise.all([
      locked,
      lockedAtStores,
      readFacts(tx, skuIds, locked, commands.length),
      readUsedBy(tx, commands),
      readEarlier(tx, commands),
      readRefused(tx, commands),
      readUnpaid(tx, shopperIds),
      couponIds.length > 0 ? lockCoupons(tx, couponIds) : new Map(),
    ]);
    const offered = stock.filter((row) => row.offered > 0).map((row) => row.sku_id);
    const books: Books = {
      now: facts.now,
      skus: facts.skus,
      promotions: facts.promotions,
      used: held,
      earlier,
      unpaid,
      refused,
      ...(stores ? { stores } : {}),
      offers: offered.length > 0 ? await readHeldOffers(tx, shopperIds, offered) : new Map(),
      coupons,
    };
    const decisions = settleOrders(commands, books, SETTLE_RULES);
    const rows: Rows = { orders: [], lines: [], skus: new Map(), copies: [] };
    const used: { entryId: string; orderId: string }[] = [];
    const taken: { id: string; orderId: string; cutFen: number }[] = [];
    const outcomes = decisions.map((decision: Decision, index): PlaceOutcome => {
      if (decision.kind === 'replay') return { decision, placed: decision.earlier };
      if (decision.kind !== 'accepted') return { decision, placed: null };
      const command = commands[index] as PlaceCommand;
      const isTimed = decision.order.lines.some((line) => line.price.offer !== null);
      const holdMs = isTimed ? LIMITS.order.reservationMs.session : LIMITS.order.reservationMs.ordinary;
      const placed: Placed = {
        orderId: newOrderId(command.shopperId),
        totalFen: decision.order.totalFen,
        payBefore: facts.now + holdMs - LIMITS.order.channelMarginMs,
        rank: decision.order.rank,
      };
      addRows(rows, command, decision, placed, facts);
      for (const entryId of decision.offersUsed) used.push({ entryId, orderId: placed.orderId });
      for (const { coupon, cutFen } of decision.couponsUsed) {
        taken.push({ id: coupon.id, orderId: placed.orderId, cutFen });
      }
      return { decision, placed };
    });
    await keepRefused(tx, commands, decisions, refused);
    if (rows.orders.length === 0) return outcomes;
    const places = rows.lines.filter((line) => line.tier_slot !== null).length;
    const write = [
      ...columnsOf(ORDER_COLUMNS, rows.orders),
      ...columnsOf(LINE_COLUMNS, rows.lines),
      ...columnsOf(COPY_COLUMNS, rows.copies),
      stockNotice(rows.skus.keys()),
      rows.orders.length,
      places,
    ];
    if (used.length === 0 && taken.length === 0) {
      await tx.last(WRITE, write);
      return outcomes;
    }
    if (used.length > 0) await takeOffers(tx, used);
    await tx.query(WRITE, write);
    if (taken.length > 0)
      assert((await holdCoupons(tx, taken)) === taken.length, 'every coupon that was taken was free');
    if (used.length > 0) await serveWaitlist(tx, offered);
    return outcomes;
  });
}
