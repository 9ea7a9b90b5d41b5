import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';
import { epochMs } from '../promo/coupon-rows.ts';

/*
 * What becomes of held rewards. A hold is a decision; the coupon that came of it names it and knows its moment. Lock
 * order: coupons, then decisions. Who holds a coupon's row is alone with it: no order takes it, nobody else refuses it.
 */

const topics = (topic: string, from: string) => `
  insert into outbox (topic, aggregate, body) select '${topic}', id, '{}' from ${from}`;

/**
 * A person frees or refuses held rewards, each once and before its time is over. What is refused is no coupon any more,
 * and the worker books its money back.
 * @returns the decisions that were ended by this
 */
export async function reviewHolds(
  tx: Queryable,
  ids: readonly string[],
  given: { readonly isFreed: boolean; readonly by: string; readonly words: string },
): Promise<string[]> {
  // Whoever locks it for an order at this moment has it, or finds what is decided here.
  await tx.query('select 1 from coupon where hold_id = any ($1::text[]) order by id for update', [ids]);
  const state = given.isFreed ? 'freed' : 'refused';
  const ended = await tx.query<{ id: string }>(
    `update risk_decision set state = '${state}', ended_at = now(), ended_by = $2, words = $3
     where id = any ($1::text[]) and action = 'hold' and state = 'standing' and hold_until > clock_timestamp()
     returning id`,
    [ids, given.by, given.words],
  );
  const endedIds = ended.map(({ id }) => id);
  await (given.isFreed ? freeCoupons : refuseCoupons)(tx, endedIds);
  return endedIds;
}

async function freeCoupons(tx: Queryable, holdIds: readonly string[]): Promise<void> {
  await tx.query(
    `with freed as (
       update coupon set held_until = now() where hold_id = any ($1::text[]) and state = 'usable' and held_until > now()
       returning id
     ) ${topics('coupon.freed', 'freed')}`,
    [holdIds],
  );
}

async function refuseCoupons(tx: Queryable, holdIds: readonly string[]): Promise<void> {
  await tx.query(
    `with gone as (
       update coupon set state = 'void', is_refused = true, ended_at = now(), is_unbooked = true
       where hold_id = any ($1::text[]) and state = 'usable' returning id
     ) ${topics('coupon.refused', 'gone')}`,
    [holdIds],
  );
}

/** Other holds of the campaign that share this one's device key or payer; itself counted. */
export async function groupOf(tx: Queryable, decisionId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select o.id from risk_decision d join risk_decision o on o.campaign_id = d.campaign_id
     where d.id = $1 and o.action = 'hold' and o.state = 'standing' and o.hold_until > now()
       and o.group_id is null and (o.id = d.id or o.device = d.device or o.payer = d.payer)`,
    [decisionId],
  );
  return rows.map(({ id }) => id);
}

/** A hold of orders that are reviewed together is decided with its group only. */
export async function withoutGroup(tx: Queryable, decisionId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('select id from risk_decision where id = $1 and group_id is null', [
    decisionId,
  ]);
  return rows.map(({ id }) => id);
}

/** A whole group was refused: who comes later by the same device key or payer is refused at once, and may appeal. */
export async function markGroup(tx: Queryable, decisionId: string, by: string): Promise<void> {
  await tx.query(
    `insert into risk_mark (campaign_id, kind, subject, by)
     select d.campaign_id, s.kind, s.subject, $2 from risk_decision d
     cross join lateral (values ('device', d.device), ('payout', d.payer)) s (kind, subject)
     where d.id = $1 and s.subject is not null on conflict do nothing`,
    [decisionId, by],
  );
}

/** The coupon of a refused reward is its owner's again, if the campaign still has the money. @returns whether it is */
export async function restoreCoupon(tx: Queryable, decisionId: string): Promise<boolean> {
  const [coupon] = await tx.query<{ id: string; templateId: string; missingFen: number }>(
    `select c.id, c.template_id as "templateId", coalesce(c.own_worst_fen, t.worst_fen) - c.reserved_fen as "missingFen"
     from coupon c join coupon_template t on t.id = c.template_id
     where c.hold_id = $1 and c.is_refused and c.state = 'void' and t.withdrawn_at is null for update of c`,
    [decisionId],
  );
  if (!coupon) return false;
  const { id, templateId, missingFen } = coupon;
  if (missingFen > 0) {
    const taken = await tx.query(
      `with account as (
         update coupon_account set left_fen = left_fen - $2, reserved_fen = reserved_fen + $2
         where template_id = $1 and left_fen >= $2 returning template_id
       )
       insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
       select template_id, 'left', 'reserved', $2, 'claim', 1 from account returning id`,
      [templateId, missingFen],
    );
    if (taken.length === 0) return false;
  }
  await tx.query(
    `update coupon set state = 'usable', is_refused = false, held_until = now(), ended_at = null, is_unbooked = false,
       reserved_fen = reserved_fen + $2, valid_until = greatest(valid_until, now() + interval '1 day')
     where id = $1`,
    [id, missingFen],
  );
  return true;
}

/** Holds that nobody has looked at in time are free; their owners are told. @returns whether there may be more */
export async function freeDueHolds(db: Queryable): Promise<boolean> {
  const freed = await db.query<{ n: number }>(
    `with freed as (
       update risk_decision set state = 'freed', ended_at = hold_until
       where id in (select id from risk_decision where action = 'hold' and state = 'standing' and hold_until <= now()
                    order by hold_until limit $1 for update skip locked)
       returning id
     ), mine as (
       select c.id from freed f join coupon c on c.hold_id = f.id where c.state = 'usable'
     ), told as (${topics('coupon.freed', 'mine')})
     select count(*)::integer as n from freed`,
    [LIMITS.risk.sweepMax],
  );
  return freed[0]?.n === LIMITS.risk.sweepMax;
}

/** Once the gate is open again, what was held only because it was closed is free. @returns whether there may be more */
export async function freeGateHolds(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const due = await tx.query<{ id: string }>(
      `update risk_decision set state = 'freed', ended_at = now()
       where id in (select id from risk_decision where action = 'hold' and state = 'standing' and because = 'gate'
                      and hold_until > now() order by hold_until limit $1 for update skip locked)
       returning id`,
      [LIMITS.risk.sweepMax],
    );
    if (due.length === 0) return false;
    await freeCoupons(
      tx,
      due.map(({ id }) => id),
    );
    return due.length === LIMITS.risk.sweepMax;
  });
}

/** Coupons that were made after their hold had been refused, and what blocked accounts have of rewards that were won. */
export async function takeBackRefused(db: Queryable): Promise<void> {
  await db.query(
    `with gone as (
       update coupon set state = 'void', is_refused = true, ended_at = now(), is_unbooked = true
       where id in (
         select c.id from risk_decision d join coupon c on c.hold_id = d.id
         where d.action = 'hold' and d.state = 'refused' and d.ended_at > now() - interval '2 days'
           and c.state = 'usable' and c.held_until > now()
         limit $1 for update of c skip locked)
       returning id
     ) ${topics('coupon.refused', 'gone')}`,
    [LIMITS.risk.sweepMax],
  );
  await db.query(
    `update coupon set state = 'void', is_refused = true, ended_at = now(), is_unbooked = true
     where id in (
       select c.id from person p join coupon c on c.shopper_id = p.id join coupon_template t on t.id = c.template_id
       where p.banned and c.state = 'usable' and (t.kind <> 'claim' or c.hold_id is not null)
       limit $1 for update of c skip locked)`,
    [LIMITS.risk.sweepMax],
  );
}

/** When the oldest hold that waits for a person ends; null: none waits. For the control's report. */
export async function oldestHold(db: Queryable): Promise<number | null> {
  const [row] = await db.query<{ until: number | null }>(
    `select ${epochMs('min(hold_until)')} as until from risk_decision where action = 'hold' and state = 'standing'`,
  );
  return row?.until ?? null;
}
