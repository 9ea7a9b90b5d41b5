-- Words: lib/domain/pickup/pickup.ts. An order with a store is fetched there; the order path writes these two.
alter table orders
  add column store_id text,
  add column promised_at timestamptz,
  add constraint pickup_has_its_promise check ((store_id is null) = (promised_at is null));

-- Units that are sold change their place with their order: carried from where they were sold to the store that hands
-- them over (carry), or exchanged for units of another store when the shopper chooses another (swap). Both are two-sided.
alter table stock_move drop constraint stock_move_kind_check;
alter table stock_move add constraint stock_move_kind_check
  check (kind in ('intake', 'adjust', 'reserve', 'release', 'confirm', 'restock', 'transfer_out', 'transfer_in',
                  'carry_out', 'carry_in', 'swap_out', 'swap_in'));

-- Where a clerk stands; he belongs to one store at a time. Rows stay: who handed over must have belonged there.
create table clerk_post (
  id bigint generated always as identity primary key,
  clerk_id text not null,
  store_id text not null,
  begun_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  posted_by text not null
);
create unique index clerk_post_now on clerk_post (clerk_id) where ended_at is null;
create index clerk_post_of_store on clerk_post (store_id) where ended_at is null;

-- Made when the order is paid. Every move of it is made under the order's row, which refunds lock too.
create table pickup (
  order_id text primary key references orders (id),
  store_id text not null,
  state text not null default 'preparing' check (state in ('preparing', 'ready', 'handed_over', 'expired', 'refunded')),
  promised_at timestamptz not null,
  ready_at timestamptz,
  fetch_before timestamptz,
  is_extended boolean not null default false,
  -- Reminders that have gone out.
  reminded integer not null default 0,
  handed_at timestamptz,
  expired_at timestamptz,
  -- The lease that keeps other counters off; null: none does.
  lease_id uuid,
  check ((ready_at is null) = (fetch_before is null)),
  check (state in ('preparing', 'refunded') or ready_at is not null)
);
create index pickup_at_store on pickup (store_id, state, order_id);
create index pickup_due on pickup (fetch_before) where state = 'ready';
create index pickup_leased on pickup (lease_id) where lease_id is not null;

create table pickup_line (
  order_id text not null references pickup (order_id),
  line_number integer not null,
  sku_id text not null,
  quantity integer not null check (quantity > 0),
  -- Nothing is handed over twice, said once more where no code can get round it.
  handed integer not null default 0 constraint handed_once check (handed between 0 and quantity),
  -- Where its units are sold: the store, or the warehouse until they have come.
  location_id text not null,
  primary key (order_id, line_number)
);

-- A code is its keyed hash; digits and secret are sealed, and opened for the phone that shows them.
create table pickup_code (
  -- What the token names; says nothing.
  id text primary key,
  order_id text not null references pickup (order_id),
  store_id text not null,
  kind text not null check (kind in ('own', 'friend')),
  code_hash text not null,
  sealed bytea not null,
  -- Of a friend's: the command's key, and the keyed hash of the link's code.
  key uuid,
  link_hash text unique,
  made_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  revoked_at timestamptz,
  -- Rows of a store stay 180 days, so no code of it comes again before.
  unique (store_id, code_hash)
);
create unique index pickup_code_own on pickup_code (order_id) where kind = 'own';
create unique index pickup_code_friend on pickup_code (order_id) where kind = 'friend' and used_at is null and revoked_at is null;
create index pickup_code_by_age on pickup_code (made_at);

create table pickup_handover (
  -- The command's key: once per key.
  id uuid primary key,
  order_id text not null references pickup (order_id),
  store_id text not null,
  clerk_id text not null,
  shown text not null check (shown in ('token', 'digits', 'friend_token', 'friend_digits', 'offline')),
  code_id text not null,
  -- What was asked for; null: all that waited.
  asked jsonb,
  at timestamptz not null default clock_timestamp(),
  -- Of one without network: the device's word of when.
  lease_id uuid,
  device_at timestamptz,
  undone_at timestamptz,
  undone_by text,
  check (undone_by is null or undone_by <> clerk_id)
);
create index pickup_handover_of_order on pickup_handover (order_id);
create index pickup_handover_of_store on pickup_handover (store_id, at);

create table pickup_handover_line (
  handover_id uuid not null references pickup_handover (id),
  line_number integer not null,
  quantity integer not null check (quantity > 0),
  primary key (handover_id, line_number)
);

-- Wrong codes of a clerk in the last minute, and until when he is locked.
create table counter_tries (
  clerk_id text primary key,
  wrong_at bigint[] not null default '{}',
  locked_until bigint not null default 0
);

-- Append-only: what clerks did besides handing over, which has rows of its own.
create table counter_log (
  id bigint generated always as identity primary key,
  store_id text not null,
  clerk_id text not null,
  what text not null,
  order_id text,
  units integer not null default 0,
  at timestamptz not null default clock_timestamp()
);
create index counter_log_of_store on counter_log (store_id, at);

-- One device of a store may hand over without network until then; one lease runs per store.
create table pickup_lease (
  id uuid primary key,
  store_id text not null,
  device_id uuid not null,
  clerk_id text not null,
  salt text not null,
  begun_at timestamptz not null default clock_timestamp(),
  until timestamptz not null,
  ended_at timestamptz
);
create unique index pickup_lease_now on pickup_lease (store_id) where ended_at is null;

-- Handed over without network, and lost against who wrote first.
create table pickup_conflict (
  id uuid primary key,
  lease_id uuid not null references pickup_lease (id),
  order_id text not null,
  store_id text not null,
  clerk_id text not null,
  reason text not null,
  device_at timestamptz not null,
  at timestamptz not null default clock_timestamp()
);
create index pickup_conflict_by_time on pickup_conflict (at desc);
