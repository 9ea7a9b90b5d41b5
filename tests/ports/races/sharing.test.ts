import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../server/platform/database.ts';
import { qualifyPaid, settleQualified } from '../../../server/sharing/credits.ts';
import { bindVisitor, claimLinks } from '../../../server/sharing/visitors.ts';
import { contests, hold, inOrder, wholeTable } from '../../support/contest.ts';
import { putOnSale } from '../../support/goods.ts';
import { violations } from '../../support/invariants.ts';
import { testDatabase } from '../../support/postgres.ts';
import { completeOrder, creditOf, hitOn, putLink, testRecorder, touchLink } from '../../support/sharing.ts';
import { openShop, type Shop } from '../../support/shop.ts';

let db: Database;
let otherDb: Database;
let drop: () => Promise<void>;
let shop: Shop;
beforeAll(async () => {
  const made = await testDatabase();
  ({ db, drop } = made);
  otherDb = openDatabase(made.url);
  shop = await openShop(db);
  await putOnSale(db, { id: 'tea', priceFen: 10_000, onHand: 100_000 });
});
afterAll(async () => {
  expect(await violations(db)).toEqual([]);
  await otherDb.close();
  await drop();
});

let people = 0;
/** Somebody new, with a browser. */
const somebody = () => ({ id: `person-${people++}`, browser: randomUUID() });

/** Links of two people in one campaign. */
async function rivals(model = 'last') {
  const campaignId = `c-${randomUUID().slice(0, 8)}`;
  const made = async () => {
    const { id, browser } = somebody();
    return { ...(await putLink(db, { campaignId, model, sharerId: id, visitorId: browser })), sharer: id };
  };
  return { campaignId, ann: await made(), bob: await made() };
}

async function bought(person: string, quantity = 1) {
  const { orderId } = await shop.order(person, 'tea', quantity);
  await shop.pay(orderId);
  return orderId;
}

test.each(['last', 'first'])(
  '[R-44] two people’s links were touched before an order: by the %s touch',
  async (model) => {
    const { ann, bob } = await rivals(model);
    const buyer = somebody();
    await touchLink(db, ann.id, buyer.browser, buyer.id);
    await touchLink(db, bob.id, buyer.browser, buyer.id);
    const orderId = await bought(buyer.id);
    await qualifyPaid(db);
    expect(await creditOf(db, buyer.id)).toMatchObject({
      state: 'qualified',
      order_id: orderId,
      order_fen: 10_000,
      links: [model === 'last' ? bob.id : ann.id],
    });
  },
);

test.each(['the touch', 'the worker'])(
  '[R-44] another link is touched after the order, while its credit is settled, %s first: the one before the order has it',
  async (who) => {
    const { ann, bob } = await rivals();
    const buyer = somebody();
    await touchLink(db, ann.id, buyer.browser, buyer.id);
    await bought(buyer.id);
    const steps: [() => Promise<unknown>, () => Promise<unknown>] = [
      () => touchLink(otherDb, bob.id, buyer.browser, buyer.id),
      () => qualifyPaid(db),
    ];
    const [first, second] = who === 'the touch' ? steps : [steps[1], steps[0]];
    await inOrder(db, wholeTable('share_visit'), first, second);
    await qualifyPaid(db);
    expect(await creditOf(db, buyer.id)).toMatchObject({ state: 'qualified', links: [ann.id] });
  },
);

test('[R-44] what is touched after the order and before its credit is settled has no part in it, opened before or not', async () => {
  const { ann, bob } = await rivals();
  const buyer = somebody();
  await touchLink(db, ann.id, buyer.browser, buyer.id);
  const recorder = testRecorder(db);
  recorder.offer(hitOn(bob, { visitorId: buyer.browser }));
  await recorder.drain();
  await bought(buyer.id);
  await touchLink(db, bob.id, buyer.browser, buyer.id);
  await qualifyPaid(db);
  expect(await creditOf(db, buyer.id)).toMatchObject({ state: 'qualified', links: [ann.id] });
});

test('[R-44] [INV-51] free contests of two touches, two orders, two payments and two workers: one credit, of a touch before its order', async () => {
  await contests(async () => {
    const { ann, bob } = await rivals();
    const buyer = somebody();
    await touchLink(db, ann.id, buyer.browser, buyer.id);
    await Promise.all([
      touchLink(otherDb, bob.id, buyer.browser, buyer.id),
      bought(buyer.id),
      bought(buyer.id),
      qualifyPaid(db),
      qualifyPaid(otherDb),
    ]);
    await Promise.all([qualifyPaid(db), qualifyPaid(otherDb)]);
    const rows = await db.query<{ state: string; touches: number }>(
      `select state, (select count(*) from share_credit_touch where credit_id = c.id) as touches from share_credit c
       where person_id = $1 and order_id is not null`,
      [buyer.id],
    );
    expect(rows).toHaveLength(1);
    expect([1, 2]).toContain(rows[0]?.touches);
  });
});

/** A credit that waits for the end of its order. */
async function waiting() {
  const { ann } = await rivals();
  const buyer = somebody();
  await touchLink(db, ann.id, buyer.browser, buyer.id);
  const orderId = await bought(buyer.id, 2);
  await qualifyPaid(db);
  expect((await creditOf(db, buyer.id))?.state).toBe('qualified');
  return { buyer: buyer.id, orderId };
}

test('[R-45] one worker has a credit in hand when another comes: the other leaves it alone, and it is settled once', async () => {
  const { buyer, orderId } = await waiting();
  await completeOrder(db, orderId);
  const held = await hold(db, { sql: 'select 1 from share_credit where order_id = $1 for update', params: [orderId] });
  await settleQualified(otherDb);
  expect((await creditOf(db, buyer))?.state).toBe('qualified');
  await held.release();
  await Promise.all([settleQualified(db), settleQualified(otherDb)]);
  expect(await creditOf(db, buyer)).toMatchObject({ state: 'vested', vested_fen: 20_000 });
});

test.each(['the refund', 'the worker'])(
  '[R-45] an order goes back while its credit is looked at, %s first: reversed, once, and never vested',
  async (who) => {
    const { buyer, orderId } = await waiting();
    await shop.agreeRefund(buyer, orderId);
    const steps: [() => Promise<unknown>, () => Promise<unknown>] = [
      () => shop.sendRefunds(),
      () => settleQualified(otherDb),
    ];
    const [first, second] = who === 'the refund' ? steps : [steps[1], steps[0]];
    await inOrder(db, wholeTable('orders'), first, second);
    await Promise.all([settleQualified(db), settleQualified(otherDb)]);
    expect(await creditOf(db, buyer)).toMatchObject({ state: 'reversed', vested_fen: null });
    await qualifyPaid(db);
    await settleQualified(db);
    expect((await creditOf(db, buyer))?.state).toBe('reversed');
  },
);

test('[R-45] [INV-51] free contests of the refund, the end of the window and two workers: vested or reversed, as the order ended', async () => {
  await contests(async (round) => {
    const { buyer, orderId } = await waiting();
    const end =
      round % 2 ? shop.agreeRefund(buyer, orderId).then(() => shop.sendRefunds()) : completeOrder(db, orderId);
    await Promise.all([end, settleQualified(db), settleQualified(otherDb)]);
    await Promise.all([settleQualified(db), settleQualified(otherDb)]);
    expect((await creditOf(db, buyer))?.state).toBe(round % 2 ? 'reversed' : 'vested');
  });
});

test('[INV-51] free contests of two people who sign in on one browser: it is one’s, and he alone can earn by it', async () => {
  await contests(async () => {
    const { ann } = await rivals();
    const [bob, cat] = [somebody(), somebody()];
    await touchLink(db, ann.id, bob.browser);
    await Promise.all([bindVisitor(db, bob.browser, bob.id), bindVisitor(otherDb, bob.browser, cat.id)]);
    await Promise.all([bought(bob.id), bought(cat.id)]);
    await qualifyPaid(db);
    const states = [await creditOf(db, bob.id), await creditOf(db, cat.id)].map((credit) => credit?.state);
    expect(states.toSorted()).toEqual(['qualified', undefined]);
  });
});

test('[R-44] a person who turns out to be his own sharer earns nothing, on whichever phone', async () => {
  const { campaignId } = await rivals();
  const ann = somebody();
  // She shares before she signs in, opens it on her computer where she is signed in, and signs in on the phone.
  const link = await putLink(db, { campaignId, sharerId: 'anonymous-ann', visitorId: ann.browser });
  await touchLink(db, link.id, randomUUID(), ann.id);
  await claimLinks(db, 'anonymous-ann', ann.id);
  await bought(ann.id);
  await qualifyPaid(db);
  expect((await creditOf(db, ann.id))?.state).toBe('bound');
});

test('[INV-52] a payment that is made while no worker runs earns when one does, and a part that went back does not vest', async () => {
  const { ann } = await rivals();
  const buyer = somebody();
  await touchLink(db, ann.id, buyer.browser, buyer.id);
  const orderId = await bought(buyer.id, 2);
  await db.query(`update share_cursor set at = now() - interval '1 day'`);
  expect(await qualifyPaid(db)).toBe(1);
  await db.query('update orders set refunded_fen = 3000 where id = $1', [orderId]);
  await completeOrder(db, orderId);
  await settleQualified(db);
  expect(await creditOf(db, buyer.id)).toMatchObject({ state: 'vested', order_fen: 20_000, vested_fen: 17_000 });
  await db.query('update orders set refunded_fen = 0 where id = $1', [orderId]);
});
