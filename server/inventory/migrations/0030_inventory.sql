-- Words: on hand (in the building), reserved (held by unpaid orders), available = on hand − reserved, sold.
create table location (
  id text primary key,
  name jsonb not null
);
insert into location values ('central', '{"zh":"中心仓","en":"Central warehouse"}');

create table stock_level (
  sku_id text not null references sku (id),
  location_id text not null references location (id),
  on_hand integer not null default 0 check (on_hand >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  sold integer not null default 0 check (sold >= 0),
  version bigint not null default 0,
  primary key (sku_id, location_id),
  -- Nothing oversold, said once more where no code can get round it.
  constraint never_oversold check (reserved <= on_hand)
) with (fillfactor = 20);

create table reservation (
  id text primary key,
  order_id text not null,
  sku_id text not null,
  location_id text not null,
  shopper_id text not null,
  quantity integer not null check (quantity > 0),
  state text not null default 'active' check (state in ('active', 'confirmed', 'cancelled', 'expired')),
  expires_at timestamptz not null,
  ended_at timestamptz,
  foreign key (sku_id, location_id) references stock_level (sku_id, location_id)
);
create index reservation_by_order on reservation (order_id);
create index reservation_by_expiry on reservation (expires_at) where state = 'active';

-- Append-only: every change of a level, with what it was for. The checker recomputes the level from it.
create table stock_move (
  id bigint generated always as identity primary key,
  sku_id text not null,
  location_id text not null,
  kind text not null check (kind in ('intake', 'adjust', 'reserve', 'release', 'confirm', 'restock')),
  quantity integer not null,
  -- Reservation, adjustment key, import or refund that caused it.
  reference text not null,
  reason text,
  actor text,
  at timestamptz not null default now(),
  unique (reference, kind, sku_id, location_id)
);
create index stock_move_by_sku on stock_move (sku_id, location_id, id);

-- Units that a person holds or owns in a scope (a session, or 'always'); written under the stock row's lock.
create table limit_use (
  shopper_id text not null,
  sku_id text not null,
  scope text not null,
  quantity integer not null check (quantity >= 0),
  primary key (shopper_id, sku_id, scope)
);
