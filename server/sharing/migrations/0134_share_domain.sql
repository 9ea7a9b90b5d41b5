-- Domains that lead here for share links only. The shop's own address always does and has no row.
create table share_domain (
  host text primary key check (host = lower(host)),
  is_current boolean not null default false,
  added_by text not null,
  added_at timestamptz not null default now(),
  retired_at timestamptz,
  -- What the last question of ours came to, and when.
  probed_at timestamptz,
  probe_fault text,
  check (not (is_current and retired_at is not null))
);
-- Links are shown with one domain at a time, or with none of these.
create unique index share_domain_current on share_domain (is_current) where is_current;

create table share_domain_switch (
  id bigint generated always as identity primary key,
  from_host text,
  to_host text,
  actor text not null,
  reason text not null,
  at timestamptz not null default now()
);

-- Links handed out with a host (the shop's own too), and openings that came by it.
create table share_domain_hour (
  host text not null,
  hour integer not null,
  shares integer not null default 0,
  opens integer not null default 0,
  wechat_opens integer not null default 0,
  primary key (host, hour)
);
