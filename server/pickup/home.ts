import type { AnswerOf, ValueOf } from '../../lib/contracts/contract.ts';
import type { counterDay, counterHome } from '../../lib/contracts/counter.ts';
import { accept } from '../../lib/domain/result.ts';
import type { Database } from '../platform/database.ts';
import { postOf } from './clerks.ts';
import { needsPost } from './counter-facts.ts';
import { epochMs } from './counter-orders.ts';

type Home = ValueOf<typeof counterHome>;
type Day = ValueOf<typeof counterDay>;

const TODAY = `(clock_timestamp() at time zone 'Asia/Shanghai')::date`;
/** Moments of the day $2 of China. */
const OF_DAY = (column: string) =>
  `${column} >= ($2::date)::timestamp at time zone 'Asia/Shanghai' and ${column} < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'`;

export async function readHome(db: Database, clerkId: string): Promise<Home> {
  const post = await postOf(db, clerkId);
  const [row] = await db.query<
    Home['counts'] & { now: number; name: string; lockedUntil: number | null; lease: Home['lease'] }
  >(
    `select ${epochMs('clock_timestamp()')} as now, trim(p.display_name) as name,
       (select locked_until from counter_tries t
        where t.clerk_id = p.id and t.locked_until > ${epochMs('clock_timestamp()')}) as "lockedUntil",
       (select count(*) from pickup k join orders o on o.id = k.order_id
        where k.store_id = $2 and k.state = 'preparing' and o.state = 'paid') as preparing,
       (select count(distinct x.order_id) from pickup k join pickup_line x on x.order_id = k.order_id
        where k.store_id = $2 and k.state = 'preparing' and x.location_id <> k.store_id) as awaited,
       (select count(*) from pickup k where k.store_id = $2 and k.state = 'ready') as ready,
       (select count(distinct h.order_id) from pickup_handover h where h.store_id = $2 and h.undone_at is null
        and h.at >= ${TODAY}::timestamp at time zone 'Asia/Shanghai') as "handedToday",
       (select count(*) from pickup_conflict c where c.store_id = $2 and c.at > now() - interval '7 days') as conflicts,
       (select jsonb_build_object('id', l.id, 'deviceId', l.device_id, 'until', ${epochMs('l.until')},
               'orders', (select count(*) from pickup k where k.lease_id = l.id))
        from pickup_lease l where l.store_id = $2 and l.ended_at is null and l.until > clock_timestamp()) as lease
     from person p where p.id = $1`,
    [clerkId, post?.storeId ?? null],
  );
  if (!row) throw new Error('a clerk vanished');
  const { now, name, lockedUntil, lease, ...counts } = row;
  const store = post && { id: post.storeId, name: post.name };
  return { now, clerk: { id: clerkId, name }, store, lockedUntil, counts, lease };
}

/** One day of a store: totals, clerk by clerk, and what happened. */
export async function readDay(
  db: Database,
  clerkId: string,
  asked: string | undefined,
): Promise<AnswerOf<typeof counterDay>> {
  const post = needsPost(await postOf(db, clerkId));
  if (!post.ok) return post;
  const { storeId } = post.value;
  const [time] = await db.query<{ now: number; day: string }>(
    `select ${epochMs('clock_timestamp()')} as now, coalesce($1::date, ${TODAY})::text as day`,
    [asked ?? null],
  );
  if (!time) throw new Error('the database has no clock');
  const clerks = await db.query<Day['clerks'][number] & { orders: number }>(
    `with handed as (
       select h.clerk_id, h.id, h.order_id, h.shown, h.undone_at is not null as is_undone,
              (select sum(quantity) from pickup_handover_line y where y.handover_id = h.id)::integer as units
       from pickup_handover h where h.store_id = $1 and ${OF_DAY('h.at')}
     ), wrong as (
       select clerk_id, count(*)::integer as n from counter_log
       where store_id = $1 and what = 'wrong_code' and ${OF_DAY('at')} group by 1
     ), sums as (
       select clerk_id, count(*) filter (where not is_undone)::integer as handovers,
         coalesce(sum(units) filter (where not is_undone), 0)::integer as units,
         count(*) filter (where is_undone)::integer as undone,
         count(distinct order_id) filter (where not is_undone)::integer as orders,
         count(*) filter (where not is_undone and shown not in ('token', 'friend_token'))::integer as "withoutToken"
       from handed group by 1
     )
     select coalesce(s.clerk_id, w.clerk_id) as id, coalesce(trim(p.display_name), '') as name,
       coalesce(s.handovers, 0) as handovers, coalesce(s.units, 0) as units, coalesce(s.undone, 0) as undone,
       coalesce(s.orders, 0) as orders, coalesce(w.n, 0) as "wrongCodes", coalesce(s."withoutToken", 0) as "withoutToken"
     from sums s full join wrong w using (clerk_id) left join person p on p.id = coalesce(s.clerk_id, w.clerk_id)
     order by 3 desc, 1`,
    [storeId, time.day],
  );
  const log = await db.query<Day['log'][number]>(
    `select e.at, coalesce(trim(p.display_name), '') as "clerkName", e.what, e.order_id as "orderId", e.units
     from (
       select ${epochMs('at')} as at, clerk_id, what, order_id, units from counter_log where store_id = $1 and ${OF_DAY('at')}
       union all
       select ${epochMs('h.at')}, h.clerk_id, 'handed', h.order_id,
              (select sum(quantity) from pickup_handover_line y where y.handover_id = h.id)::integer
       from pickup_handover h where h.store_id = $1 and ${OF_DAY('h.at')}
     ) e left join person p on p.id = e.clerk_id order by e.at desc limit 200`,
    [storeId, time.day],
  );
  const sum = (of: (clerk: (typeof clerks)[number]) => number) => clerks.reduce((n, clerk) => n + of(clerk), 0);
  const totals = {
    handovers: sum((one) => one.handovers),
    orders: sum((one) => one.orders),
    units: sum((one) => one.units),
    undone: sum((one) => one.undone),
    wrongCodes: sum((one) => one.wrongCodes),
  };
  return accept({ ...time, totals, clerks: clerks.map(({ orders: _orders, ...clerk }) => clerk), log });
}
