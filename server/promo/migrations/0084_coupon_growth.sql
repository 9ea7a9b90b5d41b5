-- Coupons whose amount grows (docs/packet.md): `own_rule` is what it takes off now, `own_worst_fen` its cap, reserved
-- from issue on. What it began with and may grow to stands here and never changes; null: its amount stays.
alter table coupon_template drop constraint coupon_template_kind_check;
alter table coupon_template add constraint coupon_template_kind_check check (kind in ('claim', 'team', 'packet'));
alter table coupon
  add column growth jsonb,
  -- Counts its moves, for whoever shows it live.
  add column moves integer not null default 0,
  add constraint growth_stays_below_its_cap check (
    growth is null or (own_rule ->> 'cutFen')::bigint between (growth ->> 'baseFen')::bigint and own_worst_fen);

-- packet_issue: the cap of a packet is promised.
alter table coupon_entry drop constraint coupon_entry_cause_check;
alter table coupon_entry add constraint coupon_entry_cause_check check (
  cause in ('fund', 'raise', 'claim', 'use', 'lapse', 'refund', 'restore', 'team_open', 'team_back', 'packet_issue'));

-- A packet grows while nobody holds it and its time is not over, by a guarded move; nothing else changes an amount.
-- Whoever moves such a coupon (an order, time, a withdrawal) tells those who look at the packet.
create function keep_growth() returns trigger language plpgsql as $$
begin
  if new.growth is distinct from old.growth or new.own_worst_fen is distinct from old.own_worst_fen then
    raise exception 'what coupon % may grow to was promised', old.id using errcode = 'P0001';
  end if;
  if new.own_rule is distinct from old.own_rule
     and (old.state <> 'usable' or new.state <> 'usable' or old.valid_until <= now()
          or (new.own_rule ->> 'cutFen')::bigint < (old.own_rule ->> 'cutFen')::bigint) then
    raise exception 'coupon % does not grow now', old.id using errcode = 'P0001';
  end if;
  if new.state is distinct from old.state or new.own_rule is distinct from old.own_rule then
    new.moves := old.moves + 1;
    perform pg_notify('packet', old.growth ->> 'packetCode');
  end if;
  return new;
end $$;
create trigger packets_grow_by_the_rules before update on coupon
  for each row when (old.growth is not null) execute function keep_growth();
