import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareTouch } from '../../lib/contracts/share.ts';
import { accepted, outcomeOf } from '../support/browser.ts';
import { type Edge, openEdge } from '../support/edge.ts';
import { violations } from '../support/invariants.ts';
import { countedOn, hitOn, openShared, PHONE_AGENT, putLink, testRecorder } from '../support/sharing.ts';

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge();
});
afterAll(() => edge.close());

const phone = (headers: Record<string, string> = {}) => edge.browser({ 'user-agent': PHONE_AGENT, ...headers });

test('a person is counted once per link and hour, however often he comes, and every link counts him for itself', async () => {
  const [one, other] = [await putLink(edge.db), await putLink(edge.db)];
  const browser = phone();
  for (let n = 0; n < 5; n += 1) await openShared(browser, one.code);
  await openShared(browser, other.code);
  expect(await countedOn(edge, one.id)).toEqual({ visits: 1, opens: 1, visitors: 1, touched: 0 });
  expect(await countedOn(edge, other.id)).toMatchObject({ visits: 1 });
  // An hour later he is a visit, and still the same visitor.
  await edge.db.query(`update share_visit set hour = hour - 1, at = at - interval '1 hour' where link_id = $1`, [
    one.id,
  ]);
  const recorder = testRecorder(edge.db);
  recorder.offer(hitOn(one, { visitorId: browser.cookies.get('festa_visitor') as string }));
  await recorder.drain();
  expect(await countedOn(edge, one.id)).toMatchObject({ visits: 2, opens: 2, visitors: 1 });
});

test('two edges that count the same people at the same time count each once, at links of either line', async () => {
  const links = [await putLink(edge.db), await putLink(edge.db), await putLink(edge.db)];
  const recorders = [testRecorder(edge.db), testRecorder(edge.db)];
  const people = Array.from({ length: 300 }, () => randomUUID());
  // In opposite orders: neither may wait for what the other has.
  for (const [edgeOf, recorder] of recorders.entries()) {
    for (const visitorId of edgeOf === 0 ? people : people.toReversed()) {
      for (const link of edgeOf === 0 ? links : links.toReversed()) recorder.offer(hitOn(link, { visitorId }));
    }
    expect(recorder.waiting()).toBe(900);
  }
  await Promise.all(recorders.map((recorder) => recorder.drain()));
  for (const { id } of links) {
    expect(await countedOn(edge, id)).toEqual({ visits: 300, opens: 300, visitors: 300, touched: 0 });
  }
  expect(await violations(edge.db)).toEqual([]);
});

test('whoever throws his cookie away is counted once an hour; a whole network of such, three hundred times', async () => {
  const link = await putLink(edge.db);
  const recorder = testRecorder(edge.db);
  const offers = (count: number, more: (n: number) => object) =>
    Map.groupBy(
      Array.from({ length: count }, (_, n) => recorder.offer(hitOn(link, { isNewcomer: true, ...more(n) }))),
      (taken) => taken,
    );
  expect(offers(100, () => ({})).get('kept')).toHaveLength(1);
  const farm = offers(1_000, (n) => ({ userAgent: `${PHONE_AGENT} build/${n}`, address: `198.51.100.${n % 250}` }));
  expect([farm.get('kept')?.length, farm.get('flood')?.length]).toEqual([300, 700]);
  await recorder.drain();
  expect(await countedOn(edge, link.id)).toMatchObject({ visits: 301 });
});

test('ten thousand clicks a second by one person are one visit, and cost the database one row', async () => {
  const link = await putLink(edge.db);
  const recorder = testRecorder(edge.db);
  const visitorId = randomUUID();
  const startedAt = performance.now();
  const taken = Array.from({ length: 100_000 }, () => recorder.offer(hitOn(link, { visitorId })));
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(taken.filter((one) => one === 'kept')).toHaveLength(1);
  expect(recorder.waiting()).toBe(1);
  expect(100_000 / seconds).toBeGreaterThan(10_000);
  await recorder.drain();
  expect(await countedOn(edge, link.id)).toMatchObject({ visits: 1, opens: 1 });
});

test('what is more than may wait is dropped and said, and what waits is written when the database is back', async () => {
  const link = await putLink(edge.db);
  let isAway = true;
  const failing = Object.assign(Object.create(edge.db) as typeof edge.db, {
    transaction: (work: Parameters<typeof edge.db.transaction>[0]) =>
      isAway ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })) : edge.db.transaction(work),
  });
  const recorder = testRecorder(failing, { bufferMax: 50 });
  const taken = Array.from({ length: 60 }, () => recorder.offer(hitOn(link)));
  expect(taken.filter((one) => one === 'full')).toHaveLength(10);
  await expect(recorder.flush()).rejects.toThrow('away');
  expect(recorder.waiting()).toBe(50);
  isAway = false;
  await recorder.drain();
  expect(await countedOn(edge, link.id)).toMatchObject({ visits: 50 });
});

test('one line that fails leaves the other neither in the middle nor waiting', async () => {
  const links = [await putLink(edge.db), await putLink(edge.db)].toSorted((a, b) => (a.id % 2) - (b.id % 2));
  expect(links.map(({ id }) => id % 2)).toEqual([0, 1]);
  let calls = 0;
  const failing = Object.assign(Object.create(edge.db) as typeof edge.db, {
    transaction: (work: Parameters<typeof edge.db.transaction>[0]) =>
      calls++ === 0
        ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }))
        : edge.db.transaction(work),
  });
  const recorder = testRecorder(failing);
  for (const link of links) for (let n = 0; n < 20; n += 1) recorder.offer(hitOn(link));
  await expect(recorder.flush()).rejects.toThrow('away');
  expect(recorder.waiting()).toBe(20);
  const [kept] = await edge.db.query('select count(*) as n from share_visit where link_id = $1', [links[1]?.id]);
  expect(kept).toEqual({ n: 20 });
  await recorder.drain();
  for (const { id } of links) expect(await countedOn(edge, id)).toMatchObject({ visits: 20, opens: 20, visitors: 20 });
});

test('a visit’s moment is the database’s: a phone that sends a date of its own changes nothing', async () => {
  const { id, code } = await putLink(edge.db);
  await openShared(phone(), code, { date: 'Mon, 01 Jan 2001 00:00:00 GMT', 'x-now': '1' });
  await countedOn(edge, id);
  const [row] = await edge.db.query<{ off: number }>(
    `select abs(extract(epoch from now() - at))::float as off from share_visit where link_id = $1`,
    [id],
  );
  expect(row?.off).toBeLessThan(60);
});

test('[T-11] a touch counts a visit once, replayed or forged ones nothing more', async () => {
  const { id, code } = await putLink(edge.db);
  const browser = phone();
  await openShared(browser, code);
  for (let n = 0; n < 3; n += 1) accepted(await browser.call(shareTouch, { code }));
  expect(await countedOn(edge, id)).toEqual({ visits: 1, opens: 1, visitors: 1, touched: 1 });
  // Nobody: no browser of ours. A robot with a browser of ours. A code that nobody made.
  accepted(await phone().call(shareTouch, { code }));
  const robot = phone({ 'user-agent': 'curl/8.5.0' });
  robot.cookies.set('festa_visitor', randomUUID());
  accepted(await robot.call(shareTouch, { code }));
  accepted(await browser.call(shareTouch, { code: 'z'.repeat(17) }));
  expect(outcomeOf(await browser.call(shareTouch, { code: `${code}'` }))).toBe('invalid_input');
  // A page of another site may not speak for this browser.
  const foreign = await browser.call(
    shareTouch,
    { code },
    { headers: { origin: 'https://evil.example', host: 'festa.test' } },
  );
  expect(outcomeOf(foreign)).toBe('forbidden');
  expect(await countedOn(edge, id)).toEqual({ visits: 1, opens: 1, visitors: 1, touched: 1 });
  expect(
    await edge.db.query('select state from share_credit where visitor_id = $1', [browser.cookies.get('festa_visitor')]),
  ).toEqual([{ state: 'clicked' }]);
});

test('a touch of somebody who was not counted when he came counts him', async () => {
  const { id, code } = await putLink(edge.db);
  // Two phones of the same make behind one address: the second might have been the first again.
  const [one, two] = [phone(), phone()];
  await openShared(one, code);
  await openShared(two, code);
  expect(await countedOn(edge, id)).toMatchObject({ visits: 1 });
  accepted(await two.call(shareTouch, { code }));
  expect(await countedOn(edge, id)).toEqual({ visits: 2, opens: 2, visitors: 2, touched: 1 });
});
