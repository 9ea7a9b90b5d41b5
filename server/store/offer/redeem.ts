import type { AnswerOf, RequestOf } from '../../../lib/contracts/contract.ts';
import type {
  counterRedeemCoupon,
  counterScanCoupon,
  counterUndoCoupon,
  Redemption,
} from '../../../lib/contracts/counter-coupon.ts';
import { mayUndo } from '../../../lib/domain/pickup/at-the-counter.ts';
import { SCAN_GOOD_MS } from '../../../lib/domain/pickup/deadlines.ts';
import { readScanned } from '../../../lib/domain/pickup/token.ts';
import { accept, refuse } from '../../../lib/domain/result.ts';
import { type AtTill, mayRedeem, type TillRefusal } from '../../../lib/domain/store/at-the-till.ts';
import type { OfferRule } from '../../../lib/domain/store/offer.ts';
import { maskPhone } from '../../order/order-rows.ts';
import { logCounter, postOf } from '../../pickup/clerks.ts';
import type { PickupCodes } from '../../pickup/codes.ts';
import { needsPost, storeNamed } from '../../pickup/counter-facts.ts';
import type { TicketOffice } from '../../pickup/scan.ts';
import { openTries } from '../../pickup/wrong-codes.ts';
import { againIfRaced, type Database, type Queryable } from '../../platform/database.ts';
import { databaseNow, epochMs } from '../../promo/coupon-rows.ts';
import { findCouponCode } from './coupon-codes.ts';
import { readRedemption } from './redemptions.ts';

type Facts = AtTill & {
  readonly couponId: string;
  readonly name: { zh: string; en: string };
  readonly rule: OfferRule;
  readonly phone: string;
};

const FACTS = `
  select c.id as "couponId", c.store_id as "storeId", c.state, ${epochMs('c.valid_until')} as "validUntil",
    x.ends_by as "endsBy", c.redemption_id as "redemptionId", t.name, t.rule, coalesce(p.phone_number, '') as phone
  from coupon c join coupon_template t on t.id = c.template_id join store_claim x on x.coupon_id = c.id
  left join person p on p.id = c.shopper_id where c.id = $1`;

/** Whoever wants to move this coupon waits for whoever reads it locked. */
async function readFacts(tx: Queryable, couponId: string, { isLocked = false } = {}): Promise<Facts> {
  if (isLocked) await tx.query('select 1 from coupon where id = $1 for update', [couponId]);
  const [facts] = await tx.query<Facts>(FACTS, [couponId]);
  if (!facts) throw new Error(`store coupon ${couponId} vanished`);
  return facts;
}

/** A refusal with the names that a clerk reads. */
async function dressed(db: Queryable, refusal: TillRefusal, clerkId: string) {
  if (refusal.code === 'wrong_store') {
    return refuse({ code: 'wrong_store' as const, store: await storeNamed(db, refusal.storeId) });
  }
  if (refusal.code !== 'coupon_redeemed') return refuse(refusal);
  return refuse({
    code: 'coupon_redeemed' as const,
    redemption: await readRedemption(db, refusal.redemptionId, clerkId),
  });
}

/** The coupon is used by this redemption; both rows or none. What it cost the campaign is booked by the worker. */
const REDEEM = `
  with redeemed as (
    insert into store_redemption (id, coupon_id, store_id, clerk_id, shown, cut_fen)
    values ($1, $2, $3, $4, $5, $6) returning id, at
  )
  update coupon c set state = 'used', redemption_id = r.id, cut_fen = $6, ended_at = r.at, is_unbooked = true
  from redeemed r where c.id = $2 and c.state = 'usable' returning c.id`;

const UNDO = `
  with undone as (
    update store_redemption set undone_at = clock_timestamp(), undone_by = $2
    where id = $1 and undone_at is null returning coupon_id
  )
  update coupon c set state = case when t.withdrawn_at is null then 'usable' else 'void' end, redemption_id = null,
    cut_fen = null, ended_at = case when t.withdrawn_at is not null then now() end, is_unbooked = true
  from undone u, coupon_template t where c.id = u.coupon_id and t.id = c.template_id returning c.id`;

/** Store coupons at the counter: shown, redeemed once, taken back within a minute by a second person. */
export function couponCounter({ db, codes, tickets }: { db: Database; codes: PickupCodes; tickets: TicketOffice }) {
  return {
    /** Whose coupon this is and what it gives. One clerk's scans come one after the other, with those of pickups. */
    scanCoupon(
      clerkId: string,
      { text, lastFour }: RequestOf<typeof counterScanCoupon>,
    ): Promise<AnswerOf<typeof counterScanCoupon>> {
      return db.transaction(async (tx): Promise<AnswerOf<typeof counterScanCoupon>> => {
        const post = needsPost(await postOf(tx, clerkId));
        if (!post.ok) return post;
        const { storeId } = post.value;
        const tries = await openTries(tx, clerkId);
        const lockedUntil = tries.lockedUntil();
        if (lockedUntil !== null) return refuse({ code: 'counter_locked', until: lockedUntil });
        const scanned = readScanned(text);
        if (scanned.kind === 'unreadable') return refuse({ code: 'unreadable_code' });
        if (scanned.kind === 'mistyped') return refuse({ code: 'mistyped_code' });
        if (scanned.kind === 'digits' && lastFour === undefined) return refuse({ code: 'last_four_needed' });
        const { now } = tries;
        const found = await findCouponCode(tx, codes, { scanned, lastFour: lastFour ?? '', storeId, now });
        if (found === 'stale') return refuse({ code: 'stale_code' });
        if (!found) return refuse({ code: 'unknown_pickup_code', triesLeft: await tries.wrong(storeId) });
        const facts = await readFacts(tx, found.coupon_id);
        const may = mayRedeem(facts, storeId, now);
        if (!may.ok) return dressed(tx, may.refusal, clerkId);
        const ticketUntil = now + SCAN_GOOD_MS;
        const ticket = tickets.issue({
          ...{ orderId: facts.couponId, codeId: found.id, shown: scanned.kind, clerkId, until: ticketUntil },
        });
        const { couponId: id, name, rule, validUntil } = facts;
        return accept({
          now,
          coupon: { id, name, rule, phoneMasked: maskPhone(facts.phone), validUntil },
          ticket,
          ticketUntil,
        });
      });
    },

    async redeemCoupon(
      clerkId: string,
      { key, ticket: given }: RequestOf<typeof counterRedeemCoupon>,
    ): Promise<AnswerOf<typeof counterRedeemCoupon>> {
      const ticket = tickets.read(given);
      if (ticket?.clerkId !== clerkId || !(ticket.shown === 'token' || ticket.shown === 'digits')) {
        return refuse({ code: 'ticket_over' });
      }
      const { orderId: couponId, shown, until } = ticket;
      const redeem = () =>
        db.transaction(async (tx): Promise<AnswerOf<typeof counterRedeemCoupon>> => {
          const post = needsPost(await postOf(tx, clerkId, { isKept: true }));
          if (!post.ok) return post;
          const { storeId } = post.value;
          const [known] = await tx.query('select 1 from coupon where id = $1 and store_id is not null', [couponId]);
          if (!known) return refuse({ code: 'ticket_over' });
          const facts = await readFacts(tx, couponId, { isLocked: true });
          const now = await databaseNow(tx);
          const [earlier] = await tx.query<{ isSame: boolean }>(
            'select coupon_id = $2 and clerk_id = $3 as "isSame" from store_redemption where id = $1',
            [key, couponId, clerkId],
          );
          if (earlier && !earlier.isSame) return refuse({ code: 'key_reused' });
          if (earlier) return accept({ now, redemption: await readRedemption(tx, key, clerkId), isReplay: true });
          if (now >= until) return refuse({ code: 'ticket_over' });
          const may = mayRedeem(facts, storeId, now);
          if (!may.ok) return dressed(tx, may.refusal, clerkId);
          const moved = await tx.query(REDEEM, [key, couponId, storeId, clerkId, shown, facts.rule.cutFen]);
          if (moved.length !== 1) throw new Error(`store coupon ${couponId} may be redeemed and is not`);
          await logCounter(tx, { storeId, clerkId, what: 'redeemed' });
          return accept({ now, redemption: await readRedemption(tx, key, clerkId), isReplay: false });
        });
      return againIfRaced(redeem);
    },

    undoCoupon(
      clerkId: string,
      { redemptionId }: RequestOf<typeof counterUndoCoupon>,
    ): Promise<AnswerOf<typeof counterUndoCoupon>> {
      return db.transaction(async (tx): Promise<AnswerOf<typeof counterUndoCoupon>> => {
        const post = needsPost(await postOf(tx, clerkId, { isKept: true }));
        if (!post.ok) return post;
        const [known] = await tx.query<{ couponId: string; storeId: string; clerkId: string; at: number }>(
          `select coupon_id as "couponId", store_id as "storeId", clerk_id as "clerkId", ${epochMs('at')} as at
           from store_redemption where id = $1`,
          [redemptionId],
        );
        if (!known) return refuse({ code: 'not_found' });
        await tx.query('select 1 from coupon where id = $1 for update', [known.couponId]);
        const now = await databaseNow(tx);
        const redemption: Redemption = await readRedemption(tx, redemptionId, clerkId);
        if (redemption.undoneAt !== null && known.storeId === post.value.storeId) return accept({ now, redemption });
        const may = mayUndo({ ...known, handoverId: redemptionId }, { clerkId, storeId: post.value.storeId }, now);
        if (!may.ok) {
          return may.refusal.code === 'wrong_store'
            ? refuse({ code: 'wrong_store', store: await storeNamed(tx, may.refusal.storeId) })
            : refuse(may.refusal);
        }
        await tx.query(UNDO, [redemptionId, clerkId]);
        await logCounter(tx, { storeId: known.storeId, clerkId, what: 'redemption_undone' });
        return accept({ now, redemption: await readRedemption(tx, redemptionId, clerkId) });
      });
    },
  };
}
