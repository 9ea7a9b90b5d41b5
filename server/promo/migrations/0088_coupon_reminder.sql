-- When its owner was told that it runs out soon; once, and only on devices that agreed to such news.
alter table coupon add column reminded_at timestamptz;
