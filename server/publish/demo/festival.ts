import type { PacketSettings } from '../../../lib/domain/packet/packet.ts';
import type { PromotionRule, PromotionScope } from '../../../lib/domain/pricing/promotion.ts';
import type { CouponRule, CouponValidity } from '../../../lib/domain/promo/coupon.ts';
import type { TeamSettings } from '../../../lib/domain/team/team.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../lib/domain/time.ts';
import type { Words } from './content.ts';

/** `percent` of the ordinary price, for units up to `upTo`; the session's own price comes after the last one. */
type DemoTier = readonly [upTo: number, percentOfSession: number];

export type DemoItem = {
  readonly handle: string;
  /** The session's price as a percentage of the ordinary one, rounded down. */
  readonly percent: number;
  /** Units of one SKU that one person may have in this session. */
  readonly limit: number;
  /** On these choices only, or on every SKU when `tierChoices` is left out. */
  readonly tiers?: readonly DemoTier[];
  readonly tierChoices?: readonly string[];
};

export type DemoSession = {
  readonly id: string;
  readonly name: Words;
  /** From the first start of the shop, in milliseconds; negative is before it. */
  readonly opensAfterMs: number;
  readonly lastsMs: number;
  /** Shelves of their own, so that the home page watches few. */
  readonly hall: string;
  readonly items: readonly DemoItem[];
};

export const FESTIVAL = {
  id: 'demo-fair',
  name: ['Festa 好物节', 'Festa Fair'] as Words,
};

/** For ordinary goods, from the first start of the shop for a week; what they say is what they do. */
export const PROMOTIONS: readonly { id: string; name: Words; scope: PromotionScope; rule: PromotionRule }[] = [
  {
    id: 'demo-300-40',
    name: ['每满300减40', '¥40 off every ¥300'],
    scope: { kind: 'all' },
    rule: { kind: 'full_reduction', fullFen: 30_000, cutFen: 4_000, isEach: true },
  },
  {
    id: 'demo-home-pieces',
    name: ['家居2件9折，3件8折', 'Home: 2 items 10% off, 3 items 20% off'],
    scope: { kind: 'categories', ids: ['home'] },
    rule: {
      kind: 'piece_ladder',
      steps: [
        { pieces: 2, payPermille: 900 },
        { pieces: 3, payPermille: 800 },
      ],
    },
  },
];
export const PROMOTIONS_LAST_MS = 7 * DAY_MS;

/** One of each kind; who claims them has a week, and the campaigns last as long as the promotions. */
export const COUPONS: readonly {
  id: string;
  name: Words;
  scope: PromotionScope;
  rule: CouponRule;
  validity: CouponValidity;
  perPerson: number;
  total: number;
}[] = [
  {
    // Less than the cheapest thing in the shop: nothing is given away.
    id: 'demo-coupon-8',
    name: ['新人立减8元', '¥8 off to begin with'],
    scope: { kind: 'all' },
    rule: { kind: 'fixed', cutFen: 800 },
    validity: { kind: 'days', days: 7 },
    perPerson: 1,
    total: 900,
  },
  {
    id: 'demo-coupon-200-25',
    name: ['美妆满200减25', 'Beauty: ¥25 off ¥200'],
    scope: { kind: 'categories', ids: ['beauty'] },
    rule: { kind: 'threshold', fullFen: 20_000, cutFen: 2_500 },
    validity: { kind: 'days', days: 7 },
    perPerson: 2,
    total: 400,
  },
  {
    id: 'demo-coupon-food-85',
    name: ['美食85折，最多减30', 'Food: 15% off, up to ¥30'],
    scope: { kind: 'categories', ids: ['food'] },
    rule: { kind: 'percent', fullFen: 0, cutPermille: 150, capFen: 3_000 },
    validity: { kind: 'days', days: 3 },
    perPerson: 1,
    total: 300,
  },
  {
    id: 'demo-red-packet-5',
    name: ['5元红包', '¥5 red packet'],
    scope: { kind: 'all' },
    rule: { kind: 'red_packet', cutFen: 500 },
    validity: { kind: 'days', days: 7 },
    perPerson: 3,
    total: 2_000,
  },
];

/** A newcomer opens it, or joins one with three other phones; as long as the promotions. */
export const TEAM_CAMPAIGN: Omit<TeamSettings, 'name' | 'startsAt' | 'endsAt'> & { id: string; name: Words } = {
  id: 'demo-team-20',
  name: ['组队瓜分20元红包', 'Team up and share ¥20'],
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
  openHours: 24,
  budgetFen: 1_000_000,
};

/** A newcomer has one at once; a friend who looks at it makes it grow, and has one of his own. */
export const PACKET_CAMPAIGN: Omit<PacketSettings, 'name' | 'startsAt' | 'endsAt'> & { id: string; name: Words } = {
  id: 'demo-growing-5',
  name: ['会长大的5元红包', 'A ¥5 packet that grows'],
  baseFen: 500,
  guestPermille: 500,
  stepPermille: 100,
  capPermille: 2_000,
  generations: 3,
  lifeHours: 72,
  scope: { kind: 'all' },
  budgetFen: 1_000_000,
};

/** 前100名半价. */
const FIRST_100_HALF: readonly DemoTier[] = [[100, 50]];
/** 前20名半价，前80名八折. */
const FIRST_20_HALF: readonly DemoTier[] = [
  [20, 50],
  [80, 80],
];

/** One session is open, one opens two minutes later: a newcomer sees a countdown end. One is tomorrow. */
export const SESSIONS: readonly DemoSession[] = [
  {
    id: 'demo-opening',
    name: ['开门场', 'Opening round'],
    opensAfterMs: -HOUR_MS,
    lastsMs: 7 * HOUR_MS,
    hall: 'hall-opening',
    items: [
      { handle: 'chaoyang-hairy-crab', percent: 85, limit: 2, tiers: FIRST_20_HALF, tierChoices: ['six'] },
      { handle: 'xuexian-cashmere-scarf', percent: 75, limit: 2 },
      { handle: 'manman-power-bank', percent: 66, limit: 3, tiers: FIRST_100_HALF, tierChoices: ['lime'] },
      { handle: 'dengxia-soy-candle', percent: 71, limit: 3 },
      { handle: 'baicha-cotton-tee', percent: 67, limit: 4 },
      { handle: 'jizhan-cabin-luggage', percent: 77, limit: 2 },
      { handle: 'yunjian-velvet-lipstick', percent: 68, limit: 2 },
      { handle: 'qichuang-twin-bell-clock', percent: 74, limit: 2 },
      { handle: 'kekeling-dark-chocolate', percent: 75, limit: 3 },
      { handle: 'shanji-30l-backpack', percent: 79, limit: 2 },
      { handle: 'qiaojian-75-keyboard', percent: 75, limit: 2 },
    ],
  },
  {
    id: 'demo-peak',
    name: ['高峰场', 'Peak round'],
    opensAfterMs: 2 * MINUTE_MS,
    lastsMs: 2 * HOUR_MS,
    hall: 'hall-peak',
    items: [
      { handle: 'anqu-noise-headphones', percent: 77, limit: 1, tiers: FIRST_100_HALF },
      { handle: 'qingchuan-linen-dress', percent: 67, limit: 2, tiers: FIRST_20_HALF, tierChoices: ['sea/m', 'sea/l'] },
      { handle: 'yilu-clay-teapot', percent: 73, limit: 2 },
      { handle: 'dongdong-bubble-tea', percent: 66, limit: 3, tiers: FIRST_100_HALF, tierChoices: ['mixed'] },
      { handle: 'qingbu-running-shoes', percent: 78, limit: 1 },
      { handle: 'duiwan-game-controller', percent: 75, limit: 1, tiers: FIRST_100_HALF, tierChoices: ['violet'] },
      { handle: 'meigui-rose-water', percent: 70, limit: 2 },
      { handle: 'banmu-tote-bag', percent: 78, limit: 1 },
      { handle: 'wowo-two-seat-sofa', percent: 83, limit: 1 },
      { handle: 'xingqiao-14-laptop', percent: 90, limit: 1 },
      { handle: 'xiangxian-tangerines', percent: 66, limit: 5 },
      { handle: 'tuantuan-teddy-bear', percent: 77, limit: 2 },
    ],
  },
  {
    id: 'demo-tomorrow',
    name: ['明日场', 'Tomorrow’s round'],
    opensAfterMs: 24 * HOUR_MS + 2 * MINUTE_MS,
    lastsMs: 2 * HOUR_MS,
    hall: 'hall-tomorrow',
    items: [
      { handle: 'guiye-two-person-tent', percent: 75, limit: 1 },
      { handle: 'shichen-steel-watch', percent: 72, limit: 1, tiers: FIRST_20_HALF, tierChoices: ['blue'] },
      { handle: 'yannan-wool-coat', percent: 78, limit: 1 },
      { handle: 'qianshan-body-lotion', percent: 70, limit: 2 },
      { handle: 'zaocan-frying-pan', percent: 71, limit: 2 },
      { handle: 'heitu-new-rice', percent: 77, limit: 3 },
      { handle: 'zhiyu-mini-phone', percent: 88, limit: 1 },
      { handle: 'jietou-street-basketball', percent: 70, limit: 2 },
      { handle: 'buyuan-long-umbrella', percent: 69, limit: 2 },
      { handle: 'maituan-butter-cookies', percent: 70, limit: 3 },
    ],
  },
];
