-- Words: lib/domain/risk/order-review.ts. Payers, receivers and addresses stand here as keyed hashes, for 30 days
-- (server/risk/purge.ts).

-- Who paid, as the channel names him; forgotten after 30 days.
alter table payment add column payer_id text;
create index payment_with_payer on payment (paid_at) where payer_id is not null;
alter table sandbox_trade add column payer_id text;

-- The order in which the worker has looked at this coupon; one that comes back and is used again is looked at again.
alter table coupon add column looked_at_in text;
create index coupon_to_look_at on coupon (order_id)
  where state = 'used' and looked_at_in is distinct from order_id;

-- Before this moment nobody packs it; infinity: it was refused. On the order's own row, so that a packing that waits for
-- the row finds what was written meanwhile.
alter table orders add column held_until timestamptz;

-- Paid orders that used rewards, in the order in which they were looked at.
create table risk_order (
  number bigint generated always as identity,
  order_id text not null,
  campaign_id text not null,
  shopper_id text not null,
  payer text,
  phone text,
  address text,
  at timestamptz not null default now(),
  primary key (order_id, campaign_id)
);
create index risk_order_by_payer on risk_order (campaign_id, payer) where payer is not null;
create index risk_order_by_phone on risk_order (campaign_id, phone);
create index risk_order_by_address on risk_order (campaign_id, address);
create index risk_order_by_time on risk_order (at);

-- What one decision is made for. Freed without anybody's name: all its orders went on by time.
create table risk_order_group (
  id text primary key,
  campaign_id text not null,
  mechanic text not null,
  kind text not null check (kind in ('payer', 'phone', 'address')),
  -- Null: forgotten.
  subject text,
  opened_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'freed', 'refused')),
  decided_at timestamptz,
  decided_by text,
  words text,
  -- Freed by a person: the orders up to this number were seen then.
  freed_number bigint,
  check ((state = 'open') = (decided_at is null)),
  check (state <> 'refused' or decided_by is not null)
);
create unique index risk_order_group_open on risk_order_group (campaign_id, kind, subject) where state = 'open';
create index risk_order_group_of_subject on risk_order_group (campaign_id, kind, subject);
create index risk_order_group_by_time on risk_order_group (opened_at);

-- Holds of a group, of its orders and of rewards that its people have not used, end with it.
alter table risk_decision add column group_id text references risk_order_group (id);
create index risk_decision_of_group on risk_decision (group_id) where group_id is not null;

create table risk_order_review (
  order_id text primary key references orders (id),
  -- Null: only observed.
  group_id text references risk_order_group (id),
  decision_id text references risk_decision (id),
  campaign_id text not null,
  why text not null check (why in ('payer', 'place')),
  held_until timestamptz not null,
  state text not null check (state in ('observed', 'held', 'freed', 'refused')),
  decided_at timestamptz,
  -- Null: time.
  decided_by text,
  words text,
  -- All its money has gone back.
  is_refunded boolean not null default false,
  check ((state = 'observed') = (group_id is null) and (group_id is null) = (decision_id is null)),
  check ((state in ('freed', 'refused')) = (decided_at is not null)),
  check (state <> 'refused' or decided_by is not null)
);
create index risk_order_review_of_group on risk_order_review (group_id);
create index risk_order_review_held on risk_order_review (held_until) where state = 'held';
create index risk_order_review_to_refund on risk_order_review (decided_at) where state = 'refused' and not is_refunded;
