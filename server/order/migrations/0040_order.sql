create table orders (
  id text primary key,
  shopper_id text not null,
  -- The command's idempotency key, and what it asked for: the same key with other content is refused.
  key uuid not null,
  request_hash text not null,
  state text not null,
  goods_fen bigint not null check (goods_fen >= 0),
  freight_fen bigint not null check (freight_fen >= 0),
  total_fen bigint not null check (total_fen >= 0),
  saved_fen bigint not null default 0,
  paid_fen bigint not null default 0,
  refunded_fen bigint not null default 0 check (refunded_fen <= paid_fen),
  quote jsonb not null,
  address jsonb not null,
  note text not null default '',
  rank integer,
  placed_at timestamptz not null,
  pay_before timestamptz not null,
  paid_at timestamptz,
  shipped_at timestamptz,
  received_at timestamptz,
  closed_at timestamptz,
  closed_because text,
  carrier text,
  tracking_number text,
  sequence integer not null default 1,
  unique (shopper_id, key)
);
create index orders_of_shopper on orders (shopper_id, id desc);
create index orders_by_state on orders (state, id desc);
create index orders_unpaid on orders (pay_before) where state in ('pending_pay', 'closing');

create table order_line (
  order_id text not null references orders (id),
  line_number integer not null,
  sku_id text not null,
  quantity integer not null check (quantity > 0),
  unit_fen bigint not null check (unit_fen >= 0),
  price_kind text not null check (price_kind in ('ordinary', 'session', 'tier')),
  session_id text,
  tier_up_to integer,
  tier_slot integer,
  rank integer,
  title jsonb not null,
  choice jsonb not null,
  product_handle text not null,
  picture_path text,
  primary key (order_id, line_number)
);
create index order_line_by_sku on order_line (sku_id);

create table order_log (
  order_id text not null references orders (id),
  step integer not null,
  from_state text,
  to_state text not null,
  actor text not null,
  reason text,
  at timestamptz not null default now(),
  primary key (order_id, step)
);
