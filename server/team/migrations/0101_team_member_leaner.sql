-- A join writes one row and a split moves all of a team: every index is paid for by each of them. A member is found by
-- his place, his key or his live team; nobody is in a team twice, because he is live in it while anybody can join.
-- What tells a member something names his team and place.
alter table team_member drop constraint team_member_pkey, drop column id;
alter table team_member drop constraint team_member_team_id_place_key, add primary key (team_id, place);
alter table team_member drop constraint team_member_team_id_shopper_id_key;
alter table team_member drop constraint team_member_coupon_id_key;
drop index team_member_of_shopper;
