-- A trade inside WeChat can be paid by one WeChat only, and its number serves no other way to pay: whoever comes with
-- another has the open one closed first. A hash of the payer, empty where whoever comes may pay.
alter table payment add column bound_to text not null default '';
