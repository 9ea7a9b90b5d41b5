-- A SKU whose books did not balance is not sold until an operator opens its sale again, with a reason. What he opened
-- was this violation: the same one does not stop the SKU a second time, any other does.
create table sale_stop (
  id bigint generated always as identity primary key,
  sku_id text not null references sku (id),
  -- Name of the invariant that is violated.
  invariant text not null,
  order_id text,
  detail text not null,
  stopped_at timestamptz not null default now(),
  opened_at timestamptz,
  opened_by text,
  opened_because text,
  check ((opened_at is null) = (opened_by is null) and (opened_at is null) = (opened_because is null))
);
create unique index sale_stop_once on sale_stop (sku_id, invariant, coalesce(order_id, ''), md5(detail));
-- Every batch of orders asks whether one of its SKUs is stopped.
create index sale_stop_open on sale_stop (sku_id) where opened_at is null;
