import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants, INVARIANTS, violationsOf } from '../../server/check/check.ts';
import { packetService } from '../../server/packet/service.ts';
import type { Database, Queryable } from '../../server/platform/database.ts';
import { couponService } from '../../server/promo/service.ts';
import { qualifyPaid, settleQualified } from '../../server/sharing/credits.ts';
import { teamService } from '../../server/team/service.ts';
import { orderWith } from '../support/coupon-orders.ts';
import { claimOne, putCoupon, sweepCoupons } from '../support/coupons.ts';
import { putOnSale, running } from '../support/goods.ts';
import { ALL_DAY, claimNear, openOffers, putOffer } from '../support/offers.ts';
import { issueTo, packetAsksOf, putPacketCampaign, putPeople, sweepPackets } from '../support/packets.ts';
import { buyPickup, handOver, putClerk, readyPickup } from '../support/pickups.ts';
import { testDatabase } from '../support/postgres.ts';
import { putPromotion } from '../support/promotions.ts';
import { putLink, touchLink } from '../support/sharing.ts';
import { openShop } from '../support/shop.ts';
import { putStore, putUnits } from '../support/stores.ts';
import { openShare, putTeamCampaign, runOutOfShares, runOutOfTime, sweepTeams, teamOf } from '../support/teams.ts';

let db: Database;
let drop: () => Promise<void>;

/** Orders by what became of them. */
const orders: Record<'paid' | 'paidOther' | 'promoted' | 'session' | 'unpaid' | 'closed' | 'refunded', string> = {
  paid: '',
  paidOther: '',
  promoted: '',
  session: '',
  unpaid: '',
  closed: '',
  refunded: '',
};

/** Coupons: one used on ordinary goods, a red packet used at a session's price, one that nobody has used yet. */
const coupons = { used: '', red: '', idle: '', order: '', redTemplate: '' };

/** Teams: one that gathers, one that is split, one that did not fill, one with shares that nobody opened in time. */
const teams = { gathering: '', split: '', over: '' };

/** Growing packets: one with a vested and a pending visit, one that was taken from it, one that an order has used. */
const growing = { first: '', guest: '', used: '', campaign: '' };
/** Sharing: a tree of two links, a credit that waits and one that was reversed. */
const spread = { root: 0, child: 0, proof: 0 };

/** Pickup: one being prepared, one that is ready, one that was handed over and is on its way back. */
const fetched = { preparing: '', ready: '', handed: '', request: randomUUID() };

/** A shop in which everything has happened once, by the product's own code. */
beforeAll(async () => {
  ({ db, drop } = await testDatabase());
  const shop = await openShop(db);
  await putOnSale(db, { id: 'a' });
  await putOnSale(db, { id: 'b' });
  await putOnSale(db, {
    id: 's',
    session: { ...running('ses', 8_000), limitPerPerson: 4, tiers: [{ upTo: 3, priceFen: 4_000 }] },
  });
  await putOnSale(db, { id: 'd', priceFen: 20_000 });
  await putOnSale(db, { id: 'n', session: running('night', 8_000) });
  await putPromotion(db, { scope: { kind: 'products', handles: ['p-d'] } });
  await db.query(
    `insert into price_history (sku_id, price_fen, valid_from) select id, price_fen, now() - interval '1 day' from sku`,
  );
  const buy = async (sku: string, quantity = 1) => (await shop.order(`p-${randomUUID()}`, sku, quantity)).orderId;
  orders.paid = await buy('a', 2);
  orders.paidOther = await buy('b');
  orders.promoted = await buy('d', 2);
  orders.session = await buy('s', 2);
  orders.refunded = await buy('a');
  orders.closed = await buy('b');
  orders.unpaid = await buy('a', 2);
  for (const id of [orders.paid, orders.paidOther, orders.promoted, orders.session, orders.refunded])
    await shop.pay(id);
  await shop.openPayment(orders.unpaid);
  const requestId = randomUUID();
  const request = { orderId: orders.refunded, requestId };
  const asked = { ...request, kind: 'refund', reason: 'changed_mind', lines: null } as const;
  expect((await shop.refunds.book.ask(asked, 'shopper')).ok).toBe(true);
  await shop.refunds.book.move({ ...request, to: 'refunding', actor: 'operator:o', answer: 'agreed' });
  await shop.sendRefunds();
  await shop.book.move(orders.closed, 'closing', { actor: 'shopper', from: ['pending_pay'] });
  await shop.orders.finishClosing(orders.closed, 'shopper');
  await putStore(db, '1');
  await putClerk(db, 'clerk', 's-1');
  await putOnSale(db, { id: 'f' });
  await putUnits(db, 's-1', 'f', 2);
  const f = { storeId: 's-1', clerkId: 'clerk', lines: [{ skuId: 'f', quantity: 1 }] };
  fetched.preparing = await buyPickup(shop, 'fetcher', 's-1', f.lines);
  fetched.ready = (await readyPickup(shop, { ...f, shopperId: 'fetcher' })).orderId;
  const carried = await buyPickup(shop, 'fetcher', 's-1', f.lines);
  await shop.pickups.arrive('clerk', carried);
  await putUnits(db, 's-1', 'f', 1);
  const given = await readyPickup(shop, { ...f, shopperId: 'fetcher' });
  fetched.handed = given.orderId;
  expect((await handOver(shop, 'clerk', { digits: given.digits })).ok).toBe(true);
  const lines = [{ lineNumber: 1, quantity: 1 }];
  const back = {
    requestId: fetched.request,
    orderId: given.orderId,
    kind: 'return',
    reason: 'no_reason',
    lines,
  } as const;
  expect((await shop.refunds.book.ask(back, 'shopper')).ok).toBe(true);
  await redeemStoreCoupon();
  const promo = couponService({ db });
  const fixed = await putCoupon(db, { total: 5 });
  coupons.redTemplate = await putCoupon(db, { rule: { kind: 'red_packet', cutFen: 300 } });
  coupons.used = await claimOne(promo, 'holder', fixed);
  coupons.red = await claimOne(promo, 'saver', coupons.redTemplate);
  coupons.idle = await claimOne(promo, 'idle', fixed);
  coupons.order = (await orderWith(shop, 'holder', [{ skuId: 'b', quantity: 1 }])).orderId;
  const night = await orderWith(shop, 'saver', [{ skuId: 'n', quantity: 1 }]);
  for (const id of [coupons.order, night.orderId]) await shop.pay(id);
  await sweepCoupons(db);
  const grown = packetService({ db });
  growing.campaign = await putPacketCampaign(db);
  await putPeople(db, ['grower', 'guest', 'user', 'friend']);
  const asks = packetAsksOf(() => grown);
  const first = await issueTo(asks, growing.campaign, 'grower');
  growing.first = first.id;
  const taken = await asks.accept(first.code, 'guest');
  growing.guest = taken.ok ? taken.value.own.packetId : '';
  await asks.look(first.code, 'a passer-by');
  const user = await issueTo(asks, growing.campaign, 'user');
  growing.used = user.id;
  await asks.visit(user.code, 'friend');
  const withPacket = await orderWith(shop, 'user', [{ skuId: 'd', quantity: 1 }]);
  await shop.pay(withPacket.orderId);
  await sweepPackets(db, grown);
  const packets = teamService({ db });
  const campaign = await putTeamCampaign(db);
  const four = (name: string) => ['leader', 'one', 'two', 'three'].map((place) => `${name}-${place}`);
  teams.gathering = (await teamOf(packets, campaign, four('gathering').slice(0, 3))).teamId;
  teams.split = (await teamOf(packets, campaign, four('split'))).teamId;
  teams.over = (await teamOf(packets, campaign, four('over'))).teamId;
  const failed = await teamOf(packets, campaign, four('failed').slice(0, 2));
  await openShare(packets, teams.split, 'split-one');
  await openShare(packets, teams.over, 'over-one');
  await runOutOfShares(db, teams.over);
  await runOutOfTime(db, failed.teamId);
  await sweepTeams(db);
  // Ann shares, Bob comes by her link and shares on, Cat and Dan buy by Bob's; Dan's order goes back.
  const [annsPhone, bobsPhone] = [randomUUID(), randomUUID()];
  const root = await putLink(db, { campaignId: 'spread', sharerId: 'ann', visitorId: annsPhone });
  spread.proof = await touchLink(db, root.id, bobsPhone);
  const child = await putLink(db, {
    campaignId: 'spread',
    sharerId: 'bob',
    visitorId: bobsPhone,
    parent: { id: root.id, visitId: spread.proof },
  });
  Object.assign(spread, { root: root.id, child: child.id });
  for (const person of ['cat', 'dan']) {
    await touchLink(db, child.id, randomUUID(), person);
    const { orderId } = await shop.order(person, 'b', 1);
    await shop.pay(orderId);
    await qualifyPaid(db);
    if (person === 'dan') expect(await shop.agreeRefund(person, orderId)).toBe(true);
  }
  await shop.sendRefunds();
  await settleQualified(db);
  await db.query('update outbox set sent_at = now()');
}, 60_000);
afterAll(() => drop());

/** What each test does to a healthy shop, by the name of the one invariant that must notice it. */
const PLANTS: Record<string, (tx: Queryable) => Promise<unknown>> = {
  'level-in-bounds': async (tx) => {
    await tx.query('alter table stock_level drop constraint never_oversold');
    await tx.query(`insert into stock_move (sku_id, location_id, kind, quantity, reference)
                    select 'a', 'central', 'adjust', 1 - on_hand, 'plant' from stock_level where sku_id = 'a'`);
    await tx.query(`update stock_level set on_hand = 1 where sku_id = 'a'`);
  },
  'level-is-its-moves': (tx) => tx.query(`update stock_level set on_hand = on_hand + 1 where sku_id = 'a'`),
  'move-has-its-cause': (tx) =>
    tx.query(`insert into stock_move (sku_id, location_id, kind, quantity, reference)
              values ('a', 'central', 'reserve', 1, 'ghost'), ('a', 'central', 'release', 1, 'ghost')`),
  'reserved-is-active-holds': async (tx) => {
    await tx.query(`insert into location values ('other', '{}')`);
    await tx.query(`insert into stock_level (sku_id, location_id) values ('a', 'other')`);
    await tx.query(`update reservation set location_id = 'other' where order_id = $1`, [orders.unpaid]);
  },
  'sold-is-owned-lines': async (tx) => {
    await tx.query(
      `insert into stock_move (sku_id, location_id, kind, quantity, reference)
       select 'a', 'central', 'restock', -1, id from reservation where order_id = $1`,
      [orders.paid],
    );
    await tx.query(`update stock_level set on_hand = on_hand - 1, sold = sold + 1 where sku_id = 'a'`);
  },
  'hold-ends-once': async (tx) => {
    const hold = `${orders.paid}/a`;
    await tx.query(`update stock_move set quantity = quantity + 1 where reference = $1 and kind = 'reserve'`, [hold]);
    await tx.query(
      `insert into stock_move (sku_id, location_id, kind, quantity, reference) values ('a', 'central', 'release', 1, $1)`,
      [hold],
    );
  },
  'confirmed-is-paid': async (tx) => {
    await tx.query(`insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, state, expires_at)
                    values ('ghost', 'ghost', 'a', 'central', 'ghost', 1, 'confirmed', now())`);
    await tx.query(`insert into stock_move (sku_id, location_id, kind, quantity, reference)
                    select 'a', 'central', kind, 1, 'ghost' from unnest(array['reserve', 'confirm', 'restock']) kind`);
  },
  'orders-in-review-are-not-packed': async (tx) => {
    await tx.query(`insert into risk_order_group (id, campaign_id, mechanic, kind, subject)
                    values ('ghosts', 'ghost', 'coupon', 'payer', 'ghost')`);
    await tx.query(`insert into risk_decision (id, shopper_id, mechanic, command, campaign_id, key, mode, action, because,
                      score, reasons, shadow, signals, hold_until, group_id)
                    values ('ghost', 'ghost', 'coupon', 'order.review', 'ghost', gen_random_uuid(), 'strict', 'hold', 'limit',
                      0, '{}', '{}', '{}', now() + interval '1 hour', 'ghosts')`);
    await tx.query(
      `insert into risk_order_review (order_id, group_id, decision_id, campaign_id, why, held_until, state)
       values ($1, 'ghosts', 'ghost', 'ghost', 'payer', now() + interval '1 hour', 'held')`,
      [orders.paid],
    );
    await tx.query(
      `insert into order_log (order_id, step, from_state, to_state, actor)
       select id, sequence + 1, 'paid', 'packed', 'plant' from orders where id = $1`,
      [orders.paid],
    );
    await tx.query(
      `update orders set state = 'packed', sequence = sequence + 1, held_until = now() + interval '1 hour' where id = $1`,
      [orders.paid],
    );
  },
  'transfers-are-two-sided': async (tx) => {
    await tx.query(`insert into location values ('east', '{}')`);
    await tx.query(`insert into stock_transfer (id, sku_id, from_location, to_location, quantity, reason, sent_by)
                    values (gen_random_uuid(), 'a', 'central', 'east', 1, 'plant', 'plant')`);
  },
  'fence-has-no-move': async (tx) => {
    await tx.query(`insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, state, expires_at, is_fence)
                    values ('ghost', 'ghost', 'a', 'central', 'ghost', 1, 'cancelled', now(), true)`);
    await tx.query(`insert into stock_move (sku_id, location_id, kind, quantity, reference)
                    select 'a', 'central', kind, 1, 'ghost' from unnest(array['reserve', 'release']) kind`);
  },
  'no-stranded-hold': (tx) =>
    tx.query(`update reservation set expires_at = now() - interval '2 minutes' where order_id = $1`, [orders.unpaid]),
  'tier-places-are-dense': (tx) => tx.query('delete from tier_slot where slot_number = 2'),
  'tier-place-has-its-line': (tx) => tx.query(`update tier_slot set order_id = 'ghost' where slot_number = 2`),
  'tier-line-has-its-place': (tx) => tx.query('update tier_slot set order_id = null where slot_number = 1'),
  'nothing-free-while-somebody-waits': async (tx) => {
    await tx.query(`insert into waitlist_entry (id, shopper_id, key, sku_id, quantity)
                    values ('ghost', 'ghost', gen_random_uuid(), 'a', 1)`);
    await tx.query(`update stock_level set waiting = 1 where sku_id = 'a'`);
  },
  'waitlist-is-counted': (tx) => tx.query(`update stock_level set offered = 1 where sku_id = 'a'`),
  'offer-holds-its-units': async (tx) => {
    await tx.query(`insert into waitlist_entry (id, shopper_id, key, sku_id, quantity, state, offered_quantity, offer_ends_at)
                    values ('ghost', 'ghost', gen_random_uuid(), 'a', 1, 'offered', 1, now())`);
    await tx.query(`update stock_level set offered = 1 where sku_id = 'a'`);
  },
  'limit-is-kept': (tx) => tx.query('update session_item set limit_per_person = 1'),
  'limit-counts-lines': (tx) =>
    tx.query(`update limit_use set quantity = quantity + 1 where sku_id = 's' and scope = 'ses'`),
  'one-order-per-key': (tx) => tx.query('alter table orders drop constraint orders_shopper_id_key_key'),
  'log-is-one-path': (tx) =>
    tx.query(`update order_log set from_state = 'closing' where order_id = $1 and to_state = 'paid'`, [orders.paid]),
  'log-moves-are-legal': async (tx) => {
    await tx.query(`delete from order_log where order_id = $1 and to_state = 'closing'`, [orders.closed]);
    await tx.query(`update order_log set from_state = 'pending_pay' where order_id = $1 and to_state = 'closed'`, [
      orders.closed,
    ]);
  },
  'state-is-last-of-log': (tx) => tx.query(`update orders set state = 'packed' where id = $1`, [orders.paid]),
  'totals-are-sums': (tx) => tx.query('update orders set freight_fen = freight_fen + 1 where id = $1', [orders.paid]),
  'discounts-name-their-sources': (tx) =>
    tx.query(`update order_line set cuts = jsonb_set(cuts, '{0,source}', '"nobody"') where order_id = $1`, [
      orders.promoted,
    ]),
  'promotion-was-in-force': (tx) =>
    tx.query(`update orders set placed_at = now() - interval '2 hours' where id = $1`, [orders.promoted]),
  'charged-at-most-shown': (tx) =>
    tx.query(`update orders set quote = jsonb_set(quote, '{shownTotalFen}', to_jsonb(total_fen - 1)) where id = $1`, [
      orders.paid,
    ]),
  'session-price-is-the-sessions': (tx) => tx.query('update session_item set price_fen = price_fen - 1'),
  'ordinary-price-was-valid': (tx) => tx.query(`update price_history set price_fen = 9999 where sku_id = 'b'`),
  'paid-has-its-goods': (tx) =>
    tx.query(`update reservation set order_id = case order_id when $1 then $2 else $1 end where order_id in ($1, $2)`, [
      orders.paid,
      orders.paidOther,
    ]),
  'unpaid-has-its-holds': (tx) =>
    tx.query(`update reservation set order_id = 'ghost' where order_id = $1`, [orders.unpaid]),
  'sold-inside-the-session': (tx) =>
    tx.query(`update orders set placed_at = now() - interval '2 hours' where id = $1`, [orders.session]),
  'nothing-hangs': (tx) =>
    tx.query(`update orders set pay_before = now() - interval '3 minutes' where id = $1`, [orders.unpaid]),
  'money-numbers-are-unique': (tx) => tx.query('alter table refund drop constraint refund_payment_id_reason_key_key'),
  'money-is-what-the-state-is-worth': async (tx) => {
    await tx.query('update orders set refunded_fen = 1 where id = $1', [orders.paid]);
    await tx.query(
      `with back as (
         insert into refund (id, payment_id, order_id, amount_fen, reason_key, state)
         select 'plant', id, order_id, 1, 'plant', 'done' from payment where order_id = $1 returning *
       )
       insert into sandbox_refund (out_refund_no, trade_id, amount_fen)
       select b.id, t.id, b.amount_fen from back b join sandbox_trade t on t.out_trade_no = b.payment_id`,
      [orders.paid],
    );
  },
  'lines-back-are-their-requests': (tx) =>
    tx.query('update order_line set refunded_fen = refunded_fen - 1 where order_id = $1', [orders.refunded]),
  'request-holds-its-order': (tx) =>
    tx.query(
      `insert into refund_request (id, order_id, number, kind, state, from_state, amount_fen, freight_fen, reason)
       values (gen_random_uuid(), $1, 1, 'refund', 'requested', 'paid', 1, 0, 'plant')`,
      [orders.paid],
    ),
  'paid-is-the-sum-of-payments': (tx) =>
    tx.query('update payment set order_id = $1 where order_id = $2', [orders.unpaid, orders.paid]),
  'refunds-within-payments': async (tx) => {
    // The tables themselves refuse money that goes back the wrong way; in all nothing has gone back.
    for (const table of ['refund', 'sandbox_refund']) {
      await tx.query(`alter table ${table} drop constraint ${table}_amount_fen_check`);
    }
    await tx.query(
      `insert into refund (id, payment_id, order_id, amount_fen, reason_key, state)
       select 'plant' || fen, id, order_id, fen, 'plant' || fen, 'done' from payment, (values (9), (-9)) f (fen)
       where order_id = $1`,
      [orders.paid],
    );
    await tx.query(
      `insert into sandbox_refund (out_refund_no, trade_id, amount_fen)
       select r.id, t.id, r.amount_fen from refund r join sandbox_trade t on t.out_trade_no = r.payment_id
       where r.order_id = $1`,
      [orders.paid],
    );
  },
  'two-books-of-money-agree': async (tx) => {
    await tx.query('update refund set amount_fen = amount_fen - 1 where order_id = $1', [orders.refunded]);
    await tx.query(
      `update sandbox_refund g set amount_fen = r.amount_fen from refund r
       where r.id = g.out_refund_no and r.order_id = $1`,
      [orders.refunded],
    );
  },
  'notices-fit-what-they-paid': (tx) =>
    tx.query(`update payment_notice set body = jsonb_set(body, '{amountFen}', '1')`),
  'inbox-and-outbox-are-empty': (tx) =>
    tx.query('update outbox set sent_at = null where aggregate = $1', [orders.paid]),
  'gateway-has-the-same-books': (tx) =>
    tx.query('update sandbox_trade set amount_fen = amount_fen + 1 where order_id = $1', [orders.paid]),
  'one-payable-attempt': async (tx) => {
    // The table itself refuses a second one.
    await tx.query('drop index payment_one_open');
    await tx.query(
      `insert into payment (id, order_id, key, channel, amount_fen, state, expires_at)
       select 'plant', order_id, gen_random_uuid(), channel, amount_fen, 'open', expires_at
       from payment where order_id = $1`,
      [orders.unpaid],
    );
  },
  'coupons-within-their-total': (tx) => tx.query('update coupon_account set claimed = claimed + 1'),
  'coupons-within-personal-limits': (tx) => tx.query('update coupon set number = 9 where id = $1', [coupons.idle]),
  'coupon-and-order-agree': (tx) => tx.query('update coupon set cut_fen = cut_fen - 1 where id = $1', [coupons.used]),
  'one-shop-coupon-an-order': async (tx) => {
    const cut = (source: string, cutFen: number) => ({ kind: 'coupon', source, name: {}, cutFen });
    const cuts = JSON.stringify([cut(coupons.used, 400), cut(coupons.idle, 600)]);
    await tx.query('update orders set cuts = $2 where id = $1', [coupons.order, cuts]);
    await tx.query('update order_line set cuts = $2 where order_id = $1', [coupons.order, cuts]);
    await tx.query('update coupon set cut_fen = 400 where id = $1', [coupons.used]);
    await tx.query(`update coupon set state = 'used', order_id = $2, cut_fen = 600 where id = $1`, [
      coupons.idle,
      coupons.order,
    ]);
  },
  'coupons-keep-to-their-rules': async (tx) => {
    await tx.query('alter table coupon_template disable trigger coupons_are_promises');
    await tx.query(`update coupon_template set rule = '{"kind":"fixed","cutFen":300}' where id = $1`, [
      coupons.redTemplate,
    ]);
  },
  'coupon-accounts-are-their-entries': (tx) =>
    tx.query(`update coupon_entry set amount_fen = amount_fen + 1 where cause = 'fund'`),
  'coupon-promises-are-reserved': (tx) =>
    tx.query('update coupon set spent_fen = spent_fen - 1 where id = $1', [coupons.used]),
  'pots-are-shared-out': (tx) =>
    tx.query(`update team_member set share_fen = share_fen + 1 where team_id = $1 and place = 1`, [teams.over]),
  'a-share-is-one-coupon': (tx) => tx.query(`update coupon set shopper_id = 'thief' where shopper_id = 'split-one'`),
  'teams-reserve-what-they-promise': async (tx) => {
    await tx.query('update team set reserved_fen = reserved_fen - 1 where id = $1', [teams.split]);
    await tx.query(
      `with account as (
         update coupon_account set left_fen = left_fen + 1, reserved_fen = reserved_fen - 1
         where template_id = (select campaign_id from team where id = $1) returning template_id
       )
       insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause)
       select template_id, 'reserved', 'left', 1, 'team_back' from account`,
      [teams.split],
    );
  },
  'teams-have-their-places': (tx) =>
    tx.query('delete from team_member where team_id = $1 and place = 2', [teams.gathering]),
  'one-live-team-per-person': (tx) =>
    tx.query('update team_member set is_live = false where team_id = $1 and place = 2', [teams.gathering]),
  'joins-within-the-day': (tx) =>
    tx.query('update team_member set day_number = 4 where team_id = $1 and place = 2', [teams.split]),
  'unfilled-teams-have-no-reward': (tx) =>
    tx.query('update team_member set joined_at = t.gather_until from team t where t.id = team_id and t.id = $1', [
      teams.gathering,
    ]),
  'no-team-hangs': async (tx) => {
    await tx.query(`update team set gather_until = now() - interval '3 minutes' where id = $1`, [teams.gathering]);
    await tx.query(`update team_member set joined_at = now() - interval '1 hour' where team_id = $1`, [
      teams.gathering,
    ]);
  },
  'rewards-are-of-verified-people': (tx) =>
    tx.query(`insert into person (id, display_name, email, is_anonymous) values ('over-one', '', 'ghost', true)`),
  'packets-are-their-steps': (tx) =>
    tx.query(`update packet_step set fen = 49 where packet_id = $1 and state = 'vested'`, [growing.first]),
  'packets-are-of-their-campaign': async (tx) => {
    await tx.query('alter table coupon disable trigger packets_grow_by_the_rules');
    await tx.query(`update coupon set growth = jsonb_set(growth, '{stepFen}', '60') where id = $1`, [growing.first]);
  },
  'packets-stand-in-their-line': (tx) => tx.query('update packet set depth = 2 where id = $1', [growing.guest]),
  'one-vest-per-person': async (tx) => {
    // The table itself refuses a second one.
    await tx.query('drop index packet_step_one_vest');
    await tx.query(`update packet_step set visitor_id = 'guest' where packet_id = $1`, [growing.used]);
  },
  'packets-grow-in-their-time': (tx) =>
    tx.query(
      `update packet_step s set vested_at = c.valid_until from coupon c
       where c.id = s.packet_id and s.packet_id = $1 and s.state = 'vested'`,
      [growing.first],
    ),
  'packets-reserve-their-caps': (tx) =>
    tx.query(
      `update coupon_entry set cause = 'claim' where cause = 'packet_issue' and id = (
         select max(id) from coupon_entry where template_id = $1 and cause = 'packet_issue')`,
      [growing.campaign],
    ),
  'growth-is-of-people-in-good-standing': (tx) =>
    tx.query(`update person set blocked_at = now() - interval '1 hour' where id = 'grower'`),
  'no-visit-hangs': (tx) =>
    tx.query(`update coupon set ended_at = now() - interval '1 hour' where id = $1`, [growing.first]),
  'share-trees-are-trees': (tx) => tx.query('update share_link set children = 2 where id = $1', [spread.root]),
  'shares-grow-from-touches': (tx) =>
    tx.query('update share_visit set touched_at = null where id = $1', [spread.proof]),
  'one-credit-per-person': (tx) => tx.query(`update share_link set sharer_id = 'cat' where id = $1`, [spread.child]),
  'credits-follow-their-orders': (tx) =>
    tx.query(`update share_credit set state = 'vested', vested_at = now(), vested_fen = 0 where person_id = 'cat'`),
  'no-credit-waits': async (tx) => {
    await tx.query(`update share_credit set state = 'qualified', reversed_at = null where person_id = 'dan'`);
    await tx.query(`update order_log set at = now() - interval '6 minutes' where to_state = 'refunded'`);
  },
  'credits-have-their-proof': (tx) => tx.query('update share_credit_touch set fen = fen + 1'),
  'held-rewards-are-in-no-order': (tx) =>
    tx.query(`update coupon set hold_id = 'ghost', held_until = now() + interval '1 hour' where id = $1`, [
      coupons.used,
    ]),
  'refused-rewards-are-paid-back': async (tx) => {
    await putHold(tx, { state: 'refused', from: '-1 hour', until: '23 hours' });
    await tx.query(`update coupon set hold_id = 'plant', held_until = now() + interval '23 hours' where id = $1`, [
      coupons.idle,
    ]);
  },
  'blocked-people-have-no-rewards': async (tx) => {
    await tx.query(`insert into person (id, display_name, email, banned) values ('idle', '', 'idle', true)`);
    await tx.query(`update coupon set hold_id = 'ghost' where id = $1`, [coupons.idle]);
  },
  'shared-keys-within-their-limits': (tx) =>
    tx.query(`insert into risk_use (campaign_id, kind, subject, shopper_id, number)
              select 'c', 'payout', 'payer', 'p' || n, n from generate_series(1, 4) n`),
  'holds-end-in-time': (tx) => putHold(tx, { state: 'standing', from: '-1 hour', until: '24 hours' }),
  'no-hold-hangs': (tx) => putHold(tx, { state: 'standing', from: '-24 hours', until: '-2 minutes' }),
  'pickups-follow-their-orders': (tx) =>
    tx.query(`update pickup set store_id = 'elsewhere' where order_id = $1`, [fetched.preparing]),
  'handed-units-are-counted': (tx) =>
    tx.query('update pickup_line set handed = 0 where order_id = $1', [fetched.handed]),
  'handed-by-its-own-store': (tx) =>
    tx.query(`update clerk_post set begun_at = now() + interval '1 hour' where clerk_id = 'clerk'`),
  'refunds-are-of-what-waits': (tx) =>
    tx.query(`update refund_request set kind = 'refund' where id = $1`, [fetched.request]),
  'stores-sell-what-is-fetched': (tx) =>
    tx.query(`update pickup_line set location_id = 'central' where order_id = $1`, [fetched.preparing]),
  'no-pickup-hangs': (tx) =>
    tx.query(`update pickup set fetch_before = now() - interval '1 hour' where order_id = $1`, [fetched.ready]),
  'carried-units-are-two-sided': (tx) =>
    tx.query(`update stock_move set reference = reference || 'x' where kind = 'carry_in'`),
  'codes-are-of-ready-orders': (tx) => tx.query('delete from pickup_code where order_id = $1', [fetched.ready]),
  'store-claims-within-their-days': (tx) => tx.query('update store_claim set day = day - 1'),
  'store-coupons-redeemed-once': (tx) => tx.query('update store_redemption set cut_fen = cut_fen - 1'),
  'coupons-are-booked': (tx) => tx.query('update coupon set is_unbooked = true where id = $1', [coupons.used]),
};

/** A hold, from and until so long from now. */
const putHold = (tx: Queryable, { state, from, until }: { state: string; from: string; until: string }) =>
  tx.query(
    `insert into risk_decision (id, at, shopper_id, mechanic, command, campaign_id, key, mode, action, because, score, reasons,
       shadow, signals, state, hold_until, ended_at, ended_by)
     values ('plant', now() + $2::interval, 'p', 'team', 'team.join', 'c', gen_random_uuid(), 'strict', 'hold', 'score', 90, '{}',
       '{}', '{}', $1, now() + $3::interval, case when $1 <> 'standing' then now() end, 'op')`,
    [state, from, until],
  );

/** A store coupon that was redeemed, one that was not. */
async function redeemStoreCoupon(): Promise<void> {
  const offers = openOffers(db);
  await putPeople(db, ['visitor', 'idler']);
  await putStore(db, 'o', { hours: ALL_DAY });
  await putClerk(db, 'cashier', 's-o');
  const offerId = await putOffer(db, { storeIds: ['s-o'] });
  const claimed = await offers.claim('visitor', claimNear(offerId, { storeId: 's-o' }));
  expect((await offers.claim('idler', claimNear(offerId, { storeId: 's-o' }))).ok).toBe(true);
  if (!claimed.ok) throw new Error(claimed.refusal.code);
  const { code, lastFour } = claimed.value.coupon;
  const scanned = await offers.scanCoupon('cashier', { text: code?.digits ?? '', lastFour });
  if (!scanned.ok) throw new Error(scanned.refusal.code);
  const redeemed = await offers.redeemCoupon('cashier', { key: randomUUID(), ticket: scanned.value.ticket });
  expect(redeemed.ok).toBe(true);
  await offers.drain();
}

class Undo extends Error {}

test('a shop in which everything has happened once breaks no invariant', async () => {
  expect(violationsOf(await checkInvariants(db, { quiet: true }))).toEqual([]);
});

test('every invariant has a violation below that it must notice', () => {
  expect(Object.keys(PLANTS).sort()).toEqual(INVARIANTS.map(({ name }) => name).sort());
});

test('every number of the books up to 25, and of coupons, is asked', () => {
  const numbers = [...Array.from({ length: 25 }, (_, i) => i + 1), 31, 32, 33];
  const asked = new Set<string>(INVARIANTS.map(({ id }) => id));
  expect(numbers.map((n) => `INV-${String(n).padStart(2, '0')}`).filter((id) => !asked.has(id))).toEqual([]);
});

test.each(INVARIANTS.map(({ id, name }) => [id, name] as const))(
  '[CHK1] %s %s sees what is planted against it, and nothing else does',
  async (_, name) => {
    let seen: string[] = [];
    const planted = db.transaction(async (tx) => {
      await PLANTS[name]?.(tx);
      seen = violationsOf(await checkInvariants(tx, { quiet: true })).map((violation) => violation.name);
      throw new Undo();
    });
    await expect(planted).rejects.toThrow(Undo);
    expect([...new Set(seen)]).toEqual([name]);
  },
);

test('a violation names the SKU and the order that it concerns', async () => {
  const planted = db.transaction(async (tx) => {
    await PLANTS['unpaid-has-its-holds']?.(tx);
    expect(violationsOf(await checkInvariants(tx))).toEqual([
      {
        id: 'INV-15',
        name: 'unpaid-has-its-holds',
        skuId: 'a',
        orderId: orders.unpaid,
        detail: '2 units on lines, 0 held',
      },
    ]);
    throw new Undo();
  });
  await expect(planted).rejects.toThrow(Undo);
});
