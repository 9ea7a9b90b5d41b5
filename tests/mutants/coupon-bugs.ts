import type { SeededBug } from './mutant.ts';

const CLAIM = 'server/promo/claim-coupons.ts';
const HOLDS = 'server/promo/coupon-holds.ts';
const PORT = 'tests/ports/coupons.test.ts';
const ORDERS = 'tests/ports/coupon-orders.test.ts';
const RACES = 'tests/ports/races/coupons.test.ts';
const RULES = 'tests/domain/coupons.test.ts';

/** Bugs of coupons: claims, budgets, holds, rules. */
export const COUPON_BUGS: readonly SeededBug[] = [
  [
    'claims do not queue for the account',
    CLAIM,
    ' order by template_id for no key update`',
    ' order by template_id`',
    RACES,
    'R-26',
  ],
  [
    'a claim looks at the total and not at the budget',
    'lib/domain/promo/settle-claims.ts',
    'account.claimed >= template.total || account.leftFen < template.worstFen',
    'account.claimed >= template.total',
    PORT,
    'the budget ends before the total',
  ],
  [
    'what is claimed leaves the budget and is reserved nowhere',
    CLAIM,
    ', reserved_fen = a.reserved_fen + s.fen',
    '',
    PORT,
    'a claim reserves its worst case',
  ],
  ['a coupon is read without its lock', HOLDS, ' order by c.id for update of c`;', ' order by c.id`;', RACES, 'R-23'],
  [
    'a cancelled order keeps its coupons',
    'server/order/unpaid-orders.postgres.ts',
    'await releaseCoupons(tx, withCuts(closed));',
    '',
    ORDERS,
    'a cancelled order gives',
  ],
  [
    'a paid order leaves its coupons locked',
    'server/payment/payment-book.postgres.ts',
    'if (order.has_cuts) await consumeCoupons(tx, [order.id]);',
    '',
    ORDERS,
    'COUP3',
  ],
  [
    'a coupon that ran out in an order comes back without its day',
    HOLDS,
    'then now() + interval',
    'then c.valid_until + 0 * interval',
    ORDERS,
    'COUP4',
  ],
  [
    'a release does not look whether its campaign is withdrawn',
    HOLDS,
    '     order by id for key share`,',
    '     order by id`,',
    RACES,
    'R-25',
  ],
  [
    'red packets know no fifth',
    'lib/domain/pricing/price-goods.ts',
    'Math.min(fen, room[index] ?? 0)',
    'fen',
    RULES,
    'red packets take a fifth',
  ],
  [
    'a coupon that has run out is taken',
    'lib/domain/promo/take-coupons.ts',
    "if (now >= validUntil) return { code: 'expired' };",
    '',
    RACES,
    'R-24',
  ],
];
