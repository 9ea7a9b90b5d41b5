import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { answerAppeal, decideHold } from '../../../server/ops/risk.ts';
import type { Database } from '../../../server/platform/database.ts';
import { type CouponService, couponService } from '../../../server/promo/service.ts';
import { freeDueHolds } from '../../../server/risk/holds.ts';
import { appeal } from '../../../server/risk/own-decisions.ts';
import type { Risk } from '../../../server/risk/service.ts';
import { CONTESTS, contests, type Gate, heldBack, hold, inOrder, untilWaiting } from '../../support/contest.ts';
import { quoteWith } from '../../support/coupon-orders.ts';
import { couponRow, putCoupon, violationsAfterSweep } from '../../support/coupons.ts';
import { putOnSale } from '../../support/goods.ts';
import { testDatabase } from '../../support/postgres.ts';
import { askOf, doWork, endHold, putPerson, putSuspect, riskOf, sharePayer, sweepRisk } from '../../support/risk.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/* Rules against fraud against the clock, operators and each other, at two processes of one shop. */

let db: Database;
let drop: () => Promise<void>;
let shop: Shop;
let coupons: CouponService;
let risk: Risk;
let other: Risk;

vi.setConfig({ testTimeout: 30_000 + CONTESTS * 1_000 });

beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  shop = await openShop(db);
  coupons = couponService({ db });
  [risk, other] = [riskOf(db), riskOf(db)];
  await putOnSale(db, { id: 'tea', priceFen: 20_000, onHand: 100_000 });
});
afterAll(async () => {
  await Promise.all([risk.drain(), other.drain()]);
  await drop();
});
afterEach(async () => {
  await sweepRisk(db);
  expect(await violationsAfterSweep(db)).toEqual([]);
});

const rowOfCoupon = (id: string): Gate => ({ sql: 'select 1 from coupon where id = $1 for update', params: [id] });
const refuse = (decisionId: string) =>
  decideHold(db, { decisionId, isFreed: false, isGroup: false, words: '同一付款账户' }, 'op');
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => (answer.ok ? 'ok' : answer.refusal?.code);

async function heldReward(shopperId: string) {
  await putSuspect(db, shopperId);
  const templateId = await putCoupon(db, { rule: { kind: 'red_packet', cutFen: 700 } });
  const key = randomUUID();
  const verdict = await risk.decide(askOf(shopperId, { campaignId: templateId, key }));
  if (verdict.kind !== 'go' || !verdict.hold) throw new Error('It was to be held');
  const answer = await coupons.claim({ shopperId, key, templateId, hold: verdict.hold });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return { holdId: verdict.hold.id, couponId: answer.value.coupon.id };
}

test('[INV-41] the clock frees a hold while its refusal waits: it stays free', async () => {
  const { holdId, couponId } = await heldReward('clock-first');
  const refused = await heldBack(
    db,
    rowOfCoupon(couponId),
    () => refuse(holdId),
    () =>
      db.query(
        `update risk_decision set at = now() - interval '24 hours', hold_until = clock_timestamp() where id = $1`,
        [holdId],
      ),
  );
  expect(refused).toMatchObject({ refusal: { code: 'hold_over', state: 'freed' } });
  expect(await couponRow(db, couponId)).toMatchObject({ state: 'usable' });
  await endHold(db, holdId);
});

test('[INV-41] a refusal is before the clock: nothing frees it any more', async () => {
  const { holdId, couponId } = await heldReward('refused-first');
  expect(codeOf(await refuse(holdId))).toBe('ok');
  await db.query(`update risk_decision set at = now() - interval '24 hours', hold_until = now() where id = $1`, [
    holdId,
  ]);
  await freeDueHolds(db);
  expect(await couponRow(db, couponId)).toMatchObject({ state: 'void' });
});

test.each(['the refusal', 'the order'])(
  '[INV-41] a hold’s time ends, its coupon is wanted and refused, %s is first: one of the two',
  async (first) => {
    const { holdId, couponId } = await heldReward(`wanted-${first.length}`);
    await endHold(db, holdId);
    const { submit } = await quoteWith(shop, `wanted-${first.length}`, [{ skuId: 'tea', quantity: 1 }]);
    // The operator's page has not seen yet that it is over.
    const refusal = () => refuse(holdId);
    const [a, b] = await (first === 'the order'
      ? inOrder(db, rowOfCoupon(couponId), submit, refusal)
      : inOrder(db, rowOfCoupon(couponId), refusal, submit));
    expect([codeOf(a), codeOf(b)].sort()).toEqual(['hold_over', 'ok']);
    expect(await couponRow(db, couponId)).toMatchObject({ state: 'locked' });
  },
);

test('[INV-41] free contests: a hold that ends in this very moment is refused or used, never both and never neither', async () => {
  await contests(async (round) => {
    const shopperId = `moment-${round}`;
    const { holdId, couponId } = await heldReward(shopperId);
    await endHold(db, holdId);
    const { submit } = await quoteWith(shop, shopperId, [{ skuId: 'tea', quantity: 1 }]);
    const soon = `now() + ${round % 10} * interval '2 milliseconds'`;
    await db.query(
      `with d as (update risk_decision set hold_until = ${soon} where id = $1 returning hold_until)
       update coupon set held_until = d.hold_until from d where coupon.hold_id = $1`,
      [holdId],
    );
    const [placed, refused] = await Promise.all([submit(), refuse(holdId)]);
    const { state } = (await couponRow(db, couponId)) ?? {};
    if (codeOf(refused) === 'ok') expect([state, codeOf(placed)]).toEqual(['void', 'price_changed']);
    else expect(['usable', 'locked']).toContain(state);
    expect(codeOf(placed) === 'ok').toBe(state === 'locked');
  });
});

test('[T-09] two operators answer one appeal: the first is heard, the other is told', async () => {
  const { holdId } = await heldReward('appeals');
  const asked = { key: randomUUID(), decisionId: holdId, text: '我和室友用同一个付款账户' };
  expect(codeOf(await appeal(db, 'appeals', asked))).toBe('ok');
  expect(codeOf(await appeal(db, 'appeals', asked))).toBe('ok');
  expect(codeOf(await appeal(db, 'appeals', { ...asked, key: randomUUID() }))).toBe('already_appealed');
  expect(codeOf(await appeal(db, 'somebody', { ...asked, key: randomUUID() }))).toBe('unknown_decision');
  const [row] = await db.query<{ id: string }>('select id from risk_appeal where decision_id = $1', [holdId]);
  const answer = (isUpheld: boolean, by: string) => () =>
    answerAppeal(db, { appealId: row?.id ?? '', isUpheld, words: isUpheld ? '已核实' : '证据不足' }, by);
  const both = await inOrder(
    db,
    { sql: 'select 1 from risk_appeal where id = $1 for update', params: [row?.id] },
    answer(true, 'op1'),
    answer(false, 'op2'),
  );
  expect(both.map(codeOf)).toEqual(['ok', 'already_answered']);
  expect((await coupons.mine('appeals')).coupons).toMatchObject([{ whyNot: null }]);
});

test('[INV-41] an appeal against a refused reward is upheld: it comes back with its money, once', async () => {
  const { holdId, couponId } = await heldReward('restored');
  await refuse(holdId);
  expect(await violationsAfterSweep(db)).toEqual([]);
  await appeal(db, 'restored', { key: randomUUID(), decisionId: holdId, text: '误判' });
  const [row] = await db.query<{ id: string }>('select id from risk_appeal where decision_id = $1', [holdId]);
  const request = { appealId: row?.id ?? '', isUpheld: true, words: '已核实' };
  const both = await Promise.all([answerAppeal(db, request, 'op1'), answerAppeal(db, request, 'op2')]);
  expect(both.map(codeOf).sort()).toEqual(['already_answered', 'ok']);
  expect(await couponRow(db, couponId)).toMatchObject({ state: 'usable' });
  expect((await coupons.mine('restored')).coupons).toMatchObject([{ whyNot: null }]);
});

test('[T-09] free contests: work that is sent at two processes by two people is spent by one', async () => {
  await contests(async () => {
    const work = await doWork(await risk.work.challenge('packet.visit', 0));
    const both = await Promise.all([
      risk.work.spend(work, 'packet.visit', 'one'),
      other.work.spend(work, 'packet.visit', 'two'),
    ]);
    expect(both.sort()).toEqual(['done', 'spent']);
  });
});

test('[INV-41] two people want the last place of their payer at two processes, and both have counted: one gets it', async () => {
  await contests(async (round) => {
    const people = ['a', 'b', 'c', 'd'].map((name) => `${name}-${round}`);
    for (const one of people) await putPerson(db, one);
    // Two of them share the account so far: nothing speaks against either, and three may.
    await sharePayer(db, `payer ${round}`, people.slice(0, 2));
    const ask = (shopperId: string) => askOf(shopperId, { campaignId: `last-${round}` });
    for (const one of people.slice(0, 2)) expect(await risk.decide(ask(one))).toMatchObject({ kind: 'go' });
    await sharePayer(db, `payer ${round}`, people.slice(2));
    await db.query(`insert into risk_rule (code, is_shadow, by, reason) values ('payout_shared', true, 'op', 'test')
                    on conflict do nothing`);
    const writes = await hold(db, { sql: 'lock table risk_use in exclusive mode' });
    const both = [risk.decide(ask(people[2] ?? '')), other.decide(ask(people[3] ?? ''))];
    try {
      await untilWaiting(db, 2);
    } finally {
      await writes.release();
    }
    const verdicts = await Promise.all(both);
    expect(verdicts.map(({ kind }) => kind).sort()).toEqual(['go', 'refused']);
    expect(verdicts.find(({ kind }) => kind === 'refused')).toMatchObject({ refusal: { limit: 'payout' } });
  });
});
