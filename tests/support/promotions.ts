import fc from 'fast-check';
import type { GoodsUnits } from '../../lib/domain/pricing/price-goods.ts';
import type { Promotion, PromotionRule, PromotionScope } from '../../lib/domain/pricing/promotion.ts';
import type { Database } from '../../server/platform/database.ts';

/** Every cent of a promotion that a test does not care about. */
export function promotion(more: Partial<Promotion> = {}): Promotion {
  return {
    id: 'p1',
    name: { zh: '满300减50', en: '¥50 off ¥300' },
    scope: { kind: 'all' },
    rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 5_000, isEach: false },
    startsAt: 0,
    endsAt: 9_999_999_999_999,
    ...more,
  };
}

export function goods(skuId: string, unitFen: number, quantity = 1, more: Partial<GoodsUnits> = {}): GoodsUnits {
  return {
    skuId,
    productHandle: `p-${skuId}`,
    categoryId: 'test',
    quantity,
    unitFen,
    priceKind: 'ordinary',
    sessionSays: false,
    memberFen: null,
    ...more,
  };
}

const rising = (count: number, low: number, high: number) =>
  fc
    .uniqueArray(fc.integer({ min: low, max: high }), { minLength: count, maxLength: count })
    .map((all) => all.sort((a, b) => a - b));

/** Rules that may be published. */
export const anyRule: fc.Arbitrary<PromotionRule> = fc.oneof(
  fc
    .record({
      fullFen: fc.integer({ min: 2, max: 100_000 }),
      share: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      isEach: fc.boolean(),
    })
    .map(({ fullFen, share, isEach }) => ({
      kind: 'full_reduction' as const,
      fullFen,
      cutFen: Math.max(1, Math.floor(fullFen * share)),
      isEach,
    })),
  fc.integer({ min: 1, max: 4 }).chain((count) =>
    fc.tuple(rising(count, 10_000, 200_000), rising(count, 1, 9_999)).map(([fulls, cuts]) => ({
      kind: 'amount_ladder' as const,
      steps: fulls.map((fullFen, index) => ({ fullFen, cutFen: cuts[index] as number })),
    })),
  ),
  fc.integer({ min: 1, max: 4 }).chain((count) =>
    fc.tuple(rising(count, 1, 30), rising(count, 1, 999)).map(([pieces, pays]) => ({
      kind: 'piece_ladder' as const,
      steps: pieces.map((units, index) => ({ pieces: units, payPermille: pays[count - 1 - index] as number })),
    })),
  ),
);

const CATEGORIES = ['tea', 'home', 'wear'];
const SKUS = ['a', 'b', 'c', 'd', 'e', 'f'];

const anyScope: fc.Arbitrary<PromotionScope> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.subarray(CATEGORIES, { minLength: 1 }).map((ids) => ({ kind: 'categories' as const, ids })),
  fc
    .subarray(SKUS, { minLength: 1 })
    .map((skus) => ({ kind: 'products' as const, handles: skus.map((sku) => `p-${sku}`) })),
);

/** Up to four promotions, as many as may compete without the search being cut short. */
export const anyPromotions: fc.Arbitrary<Promotion[]> = fc
  .array(fc.record({ scope: anyScope, rule: anyRule }), { maxLength: 4 })
  .map((all) => all.map((one, index) => promotion({ ...one, id: `p${index}` })));

export const anyGoods: fc.Arbitrary<GoodsUnits> = fc
  .record({
    skuId: fc.constantFrom(...SKUS),
    quantity: fc.integer({ min: 1, max: 9 }),
    unitFen: fc.integer({ min: 1, max: 60_000 }),
    priceKind: fc.constantFrom('ordinary' as const, 'ordinary' as const, 'session' as const, 'tier' as const),
    sessionSays: fc.boolean(),
    memberFen: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null }),
  })
  .map((units) => ({
    ...units,
    productHandle: `p-${units.skuId}`,
    categoryId: CATEGORIES[units.skuId.charCodeAt(0) % CATEGORIES.length] as string,
  }));

/** Publishes a promotion that is in force from an hour ago, for an hour. */
export async function putPromotion(
  db: Database,
  one: Partial<Pick<Promotion, 'id' | 'scope' | 'rule'>> = {},
): Promise<void> {
  const { id, scope, rule, name } = promotion(one);
  await db.query(
    `insert into promotion (id, name, scope, rule, starts_at, ends_at, made_by, valid_from)
     values ($1, $2, $3, $4, now() - interval '1 hour', now() + interval '1 hour', 'test', now() - interval '1 hour')`,
    [id, JSON.stringify(name), JSON.stringify(scope), JSON.stringify(rule)],
  );
}
