-- Words: product (商品), SKU (规格), shelf = SKUs that a page shows together; live numbers travel per shelf.
create table category (
  id text primary key,
  name jsonb not null,
  -- Emoji name of the plate, e.g. 'dress' (server/publish/demo/art).
  art text,
  sort integer not null default 0
);

create table product (
  handle text primary key,
  category_id text not null references category (id),
  title jsonb not null,
  subtitle jsonb not null default '{"zh":"","en":""}',
  description jsonb not null default '{"zh":"","en":""}',
  attributes jsonb not null default '[]',
  options jsonb not null default '[]',
  -- What the pictures are made from: [{"art":"dress","plate":"rose"}] or [{"file":"name.jpg"}].
  pictures jsonb not null default '[]',
  is_listed boolean not null default true,
  sort integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index product_by_category on product (category_id, sort, handle);

create table sku (
  id text primary key,
  product_handle text not null references product (handle),
  -- The merchant's own code; a re-import finds the SKU by it.
  code text not null unique,
  choice jsonb not null default '[]',
  price_fen bigint not null check (price_fen > 0),
  list_price_fen bigint check (list_price_fen > 0),
  list_price_basis text,
  limit_per_person integer check (limit_per_person > 0),
  is_listed boolean not null default true,
  sort integer not null default 0,
  -- Places are given once and kept: installed pages know a SKU by its shelf and slot.
  shelf text not null,
  slot integer not null,
  created_at timestamptz not null default now(),
  unique (shelf, slot)
);
create index sku_by_product on sku (product_handle, sort, id);

-- The ordinary price over time (30 days shown to nobody, kept as evidence).
create table price_history (
  sku_id text not null references sku (id),
  price_fen bigint not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (sku_id, valid_from)
);

-- What was really paid for one unit: the only source of a crossed-out price.
create table deal_price (
  sku_id text not null references sku (id),
  unit_fen bigint not null check (unit_fen >= 0),
  paid_at timestamptz not null,
  -- The order line that proves it, or 'demo-history' for the seeded past.
  source text not null,
  primary key (sku_id, source, paid_at)
);
create index deal_price_by_time on deal_price (sku_id, paid_at);
