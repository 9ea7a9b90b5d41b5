import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isNight } from '../../lib/domain/outreach/purpose.ts';
import { HOUR_MS } from '../../lib/domain/time.ts';
import { remindOfCoupons } from '../../server/promo/remind-coupons.ts';
import { type CouponService, couponService } from '../../server/promo/service.ts';
import { claimOne, putCoupon, violationsAfterSweep } from '../support/coupons.ts';
import { testDatabase } from '../support/postgres.ts';
import { putPerson } from '../support/risk.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let coupons: CouponService;

beforeAll(async () => {
  database = await testDatabase();
  coupons = couponService({ db: database.db });
});
afterAll(() => database.drop());
afterEach(async () => expect(await violationsAfterSweep(database.db)).toEqual([]));

/** Somebody with a device that may be told this; null: he has none. */
async function person(id: string, purposes: readonly string[] | null, locale = 'zh-CN'): Promise<string> {
  const { db } = database;
  await putPerson(db, id);
  await db.query('update person set locale = $2 where id = $1', [id, locale]);
  if (purposes === null) return id;
  const endpoint = `https://push.example/${id}`;
  await db.query(
    `insert into push_device (id, person_id, endpoint, endpoint_hash, p256dh, auth, key_id, purposes)
     values ($1, $2, $3, $3, $4, $5, 'key', $6)`,
    [randomUUID(), id, endpoint, randomBytes(65), randomBytes(16), purposes],
  );
  return id;
}

/** A coupon of a week, of which so many hours are left. */
async function couponOf(shopperId: string, hoursLeft: number, name = '满300减40'): Promise<string> {
  const id = await claimOne(coupons, shopperId, await putCoupon(database.db, { name: { zh: name, en: `${name} en` } }));
  await database.db.query(
    `update coupon set valid_until = now() + $2 * interval '1 hour',
       claimed_at = now() + ($2 - 168) * interval '1 hour', valid_from = now() + ($2 - 168) * interval '1 hour'
     where id = $1`,
    [id, hoursLeft],
  );
  return id;
}

const told = (shopperId: string) =>
  database.db.query<{ key: string; body: string; path: string; purpose: string; hours: number; waits: boolean }>(
    `select n.notice_key as key, n.body, n.path, n.purpose, (extract(epoch from n.good_until - now()) / 3600)::float8 as hours,
       n.next_try_at > now() + interval '1 minute' as waits
     from push_notice n join push_device d on d.id = n.device_id where d.person_id = $1 order by n.id`,
    [shopperId],
  );

test('who agreed is told once of a coupon that runs out within a day, by day and no longer than it is of use', async () => {
  const ann = await person('ann', ['rewards']);
  const soon = await couponOf(ann, 20);
  await couponOf(ann, 30);
  await remindOfCoupons(database.db);
  await Promise.all([remindOfCoupons(database.db), remindOfCoupons(database.db)]);
  const [notice, ...others] = await told(ann);
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ key: `coupon.lapsing:${soon}`, path: '/wallet', purpose: 'rewards' });
  expect(notice?.body).toMatch(/^「满300减40」\d\d-\d\d \d\d:\d\d 到期，去用掉吧$/);
  expect(notice?.hours).toBeGreaterThan(19);
  expect(notice?.hours).toBeLessThanOrEqual(20);
  expect(notice?.waits).toBe(isNight(Date.now()));
});

test('nobody is told who has no device, or whose device was not agreed to for rewards', async () => {
  for (const id of [await person('ben', null), await person('cat', ['orders'])]) {
    const coupon = await couponOf(id, 5);
    await remindOfCoupons(database.db);
    expect(await told(id)).toEqual([]);
    // Should he agree within the day, he is told.
    expect(await database.db.query('select reminded_at from coupon where id = $1', [coupon])).toEqual([
      { reminded_at: null },
    ]);
  }
});

test('several are told together in the language of their owner; used, held, growing and short ones are left out', async () => {
  const dan = await person('dan', ['rewards', 'orders'], 'en-US');
  for (const hours of [12, 20]) await couponOf(dan, hours, `c${hours}`);
  const held = await couponOf(dan, 10);
  await database.db.query(`update coupon set hold_id = 'h', held_until = now() + interval '1 hour' where id = $1`, [
    held,
  ]);
  // Of two days, with fifteen hours left: more than a quarter.
  const short = await couponOf(dan, 15);
  await database.db.query(`update coupon set claimed_at = valid_until - interval '48 hours' where id = $1`, [short]);
  await remindOfCoupons(database.db);
  const notices = await told(dan);
  expect(notices).toMatchObject([{ path: '/en/wallet' }]);
  expect(notices[0]?.body).toMatch(
    /^“c12 en” and 1 more run out soon, the first on \d\d-\d\d \d\d:\d\d \(China time\)$/,
  );
});

test('one that runs out before the morning is not told of in the morning', async () => {
  const fay = await person('fay', ['rewards']);
  const coupon = await couponOf(fay, 2);
  const hour = ((Date.now() + 8 * HOUR_MS) / HOUR_MS) % 24;
  await remindOfCoupons(database.db);
  const isUseless = hour >= 23 || hour < 6;
  expect((await told(fay)).map(({ key }) => key)).toEqual(isUseless ? [] : [`coupon.lapsing:${coupon}`]);
});
