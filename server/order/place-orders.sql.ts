import { type Columns, unnest } from '../platform/columns.ts';

/*
 * The statements of one batch. Lock order everywhere: order rows first, then stock rows in SKU order; rows that hang
 * on a SKU (tier places, limits, the session's counter) are only written under its stock row's lock.
 */

/** 1. Lock. Every writer of these SKUs queues here, in the same order. While somebody waits nothing is free for others. */
export const LOCK_STOCK = `
  select sku_id, case when waiting > 0 then 0 else on_hand - reserved end as available, offered
  from stock_level where location_id = 'central' and sku_id = any ($1::text[])
  order by sku_id for update`;

/**
 * The same where some of the batch fetch their goods: beside the warehouse's rows of all SKUs those of their stores,
 * $2 and $3 in pairs. Two rows of a SKU are locked in the order of their places.
 */
export const LOCK_STOCK_AND_STORES = `
  select s.sku_id, s.location_id, case when s.waiting > 0 then 0 else s.on_hand - s.reserved end as available, s.offered
  from (select sku_id, 'central' as location_id from unnest($1::text[]) as c (sku_id)
        union select * from unnest($2::text[], $3::text[])) w (sku_id, location_id)
  join stock_level s on s.sku_id = w.sku_id and s.location_id = w.location_id
  order by s.sku_id, s.location_id for update of s`;

export const READ_STORE = `
  select sku_id, on_hand - reserved as available
  from stock_level where location_id = $1 and sku_id = any ($2::text[])`;

export const READ_STOCK = `
  select sku_id, case when waiting > 0 then 0 else on_hand - reserved end as available, offered
  from stock_level where location_id = 'central' and sku_id = any ($1::text[])`;

/*
 * 2. Read, by statements that begin after the locks are held: each sees all that was committed before. People's rows are
 * looked up one by one through their index (`lateral`): any other plan reads tables that grow with every order.
 */
export const READ_SKUS = `
  select s.id as sku_id, s.price_fen, s.limit_per_person, s.is_listed and p.is_listed as is_for_sale,
         exists (select 1 from sale_stop t where t.sku_id = s.id and t.opened_at is null) as is_stopped,
         p.handle as product_handle, p.category_id, p.title, s.choice, p.options, c.path as picture_path,
         floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now
  from sku s join product p on p.handle = s.product_handle
  left join picture c on c.key = p.handle || '-1'
  where s.id = any ($1::text[])`;

export const READ_OFFERS = `
  select i.sku_id, i.session_id, i.price_fen, i.limit_per_person, i.tiers, i.accepted,
         v.allows_promotions,
         (extract(epoch from v.starts_at) * 1000)::bigint as starts_at,
         (extract(epoch from v.ends_at) * 1000)::bigint as ends_at,
         coalesce(open.slots, '{}') as open_slots
  from session_item i
  join sale_session v on v.id = i.session_id and v.ends_at > clock_timestamp()
  left join lateral (
    select array_agg(t.slot_number order by t.slot_number) as slots
    from (select slot_number from tier_slot
          where session_id = i.session_id and sku_id = i.sku_id and order_id is null
          order by slot_number limit $2) t
  ) open on i.tiers <> '[]'::jsonb
  where i.sku_id = any ($1::text[])`;

export const READ_USED = `
  select u.shopper_id, u.sku_id, u.scope, u.quantity
  from unnest($1::text[], $2::text[]) as p (shopper_id, sku_id)
  cross join lateral (
    select shopper_id, sku_id, scope, quantity from limit_use
    where shopper_id = p.shopper_id and sku_id = p.sku_id and quantity > 0 offset 0
  ) u`;

export const READ_EARLIER = `
  select o.shopper_id, o.key, o.id, o.request_hash, o.total_fen, o.rank,
         (extract(epoch from o.pay_before) * 1000)::bigint as pay_before
  from unnest($1::text[], $2::uuid[]) as k (shopper_id, key)
  cross join lateral (
    select shopper_id, key, id, request_hash, total_fen, rank, pay_before from orders
    where shopper_id = k.shopper_id and key = k.key limit 1
  ) o`;

/** Keys that were refused when they were sent again (docs/adr/0006). */
export const READ_REFUSED = `
  select r.shopper_id, r.key, r.decision
  from unnest($1::text[], $2::uuid[]) as k (shopper_id, key)
  cross join lateral (
    select shopper_id, key, decision from refused_key where shopper_id = k.shopper_id and key = k.key limit 1
  ) r`;

export const READ_UNPAID = `
  select p.shopper_id, o.n
  from unnest($1::text[]) as p (shopper_id)
  cross join lateral (
    select count(*) as n
    -- The fence keeps the planner off the index of states: a person's own orders are few.
    from (select state from orders where shopper_id = p.shopper_id offset 0) own
    where own.state in ('pending_pay', 'closing')
  ) o where o.n > 0`;

/**
 * Keeps refusals; with them go as many old ones as were made, twice, so that the table stays small without a job. After
 * $4 ms no sending of such a key can be accepted: its quote is too old.
 */
export const KEEP_REFUSED = `
  with old as (
    delete from refused_key where ctid = any (array(
      select ctid from refused_key
      where refused_at < now() - $4::double precision * interval '1 millisecond'
      order by refused_at limit 2 * cardinality($2::uuid[]) for update skip locked
    ))
  )
  insert into refused_key (shopper_id, key, decision)
  select * from unnest($1::text[], $2::uuid[], $3::jsonb[]) on conflict do nothing`;

/* 3. Write: one statement for the whole batch, an array per column. */

export const ORDER_COLUMNS = {
  id: 'text',
  shopper_id: 'text',
  key: 'uuid',
  request_hash: 'text',
  goods_fen: 'bigint',
  freight_fen: 'bigint',
  total_fen: 'bigint',
  saved_fen: 'bigint',
  discount_fen: 'bigint',
  cuts: 'jsonb',
  quote: 'jsonb',
  address: 'jsonb',
  note: 'text',
  rank: 'integer',
  placed_at: 'bigint',
  pay_before: 'bigint',
  store_id: 'text',
  promised_at: 'bigint',
} as const satisfies Columns;

/** What a line keeps of its own. */
const KEPT = {
  order_id: 'text',
  line_number: 'integer',
  sku_id: 'text',
  quantity: 'integer',
  unit_fen: 'bigint',
  price_kind: 'text',
  session_id: 'text',
  tier_up_to: 'integer',
  tier_slot: 'integer',
  rank: 'integer',
  discount_fen: 'bigint',
  cuts: 'jsonb',
} as const satisfies Columns;
/** What lines of the same SKU keep of their product: each is sent once, and `copy` counts in these from 1. */
export const COPY_COLUMNS = {
  title: 'jsonb',
  choice: 'jsonb',
  product_handle: 'text',
  picture_path: 'text',
} as const satisfies Columns;
/** And what a line's hold needs. */
export const LINE_COLUMNS = {
  ...KEPT,
  copy: 'integer',
  shopper_id: 'text',
  expires_at: 'bigint',
  location_id: 'text',
} as const satisfies Columns;

const LINES_FROM = Object.keys(ORDER_COLUMNS).length + 1;
const COPIES_FROM = LINES_FROM + Object.keys(LINE_COLUMNS).length;
const NOTICE = COPIES_FROM + Object.keys(COPY_COLUMNS).length;
const [ORDERS, PLACES] = [NOTICE + 1, NOTICE + 2];
const KEPT_NAMES = [...Object.keys(KEPT), ...Object.keys(COPY_COLUMNS)].join(', ');
/** Most lines have no cuts: null stands for the empty list, which would be parsed for each of them. */
const NO_CUTS = `coalesce(cuts, '[]'::jsonb)`;
const KEPT_VALUES = [
  ...Object.keys(KEPT).map((name) => (name === 'cuts' ? NO_CUTS : name)),
  ...Object.entries(COPY_COLUMNS).map(([, type], index) => `($${COPIES_FROM + index}::${type}[])[copy]`),
].join(', ');

/** Epoch ms as a moment; divided as a double, which `to_timestamp` takes: as a decimal it costs Postgres ten times more. */
const moment = (column: string) => `to_timestamp(${column} / 1000.0::double precision)`;

/**
 * Parameters: the columns of orders, of lines, of copies, the notice of changed stock, how many orders and tier places
 * there must be. Everything that hangs on a line follows from it: its hold, its tier place, what it fills of the
 * shopper's limits (as `scopesOf` says), and the session's counter, which counts reservations that took no tier place.
 * The commit may be on its way already, so the statement fails (division by zero) where an order was not written or a
 * tier place that was given was not open.
 */
export const WRITE = `
  with given as materialized (
    select * from ${unnest('l', LINE_COLUMNS, LINES_FROM)}
  ), new_orders as (
    insert into orders (id, shopper_id, key, request_hash, state, goods_fen, freight_fen, total_fen, saved_fen,
                        discount_fen, cuts, quote, address, note, rank, placed_at, pay_before, store_id, promised_at)
    select id, shopper_id, key, request_hash, 'pending_pay', goods_fen, freight_fen, total_fen, saved_fen, discount_fen, ${NO_CUTS},
           quote, address, note, rank, ${moment('placed_at')}, ${moment('pay_before')},
           store_id, ${moment('promised_at')}
    from ${unnest('o', ORDER_COLUMNS, 1)}
    returning id
  ), new_lines as (
    insert into order_line (${KEPT_NAMES}) select ${KEPT_VALUES} from given
  ), held as (
    insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, expires_at)
    select order_id || '/' || sku_id, order_id, sku_id, location_id, shopper_id, sum(quantity),
           ${moment('expires_at')}
    from given group by order_id, sku_id, location_id, shopper_id, expires_at
    returning id, sku_id, location_id, quantity
  ), moved as (
    insert into stock_move (sku_id, location_id, kind, quantity, reference)
    select sku_id, location_id, 'reserve', quantity, id from held
  ), levels as (
    update stock_level s set reserved = s.reserved + h.quantity, version = s.version + 1
    from (select sku_id, location_id, sum(quantity)::integer as quantity from held group by sku_id, location_id) h
    where s.sku_id = h.sku_id and s.location_id = h.location_id
  ), places as (
    update tier_slot t set order_id = p.order_id
    from given p
    where p.tier_slot is not null and t.session_id = p.session_id and t.sku_id = p.sku_id
      and t.slot_number = p.tier_slot and t.order_id is null
    returning t.slot_number
  ), counters as (
    update session_item i set accepted = i.accepted + c.n
    from (
      select session_id, sku_id, count(*) as n
      from (select session_id, sku_id from given where session_id is not null
            group by order_id, session_id, sku_id having count(tier_slot) = 0) placeless
      group by session_id, sku_id
    ) c
    where i.session_id = c.session_id and i.sku_id = c.sku_id
  ), limits as (
    insert into limit_use as u (shopper_id, sku_id, scope, quantity)
    select shopper_id, sku_id, scope, sum(units)
    from (
      select shopper_id, sku_id, coalesce(session_id, 'always') as scope, quantity as units from given
      union all
      select shopper_id, sku_id, 'tier:' || session_id, 1 from given where tier_slot is not null
    ) x group by shopper_id, sku_id, scope
    on conflict (shopper_id, sku_id, scope) do update set quantity = u.quantity + excluded.quantity
  ), logged as (
    insert into order_log (order_id, step, from_state, to_state, actor)
    select id, 1, null, 'pending_pay', 'shopper' from new_orders
  ), told as (
    insert into outbox (topic, aggregate, body)
    select 'order.placed', id, jsonb_build_object('orderId', id) from new_orders
  )
  select 1 / ((select count(*) from new_orders) = $${ORDERS}::integer and (select count(*) from places) = $${PLACES}::integer)::integer,
         pg_notify('stock', $${NOTICE})`;
