import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { waitlistJoin, waitlistLeave, waitlistList } from '../../lib/contracts/waitlist.ts';
import { waitlistService } from '../../server/inventory/waitlist-service.ts';
import { startOutbox } from '../../server/outreach/outbox.job.ts';
import { openLog } from '../../server/platform/log.ts';
import type { Loop } from '../../server/platform/loop.ts';
import { endTeams } from '../../server/team/end-teams.ts';
import { teamService } from '../../server/team/service.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge, shopperAt } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { openShop } from '../support/shop.ts';
import { putTeamCampaign, runOutOfTime, teamOf } from '../support/teams.ts';

let edge: Edge;
const loops: Loop[] = [];

beforeAll(async () => {
  edge = await openEdge();
});

// A loop that went on would take the next test's messages.
afterEach(() => Promise.all(loops.splice(0).map((loop) => loop.stop())));

afterAll(() => edge.close());

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

test('whoever waits hears that his turn has come, with the minutes he has, and when he let it pass', async () => {
  await putOnSale(edge.db, { id: 'gone', onHand: 1 });
  const { browser } = await shopperAt(edge, '13800000002');
  const shop = await openShop(edge.db);
  const { orderId } = await shop.order('holder', 'gone');
  const { entry } = accepted(await browser.call(waitlistJoin, { key: randomUUID(), skuId: 'gone', quantity: 1 }));
  expect(entry.position).toBe(1);
  await shop.orders.cancel('holder', orderId);
  expect(accepted(await browser.call(waitlistList, {})).entries[0]).toMatchObject({ id: entry.id, state: 'offered' });
  const said: string[] = [];
  const messages = { isSandbox: false, send: async ({ text }: { text: string }) => void said.push(text) };
  loops.push(startOutbox({ db: edge.db, messages, log: openLog('silent') }));
  await vi.waitFor(() => expect(said).toContain('【Festa】候补成功：试品 已为你保留，请在 5 分钟内下单。'), 10_000);
  await edge.db.query(`update waitlist_entry set offer_ends_at = now() - interval '1 s' where id = $1`, [entry.id]);
  await waitlistService({ db: edge.db }).sweep();
  await vi.waitFor(() => expect(said).toContain('【Festa】试品 的候补保留已到时，件数已放回，未扣款。'), 10_000);
});

test('members of a team are told of the split, of a share that is nearly over, and a leader of a team that did not fill', async () => {
  const ids = [];
  for (const phone of ['13800000011', '13800000012']) {
    await shopperAt(edge, phone);
    const [person] = await edge.db.query<{ id: string }>('select id from person where phone_number = $1', [phone]);
    ids.push(person?.id as string);
  }
  const teams = teamService({ db: edge.db });
  const campaign = await putTeamCampaign(edge.db, { size: 2 });
  const split = await teamOf(teams, campaign, ids);
  const failed = await teamOf(teams, campaign, ids.slice(1));
  await runOutOfTime(edge.db, failed.teamId);
  const said: string[] = [];
  const messages = {
    isSandbox: false,
    send: async ({ to, text }: { to: string; text: string }) => void said.push(`${to} ${text}`),
  };
  await edge.db.query(
    `update team set open_until = now() + interval '1 minute', split_at = now() - interval '1 day' where id = $1`,
    [split.teamId],
  );
  await endTeams(edge.db);
  await edge.db.query(`update team set open_until = '2036-11-13 02:05+08' where id = $1`, [split.teamId]);
  loops.push(startOutbox({ db: edge.db, messages, log: openLog('silent') }));
  await vi.waitFor(() => expect(said.length).toBe(4), 10_000);
  expect(said.sort()).toEqual([
    '13800000011 【Festa】「组队瓜分」你的红包还没拆，11-13 02:05 后失效。',
    '13800000011 【Festa】「组队瓜分」组队成功，你的红包已分好，请在 11-13 02:05 前拆开。',
    '13800000012 【Festa】「组队瓜分」你的红包还没拆，11-13 02:05 后失效。',
    '13800000012 【Festa】「组队瓜分」规定时间内没有组满，没有瓜分；如有安慰券，已放进你的券包。',
  ]);
});

test('joining needs a verified phone, and another person’s entry is not there', async () => {
  const stranger = edge.browser();
  expect(outcomeOf(await stranger.call(waitlistJoin, { key: randomUUID(), skuId: 'gone', quantity: 1 }))).toBe(
    'login_required',
  );
  const { browser } = await shopperAt(edge, '13800000003');
  const [entry] = await edge.db.query<{ id: string }>('select id from waitlist_entry');
  expect(outcomeOf(await browser.call(waitlistLeave, { id: entry?.id }))).toBe('not_found');
});
