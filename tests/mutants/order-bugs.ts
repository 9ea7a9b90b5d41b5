import type { Edit, Mutant, SeededBug } from './mutant.ts';

const SETTLE = 'lib/domain/order/settle-orders.ts';
const SQL = 'server/order/place-orders.sql.ts';
const PLACE = 'server/order/place-orders.postgres.ts';
const BOOK = 'server/order/order-book.postgres.ts';
const LOG = 'server/order/order-log.ts';
const SERVICE = 'server/order/service.ts';
const R_STOCK = 'tests/ports/races/stock.test.ts';
const R_MONEY = 'tests/ports/races/payments.test.ts';
const ORDERS = 'tests/ports/orders.test.ts';
const RULES = 'tests/domain/settle-orders.test.ts';

const NO_LOCK: Edit = {
  file: SQL,
  find: '  order by sku_id for update`',
  replace: '  order by sku_id`',
};

/** Bugs of time, prices, keys, states and logs. */
export const ORDER_BUGS: readonly SeededBug[] = [
  // Time and prices
  [
    'the clock of the edge instead of the database’s',
    'server/order/order-facts.postgres.ts',
    'now: rows[0]?.now ?? Date.now()',
    'now: Date.now()',
    R_STOCK,
    'own clock',
  ],
  [
    'a session that is over still sells',
    'lib/domain/pricing/price-now.ts',
    'offer.startsAt <= now && now < offer.endsAt',
    'offer.startsAt <= now',
    RULES,
    'a session is over at its end',
  ],
  [
    'a risen price is charged without a word',
    SETTLE,
    'const dearer = priceRefusal(command.shown, order);',
    'const dearer = null as ReturnType<typeof priceRefusal>;',
    R_STOCK,
    'R-15',
  ],
  [
    'any quote is believed, whoever signed it',
    'server/order/quote-version.ts',
    '!timingSafeEqual(expected, given)',
    'false',
    'tests/anchors/money.test.ts',
    'a price that the client sends',
  ],
  [
    'the fen left over of a split are lost',
    'lib/domain/money/fen.ts',
    'byRemainder.slice(0, leftover)',
    'byRemainder.slice(0, 0)',
    'tests/domain/money.test.ts',
    'MNY1',
  ],
  [
    'a share is more than its goods cost',
    'lib/domain/pricing/price-goods.ts',
    'const weights = indices.map((index) => left[index] ?? 0);',
    'const weights = indices.map(() => 1);',
    'tests/domain/price-goods.test.ts',
    'PRC1',
  ],
  [
    'each portion of a refund is rounded by itself',
    'lib/domain/pricing/refund-share.ts',
    'toFen(upTo(after) - upTo(line.refundedQuantity))',
    'toFen(upTo(quantity))',
    'tests/domain/price-goods.test.ts',
    'PRC2',
  ],
  // Keys, states, logs
  [
    'the key is not looked up',
    PLACE,
    '      earlier,\n      unpaid,',
    '      earlier: new Map(),\n      unpaid,',
    ORDERS,
    'a second tap with the same key',
  ],
  [
    'the database does not keep the key unique',
    'server/order/migrations/0040_order.sql',
    '  sequence integer not null default 1,\n  unique (shopper_id, key)\n',
    '  sequence integer not null default 1\n',
    ORDERS,
    'a second tap with the same key',
  ],
  [
    'the same key for another wish is a repeat',
    SETTLE,
    "return earlier.requestHash === command.requestHash ? { kind: 'replay', earlier } : { kind: 'key_reused' };",
    "return { kind: 'replay', earlier };",
    RULES,
    'the same key is replayed',
  ],
  [
    'what was refused when it was sent again is accepted when its first sending comes after all',
    SETTLE,
    '    if (refused) return refused;\n',
    '',
    'tests/ports/sent-again.test.ts',
    '[P2] what was refused when it was sent again',
  ],
  [
    'a key that was sent again is refused by the hint, which tells no other process',
    'server/order/service.ts',
    'if (!isAgain && storeId === undefined && (await queue',
    'if ((await queue',
    'tests/ports/sent-again.test.ts',
    '[P2] a process that knows',
  ],
  [
    'one bad command takes its whole batch down',
    'server/platform/sequencer.ts',
    'if (batch.length === 1 || options.isEverybodys?.(error)) {',
    'if (batch.length >= 1) {',
    R_STOCK,
    'R-18',
  ],
  [
    'a state is moved from wherever it is',
    BOOK,
    'where id = $1 and state = any ($2::text[])\n             and ($3',
    'where id = $1 and ($2::text[] is not null)\n             and ($3',
    R_MONEY,
    'R-02',
  ],
  [
    'a move leaves no trace in the log',
    LOG,
    'select id, sequence, $2, $3, $4, $5 from orders where id = any ($1::text[])`',
    'select id, sequence, $2, $3, $4, $5 from orders where id = any ($1::text[]) and false`',
    R_MONEY,
    'R-01',
  ],
  [
    'anybody’s order is everybody’s',
    SERVICE,
    'return order && order.shopperId === shopperId ? order : null;',
    'return order;',
    'tests/anchors/money.test.ts',
    'somebody else’s order',
  ],
  [
    'units are released before the channel has closed',
    SERVICE,
    "if (answer === 'closed') await book.close([orderId], actor);",
    'await book.close([orderId], actor);',
    R_MONEY,
    'R-04',
  ],
  [
    '“sold out” is remembered though the units came back',
    'server/order/sold-out-hint.ts',
    'entry !== undefined && versions.get(skuId) === entry.version',
    'entry !== undefined',
    'tests/ports/sold-out.test.ts',
    'P1',
  ],
  // Durability
  [
    'an order is acknowledged before it is on the disk',
    'server/platform/database.ts',
    "    application_name: 'festa',",
    "    application_name: 'festa',\n    options: '-c synchronous_commit=off',",
    'tests/ports/durability.test.ts',
    'acknowledged',
  ],
  [
    'an order is written without its message',
    SQL,
    "    insert into outbox (topic, aggregate, body)\n    select 'order.placed', id, jsonb_build_object('orderId', id) from new_orders\n",
    '    select id as topic from new_orders\n',
    'tests/ports/durability.test.ts',
    'outbox',
  ],
];

export const JOINED_BUGS: readonly Mutant[] = [
  {
    name: 'read, then write what was read: no lock, and the count from the page',
    edits: [
      NO_LOCK,
      {
        file: SQL,
        find: 'update stock_level s set reserved = s.reserved + h.quantity, version',
        replace:
          "update stock_level s set reserved = (select l.reserved from stock_level l where l.sku_id = s.sku_id and l.location_id = 'central') + h.quantity, version",
      },
    ],
    checker: { file: R_STOCK, tests: 'R-09' },
  },
  {
    name: 'no key at all: neither looked up nor unique',
    edits: [
      {
        file: PLACE,
        find: '      earlier,\n      unpaid,',
        replace: '      earlier: new Map(),\n      unpaid,',
      },
      {
        file: 'server/order/migrations/0040_order.sql',
        find: '  sequence integer not null default 1,\n  unique (shopper_id, key)\n',
        replace: '  sequence integer not null default 1\n',
      },
    ],
    checker: { file: ORDERS, tests: 'a second tap with the same key' },
  },
];
