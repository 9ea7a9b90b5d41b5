import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Database } from '../../server/platform/database.ts';
import { randomOf } from '../crowd/random.ts';
import { checkGoods, checkHistory } from '../faults/checks.ts';
import { openFaultProxy } from '../faults/fault-proxy.ts';
import { History, type Submitted } from '../faults/history.ts';
import { Line, NoAnswer } from '../faults/line.ts';
import { putOnSale } from '../support/goods.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  await putOnSale(db, { id: 'a', onHand: 10 });
});
afterAll(() => drop());

/** What a client would have noted of an order that it was told of. */
async function heard(change: (one: Submitted) => void = () => {}): Promise<History> {
  const key = randomUUID();
  const answer = await shop.submit('ann', [{ skuId: 'a', quantity: 1 }], key);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  const one: Submitted = {
    process: 0,
    shopperId: 'ann',
    skuId: 'a',
    quantity: 1,
    doubts: 0,
    orderIds: new Set([answer.value.orderId]),
    totalFen: answer.value.totalFen,
    wasCommitted: false,
    final: 'ok',
    refusal: null,
  };
  change(one);
  const history = new History(null);
  history.submitted.set(key, one);
  return history;
}

const broken = async (history: History) =>
  (await checkHistory(db, history)).filter(({ found }) => found.length > 0).map(({ name }) => name);

test('[P2] what clients were told and what the database has agree, when they do', async () => {
  expect(await broken(await heard())).toEqual([]);
});

test.each([
  [
    'an order that is not there',
    'every acknowledged order is there, as it was acknowledged',
    (one: Submitted) => one.orderIds.clear(),
  ],
  [
    'another sum than was acknowledged',
    'every acknowledged order is there, as it was acknowledged',
    (one: Submitted) => {
      one.totalFen = 1;
    },
  ],
  [
    'two orders for one key',
    'every answer to a key names the same order',
    (one: Submitted) => one.orderIds.add('ord_other'),
  ],
  [
    'an order that was refused',
    'what was refused had made no order',
    (one: Submitted) => {
      one.final = 'refused';
    },
  ],
  [
    'a command that nobody answered',
    'every command was answered in the end',
    (one: Submitted) => {
      one.final = null;
    },
  ],
])('[P2] the checker of histories notices %s', async (_what, name, change) => {
  expect(await broken(await heard(change))).toEqual([name]);
});

test('[P2] it notices money that the cashier took and a cancelled order that lives on', async () => {
  const history = await heard();
  const [one] = history.submitted.values();
  const [orderId = ''] = one?.orderIds ?? [];
  history.paid.add(orderId);
  history.cancelled.add(orderId);
  expect(await broken(history)).toEqual([
    'what the cashier took is on the order',
    'what was cancelled stays cancelled',
  ]);
});

test('[P1] the checker of goods notices units that are stranded, sold twice, or at a tier price that is nobody’s', async () => {
  const [row] = await db.query<{ n: number }>(
    `select sum(l.quantity)::integer as n from order_line l join orders o on o.id = l.order_id and o.state <> 'closed'`,
  );
  const live = row?.n ?? 0;
  const names = async (units: number, places: number) =>
    (await checkGoods(db, 'a', units, places)).filter(({ found }) => found.length > 0).map(({ name }) => name);
  expect(await names(live, 0)).toEqual([]);
  expect(await names(live + 1, 0)).toEqual(['no unit is stranded']);
  expect(await names(live - 1, 0)).toEqual(['no unit is sold twice']);
  expect(await names(live, 1)).toEqual(['each tier place is somebody’s']);
});

test('a faulty line loses some answers after the server has worked, and passes whole ones unchanged', async () => {
  let worked = 0;
  const body = JSON.stringify({ text: '好'.repeat(400) });
  const server = createServer((_request, reply) => {
    worked += 1;
    reply.setHeader('content-length', Buffer.byteLength(body)).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const proxy = await openFaultProxy((server.address() as AddressInfo).port, randomOf(11));
  proxy.setFaulty(true);
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const line = new Line(proxy.port);
      const got: (string | null)[] = [];
      for (let n = 0; n < 15; n += 1) {
        got.push(
          await line.send('GET / HTTP/1.1\r\nhost: x\r\n\r\n').then(
            (reply) => reply.body,
            (error: unknown) => {
              if (error instanceof NoAnswer) return null;
              throw error;
            },
          ),
        );
      }
      line.close();
      return got;
    }),
  );
  const whole = answers.flat().filter((one) => one !== null);
  expect(new Set(whole)).toEqual(new Set([body]));
  // Worked for and not heard: what a phone cannot tell from never arrived.
  expect(worked).toBeGreaterThan(whole.length);
  expect(whole.length).toBeLessThan(600);
  for (const habit of ['slow', 'drip', 'cut', 'reset'] as const) expect(proxy.done[habit]).toBeGreaterThan(0);
  proxy.setFaulty(false);
  const line = new Line(proxy.port);
  for (let n = 0; n < 50; n += 1) expect((await line.send('GET / HTTP/1.1\r\nhost: x\r\n\r\n')).body).toBe(body);
  line.close();
  await proxy.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test('[P19] a price that is offered anew is dated by the database, whatever the clock of the process says', async () => {
  await putOnSale(db, { id: 'moved', priceFen: 10_000 });
  const quoted = await shop.orders.quote([{ skuId: 'moved', quantity: 1 }], 'ann');
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.refusal));
  await db.query(`update sku set price_fen = 12000 where id = 'moved'`);
  const submit = (quoteVersion: string) =>
    shop.orders.submit('ann', {
      key: randomUUID(),
      lines: [{ skuId: 'moved', quantity: 1 }],
      quoteVersion,
      addressId: 'home',
    });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  try {
    const answer = await submit(quoted.value.quote.version);
    if (answer.ok || answer.refusal.code !== 'price_changed') throw new Error(JSON.stringify(answer));
    expect((await submit(answer.refusal.quote.version)).ok).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
