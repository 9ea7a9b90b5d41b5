import type { SeededBug } from './mutant.ts';

const SETTLE = 'lib/domain/order/settle-orders.ts';
const LINE = 'lib/domain/pricing/price-line.ts';
const SQL = 'server/order/place-orders.sql.ts';
const UNPAID = 'server/order/unpaid-orders.postgres.ts';
const ENDS = 'server/order/end-holds.postgres.ts';
const R_STOCK = 'tests/ports/races/stock.test.ts';
const R_MONEY = 'tests/ports/races/payments.test.ts';
const ORDERS = 'tests/ports/orders.test.ts';
const RULES = 'tests/domain/settle-orders.test.ts';

/** Bugs of stock, ladders and limits. */
export const STOCK_BUGS: readonly SeededBug[] = [
  // Stock
  ['the stock row is not locked', SQL, '  order by sku_id for update`', '  order by sku_id`', R_STOCK, 'R-09'],
  [
    'decrement first, look, add back: what a refused order wished for stays taken',
    SETTLE,
    "    if (problems.length > 0) return { kind: 'lines_refused', problems };",
    `    if (problems.length > 0) {
      for (const { skuId, quantity } of command.lines) {
        const sku = open.skus.get(skuId);
        if (sku) open.skus.set(skuId, { ...sku, available: sku.available - quantity });
      }
      return { kind: 'lines_refused', problems };
    }`,
    RULES,
    'STK1',
  ],
  [
    'one unit more than there is',
    LINE,
    'if (quantity > sku.available)',
    'if (quantity > sku.available + 1)',
    RULES,
    'sold out',
  ],
  [
    'a hold ends without its units coming back',
    'server/inventory/holds.ts',
    "  expired: 'reserved = s.reserved - q.quantity',",
    "  expired: 'reserved = s.reserved',",
    ORDERS,
    'an unpaid order ends once',
  ],
  [
    'the worker ends what has just been paid',
    UNPAID,
    "and state = 'closing' order by id for update",
    "and state in ('pending_pay', 'closing', 'paid') order by id for update",
    R_MONEY,
    'R-01',
  ],
  [
    'units are free again before the channel has closed the payment',
    UNPAID,
    "and p.state in ('created', 'open', 'closing')) as is_open",
    'and false) as is_open',
    R_MONEY,
    'R-04',
  ],
  [
    'an operator takes out what orders hold',
    'server/ops/stock.ts',
    'if (level.onHand + delta < level.reserved) {',
    'if (level.onHand + delta < 0) {',
    R_STOCK,
    'R-17',
  ],
  [
    'a stopped SKU is sold',
    LINE,
    "if (sku.isStopped) return { code: 'sale_stopped' };",
    '',
    RULES,
    'stopped by the checker',
  ],
  [
    'new buyers come before the waitlist',
    ENDS,
    'if (waitedFor.length > 0) await serveWaitlist(tx, waitedFor);',
    '',
    R_STOCK,
    'R-10',
  ],
  // Tiers and limits
  [
    'off by one in the ladder',
    'lib/domain/pricing/price-now.ts',
    'slot <= tier.upTo',
    'slot < tier.upTo',
    RULES,
    'whoever comes after the last place',
  ],
  [
    'two tier places for one person',
    LINE,
    'offer && used(tierScope(offer.sessionId)) === 0 ? offer.openSlots[0] : undefined',
    'offer ? offer.openSlots[0] : undefined',
    RULES,
    'one person gets one tier place',
  ],
  ['a place that lapsed is lost', ENDS, '    tx.query(FREE_PLACES, [orderIds]),\n', '', R_STOCK, 'R-13'],
  ['what a person has is not counted', LINE, 'owned + quantity > limit', 'quantity > limit', R_STOCK, 'R-14'],
  [
    'what a person takes is not written down',
    SQL,
    'set quantity = u.quantity + excluded.quantity',
    'set quantity = u.quantity',
    ORDERS,
    'a limit of two',
  ],
];
