import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { priceGoods } from '../../lib/domain/pricing/price-goods.ts';
import { type PromotionRule, ruleFault } from '../../lib/domain/pricing/promotion.ts';
import { goods, promotion } from '../support/promotions.ts';

const file = join(process.env.FESTA_DATA ?? '../shared/data', 'catalogue/mall-promotions.json');
const isThere = existsSync(file);

type Row = Record<string, string | null>;
const data: Record<string, Row[]> = isThere ? JSON.parse(readFileSync(file, 'utf8')) : {};
const rows = (table: string) => data[table] ?? [];

/** Two decimals as whole hundredths, by text alone: nothing of the rules that are tested. */
const hundredths = (text: string | null | undefined) => Number((text ?? '0').replace('.', ''));
const priceOf = (productId: string | null | undefined) =>
  hundredths(rows('pms_product').find(({ id }) => id === productId)?.price);

const publishable = (rule: PromotionRule) => ruleFault(rule) === null;

describe.skipIf(!isThere)(
  `the promotions of a real mall${isThere ? '' : ' (not run: FESTA_DATA has no catalogue)'}`,
  () => {
    const reductions = rows('pms_product_full_reduction').map(({ product_id, full_price, reduce_price }) => ({
      productId: product_id as string,
      rule: {
        kind: 'full_reduction',
        fullFen: hundredths(full_price),
        cutFen: hundredths(reduce_price),
        isEach: false,
      } as const,
    }));
    const ladders = rows('pms_product_ladder').map(({ product_id, count, discount }) => ({
      productId: product_id as string,
      rule: {
        kind: 'piece_ladder',
        steps: [{ pieces: Number(count), payPermille: hundredths(discount) * 10 }],
      } as const,
    }));

    test('rows that were never filled in are no promotions, the others are', () => {
      expect([reductions.length, ladders.length]).toEqual([36, 35]);
      expect(reductions.filter(({ rule }) => publishable(rule))).toHaveLength(17);
      expect(ladders.filter(({ rule }) => publishable(rule))).toHaveLength(14);
    });

    test('each full reduction, for 1 to 60 pieces of its product, beside another product', () => {
      for (const { productId, rule } of reductions.filter((one) => publishable(one.rule))) {
        const unitFen = priceOf(productId);
        const scope = { kind: 'products', handles: [`p-${productId}`] } as const;
        for (let pieces = 1; pieces <= 60; pieces += 1) {
          const priced = priceGoods(
            [goods(productId, unitFen, pieces), goods('other', 999_900)],
            [promotion({ scope, rule })],
          );
          expect(priced.discountFen).toBe(unitFen * pieces >= rule.fullFen ? rule.cutFen : 0);
          expect(priced.shares[1]?.discountFen).toBe(0);
        }
      }
    });

    test('each ladder by pieces: 3 at 70 % are paid as hundredths say', () => {
      for (const { productId, rule } of ladders.filter((one) => publishable(one.rule))) {
        const unitFen = priceOf(productId);
        const [{ pieces: from, payPermille } = { pieces: 0, payPermille: 0 }] = rule.steps;
        for (let pieces = 1; pieces <= 12; pieces += 1) {
          const priced = priceGoods([goods(productId, unitFen, pieces)], [promotion({ rule })]);
          const payFen = BigInt(unitFen * pieces) * BigInt(payPermille);
          const expected = pieces >= from ? unitFen * pieces - Number(payFen / 1000n) : 0;
          expect(priced.discountFen).toBe(expected);
        }
      }
    });

    test('80 member prices: one that is lower is what is paid, one that is higher changes nothing', () => {
      const prices = rows('pms_member_price');
      expect(prices).toHaveLength(80);
      for (const { product_id, member_price } of prices) {
        const unitFen = priceOf(product_id);
        const memberFen = member_price === null ? null : hundredths(member_price);
        const priced = priceGoods([goods(product_id as string, unitFen, 3, { memberFen })], []);
        const paidFen = 3 * (memberFen === null ? unitFen : Math.min(memberFen, unitFen));
        expect(priced.goodsFen - priced.discountFen).toBe(paidFen);
      }
    });

    test('all promotions of the mall at once: nobody pays more than with any one of them, and sums are exact', () => {
      const all = [...reductions, ...ladders]
        .filter(({ rule }) => publishable(rule))
        .map(({ productId, rule }, index) =>
          promotion({ id: `m${index}`, scope: { kind: 'products', handles: [`p-${productId}`] }, rule }),
        );
      const cart = [...new Set(all.flatMap(({ scope }) => (scope.kind === 'products' ? scope.handles : [])))].map(
        (handle) => goods(handle.slice(2), priceOf(handle.slice(2)), 4),
      );
      const best = priceGoods(cart, all);
      expect(best.shares.reduce((sum, { discountFen }) => sum + discountFen, 0)).toBe(best.discountFen);
      for (const one of all) expect(priceGoods(cart, [one]).discountFen).toBeLessThanOrEqual(best.discountFen);
    });
  },
);
