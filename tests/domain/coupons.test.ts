import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTill, type Till } from '../../lib/domain/pricing/price-goods.ts';
import { planCoupons } from '../../lib/domain/promo/choose-coupons.ts';
import { type CouponRule, type HeldCoupon, templateFault, worstCaseFen } from '../../lib/domain/promo/coupon.ts';
import { takeCoupons } from '../../lib/domain/promo/take-coupons.ts';
import { anyGoods, anyPromotions, goods, promotion } from '../support/promotions.ts';

const NOW = 1_000_000;
const held = (id: string, rule: CouponRule, more: Partial<HeldCoupon> = {}): HeldCoupon => ({
  id,
  templateId: `t-${id}`,
  name: { zh: '券', en: 'Coupon' },
  rule,
  scope: { kind: 'all' },
  state: 'usable',
  validFrom: 0,
  validUntil: 2 * NOW,
  ...more,
});
const packet = (id: string, cutFen: number, more: Partial<HeldCoupon> = {}) =>
  held(id, { kind: 'red_packet', cutFen }, more);
const best = { choice: 'best' } as const;
const usedIn = (plan: ReturnType<typeof planCoupons>) => plan.used.map(({ coupon, cutFen }) => [coupon.id, cutFen]);
const whyIn = (plan: ReturnType<typeof planCoupons>) => Object.fromEntries(plan.not.map(({ id, why }) => [id, why]));

test('of two shop coupons the one that takes off more is chosen, and red packets come on top', () => {
  const coupons = [
    held('ten', { kind: 'fixed', cutFen: 1_000 }),
    held('eighth', { kind: 'percent', fullFen: 0, cutPermille: 125, capFen: 3_000 }),
    packet('red', 500),
  ];
  const plan = planCoupons(openTill([goods('a', 20_000)], []), coupons, best, NOW);
  expect(usedIn(plan)).toEqual([
    ['eighth', 2_500],
    ['red', 500],
  ]);
  expect(plan.possible.map(({ coupon, cutFen }) => [coupon.id, cutFen])).toEqual([['ten', 1_000]]);
});

test('red packets take a fifth of a line at most, and of those that fit the cheaper ones are spent', () => {
  const coupons = [packet('big', 5_000), packet('small', 1_200), packet('tiny', 800)];
  const plan = planCoupons(openTill([goods('a', 10_000)], []), coupons, best, NOW);
  expect(usedIn(plan)).toEqual([
    ['small', 1_200],
    ['tiny', 800],
  ]);
  expect(plan.bestFen).toBe(2_000);
});

test('goods of a session take red packets and no shop coupon', () => {
  const session = goods('a', 10_000, 1, { priceKind: 'session' });
  const coupons = [held('c', { kind: 'fixed', cutFen: 1_000 }), packet('r', 1_000)];
  const plan = planCoupons(openTill([session], []), coupons, best, NOW);
  expect(usedIn(plan)).toEqual([['r', 1_000]]);
  expect(whyIn(plan)).toEqual({ c: { code: 'not_at_session_price' } });
});

test('a threshold counts what its goods cost after promotions, to the fen, and says what is missing', () => {
  const coupon = held('c', { kind: 'threshold', fullFen: 25_001, cutFen: 2_000 });
  const till = () => openTill([goods('a', 30_000)], [promotion()]);
  expect(whyIn(planCoupons(till(), [coupon], best, NOW))).toEqual({ c: { code: 'below_threshold', missingFen: 1 } });
  const exact = held('c', { kind: 'threshold', fullFen: 25_000, cutFen: 2_000 });
  expect(usedIn(planCoupons(till(), [exact], best, NOW))).toEqual([['c', 2_000]]);
});

test('each coupon that is of no use says why', () => {
  const fixed = { kind: 'fixed', cutFen: 100 } as const;
  const coupons = [
    held('early', fixed, { validFrom: NOW + 1 }),
    held('late', fixed, { validUntil: NOW }),
    held('locked', fixed, { state: 'locked' }),
    held('used', fixed, { state: 'used' }),
    held('void', fixed, { state: 'void' }),
    held('tea', fixed, { scope: { kind: 'categories', ids: ['tea'] } }),
    held('one', fixed),
    held('two', { kind: 'fixed', cutFen: 101 }),
  ];
  const ids = [...coupons.map(({ id }) => id), 'stranger'];
  const plan = planCoupons(openTill([goods('a', 500)], []), coupons, { choice: 'these', ids }, NOW);
  expect(whyIn(plan)).toEqual({
    early: { code: 'not_yet_valid', validFrom: NOW + 1 },
    late: { code: 'expired' },
    locked: { code: 'in_order' },
    used: { code: 'used' },
    void: { code: 'void' },
    tea: { code: 'not_for_these_goods' },
    two: { code: 'one_coupon_only' },
    stranger: { code: 'unknown_coupon' },
  });
  expect(usedIn(plan)).toEqual([['one', 100]]);
});

test('whatever is chosen, a fen stays to be paid', () => {
  const till = openTill([goods('a', 500)], []);
  expect(takeCoupons(till, [held('c', { kind: 'fixed', cutFen: 500 })], NOW).used).toMatchObject([{ cutFen: 499 }]);
  expect(till.priced()).toMatchObject({ goodsFen: 500, discountFen: 499 });
});

const anyRule: fc.Arbitrary<CouponRule> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), cutFen: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({
    kind: fc.constant('threshold' as const),
    fullFen: fc.integer({ min: 2, max: 60_000 }),
    cutFen: fc.integer({ min: 1, max: 20_000 }),
  }),
  fc.record({
    kind: fc.constant('percent' as const),
    fullFen: fc.integer({ min: 0, max: 40_000 }),
    cutPermille: fc.integer({ min: 1, max: 999 }),
    capFen: fc.integer({ min: 1, max: 20_000 }),
  }),
  fc.record({ kind: fc.constant('red_packet' as const), cutFen: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ kind: fc.constant('red_packet' as const), cutFen: fc.integer({ min: 1, max: 900 }) }),
);
const anyHeld = fc
  .array(
    fc.record({
      rule: anyRule,
      scope: fc.constantFrom<HeldCoupon['scope'][]>(
        { kind: 'all' },
        { kind: 'all' },
        { kind: 'categories', ids: ['tea', 'wear'] },
        { kind: 'products', handles: ['p-a', 'p-b'] },
        { kind: 'products', handles: ['p-b', 'p-c'] },
      ),
      validUntil: fc.constantFrom(NOW + 5, NOW + 9),
    }),
    { maxLength: 7 },
  )
  .map((all) => all.map(({ rule, ...more }, index) => held(`c${index}`, rule, more)));
const anyCart = fc.array(anyGoods, { minLength: 1, maxLength: 6 });
const takenOff = (till: Till, coupons: readonly HeldCoupon[]) =>
  takeCoupons(till, coupons, NOW).used.reduce((sum, { cutFen }) => sum + cutFen, 0);

test('[COUP1] no combination takes off more than the best one, and none as much for less', () => {
  fc.assert(
    fc.property(anyCart, anyPromotions, anyHeld, (cart, promotions, coupons) => {
      const plan = planCoupons(openTill(cart, promotions), coupons, best, NOW);
      const spent = plan.used.reduce((sum, { coupon }) => sum + worstCaseFen(coupon.rule), 0);
      const cut = plan.used.reduce((sum, { cutFen }) => sum + cutFen, 0);
      expect(cut).toBe(plan.bestFen);
      for (let bits = 0; bits < 1 << coupons.length; bits += 1) {
        const some = coupons.filter((_, at) => bits & (1 << at));
        if (some.filter(({ rule }) => rule.kind !== 'red_packet').length > 1) continue;
        const other = takenOff(openTill(cart, promotions), some);
        expect(other).toBeLessThanOrEqual(cut);
        if (other === cut) {
          expect(some.reduce((sum, { rule }) => sum + worstCaseFen(rule), 0)).toBeGreaterThanOrEqual(spent);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('[COUP1] shares add up, red packets keep to their fifth of each line, and the order of goods and coupons is nothing', () => {
  fc.assert(
    fc.property(anyCart, anyPromotions, anyHeld, (cart, promotions, coupons) => {
      const till = openTill(cart, promotions);
      const plan = planCoupons(till, coupons, best, NOW);
      const priced = till.priced();
      const packets = new Set(
        plan.used.filter(({ coupon }) => coupon.rule.kind === 'red_packet').map((u) => u.coupon.id),
      );
      const shop = plan.used.filter(({ coupon }) => !packets.has(coupon.id)).map((u) => u.coupon.id);
      expect(shop.length).toBeLessThanOrEqual(1);
      expect(priced.goodsFen - priced.discountFen).toBeGreaterThanOrEqual(plan.used.length > 0 ? 1 : 0);
      for (const [index, { cuts, discountFen }] of priced.shares.entries()) {
        const { unitFen, quantity, priceKind } = cart[index]!;
        const red = cuts.filter(({ source }) => packets.has(source)).reduce((sum, { cutFen }) => sum + cutFen, 0);
        expect(red * 5).toBeLessThanOrEqual(unitFen * quantity);
        expect(discountFen).toBeLessThanOrEqual(unitFen * quantity);
        if (priceKind !== 'ordinary') expect(cuts.some(({ source }) => shop.includes(source))).toBe(false);
      }
      for (const { coupon, cutFen } of plan.used) {
        const shares = priced.shares.flatMap(({ cuts }) => cuts.filter(({ source }) => source === coupon.id));
        expect(shares.reduce((sum, share) => sum + share.cutFen, 0)).toBe(cutFen);
        expect(cutFen).toBeLessThanOrEqual(worstCaseFen(coupon.rule));
      }
      const turned = planCoupons(openTill([...cart].reverse(), promotions), [...coupons].reverse(), best, NOW);
      expect(usedIn(turned)).toEqual(usedIn(plan));
    }),
    { numRuns: 500 },
  );
});

test('what is chosen as best is what the same ids come to when they are asked for', () => {
  fc.assert(
    fc.property(anyCart, anyHeld, (cart, coupons) => {
      const plan = planCoupons(openTill(cart, []), coupons, best, NOW);
      const ids = plan.used.map(({ coupon }) => coupon.id);
      expect(usedIn(planCoupons(openTill(cart, []), coupons, { choice: 'these', ids }, NOW))).toEqual(usedIn(plan));
    }),
  );
});

test.each([
  ['a cut as large as its threshold', { rule: { kind: 'threshold', fullFen: 500, cutFen: 500 } }, 'cut_too_big'],
  ['claiming that is over', { claimUntil: NOW }, 'claim_times_wrong'],
  [
    'a window that ends before claiming does',
    { validity: { kind: 'window', from: 0, until: NOW + 1 } },
    'window_wrong',
  ],
  ['a budget that covers no coupon', { budgetFen: 99 }, 'budget_too_small'],
  ['nobody may have one', { perPerson: 0 }, 'not_a_number'],
] as const)('%s cannot be published', (_what, more, fault) => {
  const template = {
    rule: { kind: 'fixed', cutFen: 100 },
    scope: { kind: 'all' },
    validity: { kind: 'days', days: 7 },
    claimFrom: 0,
    claimUntil: NOW + 9,
    perPerson: 1,
    total: 10,
    budgetFen: 1_000,
  } as const;
  expect(templateFault(template, NOW)).toBeNull();
  expect(templateFault({ ...template, ...more }, NOW)).toBe(fault);
});
