-- One row per campaign and browser that touched one of its links. It is bound to the first person who signs in there, and
-- earns at the most once: clicked → bound → qualified → vested | reversed (lib/domain/sharing/credit-state.ts).
create table share_credit (
  id bigint generated always as identity primary key,
  campaign_id text not null references share_campaign (id),
  visitor_id uuid not null,
  state text not null check (state in ('clicked', 'bound', 'qualified', 'vested', 'reversed')),
  person_id text,
  order_id text references orders (id),
  -- What was paid for the order when it qualified, and what of it was kept when it could no longer go back.
  order_fen bigint check (order_fen >= 0),
  vested_fen bigint check (vested_fen between 0 and order_fen),
  model text,
  clicked_at timestamptz not null default now(),
  bound_at timestamptz,
  qualified_at timestamptz,
  vested_at timestamptz,
  reversed_at timestamptz,
  unique (campaign_id, visitor_id),
  check ((state = 'clicked') = (bound_at is null)),
  check ((state in ('qualified', 'vested', 'reversed')) = (order_id is not null and qualified_at is not null)),
  check ((state = 'vested') = (vested_at is not null) and (state = 'reversed') = (reversed_at is not null))
);
-- A person earns once per campaign, whatever number of browsers he has, and an order is credited once.
create unique index share_credit_once on share_credit (campaign_id, person_id)
  where state in ('qualified', 'vested', 'reversed');
create unique index share_credit_order on share_credit (campaign_id, order_id) where order_id is not null;
create index share_credit_of_visitor on share_credit (visitor_id);
create index share_credit_of_person on share_credit (person_id) where person_id is not null;
create index share_credit_waiting on share_credit (order_id) where state = 'qualified';
create index share_credit_joined on share_credit (campaign_id, state) where state <> 'clicked';

-- The touches that led to the order, with the visits that prove them: all of them, so that another model can be looked at
-- later without the past being counted again. Their parts add up to the order, to the fen.
create table share_credit_touch (
  credit_id bigint not null references share_credit (id),
  place integer not null check (place > 0),
  visit_id bigint not null,
  link_id bigint not null,
  at timestamptz not null,
  weight_ppm integer not null check (weight_ppm between 0 and 1000000),
  fen bigint not null check (fen >= 0),
  primary key (credit_id, place),
  unique (credit_id, visit_id)
);
create index share_credit_touch_of_link on share_credit_touch (link_id);
create index share_credit_touch_of_visit on share_credit_touch (visit_id);

-- Which payments the worker has looked at.
create table share_cursor (
  name text primary key,
  at timestamptz not null
);
insert into share_cursor (name, at) values ('paid', now());
create index orders_by_payment on orders (paid_at) where paid_at is not null;
