-- A transfer is two moves: out of one location when it is sent, into the other when it arrives, or back when it is
-- called off. Between the two its units are nobody's stock: they are counted by the row in transit.
alter table stock_move drop constraint stock_move_kind_check;
alter table stock_move add constraint stock_move_kind_check
  check (kind in ('intake', 'adjust', 'reserve', 'release', 'confirm', 'restock', 'transfer_out', 'transfer_in'));

create table stock_transfer (
  -- The command's key: one transfer per key.
  id uuid primary key,
  sku_id text not null references sku (id),
  from_location text not null references location (id),
  to_location text not null references location (id),
  quantity integer not null check (quantity > 0),
  state text not null default 'in_transit' check (state in ('in_transit', 'arrived', 'returned')),
  reason text not null,
  sent_by text not null,
  sent_at timestamptz not null default now(),
  ended_by text,
  ended_at timestamptz,
  check (from_location <> to_location),
  check ((state = 'in_transit') = (ended_at is null))
);
create index stock_transfer_by_time on stock_transfer (sent_at desc);
