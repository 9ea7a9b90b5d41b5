import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinRefusal, serveWaiters, type Waiter, withOffer } from '../../lib/domain/inventory/waitlist.ts';
import { offerKey, settleOrders } from '../../lib/domain/order/settle-orders.ts';
import { type OfferFacts, priceLine, type SkuFacts, tierScope } from '../../lib/domain/pricing/price-line.ts';
import { MINUTE_MS } from '../../lib/domain/time.ts';

const NOW = 1_800_000_000_000;
const OFFER_MS = 5 * MINUTE_MS;

const session = (more: Partial<OfferFacts> = {}): OfferFacts => ({
  sessionId: 's1',
  startsAt: NOW - 1_000,
  endsAt: NOW + 60 * MINUTE_MS,
  priceFen: 15_900,
  tiers: [{ upTo: 3, priceFen: 9_950 }],
  limitPerPerson: 5,
  allowsPromotions: false,
  openSlots: [],
  accepted: 0,
  ...more,
});

const sku = (more: Partial<SkuFacts> = {}): SkuFacts => ({
  skuId: 'a',
  productHandle: 'p',
  categoryId: 'c',
  memberFen: null,
  isForSale: true,
  isStopped: false,
  priceFen: 19_900,
  limitPerPerson: null,
  available: 0,
  offers: [],
  ...more,
});

const none = () => 0;
const waiters = (quantities: readonly number[]): Waiter[] =>
  quantities.map((quantity, index) => ({ entryId: `e${index}`, shopperId: `p${index}`, quantity }));

test('[R-10] units go in published order until none is free or nobody waits; nobody who could be served is passed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 }),
      fc.integer({ min: 0, max: 60 }),
      fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 30, maxLength: 30 }),
      (quantities, available, limitPerPerson, owned) => {
        const queue = waiters(quantities);
        const used = (shopperId: string) => owned[Number(shopperId.slice(1))] ?? 0;
        const { offers, passed } = serveWaiters(queue, sku({ available, limitPerPerson }), used, NOW, OFFER_MS);
        const given = offers.reduce((sum, offer) => sum + offer.quantity, 0);
        expect(given).toBeLessThanOrEqual(available);
        // Who was looked at is a beginning of the queue, in its order.
        const seen = new Set([...offers.map((offer) => offer.entryId), ...passed]);
        expect(queue.slice(0, seen.size).every((waiter) => seen.has(waiter.entryId))).toBe(true);
        expect(offers.map((offer) => Number(offer.entryId.slice(1)))).toEqual(
          offers.map((offer) => Number(offer.entryId.slice(1))).sort((a, b) => a - b),
        );
        // Nothing is stranded: either all is given or everybody was looked at and got all he may have.
        if (given < available) {
          expect(seen.size).toBe(queue.length);
          for (const offer of offers) {
            const wished = queue.find((waiter) => waiter.entryId === offer.entryId)?.quantity ?? 0;
            const room = limitPerPerson === null ? wished : limitPerPerson - used(offer.shopperId);
            expect(offer.quantity).toBe(Math.min(wished, room));
          }
        }
        for (const offer of offers) {
          expect(offer.quantity).toBeGreaterThan(0);
          expect(offer.endsAt).toBe(NOW + OFFER_MS);
          if (limitPerPerson !== null)
            expect(used(offer.shopperId) + offer.quantity).toBeLessThanOrEqual(limitPerPerson);
        }
        // Passed over only for the limit.
        for (const entryId of passed) expect(used(`p${entryId.slice(1)}`)).toBeGreaterThanOrEqual(limitPerPerson ?? 7);
      },
    ),
  );
});

test('a wish for three is offered the two that came back, and the third unit goes to him only if he still waits', () => {
  const { offers } = serveWaiters(waiters([3, 1]), sku({ available: 2 }), none, NOW, OFFER_MS);
  expect(offers).toMatchObject([{ entryId: 'e0', quantity: 2 }]);
});

test('a tier place that came back goes with the units to the first who has had none; the others get no place', () => {
  const hot = sku({ available: 3, offers: [session({ openSlots: [2] })] });
  const used = (shopperId: string, scope: string) => (shopperId === 'p0' && scope === tierScope('s1') ? 1 : 0);
  const { offers } = serveWaiters(waiters([1, 1, 1]), hot, used, NOW, OFFER_MS);
  expect(offers.map((offer) => offer.place)).toEqual([null, { sessionId: 's1', slot: 2 }, null]);
});

test('in the rest before a session an offer waits for the opening and takes no place of it', () => {
  const opensAt = NOW + 60 * MINUTE_MS;
  const resting = sku({
    available: 1,
    offers: [session({ startsAt: opensAt, endsAt: opensAt + 1, openSlots: [1] })],
  });
  const { offers } = serveWaiters(waiters([1]), resting, none, NOW, OFFER_MS);
  expect(offers).toMatchObject([{ opensAt, endsAt: opensAt + OFFER_MS, place: null }]);
});

test('goods that are not for sale are offered to nobody', () => {
  expect(serveWaiters(waiters([1]), sku({ available: 5, isForSale: false }), none, NOW, OFFER_MS).offers).toEqual([]);
});

test('an offer is worth its units and its place to its owner until its deadline, and nothing from then on', () => {
  const held = { entryId: 'e', quantity: 2, endsAt: NOW + 1, place: { sessionId: 's1', slot: 2 } };
  const hot = sku({ offers: [session({ openSlots: [3] })] });
  const priced = priceLine(withOffer(hot, held, NOW), 2, none, NOW);
  expect(priced).toMatchObject({ ok: true, value: { subtotalFen: 9_950 + 15_900, rank: 2 } });
  const late = priceLine(withOffer(hot, held, NOW + 1), 2, none, NOW + 1);
  expect(late).toMatchObject({ ok: false, refusal: { code: 'sold_out' } });
});

test('one waits only for what he cannot buy now, within the limit and a bounded number of lists', () => {
  expect(joinRefusal(undefined, 1, none, 0, 20, NOW)?.code).toBe('unknown_sku');
  expect(joinRefusal(sku({ isForSale: false }), 1, none, 0, 20, NOW)?.code).toBe('not_for_sale');
  expect(joinRefusal(sku({ available: 1 }), 2, none, 0, 20, NOW)).toEqual({ code: 'in_stock', available: 1 });
  expect(joinRefusal(sku({ limitPerPerson: 2 }), 3, none, 0, 20, NOW)?.code).toBe('limit_reached');
  expect(joinRefusal(sku({ limitPerPerson: 2 }), 2, () => 1, 0, 20, NOW)).toMatchObject({ owned: 1 });
  expect(joinRefusal(sku(), 1, none, 20, 20, NOW)).toEqual({ code: 'too_many_waits', max: 20 });
  expect(joinRefusal(sku({ limitPerPerson: 2 }), 2, none, 19, 20, NOW)).toBeNull();
});

test('[STK1] settling sells held units only to whom they are held for, once, and never more than there are', () => {
  const order = (shopperId: string, quantity: number, key = shopperId) => ({
    shopperId,
    key,
    requestHash: 'h',
    lines: [{ skuId: 'a', quantity }],
    shown: { quotedAt: NOW - 1, totalFen: 10_000_000, bySku: new Map([['a', 10_000_000]]), hadTier: new Set<string>() },
  });
  const rules = { freight: { freeFromFen: 0, flatFen: 0 }, quoteValidMs: 600_000, unpaidMax: 100 };
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: -1, max: 1 }),
      fc.array(fc.tuple(fc.constantFrom('ann', 'bob'), fc.integer({ min: 1, max: 4 })), { maxLength: 8 }),
      (available, held, endsIn, wishes) => {
        const books = {
          now: NOW,
          skus: new Map([['a', sku({ available })]]),
          used: new Map<string, number>(),
          earlier: new Map(),
          unpaid: new Map(),
          promotions: [],
          offers: new Map([
            [offerKey('ann', 'a'), { entryId: 'e', quantity: held, endsAt: NOW + endsIn, place: null }],
          ]),
        };
        const commands = wishes.map(([who, quantity], index) => order(who, quantity, `k${index}`));
        const decisions = settleOrders(commands, books, rules);
        const sold = (who: string | null) =>
          decisions.reduce((sum, decision, index) => {
            const [by, quantity] = wishes[index] as [string, number];
            return sum + (decision.kind === 'accepted' && (who === null || by === who) ? quantity : 0);
          }, 0);
        expect(sold('bob')).toBeLessThanOrEqual(available);
        expect(sold(null)).toBeLessThanOrEqual(available + (endsIn > 0 ? held : 0));
        const uses = decisions.flatMap((decision) => (decision.kind === 'accepted' ? decision.offersUsed : []));
        expect(uses.length).toBeLessThanOrEqual(endsIn > 0 ? 1 : 0);
      },
    ),
  );
});
