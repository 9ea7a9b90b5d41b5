import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveProfile, sendCode } from '../../lib/contracts/identity.ts';
import {
  opsAdjustStock,
  opsMessages,
  opsOrders,
  opsPack,
  opsReceive,
  opsSaveSession,
  opsSessions,
  opsShip,
  opsStock,
} from '../../lib/contracts/ops.ts';
import { opsDecideRefund } from '../../lib/contracts/refund.ts';
import { postgresRefundBook } from '../../server/order/refund-book.postgres.ts';
import { accepted, type Browser, outcomeOf } from '../support/browser.ts';
import { identityEdge } from '../support/identity-edge.ts';
import { opsRoutesOf } from '../support/ops-routes.ts';
import { testDatabase } from '../support/postgres.ts';
import { addOrder, addSkus } from '../support/shop-rows.ts';
import { staffBrowser } from '../support/staff.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let edge: Awaited<ReturnType<typeof identityEdge>>;
let operator: Browser;
let shopperId: string;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  edge = await identityEdge(db, () => opsRoutesOf(db));
  operator = await staffBrowser(edge, 'operator');
  const shopper = edge.browser();
  shopperId = accepted(await shopper.call(saveProfile, { displayName: '小李' })).person.id;
  await addSkus(db, [{ id: 'a' }, { id: 'b', onHand: 1_000 }, { id: 'c' }, { id: 'd', priceFen: 9_900 }]);
});
afterAll(async () => {
  await edge.app.close();
  await database.drop();
});

/** Books of one SKU: the level, and the level as its moves tell it. */
async function books(skuId: string) {
  const [level] = await database.db.query<{ onHand: number; reserved: number }>(
    'select on_hand as "onHand", reserved from stock_level where sku_id = $1',
    [skuId],
  );
  const [moves] = await database.db.query<{ sum: number; count: number }>(
    `select sum(quantity) as sum, count(*) filter (where kind = 'adjust') as count from stock_move where sku_id = $1`,
    [skuId],
  );
  return { ...level, told: moves?.sum, adjustments: moves?.count };
}

async function audits(action: string, target: string): Promise<unknown[]> {
  return database.db.query('select detail from audit where action = $1 and target = $2 order by id', [action, target]);
}

describe('stock', () => {
  const wanted = { skuId: 'a', reason: '盘点' };

  test('is found by code, title or the name in the product link, and an adjustment changes it once per key', async () => {
    const { rows } = accepted(await operator.call(opsStock, { search: 'code-a' }));
    expect(rows).toMatchObject([{ skuId: 'a', onHand: 100, available: 100, choice: { zh: 'a 克' } }]);
    expect(accepted(await operator.call(opsStock, { search: '龙井' })).rows).toHaveLength(4);
    const [{ productHandle = '' } = {}] = rows;
    expect(accepted(await operator.call(opsStock, { search: productHandle })).rows).toHaveLength(4);
    expect(accepted(await operator.call(opsStock, { search: '%' })).rows).toEqual([]);
    const key = randomUUID();
    for (let time = 0; time < 2; time += 1) {
      const { row } = accepted(await operator.call(opsAdjustStock, { ...wanted, key, delta: 7 }));
      expect(row).toMatchObject({ onHand: 107, available: 107 });
    }
    expect(await audits('ops.adjustStock', 'a')).toEqual([
      { detail: { locationId: 'central', delta: 7, reason: '盘点', before: 100, after: 107 } },
    ]);
    expect(outcomeOf(await operator.call(opsAdjustStock, { ...wanted, key, delta: 8 }))).toBe('key_reused');
    expect(outcomeOf(await operator.call(opsAdjustStock, { ...wanted, key, delta: 7, skuId: 'b' }))).toBe('key_reused');
    expect(await books('a')).toMatchObject({ onHand: 107, told: 107 });
  });

  test.each([
    ['nothing to add', { delta: 0 }, 'invalid_input'],
    ['half a unit', { delta: 0.5 }, 'invalid_input'],
    ['a SKU that is not there', { delta: 1, skuId: 'nowhere' }, 'unknown_sku'],
    ['no reason', { delta: 1, reason: '  ' }, 'invalid_input'],
    ['more than there is', { delta: -1_000_000 }, 'below_reserved'],
  ])('refuses %s', async (_what, change, code) => {
    const before = await books('a');
    expect(outcomeOf(await operator.call(opsAdjustStock, { ...wanted, key: randomUUID(), ...change }))).toBe(code);
    expect(await books('a')).toEqual(before);
  });

  test('never goes below what is reserved under fifty adjustments at once, and the books agree', async () => {
    await database.db.query(`update stock_level set reserved = 400 where sku_id = 'b'`);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        operator.call(opsAdjustStock, { key: randomUUID(), skuId: 'b', delta: -25, reason: '出库' }),
      ),
    );
    const refused = answers.filter((answer) => outcomeOf(answer) === 'below_reserved');
    expect([answers.length - refused.length, refused.length]).toEqual([24, 26]);
    expect(refused[0]).toMatchObject({ refusal: { available: 0 } });
    expect(await books('b')).toEqual({ onHand: 400, reserved: 400, told: 400, adjustments: 24 });
  });

  test('tells every edge which SKU has changed', async () => {
    const heard: string[] = [];
    const listener = await database.db.pool.connect();
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen stock');
    accepted(await operator.call(opsAdjustStock, { ...wanted, skuId: 'c', key: randomUUID(), delta: 1 }));
    await listener.query('select 1');
    listener.release(true);
    expect(heard).toEqual(['c']);
  });
});

describe('sessions', () => {
  const HOUR = 3_600_000;
  const name = { zh: '今晚八点', en: 'Tonight at eight' };

  function session(changes: object = {}, item: object = {}) {
    const startsAt = Date.now() + HOUR;
    const tiers = [
      { upTo: 3, priceFen: 5_000 },
      { upTo: 10, priceFen: 8_000 },
    ];
    const items = [{ skuId: 'd', priceFen: 9_000, limitPerPerson: 1, tiers, ...item }];
    return { id: randomUUID(), name, startsAt, endsAt: startsAt + HOUR, allowsPromotions: true, items, ...changes };
  }

  async function slots(id: string): Promise<number> {
    return (await database.db.query('select 1 from tier_slot where session_id = $1', [id])).length;
  }

  test('a session has one row for every tier place, and may change until it starts', async () => {
    await database.db.query(
      `insert into deal_price (sku_id, unit_fen, paid_at, source) values ('d', 9500, now() - interval '2 days', 'test')`,
    );
    const made = session();
    const { sessions } = accepted(await operator.call(opsSaveSession, made));
    expect(sessions.find(({ id }) => id === made.id)).toMatchObject({
      name,
      startsAt: made.startsAt,
      allowsPromotions: true,
      items: [{ skuId: 'd', code: 'CODE-d', ordinaryFen: 9_900, priceFen: 9_000, crossedOutFen: 9_500, accepted: 0 }],
    });
    expect(await slots(made.id)).toBe(10);
    const { allowsPromotions: _kept, ...unsaid } = made;
    accepted(await operator.call(opsSaveSession, unsaid));
    expect(accepted(await operator.call(opsSessions, {})).sessions.find(({ id }) => id === made.id)).toMatchObject({
      allowsPromotions: true,
    });
    const changed = { ...made, allowsPromotions: false, items: [{ ...made.items[0], tiers: [] }] };
    expect(
      accepted(await operator.call(opsSaveSession, changed)).sessions.find(({ id }) => id === made.id),
    ).toMatchObject({
      allowsPromotions: false,
      items: [{ tiers: [] }],
    });
    expect(await slots(made.id)).toBe(0);
    expect(await audits('ops.saveSession', made.id)).toHaveLength(3);

    await database.db.query(`update sale_session set starts_at = now() + interval '1 second' where id = $1`, [made.id]);
    const before = accepted(await operator.call(opsSessions, {})).sessions;
    expect(outcomeOf(await operator.call(opsSaveSession, made))).toBe('session_started');
    await database.db.query(`update sale_session set starts_at = now() where id = $1`, [made.id]);
    expect(outcomeOf(await operator.call(opsSaveSession, made))).toBe('session_started');
    expect(accepted(await operator.call(opsSessions, {})).sessions.map(({ items }) => items)).toEqual(
      before.map(({ items }) => items),
    );
    await database.db.query('delete from sale_session');
  });

  test.each([
    ['that ends before it starts', session({ endsAt: Date.now() + HOUR - 1 }), 'session_times_wrong'],
    ['that has begun', session({ startsAt: Date.now() - 1 }), 'session_times_wrong'],
    ['of a SKU that is not there', session({}, { skuId: 'nowhere' }), 'unknown_sku'],
    [
      'whose tiers fall',
      session(
        {},
        {
          tiers: [
            { upTo: 2, priceFen: 50 },
            { upTo: 3, priceFen: 40 },
          ],
        },
      ),
      'tiers_wrong',
    ],
    ['that costs more than any day', session({}, { priceFen: 9_901, tiers: [] }), 'invalid_input'],
    ['that costs nothing', session({}, { priceFen: 0, tiers: [] }), 'invalid_input'],
    ['that sells a SKU twice', session({ items: [1, 2].map(() => session().items[0]) }), 'overlaps'],
    ['of nothing', session({ items: [] }), 'invalid_input'],
  ])('a session %s is refused and nothing of it is kept', async (_what, wanted, code) => {
    expect(outcomeOf(await operator.call(opsSaveSession, wanted))).toBe(code);
    expect(await database.db.query('select 1 from sale_session where id = $1', [wanted.id])).toEqual([]);
  });

  test('two sessions never sell one SKU at the same time, also when both are saved at once', async () => {
    const both = [session(), session()];
    const answers = await Promise.all(both.map((wanted) => operator.call(opsSaveSession, wanted)));
    expect(answers.map(outcomeOf).sort()).toEqual(['ok', 'overlaps']);
    const first = both[answers.findIndex((answer) => answer.ok)];
    const behind = session({ startsAt: first?.endsAt, endsAt: (first?.endsAt ?? 0) + HOUR });
    expect(outcomeOf(await operator.call(opsSaveSession, behind))).toBe('ok');
  });
});

describe('orders', () => {
  test('are found by state, by id and by the last digits of the phone', async () => {
    const id = await addOrder(database.db, { shopperId, skuId: 'a', state: 'paid', phone: '13912349876' });
    await addOrder(database.db, { shopperId, skuId: 'a', state: 'shipped' });
    for (const search of [id, '9876', '13912349876']) {
      const { orders } = accepted(await operator.call(opsOrders, { search }));
      expect(orders.map((order) => order.id)).toEqual([id]);
    }
    const { orders, counts } = accepted(await operator.call(opsOrders, { state: 'shipped' }));
    expect(orders.every(({ state }) => state === 'shipped')).toBe(true);
    expect(counts).toMatchObject({ paid: 1, shipped: 1 });
    expect(orders[0]).toMatchObject({ shopperName: '小李', isDemo: false, address: { phoneMasked: '138****8000' } });
    expect(JSON.stringify(orders)).not.toContain('13800138000');
  });

  test('are packed, shipped and received once, each step with its name in the log', async () => {
    const id = await addOrder(database.db, { shopperId, skuId: 'a', state: 'paid' });
    const parcel = { id, carrier: '顺丰', trackingNumber: 'SF1234567890' };
    expect(await operator.call(opsShip, parcel)).toMatchObject({
      refusal: { code: 'order_cannot_move', state: 'paid' },
    });
    accepted(await operator.call(opsPack, { id }));
    accepted(await operator.call(opsPack, { id }));
    accepted(await operator.call(opsShip, parcel));
    accepted(await operator.call(opsShip, parcel));
    expect(outcomeOf(await operator.call(opsShip, { ...parcel, trackingNumber: 'SF0000000000' }))).toBe(
      'order_cannot_move',
    );
    const { order } = accepted(await operator.call(opsReceive, { id }));
    expect(order).toMatchObject({ state: 'received', carrier: '顺丰', trackingNumber: 'SF1234567890' });
    expect(order.log.map(({ to, by }) => [to, by])).toEqual([
      ['paid', 'shopper'],
      ['packed', expect.stringMatching(/^operator \d+$/)],
      ['shipped', expect.stringMatching(/^operator \d+$/)],
      ['received', expect.stringMatching(/^operator \d+$/)],
    ]);
    expect(await audits('ops.ship', id)).not.toEqual([]);
    expect(outcomeOf(await operator.call(opsPack, { id: 'ord_nowhere' }))).toBe('not_found');
  });

  test('are packed by one of two operators, and the log has the step once', async () => {
    const other = await staffBrowser(edge, 'operator');
    const id = await addOrder(database.db, { shopperId, skuId: 'a', state: 'paid' });
    const answers = await Promise.all([operator, other].map((browser) => browser.call(opsPack, { id })));
    expect(answers.map(outcomeOf)).toEqual(['ok', 'ok']);
    const log = await database.db.query(`select 1 from order_log where order_id = $1 and to_state = 'packed'`, [id]);
    expect(log).toHaveLength(1);
  });

  test('have a refund declined by the request’s own name, with its audit row, and a later request untouched', async () => {
    const id = await addOrder(database.db, { shopperId, skuId: 'a', state: 'paid' });
    const refunds = postgresRefundBook(database.db);
    const ask = async () => {
      const requestId = randomUUID();
      const asked = { requestId, orderId: id, kind: 'refund', reason: 'changed_mind', lines: null } as const;
      expect((await refunds.ask(asked, 'shopper')).ok).toBe(true);
      return requestId;
    };
    const first = { id, requestId: await ask(), approve: false, reason: '已与顾客沟通' };
    const { order } = accepted(await operator.call(opsDecideRefund, first));
    expect(order).toMatchObject({ state: 'paid', requests: [{ state: 'refused', answer: '已与顾客沟通' }] });
    expect(order.log.at(-1)).toMatchObject({ from: 'refund_requested', to: 'paid', reason: '已与顾客沟通' });
    await ask();
    accepted(await operator.call(opsDecideRefund, first));
    expect(outcomeOf(await operator.call(opsDecideRefund, { ...first, approve: true }))).toBe('request_cannot_move');
    const { orders } = accepted(await operator.call(opsOrders, { search: id }));
    expect(orders[0]?.state).toBe('refund_requested');
    expect(await audits('ops.decideRefund', id)).toHaveLength(1);
  });

  test('do not move when what is written down of the move cannot be written', async () => {
    const id = await addOrder(database.db, { shopperId, skuId: 'a', state: 'paid' });
    await database.db.query(
      `create function no_audit() returns trigger language plpgsql as 'begin raise exception ''the disk is full''; end'`,
    );
    await database.db.query('create trigger no_audit before insert on audit execute function no_audit()');
    expect(outcomeOf(await operator.call(opsPack, { id }))).toBe('fault');
    await database.db.query('drop trigger no_audit on audit');
    const { orders } = accepted(await operator.call(opsOrders, { search: id }));
    expect(orders[0]?.state).toBe('paid');
  });
});

test('messages are shown with codes and recipients masked', async () => {
  const { sandboxCode } = accepted(await edge.browser().call(sendCode, { phone: '13712345678' }));
  const { messages } = accepted(await operator.call(opsMessages, {}));
  expect(messages[0]).toMatchObject({ channel: 'sms', to: '137****5678', state: 'sent' });
  expect(JSON.stringify(messages)).not.toContain(sandboxCode);
  const older = accepted(await operator.call(opsMessages, { before: messages[0]?.id }));
  expect(older.messages.map(({ id }) => id)).not.toContain(messages[0]?.id);
});
