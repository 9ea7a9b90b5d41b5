-- Words: request = what a shopper asks to give back of an order: before shipping a refund (退款), after receipt a return
-- (退货). One is open per order at a time; the order's own state says so.
create table refund_request (
  -- Made by the phone: a repeat finds its row.
  id uuid primary key,
  order_id text not null references orders (id),
  number integer not null,
  kind text not null check (kind in ('refund', 'return')),
  state text not null,
  -- Where the order goes back to when goods of it are left, or the request ends without money.
  from_state text not null,
  -- Goods and freight together, fixed when it was asked: what was shown is what goes back.
  amount_fen bigint not null check (amount_fen >= freight_fen),
  freight_fen bigint not null check (freight_fen >= 0),
  reason text not null,
  -- The shop's words when it agreed or refused.
  answer text,
  -- Whether the units are on sale again; null until somebody has looked at them.
  restock boolean,
  carrier text,
  tracking_number text,
  asked_at timestamptz not null default now(),
  goods_back_at timestamptz,
  ended_at timestamptz,
  unique (order_id, number)
);
create unique index refund_request_open on refund_request (order_id)
  where state not in ('done', 'refused', 'withdrawn');
create index refund_request_by_state on refund_request (state, asked_at);

create table refund_request_line (
  request_id uuid not null references refund_request (id),
  line_number integer not null,
  quantity integer not null check (quantity > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  primary key (request_id, line_number)
);

-- Append-only; a request passes each state once.
create table refund_request_log (
  request_id uuid not null references refund_request (id),
  from_state text,
  to_state text not null,
  actor text not null,
  at timestamptz not null default now(),
  primary key (request_id, to_state)
);

-- What of a line went back, and what of that is on sale again. Never more than was bought, never more than was paid.
alter table order_line
  add column refunded_quantity integer not null default 0,
  add column restocked_quantity integer not null default 0,
  add column refunded_fen bigint not null default 0,
  add constraint no_more_units_back_than_sold
    check (0 <= restocked_quantity and restocked_quantity <= refunded_quantity and refunded_quantity <= quantity),
  add constraint no_more_money_back_than_paid
    check (0 <= refunded_fen and refunded_fen <= quantity * unit_fen - discount_fen);

-- Refunds of whole orders from before requests had rows of their own.
update order_line l set refunded_quantity = quantity, restocked_quantity = quantity, refunded_fen = quantity * unit_fen
from orders o where o.id = l.order_id and o.state = 'refunded';
update reservation r set state = 'confirmed'
from orders o where o.id = r.order_id and o.state = 'refunded' and r.state = 'cancelled';
insert into refund_request (id, order_id, number, kind, state, from_state, amount_fen, freight_fen, reason, restock, ended_at)
select gen_random_uuid(), o.id, 1, 'refund',
       case o.state when 'refund_requested' then 'requested' when 'refunding' then 'refunding' else 'done' end,
       l.from_state, o.total_fen, o.freight_fen, coalesce(l.reason, ''), true, o.closed_at
from orders o cross join lateral (
  select from_state, reason from order_log where order_id = o.id and to_state = 'refund_requested'
  order by step desc limit 1) l
where o.state in ('refund_requested', 'refunding', 'refunded');
insert into refund_request_line (request_id, line_number, quantity, amount_fen)
select r.id, l.line_number, l.quantity, l.quantity * l.unit_fen from refund_request r join order_line l on l.order_id = r.order_id;
insert into refund_request_log (request_id, from_state, to_state, actor) select id, null, state, 'migration' from refund_request;
-- A new database has no payment room at this step, and no refunds.
do $$ begin
  if to_regclass('refund') is not null then
    update refund f set reason_key = 'request:' || r.id
    from refund_request r where r.order_id = f.order_id and f.reason_key = 'order_refund';
  end if;
end $$;
