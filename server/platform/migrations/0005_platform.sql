-- Truth leaves the database through here: written with the change it tells of, sent by the worker.
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  -- Who it is about, e.g. an order id; messages of one aggregate leave in order.
  aggregate text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts integer not null default 0,
  next_try_at timestamptz not null default now(),
  last_error text
);
create index outbox_open on outbox (next_try_at, id) where sent_at is null;

-- Messages to people (SMS, push); where no provider is set they stay here and /ops shows them.
create table message (
  id bigint generated always as identity primary key,
  channel text not null,
  recipient text not null,
  body text not null,
  -- What may be shown to an operator: codes are masked.
  body_masked text not null,
  state text not null default 'sent',
  created_at timestamptz not null default now()
);

-- Who changed what behind the counter; append-only.
create table audit (
  id bigint generated always as identity primary key,
  actor text not null,
  action text not null,
  target text not null,
  detail jsonb not null default '{}',
  at timestamptz not null default now()
);

-- Small facts about this installation: first start, keys, published version.
create table setting (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
