import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenAt } from '../../lib/domain/pickup/token.ts';
import { approveStoreOffer, makeStoreOffer, newStorePassword, stopStoreOffer } from '../../server/ops/store-offers.ts';
import type { Database } from '../../server/platform/database.ts';
import { listOwn, readHeldCoupons } from '../../server/promo/coupon-rows.ts';
import type { OfferService } from '../../server/store/offer/service.ts';
import { accountOf, sweepCoupons, violationsAfterSweep } from '../support/coupons.ts';
import { ALL_DAY, claimBy, claimNear, longAgo, offerOf, openOffers, passwordOf, putOffer } from '../support/offers.ts';
import { putPeople } from '../support/packets.ts';
import { codeOf, putClerk, yes } from '../support/pickups.ts';
import { testDatabase } from '../support/postgres.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { beside, putStore } from '../support/stores.ts';

let db: Database;
let drop: () => Promise<void>;
let offers: OfferService;
let shop: Shop;
let count = 0;

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  offers = openOffers(db);
  shop = await openShop(db);
  await putStore(db, '1', { hours: ALL_DAY });
  await putStore(db, '2', { hours: ALL_DAY, ...beside({ east: 400 }) });
  await putStore(db, 'far', { hours: ALL_DAY, lng: 116.4, lat: 39.9 });
  await putClerk(db, 'lin', 's-1');
  await putClerk(db, 'wu', 's-1');
  await putClerk(db, 'he', 's-2');
  // A test may move a redemption back by a minute: they stood there before.
  await db.query(`update clerk_post set begun_at = begun_at - interval '1 hour'`);
});
afterAll(async () => {
  expect(await violationsAfterSweep(db)).toEqual([]);
  await offers.drain();
  await drop();
});

async function somebody(): Promise<string> {
  count += 1;
  const [id = ''] = await putPeople(db, [`p-${count}`]);
  return id;
}
/** A coupon of a person of its own, as his phone has it. */
async function coupon(offerId: string, storeId = 's-1') {
  const shopperId = await somebody();
  const { coupon: made } = yes(await offers.claim(shopperId, claimNear(offerId, { storeId })));
  if (!made.code) throw new Error('a coupon that can be used has a code');
  return { ...made, code: made.code, shopperId };
}
type Held = Awaited<ReturnType<typeof coupon>>;
const digitsOf = ({ code, lastFour }: Held) => ({ text: code.digits, lastFour });
/** The clerk's whole way: scanned as any code, known as a coupon, looked at, redeemed. */
async function redeem(clerkId: string, held: Held, key: string = randomUUID()) {
  const scanned = await offers.scanCoupon(clerkId, digitsOf(held));
  return scanned.ok ? offers.redeemCoupon(clerkId, { key, ticket: scanned.value.ticket }) : scanned;
}

test('[OFFER1] a claim near the store is a coupon of that store and that day, reserved in the budget', async () => {
  const offerId = await putOffer(db);
  const held = await coupon(offerId);
  expect(held).toMatchObject({ state: 'usable', store: { id: 's-1' }, rule: { kind: 'fixed', cutFen: 3_000 } });
  expect(held.validUntil - held.claimedAt).toBeLessThanOrEqual(120 * 60_000);
  expect(held.code.digits).toMatch(/^\d{8}$/);
  expect(await accountOf(db, offerId)).toEqual({ claimed: 1, left: 297_000, reserved: 3_000, spent: 0 });
  const { coupons } = await offers.mine(held.shopperId);
  expect(coupons.map(({ id, code }) => [id, code?.digits])).toEqual([[held.id, held.code.digits]]);
});

test('the same key is the same coupon; another key the same day is told; the neighbour’s store is another matter', async () => {
  const offerId = await putOffer(db, { storeIds: ['s-1', 's-2'] });
  const person = await somebody();
  const first = claimNear(offerId);
  const one = yes(await offers.claim(person, first));
  const again = yes(await offers.claim(person, first));
  expect([again.coupon.id, again.isReplay]).toEqual([one.coupon.id, true]);
  expect(codeOf(await offers.claim(person, { ...claimNear(offerId, { storeId: 's-2' }), key: first.key }))).toBe(
    'key_reused',
  );
  expect(codeOf(await offers.claim(person, claimNear(offerId)))).toBe('offer_claimed_today');
  expect(codeOf(await offers.claim(person, claimNear(offerId, { storeId: 's-2' })))).toBe('ok');
});

test('who is not near is told, and so is who was a thousand kilometres away an hour ago', async () => {
  const offerId = await putOffer(db, { storeIds: ['s-1', 's-far'] });
  const person = await somebody();
  expect(codeOf(await offers.claim(person, claimNear(offerId, { point: beside({ east: 1_500 }) })))).toBe('not_near');
  yes(await offers.claim(person, claimNear(offerId)));
  await longAgo(db, person, 3_600_000);
  const inBeijing = () =>
    offers.claim(person, claimNear(offerId, { storeId: 's-far', point: { lng: 116.4, lat: 39.9 } }));
  expect(codeOf(await inBeijing())).toBe('moved_too_fast');
  // The manual way: the password at the counter there.
  const password = await passwordOf(db, offers, 's-far');
  expect(yes(await offers.claim(person, claimBy(password))).coupon.store.id).toBe('s-far');
  await longAgo(db, person, 24 * 3_600_000);
  expect(codeOf(await inBeijing())).toBe('offer_claimed_today');
});

test('[T-38] nothing of where a phone was is kept: the claim’s rows have its store and no place', async () => {
  const offerId = await putOffer(db);
  const point = beside({ east: 123, north: -77 });
  const { patch } = claimNear(offerId, { point }).at;
  yes(await offers.claim(await somebody(), claimNear(offerId, { point })));
  const tables = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    const [found] = await db.query(`select 1 from "${name}" x where x::text like '%' || $1 || '%' limit 1`, [patch]);
    expect([name, found]).toEqual([name, undefined]);
  }
});

test('the day’s limit, the total and the budget each end an offer in their own words', async () => {
  const daily = await putOffer(db, { perDay: 1 });
  yes(await offers.claim(await somebody(), claimNear(daily)));
  expect(codeOf(await offers.claim(await somebody(), claimNear(daily)))).toBe('offer_gone_today');
  for (const ended of [await putOffer(db, { total: 1 }), await putOffer(db, { budgetFen: 3_000 })]) {
    yes(await offers.claim(await somebody(), claimNear(ended)));
    expect(codeOf(await offers.claim(await somebody(), claimNear(ended)))).toBe('offer_gone');
  }
});

test('a password of a store is told once and kept as a hash; the one before is good no longer', async () => {
  const offerId = await putOffer(db, { rule: { kind: 'fixed', cutFen: 9_000 } });
  const told = yes(await newStorePassword(db, offers.passwords, 's-1', 'o'));
  expect(told.password).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  const person = await somebody();
  const claimed = yes(await offers.claim(person, claimBy(told.password.toLowerCase())));
  // Of all that the store offers, what gives most.
  expect([claimed.coupon.offerId, claimed.coupon.store.id]).toEqual([offerId, 's-1']);
  const kept = await db.query('select * from store_password');
  const log = await db.query(`select detail from audit where action = 'ops.newStorePassword'`);
  expect(JSON.stringify([kept, log])).not.toContain(told.password.replace('-', ''));
  yes(await newStorePassword(db, offers.passwords, 's-1', 'o'));
  expect(codeOf(await offers.claim(await somebody(), claimBy(told.password)))).toBe('unknown_store_password');
});

test('[T-08] passwords are not guessed: the fifth wrong one locks the guesser, at once or in turn, and nobody else', async () => {
  await putOffer(db);
  const password = await passwordOf(db, offers);
  const guesser = await somebody();
  const guesses = Array.from({ length: 30 }, () => offers.claim(guesser, claimBy('WRONGWRN')));
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect(codes.filter((code) => code === 'unknown_store_password')).toHaveLength(4);
  expect(codes.filter((code) => code === 'store_password_locked')).toHaveLength(26);
  expect(codeOf(await offers.claim(guesser, claimBy(password)))).toBe('store_password_locked');
  expect(codeOf(await offers.claim(await somebody(), claimBy(password)))).toBe('ok');
});

test('[OFFER1] a clerk scans it as any code, sees what it gives, and redeems it once', async () => {
  const offerId = await putOffer(db, { rule: { kind: 'threshold', fullFen: 10_000, cutFen: 3_000 } });
  const held = await coupon(offerId);
  expect(codeOf(await shop.pickups.scan('lin', digitsOf(held)))).toBe('coupon_code');
  const text = tokenAt(held.code.secret, held.code.codeId, Date.now());
  expect(codeOf(await shop.pickups.scan('lin', { text }))).toBe('coupon_code');
  const scanned = yes(await offers.scanCoupon('lin', { text }));
  expect(scanned.coupon).toMatchObject({ id: held.id, rule: { kind: 'threshold', fullFen: 10_000, cutFen: 3_000 } });
  const key = randomUUID();
  const done = yes(await offers.redeemCoupon('lin', { key, ticket: scanned.ticket }));
  expect(done).toMatchObject({ isReplay: false, redemption: { cutFen: 3_000, shown: 'token', isMine: true } });
  // The answer was lost: the same key is the same redemption.
  expect(yes(await offers.redeemCoupon('lin', { key, ticket: scanned.ticket })).isReplay).toBe(true);
  await sweepCoupons(db);
  expect(await accountOf(db, offerId)).toEqual({ claimed: 1, left: 297_000, reserved: 0, spent: 3_000 });
  const again = await offers.scanCoupon('wu', digitsOf(held));
  expect(again).toMatchObject({
    refusal: {
      code: 'coupon_redeemed',
      redemption: { clerkName: 'lin', store: { id: 's-1' }, at: done.redemption.at },
    },
  });
  expect(yes(await offers.redemptionsToday('wu'))).toMatchObject({ redemptions: [{ id: key, isMine: false }] });
  expect((await offers.mine(held.shopperId)).coupons[0]).toMatchObject({ state: 'used', code: null });
});

test('[T-29] a second person takes it back within a minute, and it can be used again, once', async () => {
  const offerId = await putOffer(db);
  const held = await coupon(offerId);
  const { redemption } = yes(await redeem('lin', held));
  const undo = (clerkId: string) => offers.undoCoupon(clerkId, { redemptionId: redemption.id });
  expect(codeOf(await undo('lin'))).toBe('second_person_needed');
  expect(codeOf(await undo('he'))).toBe('wrong_store');
  await sweepCoupons(db);
  expect(yes(await undo('wu')).redemption).toMatchObject({ undoneBy: 'wu' });
  expect(codeOf(await undo('wu'))).toBe('ok');
  await sweepCoupons(db);
  expect(await accountOf(db, offerId)).toEqual({ claimed: 1, left: 297_000, reserved: 3_000, spent: 0 });
  const second = yes(await redeem('wu', held));
  await db.query(`update store_redemption set at = at - interval '61 seconds' where id = $1`, [second.redemption.id]);
  expect(codeOf(await offers.undoCoupon('lin', { redemptionId: second.redemption.id }))).toBe('undo_too_late');
});

test('another store, the end of the hours, the end of its time, and a stop are each told', async () => {
  const offerId = await putOffer(db);
  const held = await coupon(offerId);
  expect(await offers.scanCoupon('he', digitsOf(held))).toMatchObject({
    refusal: { code: 'wrong_store', store: { id: 's-1' } },
  });
  const stale = tokenAt(held.code.secret, held.code.codeId, Date.now() - 300_000);
  expect(codeOf(await offers.scanCoupon('lin', { text: stale }))).toBe('stale_code');
  expect(codeOf(await shop.pickups.scan('lin', { text: stale }))).toBe('stale_code');
  const runOut = (endsBy: string) =>
    db.query(
      `with c as (update coupon set valid_until = now() - interval '1 second', valid_from = now() - interval '1 hour' where id = $1)
       update store_claim set ends_by = $2 where coupon_id = $1`,
      [held.id, endsBy],
    );
  await runOut('time');
  expect(codeOf(await offers.scanCoupon('lin', digitsOf(held)))).toBe('coupon_expired');
  await runOut('hours');
  expect(codeOf(await offers.scanCoupon('lin', digitsOf(held)))).toBe('coupon_outside_hours');
  const other = await coupon(offerId);
  const scanned = yes(await offers.scanCoupon('lin', digitsOf(other)));
  yes(await stopStoreOffer(db, { id: offerId, withdraw: true, reason: '写错了' }, 'o'));
  expect(codeOf(await offers.redeemCoupon('lin', { key: randomUUID(), ticket: scanned.ticket }))).toBe('offer_stopped');
  expect(codeOf(await offers.claim(await somebody(), claimNear(offerId)))).toBe('offer_over');
});

test('no order can take a store coupon, whoever names it', async () => {
  const held = await coupon(await putOffer(db));
  expect((await listOwn(db, held.shopperId)).coupons).toEqual([]);
  expect(await readHeldCoupons(db, held.shopperId, [held.id])).toEqual([]);
  await expect(
    db.query(`update coupon set state = 'locked', order_id = 'o', cut_fen = 1 where id = $1`, [held.id]),
  ).rejects.toThrow('of_a_store_or_of_orders');
});

test('everybody is told the same of offers, without saying where he is; what is stopped is not told', async () => {
  const [runs, ahead, over] = [
    await putOffer(db),
    await putOffer(db, { from: Date.now() + 3_600_000 }),
    await putOffer(db),
  ];
  yes(await stopStoreOffer(db, { id: over, withdraw: false, reason: '写错了' }, 'o'));
  const { offers: shown } = await openOffers(db).offers();
  const ids = shown.map(({ id }) => id);
  expect([runs, ahead, over].map((id) => ids.includes(id))).toEqual([true, true, false]);
  expect(shown.find(({ id }) => id === runs)).toMatchObject({ storeIds: ['s-1'], hours: [0, 1_440], isGone: false });
});

test('an operator publishes what the law allows, once; a big one waits for a second person', async () => {
  for (const id of ['op-1', 'op-2']) {
    await db.query(
      `insert into person (id, display_name, email, role) values ($1, $1, $1 || '@festa.example', 'operator')`,
      [id],
    );
  }
  const [day, storeIds] = [[600, 1_560] as [number, number], ['s-2', 's-far']];
  const asked = (name: { zh: string; en: string }, yuan: number, total = 100, more = {}) => ({
    ...offerOf({ from: Date.now(), rule: { kind: 'fixed', cutFen: yuan * 100 }, total }),
    ...{ name, hours: day, storeIds },
    ...more,
  });
  const offer = asked({ zh: '到店领25元', en: '¥25 off at the store' }, 25);
  const made = yes(await makeStoreOffer(db, offer, 'op-1'));
  expect(made.offers.find(({ id }) => id === offer.id)).toMatchObject({
    ...{ state: 'running', storeCount: 2, budgetFen: 250_000, stores: [{ id: 's-2' }, { id: 's-far' }] },
  });
  expect(yes(await makeStoreOffer(db, offer, 'op-1')).offers.filter(({ id }) => id === offer.id)).toHaveLength(1);

  const outcome = async (...given: Parameters<typeof asked>) =>
    codeOf(await makeStoreOffer(db, asked(...given), 'op-1'));
  const plain = { zh: '门店26元券', en: '¥26 store coupon' };
  expect(await outcome({ zh: '到店领100元', en: '¥100 off at the store' }, 26)).toBe('campaign_unlawful');
  expect(await outcome(plain, 26, 100, { storeIds: ['s-2', 'nowhere'] })).toBe('unknown_stores');
  expect(await outcome(plain, 26, 100, { hours: [600, 500] })).toBe('offer_wrong');
  // The same again hurries nobody honestly; at another store it is new.
  expect(await outcome(offer.name, 25)).toBe('campaign_unlawful');
  expect(await outcome(offer.name, 25, 100, { storeIds: ['s-1'] })).toBe('ok');

  expect(await outcome({ zh: '门店27元券', en: '¥27 store coupon' }, 27, 1)).toBe('ok');

  const big = asked(plain, 26, 1_000);
  const waiting = yes(await makeStoreOffer(db, big, 'op-1'));
  expect(waiting.offers.find(({ id }) => id === big.id)).toMatchObject({ state: 'waiting', isOwn: true });
  const claim = async () => codeOf(await offers.claim(await somebody(), claimNear(big.id, { storeId: 's-2' })));
  expect(await claim()).toBe('unknown_offer');
  expect(codeOf(await approveStoreOffer(db, { id: big.id }, 'op-1'))).toBe('same_person');
  const agreed = yes(await approveStoreOffer(db, { id: big.id }, 'op-2'));
  expect(agreed.offers.find(({ id }) => id === big.id)).toMatchObject({ state: 'running', isOwn: false });
  await expect(db.query('update store_offer set per_day = 1 where id = $1', [offer.id])).rejects.toThrow('published');
});
