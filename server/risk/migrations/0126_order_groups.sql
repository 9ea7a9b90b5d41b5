-- Words: lib/domain/risk/order-review.ts. Payers and doors that have people in common are one group, and newcomers are
-- told from people who have bought before.

alter table risk_order
  add column is_newcomer boolean not null default false,
  -- Who helped him and whom he helped: how many, and how many of them have bought before.
  add column circle integer not null default 0,
  add column known integer not null default 0,
  -- What rewards of this campaign that are won by inviting took off.
  add column fen bigint not null default 0,
  -- A person has said that this one is fine.
  add column is_freed boolean not null default false;
update risk_order o set is_freed = true from risk_order_group g
where g.campaign_id = o.campaign_id and o.number <= g.freed_number
  and g.subject = case g.kind when 'payer' then o.payer when 'phone' then o.phone else o.address end;
create index risk_order_of_payer on risk_order (payer, shopper_id) where payer is not null;
create index risk_order_at_phone on risk_order (phone, shopper_id);
create index risk_order_at_address on risk_order (address, shopper_id);
create index risk_order_of_shopper on risk_order (shopper_id);

-- What was freed stands on the orders now.
alter table risk_order_group drop column freed_number;
alter table risk_order_review drop constraint risk_order_review_why_check;
alter table risk_order_review add check (why in ('payer', 'place', 'newcomers', 'worth'));

-- All people of a group, whether their orders are held or have gone out.
create table risk_order_group_person (
  group_id text not null references risk_order_group (id),
  shopper_id text not null,
  primary key (group_id, shopper_id)
);
create index risk_order_group_of_person on risk_order_group_person (shopper_id);
insert into risk_order_group_person (group_id, shopper_id)
select distinct g.id, o.shopper_id from risk_order_group g
join risk_order o on o.campaign_id = g.campaign_id
  and g.subject = case g.kind when 'payer' then o.payer when 'phone' then o.phone else o.address end;
create index risk_order_review_of_decision on risk_order_review (decision_id) where decision_id is not null;
