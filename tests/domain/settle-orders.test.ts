import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Books, type Decision, type SubmitCommand, settleOrders } from '../../lib/domain/order/settle-orders.ts';
import type { OfferFacts, SkuFacts } from '../../lib/domain/pricing/price-line.ts';
import { HOLD_BACK_MS, priceNow } from '../../lib/domain/pricing/price-now.ts';

const NOW = 1_800_000_000_000;
const RULES = { freight: { freeFromFen: 9_900, flatFen: 800 }, quoteValidMs: 600_000, unpaidMax: 10 };

const offer = (more: Partial<OfferFacts> = {}): OfferFacts => ({
  sessionId: 's1',
  startsAt: NOW - 1_000,
  endsAt: NOW + 1_000,
  priceFen: 15_900,
  tiers: [{ upTo: 3, priceFen: 9_950 }],
  limitPerPerson: 5,
  allowsPromotions: false,
  openSlots: [1, 2, 3],
  accepted: 0,
  ...more,
});

const sku = (more: Partial<SkuFacts> = {}): SkuFacts => ({
  skuId: 'a',
  productHandle: 'p-a',
  categoryId: 'test',
  isForSale: true,
  isStopped: false,
  priceFen: 19_900,
  memberFen: null,
  limitPerPerson: null,
  available: 10,
  offers: [offer()],
  ...more,
});

const books = (skus: SkuFacts[], more: Partial<Books> = {}): Books => ({
  now: NOW,
  skus: new Map(skus.map((s) => [s.skuId, s])),
  promotions: [],
  used: new Map(),
  earlier: new Map(),
  unpaid: new Map(),
  offers: new Map(),
  ...more,
});

const command = (shopperId: string, quantity = 1, more: Partial<SubmitCommand> = {}): SubmitCommand => ({
  shopperId,
  key: `key-${shopperId}`,
  requestHash: 'h',
  lines: [{ skuId: 'a', quantity }],
  shown: { quotedAt: NOW - 1, totalFen: 10_000_000, bySku: new Map([['a', 10_000_000]]), hadTier: new Set() },
  ...more,
});

const only = (decisions: Decision[]) => decisions[0] as Decision;

test('the first takes place 1 at the tier price, and a second unit costs the session price', () => {
  const decision = only(settleOrders([command('ann', 2)], books([sku()]), RULES));
  expect(decision).toMatchObject({ kind: 'accepted', order: { goodsFen: 9_950 + 15_900, freightFen: 0, rank: 1 } });
});

test('whoever comes after the last place is ranked behind all places and pays the session price', () => {
  const decisions = settleOrders(
    ['a', 'b', 'c', 'd', 'e'].map((name) => command(name)),
    books([sku()]),
    RULES,
  );
  expect(decisions.map((d) => (d.kind === 'accepted' ? [d.order.rank, d.order.goodsFen] : d.kind))).toEqual([
    [1, 9_950],
    [2, 9_950],
    [3, 9_950],
    [4, 15_900],
    [5, 15_900],
  ]);
});

test('one person gets one tier place, also in two orders of one batch', () => {
  const twice = [command('ann'), command('ann', 1, { key: 'other' })];
  const decisions = settleOrders(twice, books([sku()]), RULES);
  expect(decisions.map((d) => d.kind === 'accepted' && d.order.goodsFen)).toEqual([9_950, 15_900]);
});

test('a place that came back is given before higher ones', () => {
  const decision = only(
    settleOrders([command('ann')], books([sku({ offers: [offer({ openSlots: [2, 3] })] })]), RULES),
  );
  expect(decision).toMatchObject({ kind: 'accepted', order: { rank: 2 } });
});

test('a tier that filled up since it was shown is told with the new price, and nothing is taken', () => {
  const shown = { quotedAt: NOW - 1, totalFen: 9_950, bySku: new Map([['a', 9_950]]), hadTier: new Set(['a']) };
  const full = sku({ offers: [offer({ openSlots: [] })] });
  const decision = only(settleOrders([command('ann', 1, { shown })], books([full]), RULES));
  expect(decision).toMatchObject({ kind: 'tier_full', fresh: { goodsFen: 15_900 } });
});

test.each([
  ['a risen price', { totalFen: 100, bySku: new Map([['a', 100]]) }, 'price_changed'],
  ['a SKU that was not in the quote', { bySku: new Map() }, 'price_changed'],
  ['a quote of eleven minutes ago', { quotedAt: NOW - 660_000 }, 'quote_expired'],
])('%s is refused', (_what, shown, kind) => {
  const base = command('ann').shown;
  const decision = only(settleOrders([command('ann', 1, { shown: { ...base, ...shown } })], books([sku()]), RULES));
  expect(decision.kind).toBe(kind);
});

test('a price that fell since it was shown is charged as it is now', () => {
  const decision = only(settleOrders([command('ann')], books([sku({ offers: [] })]), RULES));
  expect(decision).toMatchObject({ kind: 'accepted', order: { totalFen: 19_900 } });
});

test('the same key is replayed, and with other content refused', () => {
  const earlier = { orderId: 'o1', requestHash: 'h', totalFen: 1, payBefore: 2, rank: null };
  const known = books([sku()], { earlier: new Map([['ann|key-ann', earlier]]) });
  expect(only(settleOrders([command('ann')], known, RULES))).toEqual({ kind: 'replay', earlier });
  expect(only(settleOrders([command('ann', 1, { requestHash: 'x' })], known, RULES))).toEqual({ kind: 'key_reused' });
});

test.each([
  ['sold out', sku({ available: 1, offers: [] }), 2, { code: 'sold_out', left: 1 }],
  ['not listed', sku({ isForSale: false }), 1, { code: 'not_for_sale' }],
  ['stopped by the checker', sku({ isStopped: true }), 1, { code: 'sale_stopped' }],
  ['over the limit', sku(), 6, { code: 'limit_reached', limit: 5, owned: 0 }],
  [
    'a moment before the start',
    sku({ offers: [offer({ startsAt: NOW + 1, endsAt: NOW + 9 })] }),
    1,
    { code: 'not_open_yet', opensAt: NOW + 1 },
  ],
])('%s: the line says why', (_what, facts, quantity, problem) => {
  const decision = only(settleOrders([command('ann', quantity)], books([facts]), RULES));
  expect(decision).toEqual({ kind: 'lines_refused', problems: [{ skuId: 'a', ...problem }] });
});

test('goods rest only in the last hours before their session, and a session is over at its end', () => {
  const at = (startsAt: number, endsAt: number) => priceNow(sku({ offers: [offer({ startsAt, endsAt })] }), NOW);
  expect(at(NOW + HOLD_BACK_MS, NOW + HOLD_BACK_MS + 1).opensAt).toBe(NOW + HOLD_BACK_MS);
  expect(at(NOW + HOLD_BACK_MS + 1, NOW + HOLD_BACK_MS + 2)).toMatchObject({ opensAt: null, kind: 'ordinary' });
  expect(at(NOW - 5, NOW + 1).kind).toBe('session');
  expect(at(NOW - 5, NOW).kind).toBe('ordinary');
});

test('an eleventh unpaid order is refused', () => {
  const decision = only(settleOrders([command('ann')], books([sku()], { unpaid: new Map([['ann', 10]]) }), RULES));
  expect(decision).toEqual({ kind: 'too_many_unpaid', max: 10 });
});

test('[STK1] whatever is asked in whatever order: never oversold, places unique, limits kept, sums exact', () => {
  const wish = fc.record({
    shopper: fc.integer({ min: 0, max: 6 }),
    quantity: fc.integer({ min: 1, max: 4 }),
    sku: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), fc.integer({ min: 0, max: 30 }), (wishes, available) => {
      const stock = [sku({ available }), sku({ skuId: 'b', available, offers: [], limitPerPerson: 2 })];
      const commands = wishes.map((w, i) =>
        command(`p${w.shopper}`, w.quantity, {
          key: `k${i}`,
          lines: [{ skuId: w.sku, quantity: w.quantity }],
          shown: { quotedAt: NOW, totalFen: 1e9, bySku: new Map([[w.sku, 1e9]]), hadTier: new Set() },
        }),
      );
      const decisions = settleOrders(commands, books(stock), { ...RULES, unpaidMax: 1_000 });
      const sold = { a: 0, b: 0 };
      const slots: number[] = [];
      const perPerson = new Map<string, number>();
      decisions.forEach((d, i) => {
        if (d.kind !== 'accepted') return;
        const w = wishes[i] as (typeof wishes)[number];
        sold[w.sku as 'a' | 'b'] += w.quantity;
        const key = `${w.shopper}|${w.sku}`;
        perPerson.set(key, (perPerson.get(key) ?? 0) + w.quantity);
        const units = d.order.lines.flatMap((line) => line.price.units);
        slots.push(...units.flatMap((unit) => (unit.tierSlot === null ? [] : [unit.tierSlot])));
        expect(units.reduce((sum, unit) => sum + unit.quantity * unit.unitFen, 0)).toBe(d.order.goodsFen);
      });
      expect(Math.max(sold.a, sold.b)).toBeLessThanOrEqual(available);
      expect(slots).toEqual([1, 2, 3].slice(0, slots.length));
      for (const [key, quantity] of perPerson) expect(quantity).toBeLessThanOrEqual(key.endsWith('a') ? 5 : 2);
      // Nothing stranded: who was told "sold out" could not have been served from what is left at the end.
      decisions.forEach((d, i) => {
        if (d.kind !== 'lines_refused' || d.problems[0]?.code !== 'sold_out') return;
        const w = wishes[i] as (typeof wishes)[number];
        expect(w.quantity).toBeGreaterThan(available - sold[w.sku as 'a' | 'b']);
      });
    }),
  );
});
