create table festival (
  id text primary key,
  name jsonb not null,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

-- A timed sale. Once it has started nothing of it may change: no countdown restarts, no promise moves.
create table sale_session (
  id text primary key,
  name jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (ends_at > starts_at)
);

create table session_item (
  session_id text not null references sale_session (id) on delete cascade,
  sku_id text not null references sku (id),
  price_fen bigint not null check (price_fen > 0),
  limit_per_person integer not null default 1 check (limit_per_person > 0),
  -- [{"upTo":100,"priceFen":9950}], ascending.
  tiers jsonb not null default '[]',
  -- Lowest paid unit in the 7 days before the start, fixed when the session is saved; null: nothing is crossed out.
  crossed_out_fen bigint,
  -- Successful reservations so far: the rank of the next one is this + 1. Written under the stock row's lock.
  accepted bigint not null default 0,
  sort integer not null default 0,
  primary key (session_id, sku_id)
);
create index session_item_by_sku on session_item (sku_id);

-- One row a place: "the first N" is exactly N. A lapsed hold leaves its row open again, lowest first.
create table tier_slot (
  session_id text not null,
  sku_id text not null,
  slot_number integer not null check (slot_number > 0),
  order_id text,
  primary key (session_id, sku_id, slot_number),
  foreign key (session_id, sku_id) references session_item (session_id, sku_id) on delete cascade
);
create index tier_slot_open on tier_slot (session_id, sku_id, slot_number) where order_id is null;

create function refuse_change_of_started_session() returns trigger language plpgsql as $$
begin
  if old.starts_at <= now() and (new.starts_at, new.ends_at) is distinct from (old.starts_at, old.ends_at) then
    raise exception 'session % has started; its times cannot change', old.id using errcode = 'P0001';
  end if;
  return new;
end $$;
create trigger session_times_are_promises before update on sale_session
  for each row execute function refuse_change_of_started_session();
