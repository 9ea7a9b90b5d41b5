import type { Database } from '../../../server/platform/database.ts';
import { COUPON_FEN, COUPON_STEPS, cutsOf } from './coupon-rows.ts';
import { teamSteps } from './team-rows.ts';

const SKUS = 1_000;
const SESSION_SKUS = 100;
const PLACES = 50;
/** What became of order `n`: 6 of 10 are paid, the rest are unpaid, closed, shipped and refunded. */
const STATE = `(array['paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'pending_pay', 'closed', 'shipped', 'refunded'])[1 + n % 10]`;

/**
 * Fills an empty shop with `orders` orders and everything that hangs on them, as the product would have written it:
 * lines, reservations, moves, logs, payments, notices, the gateway's books, coupons, teams and their campaigns. All of it
 * inside the database.
 */
export async function fillShop(db: Database, orders: number): Promise<void> {
  const steps = [
    `insert into category (id, name) values ('c', '{}')`,
    `insert into product (handle, category_id, title) values ('p', 'c', '{"zh":"品","en":"Good"}')`,
    `insert into sku (id, product_handle, code, price_fen, shelf, slot)
     select 's' || k, 'p', 'c' || k, 10000 + k, 'f' || k / 100, k % 100 from generate_series(0, ${SKUS - 1}) k`,
    `insert into price_history (sku_id, price_fen, valid_from) select id, price_fen, now() - interval '9 days' from sku`,
    `insert into sale_session (id, name, starts_at, ends_at) values ('ses', '{}', now() - interval '2 days', now() + interval '1 day')`,
    `insert into session_item (session_id, sku_id, price_fen, limit_per_person, tiers)
     select 'ses', 's' || k, 8000, 5, '[{"upTo":${PLACES},"priceFen":4000}]' from generate_series(0, ${SESSION_SKUS - 1}) k`,
    `create temporary table made as
     select n, 'ord_' || lpad(n::text, 12, '0') as id, 'shp_' || n / 2 as shopper, 's' || sku as sku, state,
            1 + n % 2 as quantity, sku < ${SESSION_SKUS} as is_timed, now() - interval '1 day' as at,
            case when sku < ${SESSION_SKUS} and state <> 'closed' and state <> 'refunded'
              then row_number() over (partition by sku order by state in ('closed', 'refunded'), n) end as place,
            case when n / 10 % 3 = 0 and sku >= ${SESSION_SKUS} then ${COUPON_FEN} else 0 end as cut,
            state in ('paid', 'shipped') as is_owned, state in ('paid', 'shipped', 'refunded') as was_paid
     from (select n, (n * 7919) % ${SKUS} as sku, ${STATE} as state from generate_series(0, ${orders - 1}) n) o`,
    `update made set place = null where place > ${PLACES}`,
    `update made set quantity = 1 where place is not null`,
    `create temporary table priced as
     select *, case when place is not null then 4000 when is_timed then 8000 else 10000 + substr(sku, 2)::int end as unit from made`,
    `alter table priced add column total bigint`,
    `update priced set total = unit * quantity - cut + 800`,
    `insert into orders (id, shopper_id, key, request_hash, state, goods_fen, discount_fen, cuts, freight_fen, total_fen,
       paid_fen, refunded_fen, quote, address, placed_at, pay_before, paid_at, sequence)
     select id, shopper, gen_random_uuid(), '', state, unit * quantity, cut, ${cutsOf(`'kind', 'coupon', 'name', '{}', `)},
            800, total, case when was_paid then total else 0 end, case when state = 'refunded' then total else 0 end,
            jsonb_build_object('shownTotalFen', total), '{}', at, now() + interval '20 minutes',
            case when was_paid then at end,
            case state when 'pending_pay' then 1 when 'paid' then 2 when 'closed' then 3 else 4 end
     from priced`,
    `insert into order_line (order_id, line_number, sku_id, quantity, unit_fen, price_kind, session_id, tier_up_to, tier_slot,
       title, choice, product_handle, discount_fen, cuts, refunded_quantity, restocked_quantity, refunded_fen)
     select id, 1, sku, quantity, unit, case when place is not null then 'tier' when is_timed then 'session' else 'ordinary' end,
            case when is_timed then 'ses' end, case when place is not null then ${PLACES} end, place, '{}', '{}', 'p', cut, ${cutsOf('')},
            case when state = 'refunded' then quantity else 0 end, case when state = 'refunded' then quantity else 0 end,
            case when state = 'refunded' then quantity * unit - cut else 0 end
     from priced`,
    `insert into refund_request (id, order_id, number, kind, state, from_state, amount_fen, freight_fen, reason, restock)
     select md5(id)::uuid, id, 1, 'refund', 'done', 'paid', total, 800, 'changed_mind', true
     from priced where state = 'refunded'`,
    `insert into refund_request_line (request_id, line_number, quantity, amount_fen)
     select md5(id)::uuid, 1, quantity, unit * quantity - cut from priced where state = 'refunded'`,
    `insert into tier_slot (session_id, sku_id, slot_number, order_id)
     select 'ses', 's' || k, slot, m.id
     from generate_series(0, ${SESSION_SKUS - 1}) k cross join generate_series(1, ${PLACES}) slot
     left join made m on m.sku = 's' || k and m.place = slot`,
    `insert into stock_level (sku_id, location_id, on_hand, reserved, sold)
     select sku, 'central', 1000000 - coalesce(sum(quantity) filter (where is_owned), 0),
            coalesce(sum(quantity) filter (where state = 'pending_pay'), 0),
            coalesce(sum(quantity) filter (where is_owned), 0) from made group by sku`,
    `insert into reservation (id, order_id, sku_id, location_id, shopper_id, quantity, state, expires_at)
     select id || '/' || sku, id, sku, 'central', shopper, quantity,
            case when was_paid then 'confirmed' when state = 'pending_pay' then 'active' else 'cancelled' end,
            now() + interval '20 minutes' from made`,
    `insert into stock_move (sku_id, location_id, kind, quantity, reference)
     select sku_id, 'central', 'intake', 1000000, 'start-' || sku_id from stock_level
     union all select sku, 'central', 'reserve', quantity, id || '/' || sku from made
     union all select sku, 'central', 'confirm', quantity, id || '/' || sku from made where was_paid
     union all select sku, 'central', 'release', quantity, id || '/' || sku from made where state = 'closed'
     union all select sku, 'central', 'restock', quantity, md5(id)::uuid::text from made where state = 'refunded'`,
    `insert into limit_use (shopper_id, sku_id, scope, quantity)
     select shopper, sku, case when is_timed then 'ses' else 'always' end, sum(quantity) from made
     where state not in ('closed', 'refunded') group by 1, 2, 3
     union all select shopper, sku, 'tier:ses', count(*) from made where place is not null group by 1, 2`,
    `insert into order_log (order_id, step, from_state, to_state, actor)
     select id, 1, null, 'pending_pay', 'shopper' from made
     union all select id, 2, 'pending_pay', 'paid', 'payment' from made where was_paid
     union all select id, 2, 'pending_pay', 'closing', 'worker' from made where state = 'closed'
     union all select id, 3, 'closing', 'closed', 'worker' from made where state = 'closed'
     union all select id, 3, 'paid', 'packed', 'operator' from made where state = 'shipped'
     union all select id, 4, 'packed', 'shipped', 'operator' from made where state = 'shipped'
     union all select id, 3, 'paid', 'refund_requested', 'shopper' from made where state = 'refunded'
     union all select id, 4, 'refund_requested', 'refunding', 'operator' from made where state = 'refunded'
     union all select id, 5, 'refunding', 'refunded', 'worker' from made where state = 'refunded'`,
    `insert into payment (id, order_id, key, channel, amount_fen, state, channel_trade_id, expires_at, paid_at)
     select 'pay_' || n, id, gen_random_uuid(), 'sandbox', total,
            case when was_paid then 'paid' else 'open' end, 'trd_' || n, now() + interval '20 minutes', at
     from priced where was_paid or state = 'pending_pay'`,
    `insert into sandbox_trade (id, merchant_id, out_trade_no, order_id, subject, amount_fen, state, expires_at, notify_url)
     select channel_trade_id, 'm', id, order_id, '', amount_fen, case state when 'paid' then 'paid' else 'open' end, expires_at, ''
     from payment`,
    `insert into payment_notice (channel, notice_id, body, settled_at, outcome)
     select 'sandbox', 'ntc_' || id, jsonb_build_object('outTradeNo', id, 'amountFen', amount_fen), now(), 'applied'
     from payment where state = 'paid'`,
    `insert into refund (id, payment_id, order_id, amount_fen, reason_key, state)
     select 'rfd_' || p.id, p.id, p.order_id, p.amount_fen, 'request:' || md5(p.order_id)::uuid, 'done'
     from payment p join made m on m.id = p.order_id where m.state = 'refunded'`,
    `insert into sandbox_refund (out_refund_no, trade_id, amount_fen)
     select r.id, p.channel_trade_id, r.amount_fen from refund r join payment p on p.id = r.payment_id`,
    `insert into outbox (topic, aggregate, body, sent_at) select 'order.placed', id, '{}', now() from made`,
    ...COUPON_STEPS,
    ...teamSteps(orders),
  ];
  await db.transaction(async (tx) => {
    for (const step of steps) await tx.query(step);
  });
  await db.query('vacuum (analyze)');
}
