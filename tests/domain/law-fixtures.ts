import type { Article, Campaign, LawFacts, LawFault } from '../../lib/domain/law/campaign.ts';
import { termsOf } from '../../lib/domain/law/campaign.ts';
import { DAY_MS, HOUR_MS } from '../../lib/domain/time.ts';

/* Campaigns that may be published and that may not, as data: tests/domain/law.test.ts holds each against its article. */

/** 1 November 2026, 10:00 in Beijing. */
export const NOW = Date.UTC(2026, 10, 1, 2);

type Coupon = Extract<Campaign, { kind: 'coupon' }>;
type Promo = Extract<Campaign, { kind: 'promotion' }>;
type Team = Extract<Campaign, { kind: 'team' }>;
type Growing = Extract<Campaign, { kind: 'packet' }>;
type Rule = Coupon['rule'];

export const FACTS: LawFacts = {
  now: NOW,
  offers: [],
  published: null,
  cheapestFen: 2_500,
  metPermille: 0,
  meetsRedPackets: false,
  floorPermille: 100,
  categoryNames: [{ zh: '家居', en: 'Home' }],
};

const named = (zh: string, en = 'A coupon') => ({ zh, en });

/** 满200减25, everything else ordinary. */
export function coupon(zh: string, more: Partial<Coupon> = {}, en?: string): Coupon {
  return {
    kind: 'coupon',
    id: 'c1',
    name: named(zh, en),
    rule: { kind: 'threshold', fullFen: 20_000, cutFen: 2_500 },
    scope: { kind: 'all' },
    validity: { kind: 'days', days: 7 },
    claimFrom: NOW,
    claimUntil: NOW + 5 * DAY_MS,
    perPerson: 1,
    total: 1_000,
    budgetFen: 2_500_000,
    ...more,
  };
}

/** 满300减40, once. */
export function promo(zh: string, more: Partial<Promo> = {}, en = 'An offer'): Promo {
  return {
    kind: 'promotion',
    id: 'p1',
    name: named(zh, en),
    rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 4_000, isEach: false },
    scope: { kind: 'all' },
    startsAt: NOW,
    endsAt: NOW + 3 * DAY_MS,
    ...more,
  };
}

/** ¥20 for four, from ¥1 to ¥17. */
export function team(zh: string, more: Partial<Team> = {}, en = 'Team packet'): Team {
  return {
    kind: 'team',
    id: 't1',
    name: named(zh, en),
    potFen: 2_000,
    size: 4,
    gatherHours: 24,
    joinsPerDay: 3,
    leastPermille: 50,
    leaderExtraPermille: 0,
    consolationFen: 100,
    coupon: { kind: 'red_packet' },
    scope: { kind: 'all' },
    goodFor: { kind: 'days', days: 3 },
    openHours: 48,
    budgetFen: 2_000_000,
    startsAt: NOW,
    endsAt: NOW + 10 * DAY_MS,
    leastFen: 100,
    mostFen: 1_700,
    odds: [
      { fromFen: 100, toFen: 499, perMillion: 480_000 },
      { fromFen: 500, toFen: 1_700, perMillion: 520_000 },
    ],
    reward: { by: 'own_share', levels: 1, entryFen: 0 },
    ...more,
  };
}

/** ¥5 that grow to ¥10, and ¥2.50 that grow to ¥5 for friends and their friends. */
export function growing(zh: string, more: Partial<Growing> = {}, en = 'A packet that grows'): Growing {
  return {
    kind: 'packet',
    id: 'g1',
    name: named(zh, en),
    ...{ baseFen: 500, guestPermille: 500, stepPermille: 100, capPermille: 2_000, generations: 3, lifeHours: 72 },
    ...{ scope: { kind: 'all' }, budgetFen: 1_000_000, startsAt: NOW, endsAt: NOW + 10 * DAY_MS, stayMs: 5_000 },
    terms: [
      { generation: 1, baseFen: 500, stepFen: 50, capFen: 1_000, steps: 10 },
      { generation: 2, baseFen: 250, stepFen: 25, capFen: 500, steps: 10 },
      { generation: 3, baseFen: 250, stepFen: 25, capFen: 500, steps: 10 },
    ],
    reward: { by: 'visit', levels: 1, entryFen: 0 },
    ...more,
  };
}
const term = { generation: 1, baseFen: 500, stepFen: 50, capFen: 1_000, steps: 10 };

const fixed = (cutFen: number): Rule => ({ kind: 'fixed', cutFen });
const percent = (cutPermille: number, capFen: number, fullFen = 0): Rule => ({
  kind: 'percent',
  cutPermille,
  capFen,
  fullFen,
});
const packet = (cutFen: number): Rule => ({ kind: 'red_packet', cutFen });
const home = { kind: 'categories', ids: ['home'] } as const;
const goods = { kind: 'products', handles: ['crab'] } as const;
const day = { claimUntil: NOW + DAY_MS };
/** The same offer, which ended so long ago. */
const before = (campaign: Campaign, agoMs: number): Partial<LawFacts> => ({
  offers: [{ id: 'earlier', name: campaign.name, terms: termsOf(campaign), until: NOW - agoMs }],
});

type Case = readonly [campaign: Campaign, facts?: Partial<LawFacts>];
type BadCase = readonly [article: Article, code: LawFault['code'], campaign: Campaign, facts?: Partial<LawFacts>];

const PYRAMID = 'pyramid_selling_7';

export const BAD: readonly BadCase[] = [
  // Prizes by chance: how much, which odds, how many, under which conditions.
  [
    'unfair_competition_10',
    'prize_too_big',
    team('组队瓜分', {
      potFen: 20_000_000,
      leastFen: 1_000_000,
      mostFen: 17_000_000,
      consolationFen: 0,
      budgetFen: 200_000_000,
      odds: [{ fromFen: 1_000_000, toFen: 17_000_000, perMillion: 1_000_000 }],
    }),
  ],
  [
    'unfair_competition_10',
    'prize_too_big',
    team('组队瓜分', {
      potFen: 5_000_301,
      leastFen: 100,
      mostFen: 5_000_001,
      consolationFen: 0,
      budgetFen: 50_000_000,
      odds: [{ fromFen: 100, toFen: 5_000_001, perMillion: 1_000_000 }],
    }),
  ],
  ['sales_promotion_13', 'odds_missing', team('组队瓜分', { odds: [] })],
  [
    'sales_promotion_13',
    'odds_wrong',
    team('组队瓜分', { odds: [{ fromFen: 100, toFen: 1_700, perMillion: 999_999 }] }),
  ],
  [
    'sales_promotion_13',
    'odds_wrong',
    team('组队瓜分', { odds: [{ fromFen: 100, toFen: 1_699, perMillion: 1_000_000 }] }),
  ],
  [
    'sales_promotion_13',
    'odds_wrong',
    team('组队瓜分', {
      odds: [
        { fromFen: 100, toFen: 400, perMillion: 500_000 },
        { fromFen: 500, toFen: 1_700, perMillion: 500_000 },
      ],
    }),
  ],
  [
    'sales_promotion_13',
    'amount_wrong',
    team('组队瓜分', { leastFen: 600, odds: [{ fromFen: 600, toFen: 1_700, perMillion: 1_000_000 }] }),
  ],
  [
    'sales_promotion_13',
    'amount_wrong',
    team('组队瓜分', { mostFen: 1_900, odds: [{ fromFen: 100, toFen: 1_900, perMillion: 1_000_000 }] }),
  ],
  ['sales_promotion_13', 'amount_wrong', team('组队瓜分', { potFen: 0 })],
  ['sales_promotion_13', 'amount_wrong', team('组队瓜分', { consolationFen: 2_001 })],
  ['sales_promotion_13', 'quantity_wrong', team('组队瓜分', { joinsPerDay: 0 })],
  ['sales_promotion_13', 'conditions_wrong', team('组队瓜分', { coupon: { kind: 'threshold', fullFen: 1_700 } })],
  ['sales_promotion_13', 'times_wrong', team('组队瓜分', { endsAt: NOW - HOUR_MS })],
  ['sales_promotion_6', 'budget_below_promise', team('组队瓜分', { budgetFen: 1_999 })],
  [
    'sales_promotion_6',
    'claim_after_validity',
    team('组队瓜分', { goodFor: { kind: 'until', until: NOW + 9 * DAY_MS } }),
  ],
  ['consumer_26', 'validity_too_short', team('组队瓜分', { goodFor: { kind: 'until', until: NOW + 11 * DAY_MS } })],
  ['consumer_26', 'validity_too_short', team('组队瓜分', { openHours: 0 })],
  // Paid for heads.
  [PYRAMID, 'pays_by_head', team('组队瓜分', { reward: { by: 'head', levels: 1, entryFen: 0 } })],
  [PYRAMID, 'pays_by_head', team('组队瓜分', { reward: { by: 'sale', levels: 1, entryFen: 0 } })],
  [PYRAMID, 'pays_by_levels', team('组队瓜分', { reward: { by: 'visit', levels: 3, entryFen: 0 } })],
  [PYRAMID, 'asks_entry', team('组队瓜分', { reward: { by: 'own_share', levels: 1, entryFen: 100 } })],
  // Growing packets: what is promised, for whom, and for whose visits.
  ['sales_promotion_5', 'amount_wrong', growing('会长大的红包', { terms: [{ ...term, capFen: 2_501, steps: 41 }] })],
  ['sales_promotion_5', 'amount_wrong', growing('会长大的红包', { terms: [{ ...term, steps: 9 }] })],
  ['sales_promotion_5', 'amount_wrong', growing('会长大的红包', { terms: [] })],
  [
    'sales_promotion_5',
    'amount_wrong',
    growing('会长大的红包', { terms: [1, 2, 3, 4].map((generation) => ({ ...term, generation })) }),
  ],
  ['sales_promotion_6', 'budget_below_promise', growing('会长大的红包', { budgetFen: 999 })],
  ['price_marking_19', 'promises_more', growing('会长大的红包，最高11元红包')],
  ['price_marking_19', 'promises_more', growing('会长大的6元红包')],
  ['price_marking_19', 'promises_more', growing('红包长到20元')],
  ['price_marking_19', 'promises_more', growing('会长大的红包', {}, 'It grows to ¥20')],
  ['price_marking_19', 'promises_more', growing('会长大的红包，人人得5元')],
  ['sales_promotion_5', 'says_cash', growing('会长大的现金红包')],
  ['consumer_26', 'validity_too_short', growing('会长大的红包', { lifeHours: 0 })],
  ['sales_promotion_20', 'times_wrong', growing('会长大的红包', { endsAt: NOW - HOUR_MS })],
  [PYRAMID, 'pays_by_head', growing('会长大的红包', { reward: { by: 'head', levels: 1, entryFen: 0 } })],
  [PYRAMID, 'pays_by_levels', growing('会长大的红包', { reward: { by: 'visit', levels: 2, entryFen: 0 } })],
  [PYRAMID, 'asks_entry', growing('会长大的红包', { reward: { by: 'visit', levels: 1, entryFen: 1 } })],
  [PYRAMID, 'recruits', team('邀请好友越多赚得越多')],
  [PYRAMID, 'recruits', team('组队瓜分', {}, 'Invite more, earn more')],
  [PYRAMID, 'recruits', coupon('发展下线领券')],
  [PYRAMID, 'recruits', coupon('三级分销专享券')],
  // The packet's name.
  ['price_marking_19', 'promises_more', team('组队瓜分50元')],
  ['price_marking_19', 'promises_more', team('每人得5元')],
  ['price_marking_19', 'promises_more', team('¥20红包，最高分18元')],
  ['price_marking_19', 'promises_more', team('组队瓜分', {}, 'Share ¥200 with friends')],
  ['sales_promotion_20', 'hides_threshold', team('3人组队瓜分20元')],
  ['sales_promotion_20', 'hides_threshold', team('邀请2位好友就能瓜分')],
  ['sales_promotion_20', 'hides_threshold', team('无门槛组队红包', { coupon: { kind: 'threshold', fullFen: 5_000 } })],
  ['sales_promotion_5', 'says_cash', team('组队瓜分现金')],
  ['sales_promotion_5', 'says_cash', team('组队红包', {}, 'A cash prize for your team')],
  // Amounts that the rule does not give.
  ['price_marking_19', 'promises_more', coupon('200元优惠券', { rule: fixed(2_000) })],
  ['price_marking_19', 'promises_more', coupon('立减200元', { rule: fixed(2_000) })],
  [
    'price_marking_19',
    'promises_more',
    coupon('一百元红包', { rule: packet(1_000), cheapestFen: 0 } as Partial<Coupon>),
  ],
  ['price_marking_19', 'promises_more', coupon('满200减30')],
  ['price_marking_19', 'promises_more', coupon('满100减25')],
  ['price_marking_19', 'promises_more', coupon('满 ２００ 减 ５０')],
  ['price_marking_19', 'promises_more', coupon('满两百减三十')],
  ['price_marking_19', 'promises_more', coupon('美食8折', { rule: percent(150, 3_000) })],
  ['price_marking_19', 'promises_more', coupon('全单五折', { rule: percent(200, 3_000) })],
  ['price_marking_19', 'promises_more', coupon('85折，最多减50', { rule: percent(150, 3_000) })],
  ['price_marking_19', 'promises_more', coupon('半价券')],
  ['price_marking_19', 'promises_more', coupon('8折券', { rule: fixed(1_000) })],
  ['price_marking_19', 'promises_more', coupon('满100打8折', { rule: percent(200, 3_000, 20_000) })],
  ['price_marking_19', 'promises_more', coupon('新人免单券')],
  ['price_marking_19', 'promises_more', coupon('满减券', {}, '¥200 off')],
  ['price_marking_19', 'promises_more', coupon('满减券', {}, '¥25 off ¥100')],
  ['price_marking_19', 'promises_more', coupon('折扣券', { rule: percent(150, 3_000) }, '20% off, up to ¥30')],
  ['price_marking_19', 'promises_more', promo('每满300减40')],
  ['price_marking_19', 'promises_more', promo('满300减50')],
  [
    'price_marking_19',
    'promises_more',
    promo('第二件半价', { rule: { kind: 'piece_ladder', steps: [{ pieces: 2, payPermille: 800 }] } }),
  ],
  [
    'price_marking_19',
    'promises_more',
    promo('买一送一', { rule: { kind: 'piece_ladder', steps: [{ pieces: 2, payPermille: 800 }] } }),
  ],
  [
    'price_marking_19',
    'promises_more',
    promo('2件8折', { rule: { kind: 'piece_ladder', steps: [{ pieces: 3, payPermille: 800 }] } }),
  ],
  ['price_marking_19', 'promises_more', promo('满减', {}, '¥40 off every ¥300')],
  ['price_marking_19', 'denies_limit', coupon('折扣上不封顶', { rule: percent(150, 3_000) })],
  ['price_marking_19', 'denies_limit', coupon('红包无限领', { rule: packet(500) })],
  ['price_marking_19', 'denies_limit', promo('满300减40，上不封顶')],
  // Conditions and goods that are kept back.
  ['sales_promotion_20', 'hides_threshold', coupon('无门槛25元券')],
  ['sales_promotion_20', 'hides_threshold', coupon('25元券', {}, '¥25 off, no minimum')],
  ['sales_promotion_20', 'hides_threshold', promo('零门槛满减')],
  ['sales_promotion_5', 'wider_than_scope', coupon('全场满200减25', { scope: home })],
  ['sales_promotion_5', 'wider_than_scope', coupon('双11全场满200减25', { scope: goods })],
  ['sales_promotion_5', 'wider_than_scope', coupon('家居券全场通用', { scope: home })],
  ['sales_promotion_5', 'wider_than_scope', coupon('满减券', { scope: home }, '¥25 off ¥200 storewide')],
  ['sales_promotion_5', 'wider_than_scope', promo('所有商品满300减40', { scope: goods })],
  // Scarce, or soon over, in words only.
  ['unfair_competition_8', 'untrue_scarcity', coupon('仅剩3张，满200减25')],
  ['unfair_competition_8', 'untrue_scarcity', coupon('最后50份满减券')],
  ['unfair_competition_8', 'untrue_scarcity', coupon('9999人正在抢的券')],
  ['unfair_competition_8', 'untrue_scarcity', promo('即将售罄，满300减40')],
  ['unfair_competition_8', 'untrue_scarcity', coupon('满减券', {}, 'Only 5 left: ¥25 off ¥200')],
  ['unfair_competition_8', 'untrue_quantity', coupon('限量100张，满200减25')],
  ['unfair_competition_8', 'untrue_quantity', coupon('前5000名满200减25')],
  ['unfair_competition_8', 'untrue_quantity', promo('前100名满300减40')],
  ['unfair_competition_8', 'untrue_quantity', coupon('限量1000张，满200减25', { budgetFen: 1_000_000 })],
  ['price_marking_19', 'untrue_deadline', coupon('仅限今天，满200减25')],
  ['price_marking_19', 'untrue_deadline', coupon('限时2小时满减券')],
  ['price_marking_19', 'untrue_deadline', promo('最后一天，满300减40')],
  ['price_marking_19', 'untrue_deadline', promo('满300减40', {}, 'Last chance: ¥40 off ¥300')],
  ['price_marking_19', 'untrue_deadline', coupon('满减券', {}, '24 hours only')],
  ['sales_promotion_20', 'hides_end', coupon('满200减25，永久有效')],
  ['sales_promotion_20', 'hides_end', coupon('满减券', {}, 'A coupon that never expires')],
  // The advertising law.
  ['advertising_9', 'absolute_word', coupon('全网最低，满200减25')],
  ['advertising_9', 'absolute_word', coupon('国家级品质满减券')],
  ['advertising_9', 'absolute_word', coupon('销量第一的满减券')],
  ['advertising_9', 'absolute_word', promo('史上最大力度满减')],
  ['advertising_9', 'absolute_word', promo('顶级好物满300减40')],
  ['advertising_9', 'absolute_word', team('最划算的组队红包')],
  ['advertising_9', 'absolute_word', coupon('满减券', {}, 'The best price ever')],
  ['advertising_9', 'absolute_word', coupon('满减券', {}, 'Lowest prices in China')],
  ['price_marking_16', 'typed_price', promo('原价999，满300减40')],
  ['price_marking_16', 'typed_price', coupon('满减券', {}, 'Was ¥399, now ¥25 off')],
  ['sales_promotion_5', 'says_cash', coupon('可提现红包', { rule: packet(500) })],
  ['sales_promotion_5', 'name_missing', coupon(' ')],
  ['sales_promotion_5', 'name_missing', coupon('满减券', {}, '')],
  // Clocks that are wound up again, and promises that change.
  ['price_marking_19', 'offer_restarted', coupon('满200减25'), before(coupon('满200减25'), DAY_MS)],
  ['price_marking_19', 'offer_restarted', promo('限时满300减40'), before(promo('周末特惠'), 6 * DAY_MS)],
  ['price_marking_19', 'offer_restarted', promo('满300减40（2）'), before(promo('满300减40'), 7 * DAY_MS - 1)],
  ['price_marking_19', 'offer_restarted', team('组队瓜分20元'), before(team('组队瓜分20元'), HOUR_MS)],
  ['price_marking_19', 'offer_restarted', coupon('满200减25'), before(coupon('满200减25'), -DAY_MS)],
  [
    'sales_promotion_6',
    'end_changed',
    coupon('满200减25'),
    { published: coupon('满200减25', { claimUntil: NOW + 4 * DAY_MS }) },
  ],
  ['sales_promotion_6', 'end_changed', promo('满300减40', { endsAt: NOW + DAY_MS }), { published: promo('满300减40') }],
  [
    'sales_promotion_13',
    'end_changed',
    team('组队瓜分'),
    { published: team('组队瓜分', { endsAt: NOW + 9 * DAY_MS }) },
  ],
  ['sales_promotion_13', 'terms_changed', team('组队瓜分'), { published: team('组队瓜分', { potFen: 3_000 }) }],
  [
    'sales_promotion_6',
    'terms_changed',
    promo('满300减40'),
    {
      published: promo('满300减40', {
        rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 5_000, isEach: false },
      }),
    },
  ],
  // Numbers, times and money.
  [
    'sales_promotion_5',
    'amount_wrong',
    coupon('满减券', { rule: { kind: 'threshold', fullFen: 2_000, cutFen: 2_000 } }),
  ],
  ['sales_promotion_5', 'amount_wrong', coupon('折扣券', { rule: percent(1_000, 3_000) })],
  ['sales_promotion_5', 'amount_wrong', coupon('红包', { rule: packet(0) })],
  [
    'sales_promotion_5',
    'amount_wrong',
    promo('满减', {
      rule: {
        kind: 'amount_ladder',
        steps: [
          { fullFen: 20_000, cutFen: 3_000 },
          { fullFen: 30_000, cutFen: 2_000 },
        ],
      },
    }),
  ],
  ['sales_promotion_5', 'quantity_wrong', coupon('满200减25', { perPerson: 5, total: 3 })],
  ['sales_promotion_5', 'quantity_wrong', coupon('满200减25', { total: 0 })],
  ['sales_promotion_20', 'times_wrong', coupon('满200减25', { claimUntil: NOW })],
  ['sales_promotion_20', 'times_wrong', promo('满300减40', { startsAt: NOW + 4 * DAY_MS })],
  ['sales_promotion_6', 'budget_below_promise', coupon('满200减25', { perPerson: 5, budgetFen: 10_000 })],
  [
    'sales_promotion_6',
    'claim_after_validity',
    coupon('满200减25', { validity: { kind: 'window', from: NOW, until: NOW + 4 * DAY_MS } }),
  ],
  [
    'consumer_26',
    'validity_too_short',
    coupon('满200减25', {
      ...day,
      validity: { kind: 'window', from: NOW + DAY_MS, until: NOW + DAY_MS + HOUR_MS / 2 },
    }),
  ],
  ['price_14', 'below_floor', coupon('立减30元', { rule: fixed(3_000) })],
  ['price_14', 'below_floor', coupon('立减24元', { rule: fixed(2_400) })],
  ['price_14', 'below_floor', coupon('满100减95', { rule: { kind: 'threshold', fullFen: 10_000, cutFen: 9_500 } })],
  [
    'price_14',
    'below_floor',
    promo('1件0.5折', { rule: { kind: 'piece_ladder', steps: [{ pieces: 1, payPermille: 50 }] } }),
  ],
  [
    'price_14',
    'given_away_with_others',
    promo('2件2折', { rule: { kind: 'piece_ladder', steps: [{ pieces: 2, payPermille: 200 }] } }),
    { meetsRedPackets: true },
  ],
  [
    'price_14',
    'given_away_with_others',
    coupon('5折券', { rule: percent(500, 10_000) }),
    { metPermille: 600, meetsRedPackets: true },
  ],
];

export const GOOD: readonly Case[] = [
  [growing('会长大的红包')],
  [growing('会长大的5元红包', {}, 'A ¥5 packet that grows')],
  [growing('会长大的红包，最高10元红包', {}, 'Grows up to ¥10')],
  [growing('5元红包，可长到10元', {}, 'A ¥5 packet that grows to ¥10')],
  [growing('会长大的红包', { terms: [term] })],
  [coupon('满200减25', {}, '¥25 off ¥200')],
  [coupon('满200元减25元')],
  [coupon('每周五满200减25'), before(coupon('每周五满200减25'), HOUR_MS)],
  [coupon('满200减25 返场'), before(coupon('满200减25'), HOUR_MS)],
  [coupon('满200减25', {}, '¥25 off ¥200 again'), before(coupon('满200减25'), HOUR_MS)],
  [coupon('满200减25'), before(coupon('满200减25'), 7 * DAY_MS)],
  [coupon('满200减25'), before(coupon('老客专享'), HOUR_MS)],
  [
    coupon('满200减25', { rule: { kind: 'threshold', fullFen: 20_000, cutFen: 2_600 } }),
    before(coupon('满200减25'), HOUR_MS),
  ],
  [coupon('2026元旦满200减25')],
  [coupon('元宵红包', { rule: packet(880) })],
  [coupon('618大促满200减25')],
  [coupon('双11第一波：满200减25', {}, 'Double 11, first wave: ¥25 off ¥200')],
  [coupon('最后一天，满200减25', day)],
  [coupon('今日限定，满200减25', day, 'Today only: ¥25 off ¥200')],
  [coupon('限时3天，满200减25', { claimUntil: NOW + 3 * DAY_MS })],
  [coupon('限时满200减25')],
  [coupon('限量1000张，满200减25', {}, 'Limited to 1,000: ¥25 off ¥200')],
  [coupon('每人限2张，满200减25', { perPerson: 2 })],
  [coupon('最高立减30元', { rule: percent(150, 3_000) }, '15% off, up to ¥30')],
  [coupon('美食85折，最多减30', { rule: percent(150, 3_000) })],
  [coupon('八五折券', { rule: percent(150, 3_000) })],
  [coupon('满200享9折', { rule: percent(100, 3_000, 20_000) }, '10% off over ¥200')],
  [coupon('无门槛10元券', { rule: fixed(1_000) }, '¥10 off, no minimum')],
  [coupon('新人立减10元', { rule: fixed(1_000) }, '¥10 off to begin with')],
  [coupon('5元红包', { rule: packet(500), perPerson: 3 }, '¥5 red packet')],
  [coupon('全场满200减25', {}, '¥25 off ¥200, storewide')],
  [coupon('家居全场满200减25', { scope: home }, 'Everything in Home: ¥25 off ¥200')],
  [coupon('国家级非遗节满200减25')],
  [coupon('最爱零食节满200减25', {}, 'Best friends week: ¥25 off ¥200')],
  [coupon('停产下线清仓满200减25')],
  [coupon('25元现金券')],
  [coupon('手机最低消费200元减25')],
  [coupon('99元专区满200减25', {}, 'From the ¥99 shelf: ¥25 off ¥200')],
  [coupon('500元以上大件券，满200减25')],
  [coupon('少说一点：满200减20')],
  [coupon('第一件就能用的券', { rule: fixed(1_000) })],
  [coupon('满200减25', { validity: { kind: 'window', from: NOW, until: NOW + 5 * DAY_MS } })],
  [
    coupon('今晚两小时', {
      claimUntil: NOW + 2 * HOUR_MS,
      validity: { kind: 'window', from: NOW, until: NOW + 2 * HOUR_MS },
    }),
  ],
  [
    promo(
      '每满300减40',
      { rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 4_000, isEach: true } },
      '¥40 off every ¥300',
    ),
  ],
  [promo('每满300减40，上不封顶', { rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 4_000, isEach: true } })],
  [
    promo('满200减20，满500减80', {
      rule: {
        kind: 'amount_ladder',
        steps: [
          { fullFen: 20_000, cutFen: 2_000 },
          { fullFen: 50_000, cutFen: 8_000 },
        ],
      },
    }),
  ],
  [
    promo(
      '家居2件9折，3件8折',
      {
        scope: home,
        rule: {
          kind: 'piece_ladder',
          steps: [
            { pieces: 2, payPermille: 900 },
            { pieces: 3, payPermille: 800 },
          ],
        },
      },
      'Home: 2 items 10% off, 3 items 20% off',
    ),
  ],
  [promo('第二件半价', { rule: { kind: 'piece_ladder', steps: [{ pieces: 2, payPermille: 750 }] } })],
  [promo('买三送一', { rule: { kind: 'piece_ladder', steps: [{ pieces: 4, payPermille: 750 }] } })],
  [promo('清仓2折', { rule: { kind: 'piece_ladder', steps: [{ pieces: 1, payPermille: 200 }] } })],
  [promo('预售第一场满300减40')],
  [promo('延长一天：满300减40'), before(promo('满300减40'), HOUR_MS)],
  [promo('满300减40', {}, 'Best of autumn: ¥40 off ¥300')],
  [promo('减至99元专场，满300减40')],
  [team('¥20红包已包好，快拆开和小伙伴分', {}, 'A ¥20 packet to share')],
  [team('组队瓜分20元，最高17元', {}, 'Share ¥20, up to ¥17 for one')],
  [team('4人组队瓜分20元', {}, 'A team of 4 shares ¥20')],
  [team('邀请3位好友一起拆', {}, 'Invite 3 friends and open it together')],
  [team('每人至少1元', {}, '¥1 for each of you, and more by luck')],
  [team('满50可用的组队红包', { coupon: { kind: 'threshold', fullFen: 5_000 } })],
  [team('双11组队红包', { goodFor: { kind: 'until', until: NOW + 13 * DAY_MS } })],
  [team('手气红包', { reward: { by: 'visit', levels: 1, entryFen: 0 } })],
  [
    team('大团', {
      potFen: 4_000_000,
      leastFen: 200_000,
      mostFen: 3_400_000,
      budgetFen: 40_000_000,
      odds: [{ fromFen: 200_000, toFen: 3_400_000, perMillion: 1_000_000 }],
    }),
  ],
];
