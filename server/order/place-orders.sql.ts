/*
 * The statements of one batch. Lock order everywhere: order rows first, then stock rows in SKU order; rows that hang
 * on a SKU (tier places, limits, the session's counter) are only written under its stock row's lock.
 */

/** 1. Lock. Every writer of these SKUs queues here, in the same order. While somebody waits nothing is free for others. */
export const LOCK_STOCK = `
  select sku_id, case when waiting > 0 then 0 else on_hand - reserved end as available, offered
  from stock_level where location_id = 'central' and sku_id = any ($1::text[])
  order by sku_id for update`;

export const READ_STOCK = `
  select sku_id, case when waiting > 0 then 0 else on_hand - reserved end as available, offered
  from stock_level where location_id = 'central' and sku_id = any ($1::text[])`;

/** 2. Read, by statements that begin after the locks are held: each sees all that was committed before. */
export const READ_SKUS = `
  select s.id as sku_id, s.price_fen, s.limit_per_person, s.is_listed and p.is_listed as is_for_sale,
         exists (select 1 from sale_stop t where t.sku_id = s.id and t.opened_at is null) as is_stopped,
         p.handle as product_handle, p.category_id, p.title, s.choice, p.options, c.path as picture_path,
         (extract(epoch from clock_timestamp()) * 1000)::bigint as now
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
  from unnest($1::text[]) as p (shopper_id)
  join limit_use u on u.shopper_id = p.shopper_id and u.sku_id = any ($2::text[]) and u.quantity > 0`;

export const READ_EARLIER = `
  select o.shopper_id, o.key, o.id, o.request_hash, o.total_fen, o.rank,
         (extract(epoch from o.pay_before) * 1000)::bigint as pay_before
  from unnest($1::text[], $2::uuid[]) as k (shopper_id, key)
  join orders o on o.shopper_id = k.shopper_id and o.key = k.key`;

export const READ_UNPAID = `
  select o.shopper_id, count(*) as n
  from orders o where o.shopper_id = any ($1::text[]) and o.state in ('pending_pay', 'closing')
  group by o.shopper_id`;

/** 3. Write: one statement for the whole batch. $1 orders, $2 lines, $3 stock by SKU, $4 places, $5 counters, $6 limits. */
export const WRITE = `
  with new_orders as (
    insert into orders (id, shopper_id, key, request_hash, state, goods_fen, freight_fen, total_fen, saved_fen,
                        discount_fen, cuts, quote, address, note, rank, placed_at, pay_before)
    select id, shopper_id, key, request_hash, 'pending_pay', goods_fen, freight_fen, total_fen, saved_fen, discount_fen, cuts,
           quote, address, note, rank, to_timestamp(placed_at / 1000.0), to_timestamp(pay_before / 1000.0)
    from jsonb_to_recordset($1::jsonb) as o (id text, shopper_id text, key uuid, request_hash text, goods_fen bigint,
      freight_fen bigint, total_fen bigint, saved_fen bigint, discount_fen bigint, cuts jsonb, quote jsonb, address jsonb, note text, rank integer,
      placed_at bigint, pay_before bigint)
    returning id
  ), new_lines as (
    insert into order_line (order_id, line_number, sku_id, quantity, unit_fen, price_kind, session_id, tier_up_to,
                            tier_slot, rank, discount_fen, cuts, title, choice, product_handle, picture_path)
    select order_id, line_number, sku_id, quantity, unit_fen, price_kind, session_id, tier_up_to, tier_slot, rank,
           discount_fen, cuts, title, choice, product_handle, picture_path
    from jsonb_to_recordset($2::jsonb) as l (order_id text, line_number integer, sku_id text, quantity integer,
      unit_fen bigint, price_kind text, session_id text, tier_up_to integer, tier_slot integer, rank integer,
      discount_fen bigint, cuts jsonb, title jsonb, choice jsonb, product_handle text, picture_path text)
  ), held as (
    insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, expires_at)
    select id, order_id, sku_id, 'central', shopper_id, quantity, to_timestamp(expires_at / 1000.0)
    from jsonb_to_recordset($3::jsonb) as r (id text, order_id text, sku_id text, shopper_id text, quantity integer,
      expires_at bigint)
    returning id, sku_id, quantity
  ), moved as (
    insert into stock_move (sku_id, location_id, kind, quantity, reference)
    select sku_id, 'central', 'reserve', quantity, id from held
  ), levels as (
    update stock_level s set reserved = s.reserved + h.quantity, version = s.version + 1
    from (select sku_id, sum(quantity)::integer as quantity from held group by sku_id) h
    where s.sku_id = h.sku_id and s.location_id = 'central'
  ), places as (
    update tier_slot t set order_id = p.order_id
    from jsonb_to_recordset($4::jsonb) as p (session_id text, sku_id text, slot_number integer, order_id text)
    where t.session_id = p.session_id and t.sku_id = p.sku_id and t.slot_number = p.slot_number and t.order_id is null
    returning t.slot_number
  ), counters as (
    update session_item i set accepted = i.accepted + c.n
    from jsonb_to_recordset($5::jsonb) as c (session_id text, sku_id text, n integer)
    where i.session_id = c.session_id and i.sku_id = c.sku_id
  ), limits as (
    insert into limit_use as u (shopper_id, sku_id, scope, quantity)
    select shopper_id, sku_id, scope, quantity
    from jsonb_to_recordset($6::jsonb) as l (shopper_id text, sku_id text, scope text, quantity integer)
    on conflict (shopper_id, sku_id, scope) do update set quantity = u.quantity + excluded.quantity
  ), logged as (
    insert into order_log (order_id, step, from_state, to_state, actor)
    select id, 1, null, 'pending_pay', 'shopper' from new_orders
  ), told as (
    insert into outbox (topic, aggregate, body)
    select 'order.placed', id, jsonb_build_object('orderId', id) from new_orders
  )
  select (select count(*) from new_orders) as orders, (select count(*) from places) as places,
         pg_notify('stock', $7)`;
