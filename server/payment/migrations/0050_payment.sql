create table payment (
  -- Our number at the channel (out_trade_no).
  id text primary key,
  order_id text not null references orders (id),
  key uuid not null,
  channel text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  state text not null check (state in ('created', 'open', 'paid', 'closing', 'closed', 'failed')),
  -- The channel's own number of the trade.
  channel_trade_id text,
  pay_url text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  paid_at timestamptz,
  unique (order_id, key),
  unique (channel, channel_trade_id)
);
create index payment_by_order on payment (order_id);

-- Every notice that arrived, once; settled by the worker or on the spot.
create table payment_notice (
  channel text not null,
  notice_id text not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  settled_at timestamptz,
  -- applied, duplicate, late_refunded, quarantined
  outcome text,
  detail text,
  primary key (channel, notice_id)
);
create index payment_notice_open on payment_notice (received_at) where settled_at is null;

create table refund (
  -- Our number at the channel (out_refund_no).
  id text primary key,
  payment_id text not null references payment (id),
  order_id text not null references orders (id),
  amount_fen bigint not null check (amount_fen > 0),
  reason_key text not null,
  state text not null default 'requested' check (state in ('requested', 'done', 'failed')),
  attempts integer not null default 0,
  next_try_at timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  unique (payment_id, reason_key)
);
create index refund_open on refund (next_try_at) where state = 'requested';

-- The sandbox gateway's own books: another company's database in all but address.
create table sandbox_trade (
  id text primary key,
  merchant_id text not null,
  out_trade_no text not null unique,
  order_id text not null,
  subject text not null,
  amount_fen bigint not null,
  state text not null default 'open' check (state in ('open', 'paid', 'closed', 'refunded')),
  expires_at timestamptz not null,
  notify_url text not null,
  paid_at timestamptz,
  created_at timestamptz not null default now()
);
create table sandbox_notice (
  id text primary key,
  trade_id text not null references sandbox_trade (id),
  body text not null,
  signature text not null,
  attempts integer not null default 0,
  next_try_at timestamptz not null default now(),
  delivered_at timestamptz
);
create index sandbox_notice_open on sandbox_notice (next_try_at) where delivered_at is null;
create table sandbox_refund (
  out_refund_no text primary key,
  trade_id text not null references sandbox_trade (id),
  amount_fen bigint not null check (amount_fen > 0),
  created_at timestamptz not null default now()
);
