create table cart_line (
  shopper_id text not null,
  sku_id text not null,
  quantity integer not null check (quantity between 0 and 99),
  changed_at timestamptz not null,
  primary key (shopper_id, sku_id)
);
