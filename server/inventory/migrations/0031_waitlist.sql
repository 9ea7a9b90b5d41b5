-- Words: an entry waits for units of one SKU; an offer is a real reservation that its owner may turn into an order.
-- While `waiting` is not 0, free units of the SKU belong to those who wait: the order path counts them as 0.
alter table stock_level
  add column waiting integer not null default 0 check (waiting >= 0),
  add column offered integer not null default 0 check (offered >= 0);
-- The sweep looks only at SKUs that somebody waits for; other updates of the row stay cheap.
create index stock_level_waited_for on stock_level (sku_id) where waiting > 0;

create table waitlist_entry (
  -- Also the owner of the offer's reservation (reservation.order_id) and of its tier place (tier_slot.order_id).
  id text primary key,
  -- The published order: given out under the stock row's lock, so a later commit has a later ticket.
  ticket bigint generated always as identity,
  shopper_id text not null,
  key uuid not null,
  sku_id text not null references sku (id),
  quantity integer not null check (quantity > 0),
  state text not null default 'waiting' check (state in ('waiting', 'offered', 'taken', 'lapsed', 'left', 'passed')),
  joined_at timestamptz not null default now(),
  offered_quantity integer check (offered_quantity > 0 and offered_quantity <= quantity),
  -- Goods of a session rest before it opens: an offer made meanwhile can be used from here on.
  opens_at timestamptz,
  offer_ends_at timestamptz,
  -- The tier place that came back and is held with the offer.
  tier_session_id text,
  tier_slot integer,
  order_id text,
  ended_at timestamptz,
  unique (shopper_id, key),
  check (state <> 'offered' or (offered_quantity is not null and offer_ends_at is not null))
);
create unique index waitlist_one_place on waitlist_entry (shopper_id, sku_id) where state in ('waiting', 'offered');
create index waitlist_order on waitlist_entry (sku_id, ticket) where state = 'waiting';
create index waitlist_offers on waitlist_entry (offer_ends_at) where state = 'offered';
create index waitlist_of_shopper on waitlist_entry (shopper_id, ticket desc);
