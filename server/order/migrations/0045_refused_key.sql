-- What a key that was sent again was refused with (docs/adr/0006): an earlier sending of it that is still on its way gets
-- the same answer when it arrives, and makes no order that nobody is told of.
create table refused_key (
  shopper_id text not null,
  key uuid not null,
  decision jsonb not null,
  refused_at timestamptz not null default now(),
  primary key (shopper_id, key)
);
create index refused_key_by_age on refused_key (refused_at);
