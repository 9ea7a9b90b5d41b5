import type { SeededBug } from './mutant.ts';

const COUNTER = 'lib/domain/pickup/at-the-counter.ts';
const RULES = 'tests/domain/pickup.test.ts';
const RACES = 'tests/ports/races/pickups.test.ts';

/** Bugs of store pickup. */
export const PICKUP_BUGS: readonly SeededBug[] = [
  [
    'pickup: what was handed over is not told to the second counter',
    COUNTER,
    "  if (order.state === 'handed_over') return refuse({ code: 'already_handed', storeId, handed: order.handed });\n",
    '',
    RACES,
    '[R-38] two counters',
  ],
  [
    'pickup: goods are handed over while their owner has asked for his money',
    COUNTER,
    "  if (REFUNDING.includes(order.orderState)) return refuse({ code: 'refund_in_progress' });\n",
    '',
    RACES,
    '[R-39] the owner asks',
  ],
  [
    'pickup: the grace at the counter is forgotten',
    COUNTER,
    'if (now >= counterUntil(fetchBefore))',
    'if (now >= fetchBefore)',
    RACES,
    '[R-40] inside the grace',
  ],
  [
    'pickup: a picture of a QR is good for hours',
    'lib/domain/pickup/token.ts',
    "return back <= STEPS_AROUND ? 'good' : 'stale';",
    "return 'good';",
    RULES,
    '[R-43]',
  ],
  [
    'pickup: wrong codes lock nobody',
    'lib/domain/pickup/tries.ts',
    '  return wrongAt.length < TRIES_PER_MINUTE',
    '  return wrongAt.length > 0',
    RULES,
    '[T-08]',
  ],
  [
    'pickup: what a store sold goes back to the warehouse',
    'server/order/return-units.postgres.ts',
    "coalesce(p.location_id, 'central') as location_id, sum(x.quantity)",
    "'central' as location_id, sum(x.quantity)",
    'tests/ports/pickup-orders.test.ts',
    'a refund before anything was handed over',
  ],
  [
    'pickup: another store may be chosen when the goods are put by',
    'server/pickup/change-store.ts',
    "if (facts.state !== 'preparing' || facts.orderState !== 'paid') {",
    "if (facts.orderState !== 'paid') {",
    RACES,
    '[R-42] the store is ready',
  ],
];
