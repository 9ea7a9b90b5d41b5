-- Words: lib/domain/outreach/purpose.ts. A row is the agreement of one device's owner; it ends with the row.
create table push_device (
  id uuid primary key,
  person_id text not null references person (id) on delete cascade,
  -- Where its browser's push service takes notices for it, and SHA-256 of that in hex.
  endpoint text not null,
  endpoint_hash text not null unique,
  -- What a notice is sealed with, so that only this device reads it.
  p256dh bytea not null check (length(p256dh) = 65),
  auth bytea not null check (length(auth) = 16),
  -- Our own public key that it was made for.
  key_id text not null,
  purposes text[] not null check (cardinality(purposes) > 0 and purposes <@ array['orders', 'rewards']),
  agreed_at timestamptz not null default now()
);
create index push_device_of_person on push_device (person_id);

create table push_notice (
  id bigint generated always as identity primary key,
  device_id uuid not null references push_device (id) on delete cascade,
  -- What is told: once on each device, however often it is asked for.
  notice_key text not null,
  purpose text not null,
  body text not null,
  -- What it opens; a newer one of the same path takes its place on the screen.
  path text not null,
  created_at timestamptz not null default now(),
  -- After this nobody needs to know.
  good_until timestamptz not null,
  attempts integer not null default 0,
  next_try_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text check (outcome in ('taken', 'refused', 'late')),
  last_error text,
  unique (device_id, notice_key),
  check ((ended_at is null) = (outcome is null))
);
create index push_notice_open on push_notice (next_try_at, id) where ended_at is null;
create index push_notice_ended on push_notice (ended_at) where ended_at is not null;
