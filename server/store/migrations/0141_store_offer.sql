-- Words: lib/domain/store/offer.ts. What a published offer is doing (in force, stopped, withdrawn) and its money stand in
-- coupon_template and coupon_account under the same id. Where a shopper was is written nowhere: a claim has its store.
create table store_offer (
  id text primary key references coupon_template (id),
  -- Minutes of the store's day; beyond 1,440 it is of the next.
  hours_from integer not null check (hours_from between 0 and 1439),
  hours_to integer not null check (hours_to > hours_from and hours_to <= hours_from + 1440),
  good_minutes integer not null check (good_minutes > 0),
  per_day integer not null check (per_day > 0)
);
create table store_offer_place (
  offer_id text not null references store_offer (id),
  store_id text not null references store (id),
  primary key (offer_id, store_id)
);
create index store_offer_at on store_offer_place (store_id);

create function refuse_change_of_store_offer() returns trigger language plpgsql as $$
begin
  raise exception 'a store offer was published; it can be stopped, not changed' using errcode = 'P0001';
end $$;
create trigger store_offers_are_promises before update or delete on store_offer
  for each row execute function refuse_change_of_store_offer();
create trigger store_offers_keep_their_stores before update or delete on store_offer_place
  for each row execute function refuse_change_of_store_offer();

-- Claims of an offer on one day of the store's clocks; never more than the day's limit, whoever races.
create table store_offer_day (
  offer_id text not null references store_offer (id),
  day date not null,
  claimed integer not null,
  per_day integer not null,
  primary key (offer_id, day),
  constraint never_over_the_day check (claimed between 0 and per_day)
) with (fillfactor = 50);

-- One a person, a store and a day.
create table store_claim (
  coupon_id text primary key references coupon (id),
  offer_id text not null references store_offer (id),
  store_id text not null references store (id),
  shopper_id text not null,
  day date not null,
  via text not null check (via in ('near', 'password')),
  -- What ends the coupon: its own time, or the hours of the offer or the store.
  ends_by text not null check (ends_by in ('time', 'hours')),
  at timestamptz not null,
  constraint one_claim_a_store_and_day unique (shopper_id, store_id, day)
);
create index store_claim_near on store_claim (shopper_id, at desc) where via = 'near';
create index store_claim_of_offer on store_claim (offer_id);

-- One row a person who claims: claims and guesses of one person come one after the other.
create table store_claimer (
  shopper_id text primary key,
  wrong_at bigint[] not null default '{}',
  locked_until bigint not null default 0
);

-- A store's password as a keyed hash; who sets a new one has seen it once.
create table store_password (
  store_id text primary key references store (id),
  hash text not null unique,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp()
);

-- As pickup_code: a keyed hash of the digits, the rest sealed for the phone that shows it.
create table store_coupon_code (
  id text primary key,
  coupon_id text not null unique references coupon (id),
  store_id text not null,
  code_hash text not null,
  sealed bytea not null,
  made_at timestamptz not null default clock_timestamp(),
  unique (store_id, code_hash)
);
create index store_coupon_code_of_digits on store_coupon_code (code_hash);

create table store_redemption (
  -- The command's key: once per key.
  id uuid primary key,
  coupon_id text not null references coupon (id),
  store_id text not null,
  clerk_id text not null,
  shown text not null check (shown in ('token', 'digits')),
  cut_fen bigint not null check (cut_fen > 0),
  at timestamptz not null default clock_timestamp(),
  undone_at timestamptz,
  undone_by text,
  check (undone_by is null or undone_by <> clerk_id)
);
create unique index redeemed_once on store_redemption (coupon_id) where undone_at is null;
create index store_redemption_of_store on store_redemption (store_id, at);
