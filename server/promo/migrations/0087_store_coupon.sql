-- Coupons of a store's offer (lib/domain/store/offer.ts): of one store, and redeemed at its counter. No order ever holds
-- one: the database refuses it, whoever asks.
alter table coupon_template drop constraint coupon_template_kind_check;
alter table coupon_template add constraint coupon_template_kind_check check (kind in ('claim', 'team', 'packet', 'store'));
alter table coupon
  add column store_id text,
  -- The redemption that stands (store_redemption).
  add column redemption_id uuid,
  drop constraint coupon_check,
  drop constraint coupon_check1,
  add constraint used_by_something check (
    (state in ('locked', 'used')) = (order_id is not null or redemption_id is not null)),
  add constraint cut_by_something check ((order_id is null and redemption_id is null) = (cut_fen is null)),
  add constraint of_a_store_or_of_orders check (store_id is null or order_id is null),
  add constraint redeemed_at_its_store check (redemption_id is null or (store_id is not null and state = 'used'));
