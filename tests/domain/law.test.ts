import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ARTICLES, type Campaign, type LawFacts, termsOf } from '../../lib/domain/law/campaign.ts';
import { claimsOf, numberOf } from '../../lib/domain/law/claims.ts';
import { lawFaults } from '../../lib/domain/law/law.ts';
import { PRIZE_FEN_MAX } from '../../lib/domain/law/prize-law.ts';
import { RESTART_MS } from '../../lib/domain/law/time-law.ts';
import { DAY_MS } from '../../lib/domain/time.ts';
import { lawSays } from '../../lib/messages/law.ts';
import { BAD, coupon, FACTS, GOOD, NOW, promo, team } from './law-fixtures.ts';

const judge = (campaign: Campaign, more: Partial<LawFacts> = {}) => lawFaults(campaign, { ...FACTS, ...more });
const titled = ({ kind, name }: Campaign) => `${kind} ${name.zh} / ${name.en}`;

describe('[P33] An unlawful campaign cannot be published', () => {
  test('there are 60 bad ones at least and 30 good ones', () => {
    expect(BAD.length).toBeGreaterThanOrEqual(60);
    expect(GOOD.length).toBeGreaterThanOrEqual(30);
  });

  test.each(BAD.map(([article, code, campaign, facts]) => [titled(campaign), code, article, campaign, facts] as const))(
    '%s is %s by %s',
    (_title, code, article, campaign, facts) => {
      const faults = judge(campaign, facts);
      expect(faults.map((one) => [one.code, one.article])).toContainEqual([code, article]);
      // One thing is wrong with each: it is not buried under others.
      expect(faults).toHaveLength(1);
    },
  );

  test.each(GOOD.map(([campaign, facts]) => [titled(campaign), campaign, facts] as const))(
    '%s may be published',
    (_title, campaign, facts) => {
      expect(judge(campaign, facts)).toEqual([]);
    },
  );

  test('every article that is named has a bad campaign', () => {
    expect([...new Set(BAD.map(([article]) => article))].sort()).toEqual([...ARTICLES].sort());
  });
});

describe('What an operator reads', () => {
  test('each fault names its article and says what to change, in both languages and without holes', () => {
    for (const [, , campaign, facts] of BAD) {
      for (const found of judge(campaign, facts)) {
        const { article, says } = lawSays(found);
        expect(article.zh).toMatch(/第[一二三四五六七八九十]+条$/);
        expect(article.en).toMatch(/art\. \d+$/);
        for (const text of [says.zh, says.en]) expect(text).not.toMatch(/undefined|NaN|\[object/);
        expect(says.zh.length).toBeGreaterThan(8);
      }
    }
  });

  test('words are named as they stand in the name', () => {
    const [found] = judge(coupon('无门槛立减 200 元', { rule: { kind: 'fixed', cutFen: 2_000 } }));
    expect(found && lawSays(found).says.zh).toBe('名称里的“立减200元”，规则给不到。请按规则改名称，或改规则');
  });
});

describe('Names are read as people read them', () => {
  test('a number is money only beside a unit or a word of giving', () => {
    const read = (text: string) => claimsOf(text, 'zh').map(({ said }) => said);
    expect(read('双11 618 3月8日 2026元旦 第2波 100元以上 99元专区')).toEqual([]);
    expect(read('满200减25，最多减30，5元红包')).toEqual(['满200减25', '最多减30', '5元红包']);
    expect(['1,299.5', '两百', '十五', '2万', '三千二百', '一百零五'].map(numberOf)).toEqual([
      1299.5, 200, 15, 20_000, 3_200, 105,
    ]);
  });

  const amount = fc.integer({ min: 1, max: 900 });
  const decoration = fc.constantFrom('', '双11', '新人专享', '618大促：', '限时', '元旦');

  test('the honest name of any threshold is lawful, and one yuan more is not', () => {
    fc.assert(
      fc.property(amount, amount, decoration, (cut, more, before) => {
        const full = Math.ceil((cut * 10) / 8) + more;
        const rule = { kind: 'threshold' as const, fullFen: full * 100, cutFen: cut * 100 };
        const all = { rule, budgetFen: cut * 100_000, perPerson: 1 };
        expect(judge(coupon(`${before}满${full}减${cut}`, all, `¥${cut} off ¥${full}`))).toEqual([]);
        for (const lie of [`满${full}减${cut + 1}`, `满${full - 1}减${cut}`, `立减${cut + 1}元`, `${cut + 1}元券`]) {
          expect(judge(coupon(before + lie, all))).toMatchObject([
            { code: 'promises_more', article: 'price_marking_19' },
          ]);
        }
        expect(judge(coupon('满减', all, `¥${cut + 1} off ¥${full}`))).toMatchObject([{ code: 'promises_more' }]);
      }),
    );
  });

  test('the honest name of any percentage is lawful, and a tenth more is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 98 }), amount, (pay, cap) => {
        const rule = { kind: 'percent' as const, fullFen: 0, cutPermille: 1000 - pay * 10, capFen: cap * 100 };
        const all = { rule, budgetFen: cap * 100_000 };
        const text = pay % 10 === 0 ? String(pay / 10) : String(pay);
        expect(judge(coupon(`${text}折，最多减${cap}`, all, `${100 - pay}% off, up to ¥${cap}`))).toEqual([]);
        expect(judge(coupon('折扣券', all, `${100 - pay + 1}% off`))).toMatchObject([{ code: 'promises_more' }]);
        expect(judge(coupon(`最多减${cap + 1}元`, all))).toMatchObject([{ code: 'promises_more' }]);
      }),
    );
  });
});

test('a prize by chance above ¥50,000 is refused, whatever pot, team and shares it comes from; others are not', () => {
  const pots = fc.record({
    potFen: fc.integer({ min: 4_000, max: 12_000_000 }),
    size: fc.integer({ min: 2, max: 10 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(pots, ({ potFen, size, part }) => {
      const leastFen = Math.max(1, Math.floor((potFen / size) * part));
      const mostFen = potFen - leastFen * (size - 1);
      const odds = [{ fromFen: leastFen, toFen: mostFen, perMillion: 1_000_000 }];
      const faults = judge(team('组队瓜分', { potFen, size, leastFen, mostFen, odds, budgetFen: potFen * 10 }));
      expect(faults.map(({ code }) => code)).toEqual(mostFen > PRIZE_FEN_MAX ? ['prize_too_big'] : []);
    }),
  );
});

test('the same offer begins again after seven days, or under a name that says so, and not before', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20 * DAY_MS, max: 3 * DAY_MS }), fc.boolean(), (endedAt, saysSo) => {
      const one = promo(saysSo ? '返场满300减40' : '满300减40');
      const offers = [{ id: 'earlier', name: promo('满300减40').name, terms: termsOf(one), until: NOW + endedAt }];
      // One that ends when the other does, or before, winds up no clock.
      const isAgain = NOW - (NOW + endedAt) < RESTART_MS && one.endsAt > NOW + endedAt;
      expect(judge(one, { offers }).map(({ code }) => code)).toEqual(isAgain && !saysSo ? ['offer_restarted'] : []);
    }),
  );
});

test('terms are the same whatever order goods were listed in', () => {
  const of = (handles: string[]) => termsOf(promo('满减', { scope: { kind: 'products', handles } }));
  expect(of(['b', 'a'])).toBe(of(['a', 'b']));
  expect(of(['b', 'a'])).not.toBe(of(['a', 'c']));
});
