-- Words: lib/domain/risk/risk.ts. Addresses, devices and payers stand here as keyed hashes only, and those of addresses
-- and devices are forgotten after 30 days (server/risk/purge.ts).

-- Devices that have shown their public key.
create table risk_device (
  id text primary key,
  -- Raw point of P-256, base64url.
  public_key text not null,
  made_at timestamptz not null default now(),
  used_at timestamptz not null default now()
);
create index risk_device_by_use on risk_device (used_at);

-- Who pays by which account of a payment channel.
create table risk_payer (
  payer text not null,
  shopper_id text not null,
  at timestamptz not null default now(),
  primary key (payer, shopper_id)
);
create index risk_payer_of_shopper on risk_payer (shopper_id);

-- One place under a campaign's limit for one device or payer; the second of two who count the same number finds it taken.
create table risk_use (
  campaign_id text not null,
  kind text not null check (kind in ('device', 'payout')),
  subject text not null,
  shopper_id text not null,
  number integer not null check (number > 0),
  at timestamptz not null default now(),
  primary key (campaign_id, kind, subject, shopper_id),
  unique (campaign_id, kind, subject, number)
);
create index risk_use_by_time on risk_use (at);
create index risk_use_of_subject on risk_use (kind, subject);

-- People of an address cluster who asked for a reward, by the hour; a hint, counted by each process on its own.
create table risk_address (
  cluster text not null,
  hour timestamptz not null,
  people integer not null,
  primary key (cluster, hour)
);
create index risk_address_by_hour on risk_address (hour);

-- Who helped whom, whichever way round: a before b.
create table risk_tie (
  a text not null,
  b text not null,
  at timestamptz not null default now(),
  primary key (a, b),
  check (a < b)
);
create index risk_tie_back on risk_tie (b, a);
create index risk_tie_by_time on risk_tie (at);

-- What a machine decided other than "allow", with its reasons; a hold is one of them, and a coupon's hold_id names it.
create table risk_decision (
  id text primary key,
  at timestamptz not null default now(),
  shopper_id text not null,
  mechanic text not null,
  command text not null,
  campaign_id text not null,
  key uuid not null,
  mode text not null,
  action text not null check (action in ('limit', 'challenge', 'hold', 'refuse')),
  because text not null check (because in ('score', 'limit', 'marked', 'gate')),
  limit_kind text,
  score integer not null check (score between 0 and 100),
  reasons text[] not null,
  shadow text[] not null,
  signals jsonb not null,
  -- Keyed hashes; null: none, or forgotten.
  device text,
  payer text,
  state text not null default 'standing' check (state in ('standing', 'freed', 'refused')),
  hold_until timestamptz,
  ended_at timestamptz,
  -- Null: time, or the gate that opened again.
  ended_by text,
  words text,
  unique (shopper_id, command, key),
  check ((action = 'hold') = (hold_until is not null)),
  check ((state = 'standing') = (ended_at is null)),
  check (state <> 'refused' or ended_by is not null)
);
create index risk_decision_of_shopper on risk_decision (shopper_id, at desc);
create index risk_hold_open on risk_decision (hold_until) where action = 'hold' and state = 'standing';
create index risk_decision_by_time on risk_decision (at);

create table risk_appeal (
  id text primary key,
  decision_id text not null unique references risk_decision (id),
  shopper_id text not null,
  key uuid not null,
  text text not null,
  at timestamptz not null default now(),
  answered_at timestamptz,
  answered_by text,
  is_upheld boolean,
  words text,
  unique (shopper_id, key),
  check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (is_upheld is null))
);
create index risk_appeal_open on risk_appeal (at) where answered_at is null;

-- An appeal was upheld: the score is not asked any more. And what an operator has refused for a whole group.
create table risk_exempt (
  shopper_id text not null,
  campaign_id text not null,
  at timestamptz not null default now(),
  primary key (shopper_id, campaign_id)
);
create table risk_mark (
  campaign_id text not null,
  kind text not null check (kind in ('device', 'payout')),
  subject text not null,
  at timestamptz not null default now(),
  by text not null,
  primary key (campaign_id, kind, subject)
);

-- A one-time code that was typed on a device.
create table risk_pass (
  shopper_id text not null,
  session text not null,
  until timestamptz not null,
  primary key (shopper_id, session)
);

-- Work that was done, good for one command of one person.
create table risk_work_spent (
  challenge text primary key,
  spent_by text not null,
  expires_at timestamptz not null
);
create index risk_work_by_expiry on risk_work_spent (expires_at);

-- What operators have set; no row: as the code says.
create table risk_mode (
  mechanic text primary key check (mechanic in ('coupon', 'team', 'packet')),
  mode text not null check (mode in ('observe', 'strict', 'manual')),
  by text not null,
  reason text not null,
  since timestamptz not null default now()
);
create table risk_rule (
  code text primary key,
  is_shadow boolean not null,
  by text not null,
  reason text not null,
  since timestamptz not null default now()
);
-- How often each rule fired.
create table risk_rule_day (
  code text not null,
  day date not null,
  fired bigint not null,
  primary key (code, day)
);

-- Closed by a canary or an operator; open again from `opens_at` on. One row.
create table risk_gate (
  id boolean primary key default true check (id),
  closed_because text check (closed_because in ('canary', 'operator')),
  detail text,
  closed_at timestamptz,
  closed_by text,
  lift_by text,
  lift_reason text,
  opens_at timestamptz,
  check ((closed_because is null) = (closed_at is null)),
  check (opens_at is null or lift_by is not null)
);
insert into risk_gate default values;

-- Controls that must not die in silence; each counts from its first report on.
create table risk_control (
  name text primary key,
  reported_at timestamptz not null default now(),
  detail text not null default ''
);

-- Accounts that were blocked: what they hold is taken back.
create index person_banned on person (id) where banned;
