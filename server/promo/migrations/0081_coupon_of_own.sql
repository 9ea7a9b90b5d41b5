-- Coupons that were not claimed but won: each has an amount of its own. Their template is a campaign of another room
-- (`kind`), whose accounts, entries, end and withdrawal are those of every template.
alter table coupon_template
  add column kind text not null default 'claim' check (kind in ('claim', 'team'));
alter table coupon
  -- In place of the template's rule; and the most that this coupon can take off.
  add column own_rule jsonb,
  add column own_worst_fen bigint check (own_worst_fen > 0),
  add constraint own_rule_has_its_worst check ((own_rule is null) = (own_worst_fen is null));

-- team_open: a pot is promised; team_back: what of it became no coupon.
alter table coupon_entry drop constraint coupon_entry_cause_check;
alter table coupon_entry add constraint coupon_entry_cause_check check (
  cause in ('fund', 'raise', 'claim', 'use', 'lapse', 'refund', 'restore', 'team_open', 'team_back'));

create or replace function refuse_change_of_coupon_template() returns trigger language plpgsql as $$
begin
  if old.published_at is null then return case when tg_op = 'DELETE' then old else new end; end if;
  if tg_op = 'DELETE' then
    raise exception 'coupon % was published; it can be stopped, not deleted', old.id using errcode = 'P0001';
  end if;
  if (new.id, new.kind, new.name, new.rule, new.scope, new.validity, new.claim_from, new.claim_until, new.per_person,
      new.total, new.budget_fen, new.worst_fen, new.published_at)
       is distinct from (old.id, old.kind, old.name, old.rule, old.scope, old.validity, old.claim_from, old.claim_until,
      old.per_person, old.total, old.budget_fen, old.worst_fen, old.published_at)
     or (old.valid_from is not null and new.valid_from is distinct from old.valid_from)
     or (old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at)
     or (old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at) then
    raise exception 'coupon % was published; it can be stopped, not changed', old.id using errcode = 'P0001';
  end if;
  return new;
end $$;
