-- Words: template = what an operator publishes; a coupon is one person's copy of it; locked = held by an unpaid order.
create table coupon_template (
  id text primary key,
  name jsonb not null,
  rule jsonb not null,
  scope jsonb not null,
  validity jsonb not null,
  claim_from timestamptz not null,
  claim_until timestamptz not null,
  per_person integer not null check (per_person > 0),
  -- As it was drafted; what is in force after raises stands in coupon_account.
  total integer not null check (total > 0),
  budget_fen bigint not null check (budget_fen > 0),
  -- The most that one coupon can take off.
  worst_fen bigint not null check (worst_fen > 0),
  made_by text not null,
  created_at timestamptz not null default now(),
  published_by text,
  published_at timestamptz,
  -- From when it may be claimed; null: not published, or it waits for a second person.
  valid_from timestamptz,
  approved_by text,
  stopped_by text,
  stopped_at timestamptz,
  -- Coupons that nobody has used are taken back too.
  withdrawn_at timestamptz,
  check (claim_until > claim_from)
);
create index coupon_template_by_end on coupon_template (claim_until) where published_at is not null;

create function refuse_change_of_coupon_template() returns trigger language plpgsql as $$
begin
  if old.published_at is null then return case when tg_op = 'DELETE' then old else new end; end if;
  if tg_op = 'DELETE' then
    raise exception 'coupon % was published; it can be stopped, not deleted', old.id using errcode = 'P0001';
  end if;
  if (new.id, new.name, new.rule, new.scope, new.validity, new.claim_from, new.claim_until, new.per_person, new.total,
      new.budget_fen, new.worst_fen, new.published_at)
       is distinct from (old.id, old.name, old.rule, old.scope, old.validity, old.claim_from, old.claim_until,
      old.per_person, old.total, old.budget_fen, old.worst_fen, old.published_at)
     or (old.valid_from is not null and new.valid_from is distinct from old.valid_from)
     or (old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at)
     or (old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at) then
    raise exception 'coupon % was published; it can be stopped, not changed', old.id using errcode = 'P0001';
  end if;
  return new;
end $$;
create trigger coupons_are_promises before update or delete on coupon_template
  for each row execute function refuse_change_of_coupon_template();

-- The campaign's account: budget = left + reserved + spent. Nothing of it is ever below zero, whoever races.
create table coupon_account (
  template_id text primary key references coupon_template (id),
  total integer not null,
  claimed integer not null default 0,
  left_fen bigint not null check (left_fen >= 0),
  reserved_fen bigint not null default 0 check (reserved_fen >= 0),
  spent_fen bigint not null default 0 check (spent_fen >= 0),
  constraint never_over_issued check (0 <= claimed and claimed <= total)
) with (fillfactor = 20);

-- Double entry: what leaves one account comes to another. `shop` is where a budget comes from.
create table coupon_entry (
  id bigint generated always as identity primary key,
  template_id text not null references coupon_template (id),
  from_account text not null check (from_account in ('shop', 'left', 'reserved', 'spent')),
  to_account text not null check (to_account in ('shop', 'left', 'reserved', 'spent')),
  amount_fen bigint not null check (amount_fen > 0),
  cause text not null check (cause in ('fund', 'raise', 'claim', 'use', 'lapse', 'refund', 'restore')),
  -- How many coupons it was for; null for a budget.
  coupons integer,
  at timestamptz not null default now(),
  check (from_account <> to_account)
);
create index coupon_entry_by_template on coupon_entry (template_id, id);

create table coupon (
  id text primary key,
  template_id text not null references coupon_template (id),
  shopper_id text not null,
  -- The claim's key, and which of the person's coupons of this template it is, from 1.
  key uuid not null,
  number integer not null check (number > 0),
  state text not null default 'usable' check (state in ('usable', 'locked', 'used', 'expired', 'void')),
  claimed_at timestamptz not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  has_grace boolean not null default false,
  -- The order that holds it or used it, and what it takes off there.
  order_id text,
  cut_fen bigint,
  ended_at timestamptz,
  -- What stands in the campaign's account for this coupon; moved by the worker after the coupon itself has moved.
  reserved_fen bigint not null check (reserved_fen >= 0),
  spent_fen bigint not null default 0 check (spent_fen >= 0),
  is_unbooked boolean not null default false,
  unique (template_id, shopper_id, number),
  unique (shopper_id, key),
  check ((state in ('locked', 'used')) = (order_id is not null)),
  check ((order_id is null) = (cut_fen is null))
) with (fillfactor = 80);
create index coupon_of_order on coupon (order_id) where order_id is not null;
create index coupon_by_end on coupon (valid_until) where state = 'usable';
create index coupon_to_book on coupon (template_id) where is_unbooked;
create index coupon_used_reserve on coupon (template_id) where state = 'used' and reserved_fen > 0;

-- More budget for a campaign; two people, or ten minutes.
create table coupon_raise (
  id uuid primary key,
  template_id text not null references coupon_template (id),
  add_fen bigint not null check (add_fen >= 0),
  add_total integer not null check (add_total >= 0),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  -- From when it counts; null: somebody else must agree.
  valid_from timestamptz,
  approved_by text,
  applied_at timestamptz,
  undone_by text,
  undone_at timestamptz,
  check (add_fen > 0 or add_total > 0),
  check (applied_at is null or undone_at is null)
);
create unique index coupon_raise_open on coupon_raise (template_id) where applied_at is null and undone_at is null;
