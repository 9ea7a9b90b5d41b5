import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareLink, shareTouch } from '../../lib/contracts/share.ts';
import { qualifyPaid } from '../../server/sharing/credits.ts';
import { writeVisits } from '../../server/sharing/visit-rows.ts';
import { writeStorm } from '../../server/sharing/visit-storm.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { putOnSale } from '../support/goods.ts';
import { violations } from '../support/invariants.ts';
import { creditOf, hitOn, openShared, PHONE_AGENT, putLink, testRecorder, touchLink } from '../support/sharing.ts';
import { openShop, type Shop } from '../support/shop.ts';

let edge: Edge;
let shop: Shop;
beforeAll(async () => {
  edge = await openEdge();
  shop = await openShop(edge.db);
  await putOnSale(edge.db, { id: 'tea', priceFen: 12_900 });
});
afterAll(async () => {
  expect(await violations(edge.db)).toEqual([]);
  await edge.close();
});

let phones = 0;
const phone = () => edge.browser({ 'user-agent': `${PHONE_AGENT} ${phones++}` });
type Phone = ReturnType<typeof phone>;
const share = async (browser: Phone, path = '/p/p-tea') =>
  accepted(await browser.call(shareLink, { key: randomUUID(), path }));
const countsOf = async (linkId: number) => {
  const [row] = await edge.db.query<{ visits: number; opens: number; touched: number }>(
    `select (select count(*) from share_visit where link_id = $1)::integer as visits,
       coalesce(sum(opens), 0)::integer as opens, coalesce(sum(touched), 0)::integer as touched
     from share_tally where link_id = $1`,
    [linkId],
  );
  return row;
};

test('[T-11] other people’s codes: who hands one on, names one in an address or shares one as his own has nothing of it', async () => {
  const [ann, eve] = [phone(), phone()];
  const { code } = await share(ann);
  // As a landing, as the sender of a page, and behind a page of ours.
  expect(outcomeOf(await eve.call(shareLink, { key: randomUUID(), path: `/s/${code}` }))).toBe('not_our_page');
  const named = await share(eve, `/p/p-tea?by=${code}`);
  expect([named.depth, named.code]).toEqual([0, expect.not.stringMatching(code)]);
  const rows = await edge.db.query('select landing, parent_id from share_link where code = $1', [named.code]);
  expect(rows).toEqual([{ landing: '/p/p-tea', parent_id: null }]);

  // Eve sends Ann's link to a buyer: the order is Ann's.
  const [link] = await edge.db.query<{ id: number }>('select id from share_link where code = $1', [code]);
  const buyer = { id: 'buyer-of-ann', browser: randomUUID() };
  await touchLink(edge.db, link?.id ?? 0, buyer.browser, buyer.id);
  const { orderId } = await shop.order(buyer.id, 'tea', 1);
  await shop.pay(orderId);
  await qualifyPaid(edge.db);
  expect(await creditOf(edge.db, buyer.id)).toMatchObject({ state: 'qualified', links: [link?.id] });
});

test('[T-11] a click that is replayed, by its phone or with a cookie that somebody has read, is the same one click', async () => {
  const { id, code } = await putLink(edge.db);
  const [ann, thief] = [phone(), phone()];
  await openShared(ann, code);
  accepted(await ann.call(shareTouch, { code }));
  thief.cookies.set('festa_visitor', ann.cookies.get('festa_visitor') as string);
  for (let n = 0; n < 20; n += 1) {
    await openShared(n % 2 === 0 ? ann : thief, code);
    accepted(await thief.call(shareTouch, { code }));
  }
  await share(ann, '/');
  expect(await countsOf(id)).toEqual({ visits: 1, opens: 1, touched: 1 });
});

test('[T-11] a batch of clicks that is written again adds nothing', async () => {
  const { id } = await putLink(edge.db);
  const row = { link_id: id, channel: 'wechat', source: null };
  const rows = Array.from({ length: 50 }, () => ({ ...row, visitor_id: randomUUID(), age_ms: 0 }));
  // At one moment of the database: an hour may end between two.
  const written = await edge.db.transaction(async (tx) => [
    await writeVisits(tx, rows),
    await writeVisits(tx, [...rows, ...rows]),
  ]);
  expect(written).toEqual([50, 0]);
  expect(await countsOf(id)).toEqual({ visits: 50, opens: 50, touched: 0 });
});

test('[T-11] pieces of a storm with what was there before and what has waited for hours: counted as one by one', async () => {
  const { id, campaignId, depth } = await putLink(edge.db);
  const HOUR = 3_600_000;
  const row = { link_id: id, channel: 'wechat', source: null, campaign_id: campaignId, depth };
  const seen = Array.from({ length: 3 }, () => ({ ...row, visitor_id: randomUUID(), age_ms: 0 }));
  const earlier = { ...row, visitor_id: randomUUID(), age_ms: 2 * HOUR };
  const fresh = Array.from({ length: 4 }, () => ({ ...row, visitor_id: randomUUID(), age_ms: 0 }));
  const waited = { ...row, visitor_id: randomUUID(), age_ms: 3 * HOUR };
  const pieces = [
    [...seen, fresh[0]],
    [waited, fresh[1], fresh[2]],
    [{ ...earlier, age_ms: 0 }, fresh[3]],
  ] as const;
  const { db } = edge;
  await db.transaction(async (tx) => {
    await writeVisits(tx, [...seen, earlier]);
    for (let n = 0; n < 2; n += 1) await writeStorm(tx, pieces as unknown as Parameters<typeof writeStorm>[1]);
  });
  const [counts] = await db.query(
    `select count(*)::integer as visits, count(distinct visitor_id)::integer as visitors, count(distinct hour)::integer as hours,
       bool_and(hour = floor(extract(epoch from at) / 3600)) as exact,
       (select sum(opens)::integer from share_tally where link_id = $1) as opens,
       (select sum(visitors)::integer from share_tally where link_id = $1) as counted
     from share_visit where link_id = $1`,
    [id],
  );
  expect(counts).toEqual({ visits: 10, visitors: 9, hours: 3, exact: true, opens: 10, counted: 9 });
});

test('[T-11] a piece in which a visit is twice is not written by halves: the recorder writes it another way, once', async () => {
  const link = await putLink(edge.db);
  const filed = { link_id: link.id, channel: 'wechat', campaign_id: link.campaignId, depth: link.depth };
  const one = { ...filed, visitor_id: randomUUID(), age_ms: 0, source: null };
  await expect(edge.db.transaction((tx) => writeStorm(tx, [[{ ...one }, one]]))).rejects.toMatchObject({
    code: '23505',
  });
  expect(await countsOf(link.id)).toMatchObject({ visits: 0 });
  // A memory of one key: it forgets everybody at once.
  const recorder = testRecorder(edge.db, { seenMax: 1 });
  const visitors = [randomUUID(), randomUUID()];
  for (const visitorId of [...visitors, ...visitors]) recorder.offer(hitOn(link, { visitorId }));
  expect(recorder.waiting()).toBe(4);
  await recorder.drain();
  expect(await countsOf(link.id)).toEqual({ visits: 2, opens: 2, touched: 0 });
});

test('[T-11] what the database refuses takes its own piece with it, and no other', async () => {
  const link = await putLink(edge.db);
  const recorder = testRecorder(edge.db, { batchMax: 2 });
  for (const visitorId of [randomUUID(), 'no uuid', randomUUID(), randomUUID(), randomUUID()]) {
    recorder.offer(hitOn(link, { visitorId }));
  }
  expect(recorder.waiting()).toBe(5);
  await recorder.flush().catch(() => {});
  await recorder.drain();
  expect(recorder.waiting()).toBe(0);
  expect(await countsOf(link.id)).toEqual({ visits: 3, opens: 3, touched: 0 });
});

test('[T-11] clicks of skewed clocks: what phones, senders and headers say of the time moves no visit and no touch', async () => {
  const { id, code } = await putLink(edge.db);
  const skews = ['Mon, 01 Jan 2001 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday'];
  for (const date of skews) {
    const browser = phone();
    const told = { date, 'x-request-start': `t=${Date.parse(date)}`, 'if-modified-since': date };
    await openShared(browser, `${code}?t=${encodeURIComponent(date)}&ts=0`, told);
    accepted(await browser.call(shareTouch, { code }, { headers: told }));
  }
  await share(phone(), '/');
  const [seen] = await edge.db.query<{ visits: number; off: number; hours: number }>(
    `select count(*)::integer as visits, max(greatest(abs(extract(epoch from now() - at)),
         abs(extract(epoch from now() - touched_at))))::float as off,
       count(*) filter (where hour <> floor(extract(epoch from at) / 3600))::integer as hours
     from share_visit where link_id = $1`,
    [id],
  );
  expect(seen).toEqual({ visits: 3, off: expect.any(Number), hours: 0 });
  expect(seen?.off).toBeLessThan(120);
});
