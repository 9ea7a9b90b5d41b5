import { createHash } from 'node:crypto';
import type { AnswerOf, RequestOf } from '../../lib/contracts/contract.ts';
import type {
  Order,
  orderCancel,
  orderQuote,
  orderReceive,
  orderSubmit,
  Quote,
  WantedLine,
} from '../../lib/contracts/order.ts';
import { assert, unreachable } from '../../lib/domain/assert.ts';
import {
  counterKey,
  mergeWanted,
  type PricedOrder,
  priceOrder,
  type ShownPrice,
} from '../../lib/domain/order/settle-orders.ts';
import { promiseOf } from '../../lib/domain/pickup/deadlines.ts';
import { CENTRAL, isTransfer, NO_FREIGHT, skusAt, sourcesOf } from '../../lib/domain/pickup/place.ts';
import type { Till } from '../../lib/domain/pricing/price-goods.ts';
import { type CouponPlan, planCoupons } from '../../lib/domain/promo/choose-coupons.ts';
import type { CouponChoice } from '../../lib/domain/promo/coupon.ts';
import { accept, type Result, refuse } from '../../lib/domain/result.ts';
import type { Calendar } from '../../lib/domain/store/opening.ts';
import { isUnavailable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { QueueFull } from '../platform/sequencer.ts';
import type { AddressCopy, OrderBook, OrderMove, Placed, StoredOrder } from './order-book.ts';
import type { OrderQueue } from './order-queue.ts';
import { type Heard, openQueueLine } from './queue-line.ts';
import { readVersion, toQuote } from './quote-version.ts';

/** What the order room asks of payment before it lets go of goods: the channel's own word. */
export type PaymentCloser = {
  /** Closes every open payment of an order at its channel. `paid`: the money has come or is coming. */
  closeAll(orderId: string): Promise<'closed' | 'paid' | 'unknown'>;
};

/** What the order room asks of stores. */
export type PickupDesk = {
  /** Null: there is none, or it takes no orders now. */
  storeFor(storeId: string): Promise<Result<PickupPlace, { code: 'unknown_store' } | { code: 'store_not_open' }>>;
  /** Who fetches; null: he has no phone, whose last four are the fallback of every code. */
  contactOf(shopperId: string): Promise<{ name: string; phone: string } | null>;
};
export type PickupPlace = {
  readonly id: string;
  readonly region: string;
  readonly street: string;
  /** When somebody is there: goods are promised by it. */
  readonly calendar: Calendar;
};

export type OrderServiceDeps = {
  readonly book: OrderBook;
  readonly queue: OrderQueue;
  readonly secret: string;
  readonly addressOf: (shopperId: string, addressId: string) => Promise<AddressCopy | null>;
  readonly closer: PaymentCloser;
  readonly pickup: PickupDesk;
};

/** An order without what only the people behind the counter may know. */
export function toShown({ shopperId: _shopper, phone: _phone, openPayments: _open, ...order }: StoredOrder): Order {
  return order;
}

function placedOf({ orderId, totalFen, payBefore, rank }: Placed): Placed {
  return { orderId, totalFen, payBefore, rank };
}

function hashOf(request: object): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}

function addressIdOf({ fulfilment, addressId }: RequestOf<typeof orderSubmit>): string {
  return (fulfilment?.kind === 'delivery' ? fulfilment.addressId : addressId) ?? '';
}

export function orderService(deps: OrderServiceDeps) {
  const { book, queue, secret } = deps;
  const line = openQueueLine(queue, LIMITS.order.waitingAfterMs);
  const quoteOf = (order: Parameters<typeof toQuote>[0], now: number, plan: CouponPlan | null = null) =>
    toQuote(order, plan, { quotedAt: now, validMs: LIMITS.order.quoteValidMs, secret });

  async function ownOrder(shopperId: string, orderId: string): Promise<StoredOrder | null> {
    const order = await book.read(orderId);
    return order && order.shopperId === shopperId ? order : null;
  }

  /** Asks the channels to close; when they have, ends the order. */
  async function finishClosing(orderId: string, actor: string): Promise<'closed' | 'paid' | 'unknown'> {
    const answer = await deps.closer.closeAll(orderId);
    if (answer === 'closed') await book.close([orderId], actor);
    return answer;
  }

  /** Where an order goes: to an address of the shopper's own, or to a store that he comes to. */
  async function placeFor(shopperId: string, request: RequestOf<typeof orderSubmit>) {
    if (request.fulfilment?.kind !== 'pickup') {
      const address = await deps.addressOf(shopperId, addressIdOf(request));
      return address ? accept({ address, store: {} }) : refuse({ code: 'unknown_address' });
    }
    const [store, contact] = await Promise.all([
      deps.pickup.storeFor(request.fulfilment.storeId),
      deps.pickup.contactOf(shopperId),
    ]);
    if (!store.ok) return store;
    return contact
      ? accept({
          address: { ...contact, region: store.value.region, street: store.value.street },
          store: { storeId: store.value.id, calendar: store.value.calendar },
        })
      : refuse({ code: 'phone_required' });
  }

  return {
    ownOrder,
    finishClosing,
    book,

    async quote(
      lines: readonly WantedLine[],
      shopperId: string,
      choice?: CouponChoice,
      storeId?: string,
    ): Promise<AnswerOf<typeof orderQuote>> {
      const store = storeId === undefined ? null : await deps.pickup.storeFor(storeId);
      if (store && !store.ok) return store;
      const skuIds = mergeWanted(lines).map((line) => line.skuId);
      const named = choice?.choice === 'these' ? choice.ids : [];
      const [facts, held] = await Promise.all([
        book.facts(skuIds, shopperId, storeId),
        choice && shopperId !== '' ? book.heldCoupons(shopperId, named) : [],
      ]);
      let plan: CouponPlan | null = null;
      const onTop = (till: Till) => {
        if (choice) plan = planCoupons(till, held, choice, facts.now);
      };
      const used = (skuId: string, scope: string) => facts.used.get(counterKey(shopperId, skuId, scope)) ?? 0;
      const sources = store && sourcesOf(store.value.id, mergeWanted(lines), facts.skus, facts.stores);
      const { order, problems } = priceOrder(lines, sources ? skusAt(sources, facts.skus) : facts.skus, used, {
        ...facts,
        freight: sources ? NO_FREIGHT : LIMITS.freight,
        onTop,
      });
      if (order.lines.length === 0) return refuse({ code: 'nothing_to_quote', problems });
      const quote = quoteOf(order, facts.now, plan);
      if (!sources) return accept({ quote, problems });
      const pickup = {
        storeId: store.value.id,
        promisedAt: promiseOf(facts.now, isTransfer(sources), store.value.calendar),
        lines: [...sources].map(([skuId, { location }]) => ({ skuId, isTransfer: location === CENTRAL })),
      };
      return accept({ quote, problems, pickup });
    },

    /** The quote of a refusal: by the coupons that were shown, chosen anew. */
    async freshQuote(
      shopperId: string,
      lines: readonly WantedLine[],
      { coupons }: ShownPrice,
      { fresh, pricedAt }: { readonly fresh: PricedOrder; readonly pricedAt: number },
      storeId?: string,
    ): Promise<Quote> {
      if (!coupons) return quoteOf(fresh, pricedAt);
      const choice =
        coupons.choice === 'these' ? { choice: 'these' as const, ids: coupons.ids } : { choice: coupons.choice };
      const again = await this.quote(lines, shopperId, choice, storeId);
      return again.ok ? again.value.quote : quoteOf(fresh, pricedAt);
    },

    /** The contested command: answered after commit, once per key; who waits for it may be told his place meanwhile. */
    async submit(shopperId: string, request: RequestOf<typeof orderSubmit>): Promise<AnswerOf<typeof orderSubmit>> {
      const lines = mergeWanted(request.lines);
      const isAgain = request.isAgain === true;
      // Before anything that costs: of a crowd for one thing nearly all are answered here. The refusal of what was sent
      // before must be known to every process, so that one is the queue's.
      const storeId = request.fulfilment?.kind === 'pickup' ? request.fulfilment.storeId : undefined;
      // What a store has is not what the warehouse has: such an order is always the queue's.
      if (!isAgain && storeId === undefined && (await queue.isSoldOut(shopperId, lines))) {
        return refuse({ code: 'lines_refused', problems: [{ skuId: lines[0]!.skuId, code: 'sold_out', left: 0 }] });
      }
      const note = request.note ?? '';
      const requestHash = hashOf({
        lines,
        ...(storeId === undefined ? { addressId: addressIdOf(request) } : { storeId }),
        note,
      });
      const shown = readVersion(request.quoteVersion, secret);
      const place = await placeFor(shopperId, request);
      if (!shown || !place.ok) {
        // The answer to this key may have been lost and the address removed since: a repeat still gets its order.
        const earlier = await book.earlier(shopperId, request.key);
        if (earlier?.requestHash === requestHash) return accept({ ...placedOf(earlier), isReplay: true });
        if (earlier) return refuse({ code: 'key_reused' });
        return place.ok ? refuse({ code: 'quote_invalid' }) : place;
      }
      const sent = { shopperId, key: request.key, isAgain, requestHash, lines, shown, note };
      let heard: Heard;
      try {
        heard = await line.submit(
          { ...sent, address: place.value.address, ...place.value.store },
          request.mayWait === true,
        );
      } catch (error) {
        if (isUnavailable(error)) return refuse({ code: 'try_later', retryAfterMs: 2_000 });
        if (error instanceof QueueFull) return refuse({ code: 'try_later', retryAfterMs: error.retryAfterMs });
        throw error;
      }
      if (heard.kind === 'waiting') {
        return refuse({ code: 'waiting', position: heard.position, retryAfterMs: LIMITS.order.waitingAskMs });
      }
      const { decision, placed } = heard.outcome;
      switch (decision.kind) {
        case 'accepted':
        case 'replay':
          assert(placed !== null, 'an accepted order was placed');
          return accept({ ...placedOf(placed), isReplay: decision.kind === 'replay' });
        case 'lines_refused':
          return refuse({ code: 'lines_refused', problems: [...decision.problems] });
        case 'price_changed':
        case 'tier_full':
        case 'quote_expired':
          return refuse({
            code: decision.kind,
            quote: await this.freshQuote(shopperId, lines, shown, decision, storeId),
          });
        case 'key_reused':
          return refuse({ code: 'key_reused' });
        case 'too_many_unpaid':
          return refuse({ code: 'too_many_unpaid', max: decision.max });
        default:
          return unreachable(decision);
      }
    },

    async cancel(shopperId: string, orderId: string): Promise<AnswerOf<typeof orderCancel>> {
      const order = await ownOrder(shopperId, orderId);
      if (!order) return refuse({ code: 'not_found' });
      const moved = await book.move(orderId, 'closing', {
        actor: 'shopper',
        from: ['pending_pay'],
        reason: 'cancelled',
        fields: { closed_because: 'cancelled' },
      });
      // Another tap of the same cancel may have been faster: what stands now counts, not what was read before.
      const { state } = (moved ? null : await book.read(orderId)) ?? order;
      const isCancelled = state === 'closing' || state === 'closed';
      if (!moved && !isCancelled) return refuse({ code: 'order_cannot_move', state });
      await finishClosing(orderId, 'shopper');
      const after = await book.read(orderId);
      assert(after !== null, 'an order does not vanish');
      if (after.state === 'paid') return refuse({ code: 'order_cannot_move', state: after.state });
      return accept({ order: toShown(after) });
    },

    async receive(shopperId: string, orderId: string): Promise<AnswerOf<typeof orderReceive>> {
      const order = await ownOrder(shopperId, orderId);
      if (!order) return refuse({ code: 'not_found' });
      return this.advance(orderId, 'received', { actor: 'shopper', from: ['shipped'] });
    },

    /** One guarded move for shoppers and operators alike; a repeat of a move that has happened is accepted. */
    async advance(orderId: string, to: Order['state'], by: OrderMove): Promise<AnswerOf<typeof orderReceive>> {
      const moved = await book.move(orderId, to, by);
      const order = await book.read(orderId);
      if (!order) return refuse({ code: 'not_found' });
      if (!moved && order.state !== to) return refuse({ code: 'order_cannot_move', state: order.state });
      return accept({ order: toShown(order) });
    },
  };
}

export type OrderService = ReturnType<typeof orderService>;
