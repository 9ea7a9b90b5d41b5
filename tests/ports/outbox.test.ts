import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startOutbox } from '../../server/outreach/outbox.job.ts';
import { openLog } from '../../server/platform/log.ts';
import type { Loop } from '../../server/platform/loop.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { openShop } from '../support/shop.ts';

let edge: Edge;
const loops: Loop[] = [];

beforeAll(async () => {
  edge = await openEdge();
});

afterAll(async () => {
  await Promise.all(loops.map((loop) => loop.stop()));
  await edge.close();
});

test('a shopper hears once that his order is paid, also from two workers and a provider that fails at first', async () => {
  await putOnSale(edge.db, { id: 'a' });
  await shopperAt(edge, '13800000001');
  const [person] = await edge.db.query<{ id: string }>(`select id from person where phone_number = '13800000001'`);
  const shop = await openShop(edge.db);
  const { orderId } = await shop.order(person?.id as string, 'a');
  await shop.pay(orderId);

  const said: string[] = [];
  let failures = 2;
  const messages = {
    isSandbox: false,
    async send({ to, text }: { to: string; text: string }) {
      failures -= 1;
      if (failures >= 0) throw new Error('the provider is away');
      said.push(`${to} ${text}`);
    },
  };
  for (let worker = 0; worker < 2; worker += 1)
    loops.push(startOutbox({ db: edge.db, messages, log: openLog('silent') }));
  await vi.waitFor(
    async () => {
      await edge.db.query('update outbox set next_try_at = now() where sent_at is null and last_error is not null');
      for (const loop of loops) loop.nudge();
      expect(await edge.db.query('select id from outbox where sent_at is null')).toEqual([]);
    },
    { timeout: 10_000, interval: 100 },
  );
  expect(said).toEqual([`13800000001 【Festa】订单 ${orderId.slice(-6)} 已付款，我们正在备货。`]);
});
