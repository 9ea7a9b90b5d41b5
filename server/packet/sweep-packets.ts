import type { Database, Queryable } from '../platform/database.ts';
import { LIMITS } from '../platform/limits.ts';

/*
 * What time, orders and a lost answer leave to do. Two workers do no harm: each takes rows that nobody holds.
 */

/** SQL: a person `p` with a verified phone who is not blocked. */
const IN_GOOD_STANDING = 'p.banned is not true and p.phone_number_verified and p.is_anonymous is not true';

/** SQL: the rules against fraud have looked at the visitor of step `s`, and it is not time to ask them again. */
const REVIEWED = `
  select 1 from risk_decision d where d.shopper_id = s.visitor_id and d.command = 'packet.vest'
    and (d.state = 'refused' or (d.state = 'standing' and (d.hold_until > now() or d.at > now() - interval '1 hour')))`;

/**
 * People with a visit that could vest now and has not: an order gave its packet back, or the process that should have
 * looked at it has died. Whoever is blocked, or has helped somebody who is, is not among them.
 */
const RIPE = `
  select distinct s.visitor_id as id
  from packet_step s join coupon c on c.id = s.packet_id and c.state = 'usable' and c.valid_until > now()
    and (c.own_rule ->> 'cutFen')::bigint < c.own_worst_fen
  where s.state = 'pending' and s.is_ripe
    and exists (select 1 from person p where p.id = s.visitor_id and ${IN_GOOD_STANDING})
    and exists (select 1 from person p where p.id = c.shopper_id and ${IN_GOOD_STANDING})
    and not exists (${REVIEWED})
  limit $1`;

/** Has every ripe visit looked at. @returns whether there may be more */
export async function vestRipe(db: Queryable, vest: (personId: string) => Promise<void>): Promise<boolean> {
  const people = await db.query<{ id: string }>(RIPE, [LIMITS.packet.sweepMax]);
  await Promise.all(people.map(({ id }) => vest(id)));
  return people.length === LIMITS.packet.sweepMax;
}

/** Under the locks: what of these packets is still over or full loses its pending visits; every process hears of it. */
const LAPSE = `
  with done as (
    delete from packet_done where packet_id = any ($1::text[])
  ), over as materialized (
    select c.id, case when c.state in ('used', 'expired', 'void') then 'ended' else 'cap' end as cause
    from coupon c where c.id = any ($1::text[])
      and (c.state in ('used', 'expired', 'void') or (c.own_rule ->> 'cutFen')::bigint >= c.own_worst_fen)
  ), lapsed as (
    update packet_step s set state = 'lapsed', lapsed_because = o.cause
    from over o where s.packet_id = o.id and s.state = 'pending' returning s.packet_id
  ), counted as (
    update packet m set lapsed = m.lapsed + n.n, version = m.version + 1
    from (select packet_id, count(*) as n from lapsed group by 1) n where m.id = n.packet_id returning m.code
  )
  select pg_notify('packet', code) from counted`;

/** Ends the pending visits of packets that are over or full. @returns whether there may be more */
export function lapseDone(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Only packets that nobody moves at this moment: the others are still noted, and looked at again.
    const due = await tx.query<{ id: string }>(
      `select c.id from packet_done d join coupon c on c.id = d.packet_id
       order by c.id limit $1 for no key update of c skip locked`,
      [LIMITS.packet.sweepMax],
    );
    if (due.length > 0) await tx.query(LAPSE, [due.map(({ id }) => id)]);
    return due.length === LIMITS.packet.sweepMax;
  });
}

/** Tells once whose packet is nearly over and that nobody has used. @returns whether there may be more */
export async function remindOfPackets(db: Queryable): Promise<boolean> {
  const told = await db.query(
    `with due as (
       update packet set reminded_at = now()
       where id in (select m.id from coupon c join packet m on m.id = c.id and m.reminded_at is null
                    where c.state = 'usable' and c.growth is not null and c.valid_until > now()
                      and c.valid_until <= now() + least($1 * interval '1 millisecond', (c.valid_until - c.claimed_at) / 4)
                    order by c.valid_until limit $2 for update of m skip locked)
       returning id
     )
     insert into outbox (topic, aggregate, body) select 'packet.lapsing', id, '{}' from due returning id`,
    [LIMITS.packet.remindMs, LIMITS.packet.sweepMax],
  );
  return told.length === LIMITS.packet.sweepMax;
}
