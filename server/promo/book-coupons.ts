import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

/*
 * The campaign's account follows its coupons: a coupon moves in the transaction of its order and says that it is not
 * booked yet; the worker books many at a time. What is reserved is never less than what coupons may still take.
 */

/**
 * Orders that can still be given back whole before they are shipped: their coupons may come back too. While money is on
 * its way (`refunding`) it is not yet known which it is, and nothing is booked.
 */
const BEFORE_SHIPPING = `('pending_pay', 'closing', 'paid', 'packed', 'refund_requested')`;

/**
 * What should stand in the account for each coupon. Used: what it took off; what it did not take goes back once the
 * order is shipped, and then also its share of goods that came back. Ended: nothing.
 */
const WANTED = `
  select c.id, c.reserved_fen as r, c.spent_fen as s,
    case when c.state in ('usable', 'locked') then coalesce(c.own_worst_fen, t.worst_fen)
         when c.state = 'used' and o.state in ${BEFORE_SHIPPING}
           then least(c.reserved_fen, coalesce(c.own_worst_fen, t.worst_fen) - c.cut_fen)
         else 0 end as wanted_r,
    case when c.state = 'used' and o.state in ${BEFORE_SHIPPING} then c.cut_fen
         when c.state = 'used' then c.cut_fen - coalesce(back.fen, 0) else 0 end as wanted_s
  from coupon c join coupon_template t on t.id = c.template_id
  left join orders o on o.id = c.order_id
  left join lateral (
    select sum(floor((x ->> 'cutFen')::bigint * l.refunded_quantity / l.quantity))::bigint as fen
    from order_line l cross join jsonb_array_elements(l.cuts) x
    where l.order_id = c.order_id and x ->> 'source' = c.id and l.refunded_quantity > 0
  ) back on c.state = 'used'
  where c.id = any ($1::text[])`;

/** Each coupon's difference as flows between the accounts; every flow is one entry for all coupons together. */
const BOOK = `
  with wanted as (${WANTED}), flow as (
    select id, wanted_r, wanted_s,
      greatest(wanted_s - s, 0) as use,
      least(greatest(s - wanted_s, 0), greatest(wanted_r - r, 0)) as restore,
      greatest(s - wanted_s, 0) - least(greatest(s - wanted_s, 0), greatest(wanted_r - r, 0)) as refund,
      greatest(r - wanted_r - greatest(wanted_s - s, 0), 0) as lapse
    from wanted
  ), booked as (
    update coupon c set reserved_fen = f.wanted_r, spent_fen = f.wanted_s, is_unbooked = false
    from flow f where c.id = f.id
  ), sums as (
    select f.from_account, f.to_account, f.cause, sum(f.fen)::bigint as fen, count(*)::integer as n
    from flow cross join lateral (values
      ('reserved', 'spent', 'use', use), ('spent', 'reserved', 'restore', restore),
      ('spent', 'left', 'refund', refund), ('reserved', 'left', 'lapse', lapse)
    ) f (from_account, to_account, cause, fen)
    where f.fen > 0 group by 1, 2, 3
  ), entries as (
    insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause, coupons)
    select $2, from_account, to_account, fen, cause, n from sums
  )
  update coupon_account a set
    left_fen = a.left_fen + x.to_left, reserved_fen = a.reserved_fen + x.to_reserved, spent_fen = a.spent_fen + x.to_spent
  from (
    select coalesce(sum(fen) filter (where to_account = 'left'), 0)
             - coalesce(sum(fen) filter (where from_account = 'left'), 0) as to_left,
           coalesce(sum(fen) filter (where to_account = 'reserved'), 0)
             - coalesce(sum(fen) filter (where from_account = 'reserved'), 0) as to_reserved,
           coalesce(sum(fen) filter (where to_account = 'spent'), 0)
             - coalesce(sum(fen) filter (where from_account = 'spent'), 0) as to_spent
    from sums
  ) x
  where a.template_id = $2`;

/** Books what has moved of one campaign; answers whether there may be more. */
function bookOne(db: Database, templateId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.query('select 1 from coupon_account where template_id = $1 for no key update', [templateId]);
    // Locked by a statement of its own: the next one sees all that was committed before the locks were had.
    const due = await tx.query<{ id: string }>(
      `select c.id from coupon c left join orders o on o.id = c.order_id
       where c.template_id = $1 and c.is_unbooked and o.state is distinct from 'refunding'
       order by c.id limit $2 for update of c skip locked`,
      [templateId, LIMITS.coupon.sweepMax],
    );
    if (due.length === 0) return false;
    await tx.query(BOOK, [due.map(({ id }) => id), templateId]);
    return due.length === LIMITS.coupon.sweepMax;
  });
}

export async function bookCoupons(db: Database): Promise<boolean> {
  const due = await db.query<{ id: string }>(
    'select t.id from coupon_template t where exists (select 1 from coupon c where c.template_id = t.id and c.is_unbooked)',
  );
  let hasMore = false;
  for (const { id } of due) hasMore = (await bookOne(db, id)) || hasMore;
  return hasMore;
}

/** Coupons whose time is over and that no order holds; a locked one stays good until its order ends. */
export async function expireCoupons(db: Queryable): Promise<boolean> {
  const expired = await db.query(
    `update coupon set state = 'expired', ended_at = now(), is_unbooked = true
     where id in (select id from coupon where state = 'usable' and valid_until <= now()
                  order by valid_until limit $1 for update skip locked)
     returning id`,
    [LIMITS.coupon.sweepMax],
  );
  return expired.length === LIMITS.coupon.sweepMax;
}

/** Marks coupons of orders that have been shipped: what they did not take is nobody's promise any more. */
export async function releaseUntaken(db: Queryable): Promise<void> {
  await db.query(
    `update coupon set is_unbooked = true where id in (
       select c.id from coupon c join orders o on o.id = c.order_id
       where c.state = 'used' and c.reserved_fen > 0 and not c.is_unbooked and o.state <> 'refunding'
         and o.state not in ${BEFORE_SHIPPING}
       limit $1 for update of c skip locked)`,
    [LIMITS.coupon.sweepMax],
  );
}

/** Opens the campaign's account with its budget. */
export async function fundCoupon(tx: Queryable, templateId: string): Promise<void> {
  await tx.query(
    `with account as (
       insert into coupon_account (template_id, total, left_fen)
       select id, total, budget_fen from coupon_template where id = $1 returning template_id, left_fen
     )
     insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause)
     select template_id, 'shop', 'left', left_fen, 'fund' from account`,
    [templateId],
  );
}

/** Raises of operators who are alone come into force when their time to undo is over. */
export async function applyRaises(db: Database): Promise<void> {
  const due = await db.query<{ id: string; template_id: string }>(
    'select id, template_id from coupon_raise where applied_at is null and undone_at is null and valid_from <= now()',
  );
  for (const raise of due) await db.transaction((tx) => applyRaise(tx, raise.id, raise.template_id));
}

/** Puts a raise into the account, once. */
export async function applyRaise(tx: Queryable, raiseId: string, templateId: string): Promise<void> {
  await tx.query('select 1 from coupon_account where template_id = $1 for no key update', [templateId]);
  await tx.query(
    `with raise as (
       update coupon_raise set applied_at = now()
       where id = $1 and applied_at is null and undone_at is null and valid_from <= now() returning *
     ), entry as (
       insert into coupon_entry (template_id, from_account, to_account, amount_fen, cause)
       select template_id, 'shop', 'left', add_fen, 'raise' from raise where add_fen > 0
     )
     update coupon_account a set total = a.total + r.add_total, left_fen = a.left_fen + r.add_fen
     from raise r where a.template_id = r.template_id`,
    [raiseId],
  );
}
