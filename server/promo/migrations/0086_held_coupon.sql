-- A coupon that is being reviewed (lib/domain/risk): made, reserved in its campaign's account, and of no use before
-- `held_until`. Time frees it without anybody's doing; a person frees it earlier or refuses it, which ends it.
alter table coupon
  add column hold_id text,
  add column held_until timestamptz,
  add column is_refused boolean not null default false,
  add constraint held_by_something check (held_until is null or hold_id is not null),
  add constraint refused_is_over check (not is_refused or state = 'void');
create index coupon_of_hold on coupon (hold_id) where hold_id is not null;
