-- Words: lib/domain/packet/packet.ts. What a published campaign is doing (in force, stopped, withdrawn) and its money stand
-- in coupon_template and coupon_account under the same id. A packet is a coupon from its issue on, under the same id: what
-- it is worth, what it may grow to, until when, and whether an order holds it stand there and nowhere else.
create table packet_campaign (
  id text primary key,
  -- What the operator has drafted.
  settings jsonb not null,
  -- From publication on: the text of the frozen object, and its SHA-256.
  frozen text,
  hash text,
  made_by text not null,
  created_at timestamptz not null default now(),
  -- A draft that nobody wants any more.
  discarded_at timestamptz,
  discarded_by text,
  check ((frozen is null) = (hash is null)),
  check (frozen is null or discarded_at is null)
);

create function refuse_change_of_packet_campaign() returns trigger language plpgsql as $$
begin
  if old.frozen is not null then
    raise exception 'packet campaign % was published; it can be stopped, not changed', old.id using errcode = 'P0001';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger packet_campaigns_are_promises before update or delete on packet_campaign
  for each row execute function refuse_change_of_packet_campaign();

create table packet (
  id text primary key references coupon (id),
  -- Without meaning and not to be guessed: who has it may look, and visit.
  code text not null unique check (code ~ '^[0-9A-Za-z]{12}$'),
  campaign_id text not null references packet_campaign (id),
  owner_id text not null,
  -- What others see of his name.
  shown_name text,
  generation integer not null check (generation between 1 and 3),
  -- The shared packet that it was taken from.
  parent_id text references packet (id),
  -- By which packet its owner came to the campaign first; kept to any depth, and nobody is paid by it.
  came_by_id text references packet (id),
  depth integer not null check (depth >= 0),
  -- Counts what is not already counted in the coupon's moves.
  version integer not null,
  -- Visits to it, and what became of them; the rest is pending.
  visits integer not null default 0,
  vested integer not null default 0,
  lapsed integer not null default 0,
  reminded_at timestamptz,
  unique (owner_id, campaign_id),
  check ((generation = 1) = (parent_id is null)),
  check ((came_by_id is null) = (depth = 0)),
  check (visits >= vested + lapsed and vested >= 0 and lapsed >= 0)
) with (fillfactor = 80);
create index packet_of_campaign on packet (campaign_id, generation);

create table packet_step (
  packet_id text not null references packet (id),
  -- Of this packet's visits, from 1.
  place integer not null check (place > 0),
  campaign_id text not null,
  visitor_id text not null,
  -- Of the visit.
  key uuid not null,
  shown_name text,
  state text not null default 'pending' check (state in ('pending', 'vested', 'lapsed')),
  -- The visitor is a person with a verified phone: nothing of his stands in the way of vesting.
  is_ripe boolean not null,
  -- What it added.
  fen bigint not null default 0 check (fen >= 0),
  visited_at timestamptz not null,
  vested_at timestamptz,
  lapsed_because text check (lapsed_because in ('cap', 'ended', 'other')),
  primary key (packet_id, place),
  unique (packet_id, visitor_id),
  unique (visitor_id, key),
  check ((state = 'vested') = (vested_at is not null)),
  check ((state = 'vested') = (fen > 0)),
  check ((state = 'lapsed') = (lapsed_because is not null)),
  check (state <> 'vested' or is_ripe)
) with (fillfactor = 80);
-- One vest per person and campaign, whichever packet and whichever process.
create unique index packet_step_one_vest on packet_step (visitor_id, campaign_id) where state = 'vested';
create index packet_step_to_vest on packet_step (visitor_id) where state = 'pending' and is_ripe;
create index packet_step_pending on packet_step (packet_id) where state = 'pending';

-- Packets whose pending visits can become nothing any more: they are over, or full. Kept by the database, so that nothing
-- that moves a coupon has to know of packets; emptied by the worker under the coupon's lock.
create table packet_done (
  packet_id text primary key
);

create function note_packet_done() returns trigger language plpgsql as $$
begin
  insert into packet_done (packet_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger packets_are_done after update on coupon
  for each row when (
    new.growth is not null
    and (new.state is distinct from old.state or new.own_rule is distinct from old.own_rule)
    and (new.state in ('used', 'expired', 'void') or (new.own_rule ->> 'cutFen')::bigint >= new.own_worst_fen))
  execute function note_packet_done();

-- Those that end soon, to be told.
create index coupon_growing_by_end on coupon (valid_until) where state = 'usable' and growth is not null;
