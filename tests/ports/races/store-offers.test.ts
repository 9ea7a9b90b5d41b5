import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { stopStoreOffer } from '../../../server/ops/store-offers.ts';
import type { Database } from '../../../server/platform/database.ts';
import type { OfferService } from '../../../server/store/offer/service.ts';
import { CONTESTS, contests, type Gate, inOrder } from '../../support/contest.ts';
import { accountOf, sweepCoupons, violationsAfterSweep } from '../../support/coupons.ts';
import { ALL_DAY, claimNear, openOffers, putOffer } from '../../support/offers.ts';
import { putPeople } from '../../support/packets.ts';
import { codeOf, putClerk, yes } from '../../support/pickups.ts';
import { testDatabase } from '../../support/postgres.ts';
import { beside, putStore } from '../../support/stores.ts';

/* for store coupons: the last one, one person twice, two counters, a stop. Forced orders, then free. */

let db: Database;
let drop: () => Promise<void>;
/** Two processes of one shop. */
let offers: OfferService;
let other: OfferService;
let people = 0;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  [offers, other] = [openOffers(db), openOffers(db)];
  await putStore(db, '1', { hours: ALL_DAY });
  await putStore(db, '2', { hours: ALL_DAY, ...beside({ east: 300 }) });
  await putStore(db, 'far', { hours: ALL_DAY, lng: 116.4, lat: 39.9 });
  for (const clerk of ['lin', 'wu']) await putClerk(db, clerk, 's-1');
});
afterAll(async () => {
  await Promise.all([offers.drain(), other.drain()]);
  await drop();
});
afterEach(async () => expect(await violationsAfterSweep(db)).toEqual([]));

async function some(count: number): Promise<readonly string[]> {
  people += count;
  return putPeople(
    db,
    Array.from({ length: count }, (_, at) => `p-${people - at}`),
  );
}
const account = (offerId: string): Gate => ({
  sql: 'select 1 from coupon_account where template_id = $1 for update',
  params: [offerId],
});
const couponRow = (id: string): Gate => ({ sql: 'select 1 from coupon where id = $1 for update', params: [id] });
const made = async (offerId: string) => (await accountOf(db, offerId))?.claimed;

/** A coupon that two clerks have scanned at two processes. */
async function scanned() {
  const offerId = await putOffer(db, { total: 1 });
  const [person = ''] = await some(1);
  const { coupon } = yes(await offers.claim(person, claimNear(offerId)));
  const shown = { text: coupon.code?.digits ?? '', lastFour: coupon.lastFour };
  const [lin, wu] = [
    yes(await offers.scanCoupon('lin', shown)).ticket,
    yes(await other.scanCoupon('wu', shown)).ticket,
  ];
  return {
    offerId,
    id: coupon.id,
    byLin: () => offers.redeemCoupon('lin', { key: randomUUID(), ticket: lin }),
    byWu: () => other.redeemCoupon('wu', { key: randomUUID(), ticket: wu }),
    stop: () => stopStoreOffer(db, { id: offerId, withdraw: true, reason: '写错了' }, 'o'),
  };
}
const redemptions = async (couponId: string) =>
  (await db.query('select 1 from store_redemption where coupon_id = $1 and undone_at is null', [couponId])).length;

test('[R-26] the last coupon of an offer and two phones at two processes: who queues first has it', async () => {
  const offerId = await putOffer(db, { total: 1 });
  const [a = '', b = ''] = await some(2);
  const [one, two] = await inOrder(
    db,
    account(offerId),
    () => offers.claim(a, claimNear(offerId)),
    () => other.claim(b, claimNear(offerId)),
  );
  expect([codeOf(one), codeOf(two)]).toEqual(['ok', 'offer_gone']);
});

test('[R-26] free contests for the last two of a day: as many as there are get one, whatever the total', async () => {
  await contests(async () => {
    const offerId = await putOffer(db, { total: 10, perDay: 2, storeIds: ['s-1', 's-2'] });
    const takers = await some(6);
    const answers = await Promise.all(
      takers.map((person, at) =>
        (at % 2 ? offers : other).claim(person, claimNear(offerId, { storeId: at % 3 ? 's-1' : 's-2' })),
      ),
    );
    expect(answers.map(codeOf).filter((code) => code === 'ok')).toHaveLength(2);
    expect(answers.map(codeOf).filter((code) => code === 'offer_gone_today')).toHaveLength(4);
    expect(await made(offerId)).toBe(2);
  });
});

test('[R-26] free contests of one person against himself: one coupon a store and a day, one of two cities', async () => {
  await contests(async () => {
    const offerId = await putOffer(db, { storeIds: ['s-1', 's-far'] });
    const second = await putOffer(db);
    const [person = ''] = await some(1);
    const here = [offers.claim(person, claimNear(offerId)), other.claim(person, claimNear(second))];
    const answers = (await Promise.all(here)).map(codeOf);
    expect(answers.toSorted()).toEqual(['offer_claimed_today', 'ok']);
    const far = { storeId: 's-far', point: { lng: 116.4, lat: 39.9 } };
    const [traveller = ''] = await some(1);
    const both = await Promise.all([
      offers.claim(traveller, claimNear(offerId)),
      other.claim(traveller, claimNear(offerId, far)),
    ]);
    expect(both.map(codeOf).toSorted()).toEqual(['moved_too_fast', 'ok']);
  });
});

test('one key sent twice at once to two processes is one coupon', async () => {
  await contests(async () => {
    const offerId = await putOffer(db);
    const [person = ''] = await some(1);
    const request = claimNear(offerId);
    const [one, two] = await Promise.all([offers.claim(person, request), other.claim(person, request)]);
    expect(yes(one).coupon.id).toBe(yes(two).coupon.id);
    expect(await made(offerId)).toBe(1);
  });
});

test.each(['lin', 'wu'])(
  '[R-38] two counters redeem the same coupon and %s is first: the other reads when, where and by whom',
  async (who) => {
    const { id, byLin, byWu } = await scanned();
    const [first, second] = who === 'lin' ? [byLin, byWu] : [byWu, byLin];
    const [one, two] = await inOrder(db, couponRow(id), first, second);
    expect([codeOf(one), codeOf(two)]).toEqual(['ok', 'coupon_redeemed']);
    expect(two).toMatchObject({ refusal: { redemption: { clerkName: who, store: { id: 's-1' }, isMine: false } } });
    expect(await redemptions(id)).toBe(1);
  },
);

test('[R-38] free contests of two counters over one coupon: it is redeemed once', async () => {
  await contests(async () => {
    const { id, offerId, byLin, byWu } = await scanned();
    const answers = await Promise.all([byLin(), byWu()]);
    expect(answers.map(codeOf).toSorted()).toEqual(['coupon_redeemed', 'ok']);
    expect(await redemptions(id)).toBe(1);
    await sweepCoupons(db);
    expect(await accountOf(db, offerId)).toMatchObject({ reserved: 0, spent: 3_000 });
  });
});

test('free contests of a withdrawal against a redemption: redeemed or taken back, and the money is where it belongs', async () => {
  await contests(async () => {
    const { offerId, byLin, stop } = await scanned();
    const [redeemed] = await Promise.all([byLin(), stop()]);
    expect(['ok', 'offer_stopped']).toContain(codeOf(redeemed));
    await sweepCoupons(db);
    const spent = redeemed.ok ? 3_000 : 0;
    expect(await accountOf(db, offerId)).toMatchObject({ left: 3_000 - spent, reserved: 0, spent });
  });
});
