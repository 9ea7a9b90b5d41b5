import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { couponRequest, draftOf, newCoupon } from '../../components/ops/coupon-draft.ts';
import { saysAll } from '../../components/ops/coupon-says.ts';
import type { OpsCoupon } from '../../lib/contracts/coupon.ts';
import { opsSaveCoupon } from '../../lib/contracts/coupon.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/domain/time.ts';
import { expiryText, scopeText, tenthsText, thresholdText } from '../../lib/messages/coupon.ts';
import { soonText } from '../../lib/messages/soon.ts';

/** 11 November 2026, 20:00 in Beijing. */
const NOW = Date.UTC(2026, 10, 11, 12);
const MIDNIGHT = Date.UTC(2026, 10, 11, 16);

describe('What a coupon says of itself', () => {
  test('Midnight is the end of today, not a time of tomorrow', () => {
    expect(expiryText(MIDNIGHT, NOW, 'zh-CN')).toBe('今天 23:59 过期');
    expect(expiryText(MIDNIGHT + 1, NOW, 'zh-CN')).toBe('明天 00:00 过期');
    expect(expiryText(MIDNIGHT + DAY_MS, NOW, 'en-US')).toBe('Expires tomorrow 23:59');
    expect(expiryText(MIDNIGHT + 9 * DAY_MS, NOW, 'zh-CN')).toBe('11月20日 23:59 过期');
    expect(soonText(MIDNIGHT + HOUR_MS, NOW, 'en-US')).toBe('tomorrow 01:00');
  });

  test('Each kind says from which amount on, and up to how much', () => {
    expect(thresholdText({ kind: 'threshold', fullFen: 30_000, cutFen: 5_000 }, 'zh-CN')).toBe('满 300 元可用');
    expect(thresholdText({ kind: 'red_packet', cutFen: 880 }, 'zh-CN')).toBe('无门槛');
    expect(thresholdText({ kind: 'percent', fullFen: 0, cutPermille: 150, capFen: 12_000 }, 'en-US')).toBe(
      'No minimum · ¥120 at most',
    );
    expect([200, 150, 999].map(tenthsText)).toEqual(['8', '8.5', '0.01']);
  });

  test('A category is called by its name, and by its id when the page does not know it', () => {
    const scope = { kind: 'categories', ids: ['home', 'new-one'] } as const;
    expect(scopeText({ ...scope, ids: [...scope.ids] }, [['home', '家居']], 'zh-CN')).toBe('限 家居、new-one');
    expect(scopeText({ kind: 'products', handles: ['a', 'b'] }, [], 'en-US')).toBe('For 2 products');
  });
});

const FILLED = {
  ...newCoupon(NOW, '6f1d3c2e-3f40-4b39-9d70-0a3b5a8a1d11'),
  nameZh: '满300减50',
  nameEn: '50 off 300',
  full: '300',
  cut: '50',
  total: '10000',
  budget: '200,000',
};

describe('The draft of a campaign', () => {
  test('An empty one says all that is missing at once; a filled one is what the wire takes', () => {
    expect(couponRequest(newCoupon(NOW, 'x'), NOW).faults).toEqual({
      name: true,
      rule: true,
      scope: false,
      claim: false,
      validity: false,
      numbers: true,
    });
    const { request, faults } = couponRequest(FILLED, NOW);
    expect(Object.values(faults)).not.toContain(true);
    expect(opsSaveCoupon.request.safeParse(request).success).toBe(true);
    expect(request).toMatchObject({ rule: { kind: 'threshold', fullFen: 30_000, cutFen: 5_000 }, total: 10_000 });
  });

  test('What would give goods away, cover nothing, or end before it starts is refused in its place', () => {
    const faultsOf = (part: object) => {
      const { faults, request } = couponRequest({ ...FILLED, ...part }, NOW);
      expect(request).toBeNull();
      return Object.entries(faults).flatMap(([place, isWrong]) => (isWrong ? [place] : []));
    };
    expect(faultsOf({ cut: '300' })).toEqual(['rule']);
    expect(faultsOf({ kind: 'percent', pay: '0', cap: '10' })).toEqual(['rule']);
    expect(faultsOf({ budget: '49.99' })).toEqual(['numbers']);
    expect(faultsOf({ perPerson: '101' })).toEqual(['numbers']);
    expect(faultsOf({ scope: 'categories' })).toEqual(['scope']);
    expect(faultsOf({ claimUntil: FILLED.claimFrom })).toEqual(['claim']);
    expect(faultsOf({ days: '366' })).toEqual(['validity']);
    expect(faultsOf({ validity: 'window', until: FILLED.claimUntil.replace(/T.*/, 'T00:00') })).toEqual(['validity']);
  });

  test('A draft that was saved comes back to its boxes as it was', () => {
    const amount = fc.integer({ min: 2, max: 90_000_000 });
    const minutes = (value: number) => Math.floor(value / MINUTE_MS) * MINUTE_MS;
    const rule = fc.oneof(
      amount.map((cutFen) => ({ kind: 'fixed' as const, cutFen })),
      amount.map((cutFen) => ({ kind: 'red_packet' as const, cutFen })),
      amount.map((fullFen) => ({ kind: 'threshold' as const, fullFen, cutFen: Math.ceil(fullFen / 2) })),
      fc
        .tuple(fc.integer({ min: 1, max: 999 }), amount)
        .map(([cutPermille, capFen]) => ({ kind: 'percent' as const, fullFen: 0, cutPermille, capFen })),
    );
    fc.assert(
      fc.property(rule, fc.boolean(), fc.integer({ min: 1, max: 9_999_999 }), (one, isWindow, total) => {
        const saved = {
          id: FILLED.id,
          name: { zh: '券', en: 'Coupon' },
          rule: one,
          scope: { kind: 'products' as const, handles: ['a-b', 'c'] },
          validity: isWindow
            ? { kind: 'window' as const, from: minutes(NOW), until: minutes(NOW + 3 * DAY_MS) }
            : { kind: 'days' as const, days: 30 },
          claimFrom: minutes(NOW - DAY_MS),
          claimUntil: minutes(NOW + DAY_MS),
          perPerson: 3,
          total,
          budgetFen: 100_000_000,
        };
        expect(couponRequest(draftOf(saved as unknown as OpsCoupon, NOW), NOW).request).toEqual(saved);
      }),
    );
  });

  test('The worst case is what all of them would cost, and whether the budget ends first', () => {
    const { request } = couponRequest(FILLED, NOW);
    if (!request) throw new Error('The draft is whole');
    const says = saysAll(request, [], 'zh-CN');
    expect(says[0]).toBe('满 300 元减 50 元');
    expect(says).toContain('最坏情况：每张减 ¥50，10,000 张全部用掉，共 ¥500,000');
    expect(says.at(-1)).toBe('预算只够 4,000 张，发完即止');
    expect(saysAll({ ...request, budgetFen: 60_000_000 }, [], 'zh-CN').at(-1)).toBe('预算会剩下 ¥100,000 用不到');
  });
});
