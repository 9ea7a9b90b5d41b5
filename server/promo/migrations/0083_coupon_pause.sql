-- A campaign whose money leaves much faster than planned stops by itself until an operator has looked.
alter table coupon_template add column paused_at timestamptz;

create table coupon_pause (
  id bigint generated always as identity primary key,
  template_id text not null references coupon_template (id),
  paused_at timestamptz not null default now(),
  -- What left the budget within the window, and what may.
  gone_fen bigint not null,
  limit_fen bigint not null,
  window_ms bigint not null,
  lifted_by text,
  lifted_because text,
  -- From when it goes on; in the future where one operator alone has lifted a large one.
  lifted_from timestamptz,
  ended_at timestamptz,
  check ((lifted_by is null) = (lifted_from is null)),
  check (ended_at is null or lifted_from is not null)
);
create unique index coupon_pause_open on coupon_pause (template_id) where ended_at is null;
create index coupon_pause_of_template on coupon_pause (template_id, ended_at desc);
-- Money that leaves a budget, newest last: what the last minutes are summed from.
create index coupon_entry_leaving on coupon_entry (at) where from_account = 'left';
