-- Words: lib/domain/team/team.ts. What a published campaign is doing (in force, stopped, withdrawn) and its money stand
-- in coupon_template and coupon_account under the same id, because shares become coupons of that template.
create table team_campaign (
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

create function refuse_change_of_team_campaign() returns trigger language plpgsql as $$
begin
  if old.frozen is not null then
    raise exception 'team campaign % was published; it can be stopped, not changed', old.id using errcode = 'P0001';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger team_campaigns_are_promises before update or delete on team_campaign
  for each row execute function refuse_change_of_team_campaign();

create table team (
  id text primary key,
  -- Without meaning and not to be guessed: who has it may look, and join.
  code text not null unique check (code ~ '^[0-9A-Za-z]{12}$'),
  campaign_id text not null references team_campaign (id),
  state text not null default 'gathering' check (state in ('gathering', 'split', 'over', 'failed')),
  -- Counts the changes that somebody may see.
  version integer not null,
  size integer not null check (size >= 2),
  taken integer not null,
  pot_fen bigint not null check (pot_fen > 0),
  -- What of the pot is promised by this team and has become no coupon.
  reserved_fen bigint not null check (reserved_fen between 0 and pot_fen),
  -- 32 bytes, hexadecimal; nobody sees them before the split.
  seed text not null check (seed ~ '^[0-9a-f]{64}$'),
  opened_at timestamptz not null,
  gather_until timestamptz not null,
  split_at timestamptz,
  open_until timestamptz,
  ended_at timestamptz,
  -- opened: all shares; time: it did not fill, or shares ran out; withdrawn: the shop took the campaign back.
  ended_because text check (ended_because in ('opened', 'time', 'withdrawn')),
  reminded_at timestamptz,
  constraint never_overfull check (taken between 1 and size),
  constraint full_is_split check ((taken = size) = (split_at is not null)),
  check ((split_at is null) = (open_until is null)),
  check ((state in ('split', 'over')) = (split_at is not null)),
  check ((state in ('over', 'failed')) = (ended_at is not null)),
  check ((ended_at is null) = (ended_because is null)),
  check (state not in ('over', 'failed') or reserved_fen = 0),
  check (state <> 'gathering' or reserved_fen = pot_fen)
) with (fillfactor = 80);
create index team_by_gather_end on team (gather_until) where state = 'gathering';
create index team_by_open_end on team (open_until) where state = 'split';
create index team_of_campaign on team (campaign_id, state);

create table team_member (
  id text primary key,
  team_id text not null references team (id),
  campaign_id text not null,
  shopper_id text not null,
  place integer not null check (place > 0),
  -- Of his opening or joining.
  key uuid not null,
  -- What the others see of his name.
  shown_name text,
  joined_at timestamptz not null,
  -- The day of joining in China, and which of his joins of that day it is, from 1; null for a leader.
  day date,
  day_number integer check (day_number > 0),
  -- While the team gathers; moved with its state.
  is_live boolean not null,
  share_fen bigint check (share_fen > 0),
  share_state text check (share_state in ('closed', 'opened', 'lapsed')),
  -- What the share became; for a leader whose team failed, his consolation.
  coupon_id text unique references coupon (id),
  unique (team_id, place),
  unique (team_id, shopper_id),
  unique (shopper_id, key),
  check ((share_fen is null) = (share_state is null)),
  check ((day is null) = (place = 1)),
  check ((day is null) = (day_number is null)),
  check (share_state <> 'opened' or coupon_id is not null),
  check (share_state is null or not is_live)
) with (fillfactor = 80);
-- One live team per person and campaign, whichever process asks.
create unique index team_member_live on team_member (shopper_id, campaign_id) where is_live;
-- The second of two joins that count the same number finds it taken.
create unique index team_member_by_day on team_member (shopper_id, campaign_id, day, day_number) where day is not null;
create index team_member_of_shopper on team_member (shopper_id, joined_at desc);
