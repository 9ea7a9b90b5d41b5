-- Words: lib/domain/store. A store is a location under the same id: stock_level, stock_move, reservation and
-- stock_transfer know it by that.
alter table location add column kind text not null default 'warehouse' check (kind in ('warehouse', 'store'));

create table store (
  id text primary key references location (id),
  -- The merchant's own; an import knows a store by it. Its name is its location's.
  code text not null unique,
  address jsonb not null,
  -- Its names in words, {zh, en}.
  region jsonb not null,
  region_code text not null check (region_code ~ '^[0-9]{6}$'),
  -- WGS-84, whatever the source was written in.
  lng double precision not null check (lng between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  -- cellOf(lng, lat), lib/domain/store/cell.ts.
  cell text not null,
  -- Of the source.
  datum text not null check (datum in ('wgs84', 'gcj02')),
  zone text not null default 'Asia/Shanghai',
  -- {weekly: [[[from, to], …] × 7], holiday: [[from, to], …] | null}; null: not known.
  hours jsonb,
  services text[] not null default '{}',
  phone text,
  state text not null default 'open' check (state in ('open', 'closed_temporarily', 'closed')),
  state_note jsonb,
  is_demo boolean not null default false,
  updated_at timestamptz not null default now()
);
create index store_by_cell on store (cell);
create index store_by_region on store (region_code text_pattern_ops, id);

create table store_exception (
  store_id text not null references store (id),
  date date not null,
  spans jsonb not null,
  note jsonb,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (store_id, date)
);

-- Days on which stores that have holiday hours keep them.
create table public_holiday (
  date date primary key,
  name jsonb not null,
  made_by text not null,
  made_at timestamptz not null default now()
);

-- What the boards of store stock follow and read. Orders are served from 'central', so neither costs them anything.
create index stock_move_of_stores on stock_move (id) where location_id <> 'central';
create index stock_level_of_stores on stock_level (location_id) where location_id <> 'central';
